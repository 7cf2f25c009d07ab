from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.diary import Day
from tipbot.core.model import SubscriberId
from tipbot.core.since import Block, blocks
from tipbot.core.treatments import (
    EARLIEST,
    NOTE_LIMIT,
    Cycle,
    Treatment,
    TreatmentId,
    TreatmentKind,
    cycles,
    days_since,
    latest,
    markable,
    with_note,
)

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
INJECTION = TreatmentKind.INJECTION


def mark(
    days_ago: int, kind: TreatmentKind = INJECTION, *, undone: bool = False, number: int = 1
) -> Treatment:
    return Treatment(
        id=TreatmentId(number),
        subscriber=SubscriberId(1),
        kind=kind,
        local_date=TODAY - days_ago * ONE_DAY,
        undone=undone,
        marked_at=NOW,
    )


def test_cycles_go_from_one_mark_to_the_day_before_the_next_of_its_kind() -> None:
    marks = [mark(100), mark(40, TreatmentKind.STARTED), mark(10), mark(5, undone=True)]
    assert cycles(marks, INJECTION, TODAY) == (
        Cycle(TODAY - 100 * ONE_DAY, TODAY - 11 * ONE_DAY),
        Cycle(TODAY - 10 * ONE_DAY, TODAY),
    )
    assert cycles(marks, TreatmentKind.SURGERY, TODAY) == ()


@given(st.lists(st.integers(-5, 400), max_size=12))
def test_cycles_follow_each_other_without_gap_up_to_today(ago: list[int]) -> None:
    found = cycles([mark(each) for each in ago], INJECTION, TODAY)
    assert len(found) == len({each for each in ago if each >= 0})
    for one, following in pairwise(found):
        assert one.last + ONE_DAY == following.first
    assert all(cycle.length >= 1 for cycle in found)
    if found:
        assert found[-1].last == TODAY


def test_the_latest_mark_is_that_of_the_last_day() -> None:
    marks = [mark(3), mark(9), mark(1, undone=True), mark(5, TreatmentKind.OTHER)]
    assert latest(marks) == marks[0]
    assert latest(marks, TreatmentKind.OTHER) == marks[3]
    assert latest([]) is None
    assert days_since(marks[1], TODAY) == 9


def test_days_to_come_and_before_living_memory_cannot_be_marked() -> None:
    assert markable(TODAY, TODAY)
    assert markable(TODAY + ONE_DAY, TODAY)
    assert not markable(TODAY + 2 * ONE_DAY, TODAY)
    assert markable(EARLIEST, TODAY)
    assert not markable(EARLIEST - ONE_DAY, TODAY)


@given(st.text(max_size=400))
def test_a_note_is_one_short_line(note: str) -> None:
    kept = with_note(mark(0), note).note
    assert len(kept) <= NOTE_LIMIT
    assert kept == " ".join(kept.split())
    assert "\0" not in kept


def test_a_mark_needs_an_aware_moment() -> None:
    with pytest.raises(ValueError, match="aware"):
        Treatment(
            id=TreatmentId(1),
            subscriber=SubscriberId(1),
            kind=INJECTION,
            local_date=TODAY,
            marked_at=datetime(2026, 3, 2),  # noqa: DTZ001 - that is the point
        )


def day(number: int, rating: int | None) -> Day:
    return Day(date=TODAY + number * ONE_DAY, rating=rating)


def test_blocks_know_their_middle_and_what_is_missing() -> None:
    ratings = [4, 3, None, 3, 0, None, None, 1, None]
    first, second = blocks([day(n, rating) for n, rating in enumerate(ratings)])
    assert first == Block(first=0, last=6, known=4, median=3, worst=4)
    assert second == Block(first=7, last=8, known=1, median=1, worst=1)
    assert (first.few, second.few) == (False, True)
    (nothing,) = blocks([day(0, None)])
    assert (nothing.known, nothing.median, nothing.worst) == (0, None, None)
    assert blocks([]) == ()


def test_a_longer_block_with_less_than_half_of_its_days_known_is_marked() -> None:
    half = [day(n, 1 if n % 2 else None) for n in range(28)]
    assert not blocks(half, 28)[0].few
    assert blocks([day(n, 1 if n < 13 else None) for n in range(28)], 28)[0].few
