"""Treatment marks at rest, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.house import ALICE, BOB, HOUR, START, STRANGER, TODAY, House, tap
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind

INJECTION = TreatmentKind.INJECTION
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)


async def mark(
    house: House, key: str = "k1", days_ago: int = 0, kind: TreatmentKind = INJECTION
) -> Treatment:
    day = TODAY - days_ago * ONE_DAY
    made = await house.store.mark_treatment(ALICE.id, kind, day, tap(key))
    assert made is not None
    return made


async def test_a_mark_is_kept_as_it_was_made(house: House) -> None:
    made = await mark(house)
    assert made == Treatment(
        id=made.id, subscriber=ALICE.id, kind=INJECTION, local_date=TODAY, marked_at=START
    )
    assert await house.store.treatment(made.id, ALICE.id) == made
    assert await house.store.treatments(ALICE.id) == [made]


async def test_a_stranger_marks_nothing(house: House) -> None:
    assert await house.store.mark_treatment(STRANGER, INJECTION, TODAY, tap()) is None
    assert await house.store.treatments(STRANGER) == []


async def test_the_same_tap_handed_over_again_and_a_double_tap_make_one_mark(house: House) -> None:
    made = await mark(house)
    assert await mark(house) == made
    assert await mark(house, "k2") == made
    moved = await house.store.edit_treatment(
        made.id, ALICE.id, lambda m: replace(m, local_date=TODAY - ONE_DAY, undone=True)
    )
    assert await mark(house) == moved
    assert await house.store.treatments(ALICE.id) == []


async def test_taps_at_the_very_same_time_make_one_mark(house: House) -> None:
    made = await asyncio.gather(*(mark(house, f"k{n}") for n in range(8)))
    assert len({each.id for each in made}) == 1


async def test_another_message_day_kind_or_hour_makes_another_mark(house: House) -> None:
    first = await mark(house)
    others = [
        await house.store.mark_treatment(ALICE.id, INJECTION, TODAY, tap("a", message_id=11)),
        await mark(house, "b", 1),
        await mark(house, "c", 0, TreatmentKind.STARTED),
        await house.store.mark_treatment(ALICE.id, INJECTION, TODAY, tap("d", START + HOUR)),
    ]
    assert len({first.id, *(each.id for each in others if each)}) == 5


async def test_marks_come_by_day_without_undone_ones(house: House) -> None:
    new, old, gone = await mark(house, "a"), await mark(house, "b", 9), await mark(house, "c", 3)
    await house.store.edit_treatment(gone.id, ALICE.id, lambda m: replace(m, undone=True))
    assert await house.store.treatments(ALICE.id) == [old, new]


async def test_a_change_is_kept_and_cannot_turn_a_mark_into_another(house: House) -> None:
    made = await mark(house)
    changed = await house.store.edit_treatment(
        made.id, ALICE.id, lambda m: replace(m, note="20 units\0", kind=TreatmentKind.OTHER)
    )
    assert changed is not None
    assert (changed.note, changed.kind) == ("20 units", TreatmentKind.OTHER)
    assert await house.store.treatment(made.id, ALICE.id) == changed
    with pytest.raises(ValueError, match="keeps a mark's id"):
        await house.store.edit_treatment(made.id, ALICE.id, lambda m: replace(m, id=TreatmentId(7)))


async def test_nobody_else_reads_or_changes_a_mark(house: House) -> None:
    made = await mark(house)
    assert await house.store.treatment(made.id, BOB.id) is None
    assert await house.store.edit_treatment(made.id, BOB.id, lambda m: m) is None
    assert await house.store.treatments(BOB.id) == []
    assert await house.store.treatment(TreatmentId(99), ALICE.id) is None
