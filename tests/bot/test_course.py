"""What the course of a diary shows: said once, and after the tap was answered."""

import asyncio
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.bot.chat import Chat, Person
from tipbot.bot.buttons.day import RateDay
from tipbot.bot.buttons.diary import SetDiagnosed
from tipbot.bot.buttons.entry import SetPlace
from tipbot.bot.buttons.settings import OpenSettings, Page
from tipbot.bot.views.course import course_view
from tipbot.core.enrolment import with_diagnosis
from tipbot.core.instants import ONE_DAY, date_at
from tipbot.core.model import CheckInId, DeliveryId, Place, Side, Tap
from tipbot.core.signs import DIARY_SIGNS, SAY_WITHIN, Lasting, Sign
from tipbot.texts import load_texts

BERLIN = ZoneInfo("Europe/Berlin")
TITLE = "A word about your diary"


async def twitched(person: Person, days: range, strength: int | None = None) -> CheckInId:
    """Put a twitch of the left eyelid into the diary on each day so long ago; return the last."""
    store, last = person.chat.store, CheckInId(0)
    for ago in days:
        at = person.chat.clock() - ago * ONE_DAY
        tap = Tap(key=f"past{ago}", message_id=900, nonce=ago, at=at)
        logged = await store.log_twitch(person.who, tap)
        assert logged is not None
        last = logged.entry.id
        await store.edit_check_in(
            last,
            person.who,
            lambda e: replace(e, strength=strength, side=Side.LEFT, place=Place.EYELID),
        )
    return last


async def twitched_often(person: Person, ago: int) -> None:
    """Put two twitches of the left eyelid into the diary of one day."""
    at = person.chat.clock() - ago * ONE_DAY
    for number in range(2):
        tap = Tap(key=f"often{ago}-{number}", message_id=901, nonce=number, at=at)
        assert await person.chat.store.log_twitch(person.who, tap) is not None


def told(person: Person) -> list[str]:
    return [message.text for message in person.said if TITLE in message.text]


async def test_what_lasts_is_said_with_its_rule_and_its_sources(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    await bob.sends("/twitch")
    (said,) = told(bob)
    assert "on 23 days since Feb 8, 2026, never more than a week apart" in said
    assert "more than a few weeks [1]" in said
    assert "They do not agree how soon" in said
    assert said.count("section “") == 3
    assert "When to See a Doctor" in said


@pytest.mark.parametrize(
    ("language", "claim"),
    [("en", "Three of the articles"), ("de", "Drei der Artikel"), ("es", "Tres de los artículos")],
)
def test_no_more_articles_are_claimed_for_what_lasts_than_are_named(
    language: str, claim: str
) -> None:
    text = load_texts().speak(language)
    said = course_view(text, {Sign.LASTS: Lasting(date(2026, 2, 8), 23)}).html
    assert claim in said
    assert len({source.document for source in DIARY_SIGNS[Sign.LASTS]}) == 3


async def test_the_tap_is_answered_before_anything_is_said(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    bob.chat.telegram.calls.clear()
    await bob.taps("Twitch now")
    methods = [call.method for call in bob.chat.telegram.calls]
    assert methods.index("answerCallbackQuery") < methods.index("sendMessage")
    assert bob.toast is not None
    assert bob.toast.startswith("Logged")
    assert len(told(bob)) == 1


async def test_it_is_said_once_and_a_restart_does_not_forget_that(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    await bob.sends("/twitch")
    bob.waits(hours=2)
    await bob.sends("/twitch")
    again = await bob.chat.restart()
    same = again.person(bob.id, "Bob")
    same.waits(days=1)
    await same.sends("/twitch")
    await same.repeats()
    assert len(told(same)) == 1


async def test_two_processes_say_it_once(bob: Person, chat: Chat) -> None:
    await twitched(bob, range(1, 23))
    other = await Chat.begin(chat.store, chat.clock, chat.telegram)
    other.updates = 90_000
    twin = other.person(bob.id, "Bob")
    await asyncio.gather(bob.sends("/twitch"), twin.sends("/twitch"))
    assert len(told(bob)) == 1


async def test_what_did_not_arrive_is_said_again_later(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    bob.chat.telegram.refusals.append(("sendMessage", None, "gone"))
    await bob.taps("Twitch now")
    assert told(bob) == []
    bob.waits(minutes=1)
    await bob.sends("/twitch")
    assert told(bob) == []
    bob.chat.clock.move(SAY_WITHIN)
    await bob.sends("/twitch")
    assert len(told(bob)) == 1


async def test_quiet_hours_do_not_keep_it_from_somebody_who_is_awake(alice: Person) -> None:
    await twitched(alice, range(1, 23))
    await alice.sends("/twitch")
    assert len(told(alice)) == 1


async def test_a_rating_of_the_day_is_looked_at_too(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    today = date_at(bob.chat.clock(), BERLIN).toordinal()
    await bob.taps_value(RateDay(today, 2, DeliveryId(0)))
    assert len(told(bob)) == 1


async def test_a_new_place_is_named_once_it_was_logged_on_two_days(bob: Person) -> None:
    await bob.changes(lambda kept: with_diagnosis(kept, diagnosed=True))
    await twitched(bob, range(16, 30, 3))
    await twitched(bob, range(9, 10))
    for ago in (2, 0):
        entry = await twitched(bob, range(ago, ago + 1))
        await bob.taps_value(SetPlace(entry, Place.CHEEK, on=True))
        assert len(told(bob)) == (ago == 0)
    assert "Since Feb 28, 2026 you have logged this too: cheek" in told(bob)[0]


async def test_several_signs_come_in_one_message_the_gravest_first(bob: Person) -> None:
    await twitched(bob, range(14, 42), strength=1)
    await twitched(bob, range(14), strength=4)
    await bob.sends("/twitch")
    (said,) = told(bob)
    assert said.index("came to 4 of 4 on average") < said.index("never more than a week apart")
    assert "it came to 1." in said


async def test_whoever_has_a_diagnosis_is_not_told_that_it_lasts(bob: Person) -> None:
    await bob.changes(lambda kept: with_diagnosis(kept, diagnosed=True))
    await twitched(bob, range(1, 23))
    await bob.sends("/twitch")
    assert told(bob) == []
    await bob.taps_value(SetDiagnosed(on=False, settings=True))
    assert "You have not said that you have a diagnosis" in bob.screen
    bob.waits(minutes=5)
    await bob.sends("/twitch")
    assert len(told(bob)) == 1


async def test_a_diagnosis_can_be_told_below_the_message_and_in_the_settings(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    await bob.sends("/twitch")
    await bob.taps("I have a diagnosis")
    assert (await bob.subscriber()).diagnosed
    assert bob.toast == "Kept. I will not speak of how long it lasts."
    assert bob.labels == []
    await bob.taps_value(OpenSettings(Page.DIAGNOSIS))
    await bob.taps("I have no diagnosis")
    assert not (await bob.subscriber()).diagnosed
    await bob.taps("I have a diagnosis")
    assert (await bob.subscriber()).diagnosed


async def test_a_diary_that_shows_nothing_is_left_alone(bob: Person) -> None:
    await twitched(bob, range(1, 20))
    await bob.sends("/twitch")
    assert told(bob) == []


def looks(person: Person) -> int:
    """Return how often a diary was looked at so far."""
    return person.chat.switch.used.count("course")


async def test_a_second_twitch_of_the_day_is_looked_at_only_if_it_can_show_something(
    bob: Person,
) -> None:
    for _ in range(3):
        bob.waits(minutes=5)
        await bob.sends("/twitch")
    assert looks(bob) == 1
    bob.waits(days=1)
    await bob.sends("/twitch")
    assert looks(bob) == 2


async def test_a_sign_that_was_said_is_not_claimed_at_each_tap(bob: Person) -> None:
    await twitched(bob, range(1, 23))
    await bob.sends("/twitch")
    assert len(told(bob)) == 1
    for _ in range(2):
        bob.waits(days=1)
        await bob.sends("/twitch")
    assert bob.chat.switch.used.count("claim_signs") == 1


async def test_a_diary_that_was_changed_is_looked_at_after_the_next_tap(bob: Person) -> None:
    await bob.sends("/twitch")
    bob.waits(minutes=5)
    await bob.sends("/twitch")
    assert looks(bob) == 1
    await bob.taps("Details")
    await bob.taps("Time …")
    await bob.sends("10:15")
    bob.waits(minutes=5)
    await bob.sends("/twitch")
    assert looks(bob) == 2


async def test_the_tap_at_which_the_number_comes_to_be_called_worse_is_looked_at(
    bob: Person,
) -> None:
    await bob.changes(lambda kept: with_diagnosis(kept, diagnosed=True))
    await twitched(bob, range(14, 42))
    for day in range(1, 7):
        await twitched_often(bob, day)
    for number in range(1, 7):
        bob.waits(minutes=5)
        await bob.sends("/twitch")
        assert len(told(bob)) == (number > 1)
    assert looks(bob) == 3, "once it was said, nothing is left"
