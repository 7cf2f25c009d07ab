"""The weekly digest: whole days, honest about what is missing, and silent for those who left."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from tipbot.core.diary import Day
from tipbot.core.digest import Change, digest, digest_week
from tipbot.core.helped import Record
from tipbot.core.model import Relief

SUNDAY = date(2026, 3, 8)
FIRST = SUNDAY - timedelta(days=14)


def fortnight(*counts: int | None, strengths: Iterable[int] = ()) -> list[Day]:
    """Return fourteen days with so many twitches each; None is missing, 0 is rated 0."""
    said = tuple(strengths)
    return [
        Day(
            date=FIRST + timedelta(days=number),
            twitches=count or 0,
            strengths=said if count else (),
            rating=0 if count == 0 else None,
        )
        for number, count in enumerate(counts)
    ]


def week(count: int | None, *others: int | None) -> tuple[int | None, ...]:
    """Return seven counts: these, and the first for what is left."""
    return (*others, *[count] * (7 - len(others)))


def test_the_week_is_the_seven_whole_days_before_its_own() -> None:
    assert digest_week(SUNDAY) == (date(2026, 3, 1), date(2026, 3, 7))


def test_a_week_is_told_with_what_is_missing() -> None:
    told = digest(fortnight(*week(2), *week(1, None, None, 0, 3), strengths=(1, 2, 4)), {})
    assert told is not None
    assert (told.first, told.last) == (date(2026, 3, 1), date(2026, 3, 7))
    figures = told.week.logged, told.week.missing, told.week.free, told.week.twitches
    assert figures == (5, 2, 1, 6)
    assert (told.week.median, told.median_before) == (2, 2)
    assert not told.empty


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (week(2), week(3), Change.MORE),
        (week(3), week(2), Change.FEWER),
        (week(2), week(2), Change.ALIKE),
        (week(2), week(2, 3), Change.ALIKE),
        (week(2), week(2, 3, 3), Change.MORE),
        (week(2), week(None, 3, 3, 3, 3), Change.MORE),
        (week(2), week(None, 9, 9, 9), Change.UNKNOWN),
        (week(None, 9, 9, 9), week(2), Change.UNKNOWN),
        (week(None), week(2), Change.UNKNOWN),
        (week(1), week(0), Change.FEWER),
    ],
)
def test_two_weeks_are_compared_by_their_known_days(
    before: tuple[int | None, ...], now: tuple[int | None, ...], change: Change
) -> None:
    told = digest(fortnight(*before, *now), {})
    assert told is not None
    assert told.change is change


def test_a_week_without_entries_is_told_once() -> None:
    told = digest(fortnight(*week(2), *week(None)), {})
    assert told is not None
    assert told.empty
    assert digest(fortnight(*week(None), *week(None)), {}) is None


def test_what_helped_most_often_is_named_first_and_no_more_than_three() -> None:
    records = {
        Relief.WATER: Record(0, 0, 1),
        Relief.REST: Record(0, 0, 2),
        Relief.MASSAGE: Record(4, 1, 1),
        Relief.BREATHING: Record(3, 3),
        Relief.EXERCISE: Record(3, 0),
    }
    told = digest(fortnight(*week(2), *week(2)), records)
    assert told is not None
    assert told.helped == ((Relief.BREATHING, 3), (Relief.MASSAGE, 2), (Relief.REST, 2))
