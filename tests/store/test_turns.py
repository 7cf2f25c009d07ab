"""Turns of ticks and the count of doubts: of all who ask, one gets it."""

import asyncio
from datetime import timedelta

from tests.store.house import ALICE, HOUR, MINUTE, SENT, START, House, new_delivery
from tipbot.core.model import DeliveryState, Reaction
from tipbot.core.outcomes import Verdict

UNKNOWN = Verdict(state=DeliveryState.UNKNOWN, code="timeout")
DAY = timedelta(days=1)


async def test_a_turn_is_taken_once_in_its_time(house: House) -> None:
    assert await house.store.take_turn("thin", START, HOUR)
    assert not await house.store.take_turn("thin", START + HOUR - MINUTE, HOUR)
    assert await house.store.take_turn("sweep", START, HOUR)
    assert await house.store.take_turn("thin", START + HOUR, HOUR)


async def test_of_many_who_ask_at_once_one_has_the_turn(house: House) -> None:
    asked = [house.store.take_turn("thin", START, HOUR) for _ in range(20)]
    assert sum(await asyncio.gather(*asked)) == 1


async def test_a_clock_that_was_put_back_holds_no_turn_up(house: House) -> None:
    assert await house.store.take_turn("thin", START + DAY, HOUR)
    assert await house.store.take_turn("thin", START, HOUR)


async def doubt(house: House, *days: int) -> None:
    """Let a delivery of each day become a doubt, one by its record and the others by a sweep."""
    mine = await house.alice_hydrated()
    for day in days:
        await house.store.add_delivery(new_delivery(mine, day))
        (going,) = await house.begin()
        if day == days[0]:
            await house.store.record([(going.id, UNKNOWN)], START)
            await house.store.record([(going.id, UNKNOWN)], START)
        else:
            await house.store.sweep(START + HOUR, HOUR)


async def test_doubts_are_told_once_and_new_ones_a_day_later(house: House) -> None:
    assert await house.store.doubts_to_tell(START, DAY) == 0
    await doubt(house, 0, 1, 2)
    assert await house.store.doubts_to_tell(START, DAY) == 3
    await doubt(house, 3)
    assert await house.store.doubts_to_tell(START + HOUR, DAY) == 0
    assert await house.store.doubts_to_tell(START + DAY, DAY) == 1
    assert await house.store.doubts_to_tell(START + 2 * DAY, DAY) == 0


async def test_of_many_who_ask_at_once_one_is_told_of_the_doubts(house: House) -> None:
    await doubt(house, 0, 1)
    told = await asyncio.gather(*(house.store.doubts_to_tell(START, DAY) for _ in range(10)))
    assert sorted(told) == [0] * 9 + [2]


async def test_what_is_no_doubt_is_not_counted(house: House) -> None:
    mine = await house.alice_hydrated()
    sent = await house.sent(new_delivery(mine))
    await house.store.record([(sent, UNKNOWN)], START)
    assert await house.store.doubts_to_tell(START, DAY) == 0


async def test_a_doubt_that_a_tap_cleared_up_was_one_all_the_same(house: House) -> None:
    await doubt(house, 0)
    (found,) = [
        each
        for number in range(1, 5)
        if (each := await house.store.delivery(number, ALICE.id))  # type: ignore[arg-type]  # any number
    ]
    await house.store.react(found.id, ALICE.id, Reaction.DONE, START)
    await house.store.record([(found.id, SENT)], START)
    assert await house.store.doubts_to_tell(START, DAY) == 1
