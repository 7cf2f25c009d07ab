"""Which signs of a diary somebody was told, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.house import ALICE, BOB, HOUR, START, STRANGER, TODAY, House, tap
from tipbot.core.model import CheckInKind, Place, Side
from tipbot.core.signs import DIARY_SIGNS, SAY_WITHIN, Course, Sign
from tipbot.core.traces import Trace

SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)


async def test_the_traces_of_a_diary_are_its_entries_without_undone_ones(house: House) -> None:
    logged = await house.store.log_twitch(ALICE.id, tap("k1"))
    gone = await house.store.log_twitch(ALICE.id, tap("k2", START + HOUR, nonce=2))
    await house.store.log_twitch(BOB.id, tap("k3"))
    assert logged is not None
    assert gone is not None
    await house.store.edit_check_in(
        logged.entry.id,
        ALICE.id,
        lambda e: replace(e, strength=3, side=Side.LEFT, place=Place.JAW),
    )
    await house.store.edit_check_in(gone.entry.id, ALICE.id, lambda e: replace(e, undone=True))
    await house.store.rate_day(ALICE.id, TODAY - ONE_DAY, 0, tap("r"))
    found = await house.store.course(ALICE.id, TODAY - ONE_DAY, TODAY)
    assert found.said == frozenset()
    assert sorted(found.traces, key=lambda trace: trace.day) == [
        Trace(TODAY - ONE_DAY, CheckInKind.DAY, 0),
        Trace(TODAY, CheckInKind.TWITCH, 3, Side.LEFT, Place.JAW),
    ]


async def test_a_sign_is_claimed_by_one_caller_of_many(house: House) -> None:
    claims = await asyncio.gather(
        *(house.store.claim_signs(ALICE.id, (Sign.LASTS, Sign.WORSE), START) for _ in range(8))
    )
    assert sorted(map(len, claims)) == [0] * 7 + [2]


async def test_a_sign_that_was_said_is_never_claimed_again(house: House) -> None:
    assert await house.store.claim_signs(ALICE.id, (Sign.LASTS,), START) == {Sign.LASTS}
    await house.store.mark_signs_said(ALICE.id, (Sign.LASTS,), START + SECOND)
    later = START + 400 * ONE_DAY
    both = (Sign.LASTS, Sign.SPREADS)
    assert await house.store.claim_signs(ALICE.id, both, later) == {Sign.SPREADS}
    assert await house.store.claim_signs(BOB.id, both, later) == set(both)


async def test_what_a_process_did_not_come_to_say_another_may_say(house: House) -> None:
    assert await house.store.claim_signs(ALICE.id, (Sign.WORSE,), START)
    soon, late = START + SAY_WITHIN - SECOND, START + SAY_WITHIN
    assert await house.store.claim_signs(ALICE.id, (Sign.WORSE,), soon) == frozenset()
    assert await house.store.claim_signs(ALICE.id, (Sign.WORSE,), late) == {Sign.WORSE}


async def test_a_diary_is_not_read_once_all_was_said(house: House) -> None:
    await house.store.log_twitch(ALICE.id, tap())
    before = await house.store.course(ALICE.id, TODAY - ONE_DAY, TODAY + ONE_DAY)
    assert len(before.traces) == 1
    await house.store.claim_signs(ALICE.id, tuple(DIARY_SIGNS), START)
    await house.store.mark_signs_said(ALICE.id, tuple(DIARY_SIGNS), START)
    after = await house.store.course(ALICE.id, TODAY - ONE_DAY, TODAY + ONE_DAY)
    assert after == Course([], frozenset(DIARY_SIGNS))


async def test_nothing_is_claimed_for_a_stranger(house: House) -> None:
    assert await house.store.claim_signs(STRANGER, (Sign.LASTS,), START) == frozenset()
    await house.store.mark_signs_said(STRANGER, (), START)
