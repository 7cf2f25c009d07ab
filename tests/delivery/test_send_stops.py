"""A courier that is stopped or killed: nothing is half done, and nothing goes out twice."""

import asyncio
from datetime import timedelta
from typing import Any

from tests.delivery.couriers import (
    S,
    courier,
    has_counts,
    kill,
    settled,
    town_has,
    town_is_without,
    until,
    working,
)
from tests.delivery.house import Flickering, Neighbourhood
from tests.delivery.post import Post, Watched
from tipbot.core.model import Claimed
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import DOUBT_AFTER, LEASE
from tipbot.delivery.sender import Message


async def test_a_crash_after_the_intent_leaves_a_doubt_and_never_a_second_copy(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1, 2)
    await town.fall_due(1, 2)
    sending = asyncio.Event()

    async def crash(_: Message) -> None:
        sending.set()
        await asyncio.Event().wait()

    first = courier(town, Watched(sender, crash))
    running = asyncio.create_task(first.run())
    await until(lambda: has_counts(town, sending=2))
    await kill(first, running)
    async with working(courier(town, sender, worker="w2")):
        town.clock.move(LEASE + DOUBT_AFTER)
        swept = await town.store.sweep(town.clock(), DOUBT_AFTER)
        await asyncio.sleep(0.1)
    assert swept.unknown == 2
    assert await town.counts() == {"unknown": 2}
    assert not office.taken


async def test_a_crash_before_the_intent_loses_nothing(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(*range(1, 41))
    await town.fall_due(*range(1, 41))
    slow = Pacer(10)
    first = courier(town, sender, pacer=slow)
    running = asyncio.create_task(first.run())
    await until(lambda: office.taken)
    await until(lambda: slow.waiting)
    await kill(first, running)
    async with working(courier(town, sender, worker="w2")):
        await asyncio.sleep(0.05)
        assert len(office.taken) < 40, "the first courier's lease still holds"
        town.clock.move(LEASE)
        await until(lambda: town_is_without(town, S.CLAIMED, S.PENDING))
    taken = [chat for chat, _ in office.taken]
    assert len(taken) == len(set(taken))
    counts = await town.counts()
    assert counts["sent"] + counts.get("sending", 0) == 40


async def test_stopping_in_the_middle_leaves_nothing_half_done(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    office.delay = 0.05
    people = range(1, 101)
    await town.move_in(*people)
    await town.fall_due(*people)
    first = courier(town, sender, pacer=Pacer(100))
    running = asyncio.create_task(first.run())
    await until(lambda: len(office.forms) >= 20)
    await first.stop()
    await asyncio.wait_for(running, 1)
    taken = len(office.taken)
    assert 20 <= taken < 100
    assert await town.counts() == {"sent": taken, "pending": 100 - taken}
    async with working(courier(town, sender, worker="w2")):
        await until(lambda: settled(town))
    assert sorted(chat for chat, _ in office.taken) == list(people)


async def test_stopping_does_not_wait_for_a_flood_to_pass(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1, 2)
    await town.fall_due(1, 2)
    pacer = Pacer(100)
    pacer.flooded(timedelta(minutes=5))
    waiting = courier(town, sender, pacer=pacer)
    running = asyncio.create_task(waiting.run())
    await until(lambda: pacer.waiting == 2)
    await asyncio.wait_for(waiting.stop(), 1)
    await asyncio.wait_for(running, 1)
    assert await town.counts() == {"pending": 2}
    assert pacer.waiting == 0
    assert not office.forms


async def test_what_is_being_claimed_while_it_stops_is_given_back(
    town: Neighbourhood, post: Post
) -> None:
    _, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    asked, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Flickering):
        async def claim_deliveries(self, *args: Any) -> list[Claimed]:
            asked.set()
            await go_on.wait()
            return await self._store.claim_deliveries(*args)

    claiming = courier(town, sender, store=Slow(town.store))
    running = asyncio.create_task(claiming.run())
    await asked.wait()
    stopping = asyncio.create_task(claiming.stop())
    await asyncio.sleep(0.02)
    go_on.set()
    await asyncio.wait_for(asyncio.gather(stopping, running), 5)
    assert await town.counts() == {"pending": 1}


async def test_stopping_does_not_wait_for_ever(town: Neighbourhood, post: Post) -> None:
    _, sender = post
    await town.move_in(1)
    await town.fall_due(1)

    async def hang(_: Message) -> None:
        await asyncio.Event().wait()

    stuck = courier(town, Watched(sender, hang))
    running = asyncio.create_task(stuck.run())
    await until(lambda: town_has(town, S.SENDING))
    await stuck.stop(0.05)
    await asyncio.wait_for(running, 1)
    assert await town.counts() == {"sending": 1}


async def test_stopping_while_the_store_is_away_counts_as_a_doubt(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    store = Flickering(town.store, record=1000, release=1000)
    away = courier(town, sender, store=store)
    running = asyncio.create_task(away.run())
    await until(lambda: "record" in store.calls)
    await away.stop(0.1)
    await asyncio.wait_for(running, 1)
    assert away.in_hand == 0
    assert await town.counts() == {"sending": 1}
    assert office.took(1) == 1
