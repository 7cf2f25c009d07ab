from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.announcements import (
    LONGEST,
    SHELF_LIFE,
    Figures,
    TextFault,
    due_for,
    takes,
    text_fault,
)
from tipbot.core.markup import from_spans
from tipbot.core.model import NO_QUIET_HOURS, Minute, QuietHours, Subscriber, SubscriberId

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOB = Subscriber(id=SubscriberId(2), chat_id=2, zone="Europe/Berlin")
HOUR = timedelta(hours=1)


def test_whoever_is_awake_gets_it_at_once() -> None:
    assert due_for(BOB, NOON, NOON + HOUR) == NOON + HOUR
    assert due_for(replace(BOB, quiet=NO_QUIET_HOURS), NOON, NOON) == NOON


def test_quiet_hours_put_it_off_until_they_end() -> None:
    evening = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    assert due_for(BOB, evening, evening) == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def test_what_would_come_a_day_later_never_comes() -> None:
    long = replace(BOB, quiet=QuietHours(Minute(13 * 60), Minute(12 * 60 + 30)))
    late = NOON + 2 * HOUR
    assert due_for(long, NOON, NOON) == NOON + SHELF_LIFE - timedelta(minutes=30)
    assert due_for(long, NOON - HOUR, late) is None


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_it_is_never_due_in_quiet_hours_or_too_late(start: int, end: int, at: int) -> None:
    person = replace(BOB, zone="UTC", quiet=QuietHours(Minute(start), Minute(end)))
    now = NOON.replace(hour=0) + timedelta(minutes=at)
    due = due_for(person, now, now)
    if due is not None:
        assert now <= due < now + SHELF_LIFE
        assert not person.quiet.covers(Minute(due.hour * 60 + due.minute))


def test_a_text_is_checked_as_it_is_shown() -> None:
    assert text_fault("**Hello** all") is None
    assert text_fault("") is TextFault.EMPTY
    assert text_fault("a" * LONGEST) is None
    assert text_fault("a" * (LONGEST + 1)) is TextFault.TOO_LONG
    assert text_fault("😀" * (LONGEST // 2 + 1)) is TextFault.TOO_LONG
    assert text_fault("# heading") is TextFault.BROKEN


@given(st.text(max_size=200))
def test_whatever_is_typed_is_sound(text: str) -> None:
    assert text_fault(from_spans(text, [])) in {None, TextFault.EMPTY}


@pytest.mark.parametrize(
    ("people", "rate", "seconds"), [(0, 30, 0), (1, 30, 1), (20_000, 30, 688), (97, 1, 100)]
)
def test_the_time_it_takes_goes_by_the_rate_in_use(people: int, rate: float, seconds: int) -> None:
    assert takes(people, rate) == timedelta(seconds=seconds)


def test_what_is_over_leaves_out_what_waits() -> None:
    all_of_it = Figures(waiting=1, sent=2, unreachable=4, unknown=8, failed=16, expired=32)
    assert all_of_it.over == 62
