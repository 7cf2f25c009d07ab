from datetime import date

import pytest

from tests.bot.chat import Chat, Person, PlacesHere
from tipbot.bot.buttons.onboarding import Agree, AllHours, PickHour, PickPreset, PickZone
from tipbot.core.model import DeliveryState, Presence, Stage, Topic
from tipbot.core.presets import Preset
from tipbot.texts import load_texts

LONG_AGO, FAR_AHEAD = date(2020, 1, 1), date(2030, 1, 1)
HELLO = "Hello. I am here for people whose face twitches"
ZONE = "tap the hour that your clock shows"
PRESET = "how many tips would you like?"


async def tips_waiting(person: Person) -> int:
    counts = await person.chat.store.counts()
    return counts.get(DeliveryState.PENDING, 0)


async def test_start_says_who_it_is_for_and_stores_nothing(newcomer: Person) -> None:
    await newcomer.sends("/start")
    assert HELLO in newcomer.screen
    assert "not a medical device" in newcomer.screen
    assert "What I keep" in newcomer.screen
    assert newcomer.labels == ["✅ I agree, start", "🔒 Privacy"]
    assert not await newcomer.known()


async def test_a_deep_link_with_an_unknown_payload_starts_as_usual(newcomer: Person) -> None:
    await newcomer.sends("/start x-unknown_Payload")
    assert HELLO in newcomer.screen


async def test_privacy_can_be_read_before_agreeing(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("Privacy")
    assert "What is kept" in newcomer.screen
    assert not await newcomer.known()
    await newcomer.taps("I agree, start")
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_four_taps_lead_from_hello_to_the_first_tip(newcomer: Person) -> None:
    await newcomer.sends("/start")
    taps = ("I agree, start", "10 PM", "Auckland", "Daily four")
    for label in taps:
        await newcomer.taps(label)
    assert len(taps) <= 4
    kept = await newcomer.kept()
    assert kept.subscriber.stage is Stage.DONE
    assert kept.subscriber.zone == "Pacific/Auckland"
    assert await tips_waiting(newcomer) == 1
    assert newcomer.chat.nudges
    assert "⚡ Twitch now" in newcomer.labels


async def test_the_marked_guess_needs_three_taps(chat: Chat) -> None:
    alice = chat.person(1, "Alice", "en-NZ")
    await alice.sends("/start")
    await alice.taps("I agree, start")
    await alice.taps("10:07\u202fpm, Auckland (my guess)")
    await alice.taps("suggested")
    kept = await alice.kept()
    assert (kept.subscriber.stage, kept.subscriber.zone) == (Stage.DONE, "Pacific/Auckland")


@pytest.mark.parametrize(
    ("language", "place"),
    [("de", "Berlin"), ("pt-br", "Sao Paulo"), ("en", "London"), (None, "UTC"), ("tlh", "UTC")],
)
async def test_the_guess_follows_the_language(chat: Chat, language: str | None, place: str) -> None:
    person = chat.person(9, "Somebody", language)
    await person.sends("/start")
    text = load_texts().speak(language)
    await person.taps(text.plain("agree"))
    shown = person.labels[0]
    assert shown.endswith(text.plain("zone-guess", time="", place=place).partition(", ")[2])


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("es-419", "es"), ("fr", "en")])
async def test_the_first_words_follow_telegrams_language(
    chat: Chat, tag: str, language: str
) -> None:
    person = chat.person(9, "Somebody", tag)
    await person.sends("/start")
    assert load_texts().speak(language).plain("agree") in person.labels


async def test_the_hour_of_a_half_hour_zone_offers_it(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.taps("2 PM")
    assert "2:37\u202fPM, Kolkata" in newcomer.labels
    await newcomer.taps("Another hour")
    assert ZONE in newcomer.screen


async def test_a_shared_location_gives_the_zone_and_is_not_kept(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    assert newcomer.reply_keyboard == ["📍 Share my location"]
    await newcomer.shares_location(52.5, 13.4)
    assert (await newcomer.subscriber()).zone == "Europe/Berlin"
    assert newcomer.reply_keyboard == []
    assert PRESET in newcomer.screen


async def test_a_location_without_a_zone_says_what_to_do(
    newcomer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The map of today gives every point one; a map that has holes is no fault of the person."""

    async def nowhere(*_: object) -> None:
        pass

    monkeypatch.setattr(PlacesHere, "zone_at", nowhere)
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.shares_location(0.0, -160.0)
    assert "could not find the time zone" in newcomer.screen
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_a_typed_city_is_enough(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("auckland")
    assert (await newcomer.subscriber()).zone == "Pacific/Auckland"
    assert PRESET in newcomer.screen


async def test_a_city_that_is_many_is_asked_about(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("Birmingham")
    assert "Which one is it?" in newcomer.screen
    await newcomer.taps("US")
    assert (await newcomer.subscriber()).zone == "America/Chicago"


async def test_an_unknown_city_gets_one_clear_message(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    before = len(newcomer.said)
    await newcomer.sends("Xyzzy <b>& " + "y" * 4000)
    assert len(newcomer.said) == before + 1
    assert "I do not know a city called “Xyzzy <b>&" in newcomer.screen
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_a_typed_clock_time_is_taken_as_the_hour(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("it is late")
    await newcomer.sends("22:07")
    assert "10:07\u202fPM, Auckland" in newcomer.labels


@pytest.mark.parametrize("said", ["/start", "/settings", "hello there", "/start again", "/twitch"])
async def test_whoever_stops_half_way_meets_the_same_question(newcomer: Person, said: str) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    newcomer.waits(days=3)
    if said != "hello there":
        await newcomer.sends(said)
        assert ZONE in newcomer.screen
    await newcomer.sends("Europe/Berlin")
    newcomer.waits(days=3)
    await newcomer.sends(said)
    assert PRESET in newcomer.screen
    await newcomer.taps("Gentle")
    assert (await newcomer.subscriber()).stage is Stage.DONE


async def test_a_twitch_before_anything_was_agreed_to_is_said_not_to_be_logged(
    newcomer: Person,
) -> None:
    await newcomer.sends("/twitch")
    assert "not logged" in newcomer.screen
    assert HELLO in newcomer.screen
    assert newcomer.labels == ["✅ I agree, start", "🔒 Privacy"]
    assert not await newcomer.known()


async def test_a_twitch_before_the_zone_is_logged_and_gets_the_day_of_that_zone(
    newcomer: Person,
) -> None:
    newcomer.waits(hours=3)
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("/twitch")
    await newcomer.repeats()
    assert "Your twitch is logged" in newcomer.everything
    assert ZONE in newcomer.screen
    newcomer.waits(minutes=5)
    await newcomer.sends("Auckland")
    await newcomer.sends("/twitch")
    assert "Logged 1:12\u202fAM" in newcomer.everything
    assert PRESET in newcomer.screen
    await newcomer.taps("Undo")
    await newcomer.taps("Twitch now")
    assert newcomer.toast == "Logged 1:12\u202fAM"
    await newcomer.taps("Undo")
    await newcomer.taps("Gentle")
    (kept,) = await newcomer.chat.store.check_ins(newcomer.who, LONG_AGO, FAR_AHEAD)
    assert (kept.zone, kept.local_date) == ("Pacific/Auckland", date(2026, 3, 3))
    await newcomer.sends("/diary")
    await newcomer.taps("Entries")
    assert "1:07\u202fAM" in newcomer.screen


async def test_a_sticker_on_the_way_brings_the_question_back(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends_sticker()
    assert ZONE in newcomer.screen


async def test_a_restart_on_the_way_changes_nothing(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    newcomer.chat = await newcomer.chat.restart()
    await newcomer.sends("Europe/Berlin")
    newcomer.chat = await newcomer.chat.restart()
    await newcomer.sends("/start")
    assert PRESET in newcomer.screen
    await newcomer.taps("Desk day")
    assert (await newcomer.subscriber()).zone == "Europe/Berlin"


async def test_double_taps_on_every_step_do_no_more_than_one(newcomer: Person) -> None:
    await newcomer.sends("/start")
    for label in ("I agree, start", "10 PM", "Auckland", "Gentle"):
        message = newcomer.screen_message
        await newcomer.taps(label)
        data = newcomer.last_update["callback_query"]["data"]
        said, seen = len(newcomer.said), newcomer.screen
        await newcomer.taps_data(data, message)
        assert (len(newcomer.said), newcomer.screen) == (said, seen)
    assert await tips_waiting(newcomer) == 1
    assert len([m for m in newcomer.said if "⚡ Twitch now" in m.labels]) == 1


async def test_every_tap_is_answered(newcomer: Person) -> None:
    await newcomer.sends("/start")
    for label in ("Privacy", "I agree, start", "10 PM", "Auckland", "Gentle"):
        await newcomer.taps(label)
        assert newcomer.chat.telegram.toasts[-1][0] == f"7-{newcomer.chat.updates}"


@pytest.mark.parametrize("preset", list(Preset))
async def test_the_end_shows_the_times_in_local_time(newcomer: Person, preset: Preset) -> None:
    await newcomer.sends("/start")
    await newcomer.taps_value(Agree())
    await newcomer.taps_value(PickZone("Europe/Berlin", settings=False))
    await newcomer.taps_value(PickPreset(preset))
    kept = await newcomer.kept()
    summary = next(m.text for m in newcomer.said if "All set" in m.text)
    on = {plan.topic for plan in kept.plans if plan.enabled}
    assert summary.count(":", 60) >= len(on)
    assert "📋 Daily check-in: 20:" in summary, "Berlin counts to 24"
    assert ("every 120 minutes" in summary) == (preset is Preset.DESK_DAY)
    assert ("💧 Hydration" in summary) == (Topic.HYDRATION in on)


async def test_a_crash_while_finishing_is_made_good(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps_value(Agree())
    await newcomer.taps_value(PickZone("Europe/Berlin", settings=False))
    newcomer.chat.switch.broken = "send_next_tip"
    newcomer.chat.faults_expected = True
    await newcomer.taps_value(PickPreset(Preset.GENTLE))
    assert await tips_waiting(newcomer) == 0
    newcomer.chat = await newcomer.chat.restart()
    await newcomer.repeats()
    assert await tips_waiting(newcomer) == 1
    assert newcomer.chat.telegram.pinned[newcomer.id] == newcomer.said[-1].message_id
    said = len(newcomer.said)
    await newcomer.repeats()
    assert len(newcomer.said) == said
    assert await tips_waiting(newcomer) == 1


async def test_the_log_pad_is_pinned(alice: Person) -> None:
    pinned = alice.chat.telegram.pinned[alice.id]
    assert (await alice.subscriber()).pad_message_id == pinned
    assert alice.chat.telegram.shown(alice.id, pinned).labels == ["⚡ Twitch now"]


@pytest.mark.parametrize(
    "button",
    [
        Agree(),
        PickHour(3, settings=False),
        AllHours(settings=False),
        PickZone("Asia/Tokyo", settings=False),
        PickPreset(Preset.DESK_DAY),
    ],
)
async def test_old_buttons_of_a_finished_step_change_nothing(alice: Person, button: object) -> None:
    before = await alice.kept()
    alice.waits(minutes=5)
    said = len(alice.said)
    await alice.taps_value(button, alice.said[0])
    assert alice.alerted
    assert alice.toast is not None
    assert "all set already" in alice.toast
    assert (await alice.kept(), len(alice.said)) == (before, said)


async def test_start_welcomes_someone_back_with_what_is_on(bob: Person) -> None:
    await bob.sends("/start")
    assert "Welcome back" in bob.screen
    assert "💧 Hydration: 10:" in bob.screen
    assert "Your next tip comes at" in bob.screen


async def test_start_resumes_someone_who_stopped_with_their_settings(bob: Person) -> None:
    before = (await bob.kept()).plans
    await bob.sends("/stop")
    bob.waits(days=2)
    await bob.sends("/start")
    after = await bob.kept()
    assert "Your messages are on again" in bob.screen
    assert after.subscriber.presence is Presence.ACTIVE
    assert [plan.schedule for plan in after.plans] == [plan.schedule for plan in before]
    due = [plan.next_due_at for plan in after.plans if plan.enabled]
    assert all(moment is not None and moment > bob.chat.clock() for moment in due)


async def test_someone_who_stopped_on_the_way_comes_back_to_the_question(
    newcomer: Person,
) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("/stop")
    await newcomer.sends("/start")
    assert ZONE in newcomer.screen
    assert (await newcomer.subscriber()).presence is Presence.ACTIVE


async def test_whoever_answers_on_after_a_stop_gets_what_they_are_told(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.sends("/stop")
    await newcomer.sends("Auckland")
    assert (await newcomer.subscriber()).presence is Presence.STOPPED
    await newcomer.taps("Gentle")
    assert "All set." in newcomer.everything
    assert (await newcomer.subscriber()).presence is Presence.ACTIVE
    assert await tips_waiting(newcomer) == 1


async def test_a_zone_that_is_none_expires(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps_value(Agree())
    for button in (PickZone("Mars/Phobos", settings=False), PickHour(77, settings=False)):
        await newcomer.taps_value(button)
        assert newcomer.alerted
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_a_preset_before_the_zone_asks_for_the_zone(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps_value(Agree())
    await newcomer.taps_value(PickPreset(Preset.GENTLE))
    assert newcomer.alerted
    assert ZONE in newcomer.screen
    assert (await newcomer.subscriber()).stage is Stage.ZONE


async def test_another_zone_before_the_preset_corrects_the_first(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps_value(Agree())
    await newcomer.sends("Europe/Berlin")
    await newcomer.taps_value(PickZone("Asia/Tokyo", settings=False), newcomer.said[2])
    assert (await newcomer.subscriber()).zone == "Asia/Tokyo"
    assert PRESET in newcomer.screen
