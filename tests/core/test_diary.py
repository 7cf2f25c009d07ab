from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.diaries import FIRST, WHO, entry
from tipbot.core.diary import (
    Span,
    by_hour,
    by_place,
    diary_days,
    first_day,
    helped,
    month_days,
    summary,
    weeks,
)
from tipbot.core.model import CheckIn, CheckInKind, DayContext, Place, Relief, Side, Trigger

ONE_DAY = timedelta(days=1)
entries_of = st.lists(
    st.builds(
        lambda offset, hour, kind, strength, side, place, undone: entry(
            FIRST + timedelta(days=offset), hour, kind=kind, strength=strength, side=side,
            place=place, undone=undone,
        ),
        st.integers(0, 40),
        st.integers(0, 23),
        st.sampled_from(CheckInKind),
        st.none() | st.integers(0, 4),
        st.none() | st.sampled_from(Side),
        st.none() | st.sampled_from(Place),
        st.booleans(),
    ),
    max_size=60,
)  # fmt: skip


def rating(day: date, strength: int) -> CheckIn:
    return entry(day, 20, kind=CheckInKind.DAY, strength=strength)


def test_a_day_without_an_entry_is_missing_and_a_day_rated_0_is_zero() -> None:
    missing, zero = diary_days([rating(FIRST + ONE_DAY, 0)], [], FIRST, FIRST + ONE_DAY)
    assert (missing.logged, missing.count, missing.worst, missing.free) == (
        False,
        None,
        None,
        False,
    )
    assert (zero.logged, zero.count, zero.worst, zero.free) == (True, 0, 0, True)


def test_a_day_rated_above_zero_without_a_twitch_has_no_known_count() -> None:
    (day,) = diary_days([rating(FIRST, 3)], [], FIRST, FIRST)
    assert (day.logged, day.count, day.worst, day.median, day.free) == (True, None, 3, None, False)


def test_a_day_knows_its_twitches_strengths_triggers_and_context() -> None:
    context = DayContext(subscriber=WHO, local_date=FIRST, sleep_hours=5)
    entries = [
        entry(FIRST, 8, strength=1, triggers=frozenset({Trigger.STRESS})),
        entry(FIRST, 9, strength=4),
        entry(FIRST, 10),
        entry(FIRST, 11, strength=2, triggers=frozenset({Trigger.SCREEN})),
        rating(FIRST, 0),
    ]
    (day,) = diary_days(entries, [context], FIRST, FIRST)
    assert (day.twitches, day.strengths, day.median, day.worst) == (4, (1, 2, 4), 2, 4)
    assert day.triggers == {Trigger.STRESS, Trigger.SCREEN}
    assert day.context == context
    assert not day.free


@pytest.mark.parametrize(
    ("span", "days"), [(Span.DAY, 1), (Span.WEEK, 7), (Span.MONTH, 30), (Span.QUARTER, 90)]
)
def test_a_span_ends_today_and_has_its_days(span: Span, days: int) -> None:
    assert len(diary_days([], [], first_day(span, FIRST), FIRST)) == days


def test_an_hour_is_that_of_the_zone_where_it_was_logged() -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    night = entry(date(2026, 3, 2), at=at, logged_at=at, zone="Pacific/Auckland")
    assert [hour for hour, n in enumerate(by_hour([night])) if n] == [22]


def test_places_come_most_often_first_and_not_said_at_the_end() -> None:
    entries = [
        entry(FIRST, place=Place.CHEEK, side=Side.LEFT),
        *[entry(FIRST, place=Place.EYELID, side=Side.RIGHT)] * 2,
        entry(FIRST, place=Place.EYELID),
        *[entry(FIRST)] * 5,
    ]
    eyelid, cheek, unsaid = by_place(entries)
    assert (eyelid.place, eyelid.right, eyelid.unsaid, eyelid.total) == (Place.EYELID, 2, 1, 3)
    assert (cheek.place, cheek.left) == (Place.CHEEK, 1)
    assert (unsaid.place, unsaid.unsaid) == (None, 5)


def test_what_helped_is_counted_most_often_first() -> None:
    entries = [
        entry(FIRST, helped=frozenset({Relief.REST, Relief.WATER})),
        entry(FIRST, helped=frozenset({Relief.WATER})),
        entry(FIRST, helped=frozenset({Relief.MASSAGE}), undone=True),
    ]
    assert helped(entries) == ((Relief.WATER, 2), (Relief.REST, 1))


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_ends_where_the_next_one_begins(year: int, month: int) -> None:
    first, last = month_days(year, month)
    assert (first.day, (last + ONE_DAY).day) == (1, 1)
    assert 28 <= (last - first).days + 1 <= 31


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 90))
def test_weeks_begin_on_monday_and_hold_every_day_once(first: date, length: int) -> None:
    days = diary_days([], [], first, first + (length - 1) * ONE_DAY)
    laid = weeks(days)
    assert [day for week in laid for day in week if day] == list(days)
    for week in laid:
        assert len(week) == 7
        assert all(day is None or day.date.weekday() == place for place, day in enumerate(week))


@given(entries_of)
def test_the_tables_agree_with_each_other(entries: list[CheckIn]) -> None:
    days = diary_days(entries, [], FIRST, FIRST + 40 * ONE_DAY)
    figures = summary(days)
    twitches = [e for e in entries if e.kind is CheckInKind.TWITCH and not e.undone]
    assert figures.twitches == len(twitches) == sum(by_hour(entries))
    assert figures.twitches == sum(spot.total for spot in by_place(entries))
    assert figures.days == 41 == figures.logged + figures.missing
    assert figures.missing == sum(day.count is None and day.worst is None for day in days)
    assert all(day.count != 0 or day.rating == 0 for day in days)
