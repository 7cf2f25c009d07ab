"""The weekly digest in the settings, and in words."""

from dataclasses import replace
from datetime import date

import pytest

from tests.bot.chat import Person
from tipbot.bot.buttons.diary import OpenDigest, SetDigestDay, SetDigestTime
from tipbot.bot.buttons.settings import OpenSettings, Page
from tipbot.bot.views.digest import digest_view
from tipbot.core.diary import Day
from tipbot.core.digest import digest
from tipbot.core.helped import Record
from tipbot.core.model import AtTimes, Minute, Plan, Relief, Topic
from tipbot.texts import load_texts

FIRST = date(2026, 2, 15)
ENGLISH = load_texts().speak("en")
GO_ON = (
    "Every day you log counts, also one with no twitch. One week says little; /diary shows more"
    " of them."
)
EMPTY = (
    "Nothing was logged in this week, so I do not know how it was. That is fine. If you like to go"
    " on, one tap a day is enough. I will not write about empty weeks again."
)


async def plan_of(person: Person) -> Plan:
    return (await person.kept()).plan(Topic.DIGEST)


def minutes(plan: Plan) -> tuple[Minute, ...]:
    assert isinstance(plan.schedule, AtTimes)
    return plan.schedule.minutes


async def test_it_is_off_until_it_is_switched_on_and_comes_on_sunday_evening(bob: Person) -> None:
    assert not (await plan_of(bob)).enabled
    await bob.sends("/settings")
    await bob.taps("Weekly summary")
    assert "It is off." in bob.screen
    await bob.taps("Send it each week")
    plan = await plan_of(bob)
    assert plan.enabled
    assert plan.days == {6}
    (minute,) = minutes(plan)
    assert 18 * 60 <= minute < 18 * 60 + 30
    assert plan.next_due_at is not None
    assert "It comes on Sun at 6:" in bob.screen
    assert "Next: Sun, Mar 8, 6:" in bob.screen
    await bob.taps("Do not send it")
    assert not (await plan_of(bob)).enabled


async def test_summary_and_diagnosis_are_told_and_set_apart_from_each_other(bob: Person) -> None:
    await bob.sends("/settings")
    assert "🗞 Weekly summary: off" in bob.screen
    assert "🩺 Diagnosis: you have not said" in bob.screen
    await bob.taps("🗞 Weekly summary")
    assert "diagnosis" not in " ".join(bob.labels).lower()
    await bob.taps("Send it each week")
    await bob.taps("All settings")
    await bob.taps("🩺 Diagnosis")
    assert bob.labels == ["✔️ I have a diagnosis", "⬅️ All settings"]
    await bob.taps("I have a diagnosis")
    await bob.taps("All settings")
    assert "Weekly summary: off" not in bob.screen
    assert "🗞 Weekly summary: 6:" in bob.screen
    assert "🩺 Diagnosis: you have one" in bob.screen


async def test_day_and_time_are_chosen_by_button(bob: Person) -> None:
    await bob.taps_value(OpenSettings(Page.DIGEST))
    await bob.taps("Send it each week")
    await bob.taps("Fri")
    await bob.taps("8:00\u202fPM")
    plan = await plan_of(bob)
    assert plan.days == {4}
    assert minutes(plan) == (Minute(20 * 60),)
    assert "✅ Fri" in bob.labels
    assert "✅ 8:00\u202fPM" in bob.labels


async def test_a_time_can_be_typed_while_the_page_is_open(bob: Person) -> None:
    await bob.taps_value(OpenSettings(Page.DIGEST))
    await bob.taps("Send it each week")
    await bob.sends("half past")
    assert "could not read that as a time" in bob.screen
    await bob.sends("23:00")
    assert "lies in your quiet hours" in bob.screen
    await bob.sends("17:45")
    assert minutes(await plan_of(bob)) == (Minute(17 * 60 + 45),)
    await bob.sends("17:50")
    assert minutes(await plan_of(bob)) == (Minute(17 * 60 + 45),)


async def test_a_forged_day_or_time_changes_nothing(bob: Person) -> None:
    before = await plan_of(bob)
    for forged in (SetDigestDay(7), SetDigestDay(-1), SetDigestTime(1440), SetDigestTime(-5)):
        await bob.taps_value(forged)
        assert bob.alerted
    assert await plan_of(bob) == before


async def test_whoever_came_before_there_was_a_digest_can_switch_it_on(bob: Person) -> None:
    await bob.changes(
        lambda kept: replace(
            kept, plans=tuple(plan for plan in kept.plans if plan.topic is not Topic.DIGEST)
        )
    )
    await bob.taps_value(OpenSettings(Page.DIGEST))
    assert "It is off." in bob.screen
    await bob.taps("Send it each week")
    assert (await plan_of(bob)).enabled


async def test_the_button_below_a_digest_opens_its_settings_and_leaves_it_to_be_read(
    bob: Person,
) -> None:
    before = len(bob.said)
    await bob.taps_value(OpenDigest())
    await bob.taps_value(OpenDigest(), bob.said[before - 1])
    assert len(bob.said) == before + 1
    assert bob.screen.startswith("Weekly summary")


def week(*counts: int | None) -> list[Day]:
    """Return fourteen days: the seven before with two twitches each, then these."""
    return [
        Day(
            date=date.fromordinal(FIRST.toordinal() + number),
            twitches=count or 0,
            strengths=(2,) * count if count else (),
            rating=0 if count == 0 else None,
        )
        for number, count in enumerate((*[2] * 7, *counts))
    ]


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        (
            (3, 3, 3, None, 0, 3, 3),
            [
                "Your week, Feb 22 to Feb 28, 2026",
                "You logged 6 of 7 days. Of 1 day nothing is known.",
                "Days without a twitch: 1",
                "15 twitches",
                "That is more than in the week before: 2.5 a day, after 2.",
                "Typical strength (median): 2 of 4 (week before: 2)",
                "What helped: rest (2)",
                "",
                GO_ON,
            ],
        ),
        (
            (None,) * 7,
            [
                "Your week, Feb 22 to Feb 28, 2026",
                EMPTY,
            ],
        ),
    ],
)
def test_it_says_what_is_known_and_what_is_not(counts: tuple[int | None], lines: list[str]) -> None:
    told = digest(week(*counts), {Relief.REST: Record(0, 0, 2)})
    assert told is not None
    html = digest_view(ENGLISH, told).html
    assert html.replace("<b>", "").replace("</b>", "").split("\n") == lines


def test_too_few_days_are_not_compared() -> None:
    told = digest(week(3, 3, None, None, None, None, None), {})
    assert told is not None
    assert "I do not compare it" in digest_view(ENGLISH, told).html
