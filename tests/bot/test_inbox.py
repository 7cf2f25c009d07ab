"""Whoever is answered slowly holds up nobody, and nothing of it is lost."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from telegram import Update

from tests.bot.test_receive import ALICE, BOB, QUICK, Served, polling, recorder, telegram, until
from tipbot.bot import calls
from tipbot.bot.inbox import MOST, SLOW, Effects, InHand
from tipbot.bot.leaving import heard_by
from tipbot.bot.receive import Poller
from tipbot.clock import TravelClock, system_clock
from tipbot.store.base import Store, StoreUnavailableError

__all__ = ["telegram"]
_A_BATCH = 100


class Answering:
    """Answers at once, but some people only once it is allowed."""

    def __init__(self, *slow: int) -> None:
        self.slow = set(slow)
        self.allowed = asyncio.Event()
        self.seen: list[int] = []
        self.over: list[int] = []

    async def __call__(self, update: Update) -> None:
        self.seen.append(update.update_id)
        assert update.effective_chat is not None
        if update.effective_chat.id in self.slow:
            await self.allowed.wait()
        self.over.append(update.update_id)


class Away:
    """A store that is away, but for what is asked at the start."""

    async def keep_updates(self, *_: Any) -> None:
        raise StoreUnavailableError

    drop_updates = keep_updates

    async def kept_updates(self, _: Any) -> list[Any]:
        return []


def flushed() -> asyncio.Future[None]:
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done


async def numbers(store: Store, clock: TravelClock) -> list[int]:
    return [each.number for each in await store.kept_updates(clock())]


async def kept(store: Store, clock: TravelClock, expected: list[int]) -> None:
    async with asyncio.timeout(5):
        while await numbers(store, clock) != expected:  # noqa: ASYNC110 - it happens on disk
            await asyncio.sleep(0.005)


def poller(
    served: Served,
    process: Callable[[Update], Awaitable[None]],
    store: Any,
    clock: TravelClock,
    known_slow: int | None = None,
) -> Poller:
    def slow(update: Update) -> bool:
        return update.effective_chat is not None and update.effective_chat.id == known_slow

    return Poller(served[1], process, slow=slow, in_hand=InHand(store, clock), pace=QUICK)


async def test_what_takes_long_is_kept_and_confirmed_and_dropped_once_it_is_over(
    telegram: Served, store: Store, clock: TravelClock
) -> None:
    server, answering = telegram[0], Answering(ALICE)
    slow = [server.receive(ALICE), server.receive(ALICE)]
    async with polling(poller(telegram, answering, store, clock)):
        await until(lambda: not server.waiting)
        assert answering.over == []
        assert await numbers(store, clock) == slow, "what waits behind it is kept as well"
        answering.allowed.set()
        await kept(store, clock, [])
    assert answering.over == slow


async def test_more_than_a_batch_comes_past_somebody_who_is_answered_slowly(
    telegram: Served, store: Store, clock: TravelClock
) -> None:
    server, answering = telegram[0], Answering(ALICE)
    slow = server.receive(ALICE)
    others = [server.receive(BOB + n) for n in range(2 * _A_BATCH)]
    async with polling(poller(telegram, answering, store, clock)):
        await until(lambda: len(answering.over) == len(others))
        answering.allowed.set()
    assert sorted(answering.over) == [slow, *others]


async def test_what_is_over_at_once_never_touches_the_disk(
    telegram: Served, clock: TravelClock
) -> None:
    class Untouched(Away):
        async def keep_updates(self, *_: Any) -> None:
            raise AssertionError

        drop_updates = keep_updates

    server, seen = telegram[0], list[int]()
    async with polling(poller(telegram, recorder(seen), Untouched(), clock)):
        for who in (ALICE, BOB):
            number = server.receive(who)
            await until(lambda number=number: number in seen and not server.waiting)  # type: ignore[misc]  # the default binds this turn's value


async def test_after_a_kill_what_was_confirmed_and_not_over_comes_first(
    telegram: Served, store: Store, clock: TravelClock
) -> None:
    server, dying, seen = telegram[0], Answering(ALICE), list[int]()
    lost = server.receive(ALICE)
    crashing = asyncio.create_task(poller(telegram, dying, store, clock).run())
    await until(lambda: not server.waiting)
    crashing.cancel()
    await asyncio.gather(crashing, return_exceptions=True)
    held = server.receive(BOB)
    left = [json.loads(each.payload) for each in await store.kept_updates(clock())]
    again = Poller(telegram[1], recorder(seen), in_hand=InHand(store, clock), left=left, pace=QUICK)
    async with polling(again):
        await until(lambda: not server.waiting)
        await kept(store, clock, [])
    assert seen == [lost, held]


async def test_what_is_kept_and_handed_over_once_more_is_answered_once(
    telegram: Served, store: Store, clock: TravelClock
) -> None:
    server, answering = telegram[0], Answering(ALICE)
    unconfirmed, both = server.receive(BOB), server.receive(ALICE)
    left = [each for each in server.waiting if each["update_id"] == both]
    again = Poller(telegram[1], answering, in_hand=InHand(store, clock), left=left, pace=QUICK)
    async with polling(again):
        await until(lambda: not server.waiting)
        answering.allowed.set()
    assert sorted(answering.seen) == [unconfirmed, both]


async def test_while_the_store_is_away_telegram_keeps_what_is_not_over(
    telegram: Served, clock: TravelClock
) -> None:
    server, answering = telegram[0], Answering(ALICE)
    slow, other = server.receive(ALICE), server.receive(BOB)
    async with polling(poller(telegram, answering, Away(), clock, known_slow=ALICE)):
        await until(lambda: answering.over == [other])
        asked = len(server.calls)
        await asyncio.sleep(0.1)
        assert [each["update_id"] for each in server.waiting] == [slow, other]
        assert len(server.calls) - asked < 20, "nor is it asked again and again"
        answering.allowed.set()
        await until(lambda: not server.waiting)


async def test_what_is_known_to_take_long_is_confirmed_without_being_waited_for(
    telegram: Served, store: Store, clock: TravelClock
) -> None:
    server, answering = telegram[0], Answering(ALICE)
    slow = server.receive(ALICE)
    async with polling(poller(telegram, answering, store, clock, known_slow=ALICE)):
        await until(lambda: not server.waiting)
        assert len(server.calls) <= 4, "it is not handed out again and again"
        assert await numbers(store, clock) == [slow]
        answering.allowed.set()
        await kept(store, clock, [])


async def test_it_is_known_when_something_takes_long(store: Store, clock: TravelClock) -> None:
    in_hand = InHand(store, clock)
    assert in_hand.slow_in() == math.inf
    in_hand.take({"update_id": 1}, Update(1), slow=True)
    assert in_hand.slow_in() == math.inf, "it does so already"
    in_hand.take({"update_id": 2}, Update(2))
    assert 0 < in_hand.slow_in() <= SLOW


async def test_there_is_an_end_to_what_is_taken(store: Store, clock: TravelClock) -> None:
    in_hand = InHand(store, clock)
    for number in range(MOST + 1):
        in_hand.take({"update_id": number}, Update(number))
    await asyncio.sleep(0.05)
    assert in_hand.keep_slow() is None
    await in_hand.finish(0)
    assert in_hand.keep_slow() is not None
    await in_hand.settle()
    assert len(await numbers(store, clock)) == MOST
    assert not list(in_hand.held)


async def test_what_ends_while_it_is_being_kept_is_dropped(
    store: Store, clock: TravelClock
) -> None:
    in_hand = InHand(store, clock)
    in_hand.take({"update_id": 1}, Update(1))
    await asyncio.sleep(0.05)
    keeping = in_hand.keep_slow()
    await in_hand.finish(1)
    assert keeping is not None
    await keeping
    assert await numbers(store, clock) == []


async def test_what_answers_a_tap_leaves_before_what_confirms_it(
    telegram: Served, clock: TravelClock
) -> None:
    """Its connection may have to be opened first; who taps next need not wait for its answer."""
    (server, bot), effects, answered = telegram, Effects(), asyncio.Event()
    server.receive(ALICE)

    async def process(update: Update) -> None:
        with heard_by(partial(effects.tell, update.update_id, flushed())):
            await calls.answer_tap(bot, "q1", None, alert=False)
        answered.set()

    working = Poller(bot, process, in_hand=InHand(Away(), clock), effects=effects, pace=QUICK)
    server.withheld = "callback_query_id"
    async with polling(working):
        await until(lambda: not server.waiting)
        assert not answered.is_set()
        server.given.set()
        await asyncio.wait_for(answered.wait(), 5)
    asked = [each.get("callback_query_id") or each.get("offset") for each in server.calls]
    assert asked.index("q1") < asked.index("101")


async def test_what_is_on_disk_and_only_to_be_shown_is_confirmed_and_still_holds_its_chat(
    telegram: Served, clock: TravelClock
) -> None:
    server, effects, showing = telegram[0], Effects(), Answering(ALICE)
    first = server.receive(ALICE)

    async def process(update: Update) -> None:
        effects.tell(update.update_id, flushed())
        await showing(update)

    working = Poller(
        telegram[1], process, in_hand=InHand(Away(), clock), effects=effects, pace=QUICK
    )
    async with polling(working):
        await until(lambda: not server.waiting)
        assert showing.over == []
        behind, other = server.receive(ALICE), server.receive(BOB)
        await until(lambda: showing.over == [other])
        assert showing.seen == [first, other], "what comes after it in its chat waits"
        showing.allowed.set()
        await until(lambda: not server.waiting)
    assert sorted(showing.over) == [first, behind, other]


@pytest.mark.parametrize("refused", [False, True])
async def test_an_effect_is_told_of_once_it_is_on_disk_and_never_if_the_disk_refuses(
    *, refused: bool
) -> None:
    effects, told = Effects(), list[int]()
    effects.listen(told.append)
    on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    effects.tell(1, on_disk)
    await asyncio.sleep(0)
    assert told == []
    if refused:
        on_disk.set_exception(StoreUnavailableError())
    else:
        on_disk.set_result(None)
    await asyncio.sleep(0)
    assert told == ([] if refused else [1])


async def test_an_effect_that_nobody_listens_for_harms_nothing() -> None:
    Effects().tell(1, flushed())
    InHand(None, system_clock).release(1)
