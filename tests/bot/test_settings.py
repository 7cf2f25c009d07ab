import pytest

from tests.bot.chat import Person
from tipbot.bot.buttons.onboarding import PickHour, PickZone
from tipbot.bot.buttons.settings import (
    OpenTopic,
    SetBedtime,
    SetInterval,
    SetLanguage,
    SetQuiet,
    SwitchDay,
    SwitchTopic,
)
from tipbot.bot.buttons.settings import Pause as PauseFor
from tipbot.core.model import (
    FOREVER,
    NO_QUIET_HOURS,
    AtTimes,
    Every,
    Minute,
    QuietHours,
    Topic,
)
from tipbot.core.plans import with_thin


async def schedule(person: Person, topic: Topic) -> AtTimes | Every:
    return (await person.kept()).plan(topic).schedule


async def open_hydration(person: Person) -> None:
    await person.sends("/settings")
    await person.taps("Topics and times")
    await person.taps("💧 Hydration")


async def test_the_overview_shows_all_that_is_set(bob: Person) -> None:
    await bob.sends("/settings")
    for words in (
        "💧 Hydration: 10:",
        "📋 Daily check-in: 8:",
        "Time zone: Berlin, it is 10:07\u202fAM now",
        "Quiet hours: 10:00\u202fPM to 8:00\u202fAM",
        "Bedtime: 10:30\u202fPM",
        "Messages come with a sound",
        "Language: English",
        "Your next tip comes at",
    ):
        assert words in bob.screen


async def test_pages_stay_in_one_message(bob: Person) -> None:
    await bob.sends("/settings")
    said = len(bob.said)
    for label in (
        "Topics and times",
        "💧 Hydration",
        "Switch off",
        "Topics",
        "All settings",
        "Quiet hours",
        "All settings",
        "Bedtime",
        "All settings",
        "Time zone",
        "All settings",
        "Language",
        "English",
        "Pause",
        "3 days",
        "Go on now",
        "Turn sound off",
        "Turn sound on",
    ):
        await bob.taps(label, bob.said[said - 1])
        assert len(bob.said) == said
        assert bob.chat.telegram.toasts[-1][0] == f"2-{bob.chat.updates}"


async def test_a_topic_is_switched_off_and_on_by_taps(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Switch off")
    plan = (await bob.kept()).plan(Topic.HYDRATION)
    assert (plan.enabled, plan.next_due_at) == (False, None)
    assert "Now: off" in bob.screen
    await bob.taps("Switch on")
    plan = (await bob.kept()).plan(Topic.HYDRATION)
    assert plan.enabled
    assert plan.next_due_at is not None


async def test_switching_twice_the_same_way_is_once(bob: Person) -> None:
    await open_hydration(bob)
    button = SwitchTopic(Topic.HYDRATION, on=False)
    await bob.taps_value(button)
    await bob.taps_value(button)
    assert not (await bob.kept()).plan(Topic.HYDRATION).enabled


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("9:00, 14:30", (540, 870)),
        ("9", (540,)),
        ("9.30 and 3pm", (570, 900)),
        ("21:15", (1275,)),
        ("2:30 pm; 9am", (540, 870)),
        ("9 14 19", (540, 840, 1140)),
        ("9:00, 9:00", (540,)),
    ],
)
async def test_typed_times_are_read_forgivingly(
    bob: Person, said: str, minutes: tuple[int, ...]
) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    assert "when should it come?" in bob.screen
    await bob.sends(said)
    assert await schedule(bob, Topic.HYDRATION) == AtTimes(tuple(map(Minute, minutes)))
    assert "💧 Hydration" in bob.screen
    await bob.sends("10:00")
    assert "did not understand" in bob.screen


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("soon", "could not read that as times of day"),
        ("25:00", "could not read that as times of day"),
        ("9:00, maybe", "could not read that as times of day"),
        ("1" * 3000, "could not read that as times of day"),
        ("23:30", "lies in your quiet hours (10:00\u202fPM to 8:00\u202fAM)"),
        (",".join(f"{h}:{m}" for h in range(9, 17) for m in ("00", "30")), "more than 12 times"),
    ],
)
async def test_wrong_times_get_one_message_and_leave_the_question_open(
    bob: Person, said: str, words: str
) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    before, count = await bob.kept(), len(bob.said)
    await bob.sends(said)
    assert words in bob.screen
    assert len(bob.said) == count + 1
    assert await bob.kept() == before
    await bob.sends("11:00")
    assert await schedule(bob, Topic.HYDRATION) == AtTimes((Minute(660),))


async def test_an_open_question_survives_a_restart(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    bob.chat = await bob.chat.restart()
    await bob.sends("11:00")
    assert await schedule(bob, Topic.HYDRATION) == AtTimes((Minute(660),))


async def test_a_question_runs_out(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    bob.waits(hours=2)
    before = await bob.kept()
    await bob.sends("11:00")
    assert "did not understand" in bob.screen
    assert await bob.kept() == before


async def test_a_picture_for_an_answer_leaves_the_question_open(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    await bob.sends_photo()
    assert "type your answer as text" in bob.screen
    await bob.sends("11:00")
    assert await schedule(bob, Topic.HYDRATION) == AtTimes((Minute(660),))


async def test_a_command_leaves_the_question(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    await bob.sends("/help")
    await bob.sends("11:00")
    assert "did not understand" in bob.screen


async def test_going_back_closes_the_question(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    await bob.taps("Back")
    assert "💧 Hydration" in bob.screen
    await bob.sends("11:00")
    assert "did not understand" in bob.screen


async def test_an_interval_keeps_between_the_quiet_hours(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("every 90 min")
    assert await schedule(bob, Topic.HYDRATION) == Every(90, Minute(480), Minute(1320))
    assert "✅ every 90 min" in bob.labels
    await bob.taps("Type times of day")
    await bob.sends("9-17")
    assert await schedule(bob, Topic.HYDRATION) == Every(90, Minute(540), Minute(1020))


async def test_screen_breaks_at_intervals_keep_to_working_hours(bob: Person) -> None:
    await bob.taps_value(SetInterval(Topic.SCREEN_BREAK, 45))
    assert await schedule(bob, Topic.SCREEN_BREAK) == Every(45, Minute(540), Minute(1020))


async def test_an_interval_without_quiet_hours_is_for_the_day(bob: Person) -> None:
    await bob.taps_value(SetQuiet(0, 0))
    await bob.taps_value(SetInterval(Topic.MOVEMENT, 180))
    assert await schedule(bob, Topic.MOVEMENT) == Every(180, Minute(540), Minute(1260))


async def test_an_interval_all_in_quiet_hours_says_so(bob: Person) -> None:
    await bob.taps_value(SetInterval(Topic.SCREEN_BREAK, 60))
    await bob.taps_value(SetQuiet(8 * 60, 18 * 60))
    before = await bob.kept()
    await bob.taps_value(SetInterval(Topic.SCREEN_BREAK, 30))
    assert bob.toast is not None
    assert "lie in your quiet hours" in bob.toast
    assert await bob.kept() == before


async def test_a_typed_window_all_in_quiet_hours_leaves_the_question_open(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("every 60 min")
    await bob.taps("Type times of day")
    await bob.sends("23:00-7:00")
    assert "lies in your quiet hours" in bob.screen
    await bob.sends("10:00-16:00")
    assert await schedule(bob, Topic.HYDRATION) == Every(60, Minute(600), Minute(960))


async def test_weekdays_are_switched_one_by_one(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("✅ Sun")
    await bob.taps("✅ Sat")
    assert (await bob.kept()).plan(Topic.HYDRATION).days == frozenset(range(5))
    assert "Monday to Friday" in bob.screen
    await bob.taps("Sun")
    assert (await bob.kept()).plan(Topic.HYDRATION).days == frozenset({0, 1, 2, 3, 4, 6})
    assert "on Mon, Tue, Wed, Thu, Fri, Sun" in bob.screen


async def test_the_last_weekday_stays_on(bob: Person) -> None:
    for day in range(7):
        await bob.taps_value(SwitchDay(Topic.HYDRATION, day, on=False))
    assert bob.alerted
    assert bob.toast is not None
    assert "At least one day stays on" in bob.toast
    assert (await bob.kept()).plan(Topic.HYDRATION).days == {6}


async def test_a_thinned_topic_offers_its_full_pace(bob: Person) -> None:
    await bob.changes(lambda kept: with_thin(kept, Topic.HYDRATION, 4, bob.chat.clock()))
    await open_hydration(bob)
    assert "only every fourth time" in bob.screen
    await bob.taps("Back to full pace")
    assert (await bob.kept()).plan(Topic.HYDRATION).thin == 1
    assert "every fourth" not in bob.screen


async def types_times_and_quiet_hours(person: Person, times: str, quiet: str) -> None:
    await open_hydration(person)
    await person.taps("Type times of day")
    await person.sends(times)
    await person.sends("/settings")
    await person.taps("Quiet hours")
    await person.sends(quiet)


async def test_times_that_quiet_hours_swallow_are_named(bob: Person) -> None:
    await open_hydration(bob)
    await bob.taps("Type times of day")
    await bob.sends("9:00, 14:30")
    await bob.taps_value(SetQuiet(12 * 60, 18 * 60))
    await open_hydration(bob)
    assert "⚠️ 2:30\u202fPM lies in your quiet hours" in bob.screen


async def test_several_times_that_quiet_hours_swallow_are_told_in_the_plural(bob: Person) -> None:
    await types_times_and_quiet_hours(bob, "9:00, 14:30, 16:00", "14:00 - 17:00")
    await open_hydration(bob)
    assert "⚠️ 2:30\u202fPM, 4:00\u202fPM lie in your quiet hours" in bob.screen


async def test_quiet_hours_that_leave_nothing_of_a_topic_say_so(bob: Person) -> None:
    await types_times_and_quiet_hours(bob, "9:00", "22:00 - 10:00")
    assert "nothing is left of: 💧 Hydration" in bob.screen


@pytest.mark.parametrize(
    ("said", "quiet"),
    [
        ("22:00-08:00", QuietHours(Minute(1320), Minute(480))),
        ("11 pm to 7 am", QuietHours(Minute(1380), Minute(420))),
        ("13\u201314.30", QuietHours(Minute(780), Minute(870))),
        ("OFF", NO_QUIET_HOURS),
        ("none", NO_QUIET_HOURS),
    ],
)
async def test_quiet_hours_can_be_typed(bob: Person, said: str, quiet: QuietHours) -> None:
    await bob.sends("/settings")
    await bob.taps("Quiet hours")
    asked = bob.screen_message
    await bob.sends(said)
    assert (await bob.subscriber()).quiet == quiet
    assert "Kept" in bob.screen
    assert asked is not None
    assert ("Now: none" in asked.text) == (quiet == NO_QUIET_HOURS)
    await bob.sends("22:00-08:00")
    assert (await bob.subscriber()).quiet == quiet


@pytest.mark.parametrize(
    ("said", "words"),
    [("at night", "could not read"), ("22:00", "could not read"), ("8-8", "are the same")],
)
async def test_unclear_quiet_hours_leave_the_question_open(
    bob: Person, said: str, words: str
) -> None:
    await bob.sends("/settings")
    await bob.taps("Quiet hours")
    await bob.sends(said)
    assert words in bob.screen
    await bob.sends("off")
    assert (await bob.subscriber()).quiet == NO_QUIET_HOURS


async def test_quiet_hours_by_button(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Quiet hours")
    await bob.taps("11:00\u202fPM to 7:00\u202fAM")
    assert (await bob.subscriber()).quiet == QuietHours(Minute(1380), Minute(420))
    assert "✅ 11:00\u202fPM to 7:00\u202fAM" in bob.labels
    await bob.taps("No quiet hours")
    assert (await bob.subscriber()).quiet == NO_QUIET_HOURS
    await bob.sends("/settings")
    assert "Quiet hours: none" in bob.screen


async def test_bedtime_by_button_and_typed(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Bedtime")
    await bob.taps("9:30\u202fPM")
    assert (await bob.subscriber()).bedtime == 21 * 60 + 30
    await bob.sends("late")
    assert "could not read that as a time" in bob.screen
    await bob.sends("23.45")
    assert (await bob.subscriber()).bedtime == 23 * 60 + 45
    assert "Bedtime: 11:45\u202fPM" in bob.screen


async def test_the_zone_by_hour(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Time zone")
    await bob.taps("10 PM")
    await bob.taps("Another hour")
    await bob.taps("10 PM")
    await bob.taps("Auckland")
    assert (await bob.subscriber()).zone == "Pacific/Auckland"
    assert "Your time zone is Auckland now" in bob.screen
    due = (await bob.kept()).plan(Topic.HYDRATION).next_due_at
    assert due is not None
    assert due.hour in {20, 21}


async def test_the_zone_by_a_typed_city(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Time zone")
    await bob.sends("Springfield")
    assert "Which one is it?" in bob.screen
    await bob.sends("Nowhereville-on-Sea")
    assert "do not know a city" in bob.screen
    await bob.sends("Auckland")
    assert (await bob.subscriber()).zone == "Pacific/Auckland"
    await bob.sends("Tokyo")
    assert (await bob.subscriber()).zone == "Pacific/Auckland"


async def test_the_zone_by_location_where_it_was_asked_for(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Time zone")
    await bob.shares_location(-36.85, 174.76)
    assert (await bob.subscriber()).zone == "Pacific/Auckland"


async def test_a_location_out_of_the_blue_is_only_an_offer(bob: Person) -> None:
    await bob.shares_location(-36.85, 174.76)
    assert (await bob.subscriber()).zone == "Europe/Berlin"
    await bob.taps("Use Auckland")
    assert (await bob.subscriber()).zone == "Pacific/Auckland"


async def test_the_same_zone_again_says_so(bob: Person) -> None:
    await bob.taps_value(PickZone("Europe/Berlin", settings=True))
    assert "as before" in bob.screen


async def test_sound_is_turned_off_and_on(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Turn sound off")
    assert (await bob.subscriber()).silent
    assert "without a sound" in bob.screen
    await bob.taps("Turn sound on")
    assert not (await bob.subscriber()).silent


async def test_the_language_is_one_that_has_a_file(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Language")
    assert "✅ English" in bob.labels
    await bob.taps("English")
    assert (await bob.subscriber()).language == "en-US"
    await bob.taps_value(SetLanguage("tlh"))
    assert bob.alerted
    assert (await bob.subscriber()).language == "en-US"


async def test_the_language_changes_at_once(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Language")
    await bob.taps("Deutsch")
    assert (await bob.subscriber()).language == "de"
    await bob.sends("/settings")
    assert "Einstellungen" in bob.screen


@pytest.mark.parametrize(("label", "days"), [("1 day", 1), ("3 days", 3), ("7 days", 7)])
async def test_a_pause_of_some_days_ends_by_itself(bob: Person, label: str, days: int) -> None:
    await bob.sends("/settings")
    await bob.taps("Pause")
    await bob.taps(label)
    now = bob.chat.clock()
    person = await bob.subscriber()
    assert person.paused_until is not None
    assert (person.paused_until - now).days == days
    assert "Paused until" in bob.screen
    assert "send /settings" not in bob.screen, "the button is right below"
    await bob.taps("All settings")
    assert "Paused until" in bob.screen
    assert "tap “Go on now”" in bob.screen
    bob.waits(days=days, minutes=1)
    await bob.sends("/settings")
    assert "Paused" not in bob.screen


async def test_a_pause_until_resumed_lasts_until_resumed(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Pause")
    await bob.taps("Until I go on")
    assert (await bob.subscriber()).paused_until == FOREVER
    bob.waits(days=400)
    await bob.sends("/start")
    assert "Paused until you go on. To do that, send /settings." in bob.screen
    await bob.sends("/settings")
    assert "Paused until you go on. To do that, tap “Go on now”." in bob.screen
    await bob.taps("Go on now")
    person = await bob.kept()
    assert person.subscriber.paused_until is None
    due = person.plan(Topic.HYDRATION).next_due_at
    assert due is not None
    assert due > bob.chat.clock()


async def test_the_check_in_has_one_time_and_a_switch(bob: Person) -> None:
    await bob.sends("/settings")
    await bob.taps("Daily check-in")
    assert not any("min" in label for label in bob.labels)
    await bob.taps("Type times of day")
    await bob.sends("19:00, 21:00")
    assert "once a day" in bob.screen
    await bob.sends("19:30")
    assert await schedule(bob, Topic.CHECK_IN) == AtTimes((Minute(1170),))
    await bob.taps("Switch off")
    assert not (await bob.kept()).plan(Topic.CHECK_IN).enabled


async def test_someone_who_stopped_sees_it_in_the_settings(bob: Person) -> None:
    await bob.sends("/stop")
    await bob.sends("/settings")
    assert "You have stopped all messages" in bob.screen


@pytest.mark.parametrize(
    "button",
    [
        SetQuiet(-1, 99),
        SetQuiet(0, 1440),
        SetBedtime(5000),
        SwitchDay(Topic.HYDRATION, 9, on=True),
        SetInterval(Topic.HYDRATION, 1),
        SetInterval(Topic.CHECK_IN, 30),
        PauseFor(99),
        PauseFor(-3),
        PickZone("Mars/Phobos", settings=True),
        PickHour(24, settings=True),
    ],
)
async def test_forged_settings_are_answered_and_change_nothing(bob: Person, button: object) -> None:
    before, said = await bob.kept(), bob.everything
    await bob.taps_value(button)
    assert bob.alerted
    assert (await bob.kept(), bob.everything) == (before, said)


async def test_a_topic_without_a_plan_expires(bob: Person) -> None:
    await bob.changes(lambda kept: type(kept)(subscriber=kept.subscriber, plans=kept.plans[1:]))
    for button in (
        OpenTopic(Topic.HYDRATION),
        SwitchTopic(Topic.HYDRATION, on=True),
        SwitchDay(Topic.HYDRATION, 1, on=False),
    ):
        await bob.taps_value(button)
        assert bob.alerted
    await bob.sends("/settings")
    assert "💧" not in bob.screen
