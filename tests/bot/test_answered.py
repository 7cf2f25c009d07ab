"""An update that was answered before a kill is not answered again."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import CallbackQuery, Chat, Message, Update, User

from tests.bot.chat import START
from tipbot.bot import answered
from tipbot.bot.answered import FIRST_BATCH, Repeats, key_of
from tipbot.clock import TravelClock
from tipbot.store.base import Store, StoreUnavailableError

EVE = User(5, "Eve", is_bot=False)
SECOND = timedelta(seconds=1)


def words(number: int = 1, message_id: int = 1, at: datetime = START, chat: int = 5) -> Update:
    where = Chat(chat, Chat.PRIVATE)
    return Update(number, message=Message(message_id, at, where, from_user=EVE))


def tap(number: int = 1, query: str = "q") -> Update:
    return Update(number, callback_query=CallbackQuery(query, EVE, "x"))


def test_whatever_differs_makes_another_key() -> None:
    updates = [
        words(), words(number=2), words(message_id=2), words(at=START + SECOND), words(chat=6),
        tap(), tap(number=2), tap(query="r"), Update(1),
    ]  # fmt: skip
    assert len({key_of(update) for update in updates}) == len(updates)
    assert key_of(words()) == key_of(words())


@given(st.integers(0, 2**64), st.integers(), st.text())
def test_any_update_has_a_key_that_both_databases_can_keep(
    number: int, message_id: int, query: str
) -> None:
    for update in (words(number, message_id), tap(number, query)):
        assert 0 <= key_of(update) < 2**63


async def test_another_process_knows_what_was_answered(store: Store, clock: TravelClock) -> None:
    answering = Repeats(store, clock)
    await answering.keep(tap())
    assert await answering.knows(tap()), "at once"
    await answering.settle()
    for repeats in (Repeats(store, clock), Repeats(store, clock, first=1)):
        assert await repeats.knows(tap())
        assert not await repeats.knows(words())


async def test_what_was_looked_for_already_is_not_looked_for_again(
    store: Store, clock: TravelClock
) -> None:
    answering, other = Repeats(store, clock), Repeats(store, clock)
    assert answering.asks(tap()) == key_of(tap())
    assert await other.knows(tap(), found=True)
    await answering.keep(tap())
    assert await answering.knows(tap(), found=False), "it is not on disk yet"
    await answering.settle()
    assert not await other.knows(tap(), found=False)
    assert Repeats(store, clock, first=0).asks(tap()) is None


async def test_after_the_first_batch_no_poller_looks_any_more(
    store: Store, clock: TravelClock
) -> None:
    repeats = Repeats(store, clock, first=FIRST_BATCH)
    for number in range(FIRST_BATCH):
        assert not await repeats.knows(tap(number))
        await repeats.keep(tap(number))
    await repeats.settle()
    assert await repeats.knows(tap(FIRST_BATCH - 1)), "tried again, it is still looked at"
    await repeats.keep(tap(FIRST_BATCH))
    await repeats.settle()
    assert not await repeats.knows(tap(FIRST_BATCH))


async def test_what_is_left_over_is_looked_at_beside_the_first_batch(
    store: Store, clock: TravelClock
) -> None:
    repeats = Repeats(store, clock, first=1)
    repeats.expect(1)
    for number in (1, 2, 3):
        await repeats.keep(tap(number))
    await repeats.settle()
    assert [await repeats.knows(tap(number)) for number in (1, 2, 3)] == [True, True, False]


async def test_a_store_that_is_away_when_it_is_to_be_kept_harms_nothing(
    clock: TravelClock,
) -> None:
    class Away:
        async def was_answered(self, key: int) -> bool:
            raise NotImplementedError

        async def newest_answered(self) -> int:
            raise NotImplementedError

        async def mark_answered(self, *_: Any) -> None:
            raise StoreUnavailableError

    repeats = Repeats(Away(), clock)
    await repeats.keep(words())
    await repeats.keep(tap())
    await repeats.settle()


async def test_what_is_said_is_kept_before_the_next_is_answered(
    store: Store, clock: TravelClock
) -> None:
    await Repeats(store, clock).keep(words())
    assert await Repeats(store, clock).knows(words())


async def test_many_taps_are_kept_in_one_go(store: Store, clock: TravelClock) -> None:
    kept: list[int] = []

    class Counting:
        async def was_answered(self, key: int) -> bool:
            return await store.was_answered(key)

        async def newest_answered(self) -> int:
            return await store.newest_answered()

        async def mark_answered(self, keys: Collection[int], now: datetime) -> None:
            kept.append(len(keys))
            await store.mark_answered(keys, now)

    repeats = Repeats(Counting(), clock)
    for number in range(50):
        await repeats.keep(tap(number))
    await repeats.settle()
    assert kept == [50]


async def test_a_tap_is_known_while_it_is_being_kept(store: Store, clock: TravelClock) -> None:
    asked, allowed = asyncio.Event(), asyncio.Event()

    class Slow:
        async def was_answered(self, key: int) -> bool:
            return await store.was_answered(key)

        async def newest_answered(self) -> int:
            return await store.newest_answered()

        async def mark_answered(self, keys: Collection[int], now: datetime) -> None:
            asked.set()
            await allowed.wait()
            await store.mark_answered(keys, now)

    repeats = Repeats(Slow(), clock)
    await repeats.keep(tap())
    await asked.wait()
    assert await repeats.knows(tap())
    allowed.set()
    await repeats.settle()
    assert await repeats.knows(tap())


async def test_where_a_webhook_is_shared_a_tap_is_kept_before_its_chat_goes_on(
    store: Store, clock: TravelClock
) -> None:
    await Repeats(store, clock, shared=True).keep(tap())
    assert await Repeats(store, clock, shared=True).knows(tap())


class Watched:
    """A store that counts how often it is asked whether an update was answered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = 0

    async def was_answered(self, key: int) -> bool:
        self.asked += 1
        return await self._store.was_answered(key)

    async def newest_answered(self) -> int:
        return await self._store.newest_answered()

    async def mark_answered(self, keys: Collection[int], now: datetime) -> None:
        await self._store.mark_answered(keys, now)


async def test_who_is_alone_looks_for_nothing_that_comes_after_all_that_was_answered(
    store: Store, clock: TravelClock
) -> None:
    await Repeats(store, clock).keep(words(5))
    watched = Watched(store)
    repeats = Repeats(watched, clock, alone=True)
    for number in (6, 7, 9):
        assert not await repeats.knows(tap(number))
        await repeats.keep(tap(number))
    await repeats.settle()
    assert await repeats.knows(tap(7))
    assert not await repeats.knows(tap(8)), "it was overtaken"
    assert watched.asked == 0
    assert await repeats.knows(words(5))
    assert not await repeats.knows(tap(4)), "an earlier life was killed over it"
    assert watched.asked == 2


async def test_who_is_alone_looks_for_what_it_has_no_more_in_mind(
    store: Store, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered, "REMEMBERED", 3)
    watched = Watched(store)
    repeats = Repeats(watched, clock, alone=True)
    for number in range(1, 7):
        assert not await repeats.knows(tap(number))
        await repeats.keep(tap(number))
    await repeats.settle()
    assert watched.asked == 0
    assert [await repeats.knows(tap(number)) for number in range(1, 7)] == [True] * 6
    assert watched.asked == 3


class Memory:
    """A store of answered updates alone."""

    def __init__(self) -> None:
        self.keys: set[int] = set()
        self.away = False

    async def was_answered(self, key: int) -> bool:
        return key in self._there()

    async def newest_answered(self) -> int:
        return max(self._there(), default=-1)

    async def mark_answered(self, keys: Collection[int], _: datetime) -> None:
        self._there().update(keys)

    def _there(self) -> set[int]:
        if self.away:
            raise StoreUnavailableError
        return self.keys


_LIVES = st.lists(
    st.one_of(
        st.tuples(st.just("words"), st.integers(0, 40)),
        st.tuples(st.just("tap"), st.integers(0, 40)),
        st.tuples(st.sampled_from(["kill", "away", "back"]), st.just(0)),
    ),
    max_size=60,
)
"""What happens one after the other; updates have numbers in any order, and come again."""


@given(_LIVES, st.integers(1, 4))
async def test_who_is_alone_answers_whatever_is_new_and_nothing_twice_that_was_kept(
    happened: list[tuple[str, int]], remembered: int
) -> None:
    """A kill loses what was not on disk yet, and nothing else; a store that is away decides not."""
    memory, clock = Memory(), TravelClock(lambda: START)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answered, "REMEMBERED", remembered)
        patch.setattr(answered, "GATHER", 0)
        repeats = Repeats(memory, clock, alone=True)
        over: set[int] = set()
        here: list[int] = []
        for what, number in happened:
            if what in {"words", "tap"}:
                update = words(number) if what == "words" else tap(number)
                try:
                    known = await repeats.knows(update)
                except StoreUnavailableError:
                    assert memory.away
                    continue
                key = key_of(update)
                kept = key in memory.keys or key in here[-remembered:]
                assert known or not kept, "it would be answered twice"
                assert not known or key in over, "it would never be answered"
                if not known:
                    await repeats.keep(update)
                    over.add(key)
                    here.append(key)
            elif what == "kill":
                await repeats.settle()
                repeats, here = Repeats(memory, clock, alone=True), []
            else:
                memory.away = what == "away"
        await repeats.settle()


async def test_who_is_alone_waits_for_a_store_that_is_away(clock: TravelClock) -> None:
    class Away(Watched):
        async def newest_answered(self) -> int:
            raise StoreUnavailableError

    with pytest.raises(StoreUnavailableError):
        await Repeats(Away(None), clock, alone=True).knows(tap())  # type: ignore[arg-type]  # never asked
