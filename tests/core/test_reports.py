from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.diaries import WHO, entry
from tipbot.core.model import (
    CheckIn,
    CheckInKind,
    DayContext,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Trigger,
)
from tipbot.core.reports import Material, Measure, ReportSpan, period_of, report
from tipbot.core.treatments import EARLIEST, Treatment, TreatmentId, TreatmentKind

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - days * ONE_DAY


def mark(days: int) -> Treatment:
    return Treatment(
        id=TreatmentId(days),
        subscriber=WHO,
        kind=TreatmentKind.INJECTION,
        local_date=ago(days),
        marked_at=datetime(2026, 3, 2, tzinfo=UTC),
    )


def twitch(days: int, strength: int | None = 2, **details: object) -> CheckIn:
    return entry(ago(days), 12, strength=strength, **details)


def rating(days: int, strength: int) -> CheckIn:
    return entry(ago(days), kind=CheckInKind.DAY, strength=strength)


MATERIAL = Material(
    entries=[
        twitch(40, 4),
        twitch(9, 1, place=Place.EYELID, side=Side.LEFT, duration=Duration.MINUTES,
               triggers=frozenset({Trigger.STRESS, Trigger.SCREEN})),
        twitch(9, 3, place=Place.EYELID, triggers=frozenset({Trigger.STRESS}),
               helped=frozenset({Relief.REST}), flags=frozenset({Flag.PAIN})),
        replace(twitch(8, 4), undone=True),
        twitch(7, None, note="after lunch"),
        rating(6, 0),
        rating(5, 2),
    ],
    contexts=[
        DayContext(subscriber=WHO, local_date=ago(9), sleep_hours=5, water=0, stress=2),
        DayContext(subscriber=WHO, local_date=ago(6), sleep_hours=8, coffees=2, water=2),
    ],
    marks=[mark(30), mark(7)],
)  # fmt: skip


def test_the_figures_are_those_of_the_entries_in_the_period() -> None:
    found = report(MATERIAL, ago(9), TODAY)
    assert (found.known.days, found.known.logged, found.known.missing) == (10, 4, 6)
    assert (found.known.twitches, found.known.free, found.rated) == (3, 1, 2)
    assert (found.known.median, found.known.worst, found.day_median) == (2, 3, 2)
    assert found.known.counted == 3, "a day was rated 2, and nobody counted on it"
    assert found.weekly == pytest.approx(3 / 3 * 7)
    assert (found.levels, found.unrated) == ((1, 0, 1, 1, 0), 1)
    assert [(spot.place, spot.left, spot.unsaid) for spot in found.spots] == [
        (Place.EYELID, 1, 1),
        (None, 0, 1),
    ]
    assert (found.durations, found.untimed) == (((Duration.MINUTES, 1),), 2)
    assert found.triggers == ((Trigger.STRESS, 2), (Trigger.SCREEN, 1))
    assert found.helped == ((Relief.REST, 1),)
    assert found.flags == ((Flag.PAIN, 1, ago(9)),)
    assert found.sleep == Measure(days=2, median=6.5, least=5, most=8)
    assert (found.screen, found.water, found.stress) == (None, (1, 0, 1), (0, 0, 1))
    assert [each.local_date for each in found.marks] == [ago(7)]
    assert found.before == MATERIAL.marks[0]
    assert found.last_mark == MATERIAL.marks[1]
    assert [each.note for each in found.notes] == ["after lunch"]


def test_a_period_without_anything_has_no_figures() -> None:
    found = report(MATERIAL, ago(3), TODAY)
    assert (found.known.logged, found.weekly, found.day_median) == (0, None, None)
    assert (found.spots, found.triggers, found.flags) == ((), (), ())


@pytest.mark.parametrize(
    ("days", "count"), [(30, 5), (98, 14), (99, 5), (390, 14), (500, 6), (900, 11), (1400, 5)]
)
def test_the_course_is_in_weeks_months_quarters_or_years(days: int, count: int) -> None:
    found = report(MATERIAL, ago(days - 1), TODAY)
    assert len(found.stretches) == count
    assert sum(stretch.known.days for stretch in found.stretches) == days
    assert sum(stretch.known.twitches for stretch in found.stretches) == found.known.twitches
    for one, following in pairwise(found.stretches):
        assert one.last + ONE_DAY == following.first
    assert (found.stretches[0].first, found.stretches[-1].last) == (ago(days - 1), TODAY)


def test_the_spans_end_today() -> None:
    assert period_of(ReportSpan.MONTH, (), TODAY) == (ago(29), TODAY)
    assert period_of(ReportSpan.QUARTER, (), TODAY) == (ago(89), TODAY)
    assert period_of(ReportSpan.SINCE, MATERIAL.marks, TODAY) == (ago(7), TODAY)
    assert period_of(ReportSpan.SINCE, (), TODAY) is None
    assert period_of(ReportSpan.ALL, (), TODAY) == (EARLIEST, TODAY)
    assert period_of(ReportSpan.RANGE, (), TODAY) is None
    assert MATERIAL.first == ago(40)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4) | st.none()), max_size=40))
def test_days_add_up_whatever_was_logged(logged: list[tuple[int, int | None]]) -> None:
    material = Material(
        entries=[twitch(days, strength) for days, strength in logged], contexts=[], marks=[]
    )
    found = report(material, ago(30), TODAY)
    assert sum(found.levels) + found.unrated == found.known.logged
    assert found.known.logged + found.known.missing == 31
    assert sum(spot.total for spot in found.spots) == found.known.twitches
    assert found.untimed == found.known.twitches
