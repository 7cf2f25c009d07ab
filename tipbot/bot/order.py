"""One update per chat at a time, many chats at once; knows nothing of Telegram."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable

Work = Callable[[], Awaitable[float | None]]
"""One attempt at a piece of work: None when it is over, or the seconds until the next attempt."""

CROWD = 20
"""Pieces of work of one chat in hand from which on it is a crowd."""


class Crowds:
    """Counts what is in hand of each chat, to tell where somebody sends faster than can be said.

    A message a second reaches a chat, and Telegram hands out no more than a hundred updates at a
    time: if everything in a flood were answered, nobody else's updates would be fetched meanwhile.
    """

    def __init__(self) -> None:
        self._in_hand: Counter[Hashable] = Counter()

    def here(self, chat: Hashable) -> bool:
        """Tell whether so much of a chat is in hand that what is said there must wait."""
        return self._in_hand[chat] > CROWD

    def follow(self, chat: Hashable, task: asyncio.Task[None]) -> None:
        """Count a piece of work until its task is done."""
        self._in_hand[chat] += 1
        task.add_done_callback(lambda _: self._leave(chat))

    def _leave(self, chat: Hashable) -> None:
        self._in_hand[chat] -= 1
        if not self._in_hand[chat]:
            del self._in_hand[chat]


class ChatOrder:
    """Runs work in order of arrival within a key, and up to ``limit`` keys at once.

    While a piece of work waits for its next attempt, its key stands still and its place among the
    ``limit`` is free for others. A key without work takes no memory.
    """

    def __init__(
        self, limit: int = 256, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._places = asyncio.Semaphore(limit)
        self._sleep = sleep
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Return how many pieces of work are not over."""
        return len(self._tasks)

    def submit(self, key: Hashable, work: Work) -> asyncio.Task[None]:
        """Queue ``work`` behind all earlier work of ``key``; the task carries its exception.

        Work that raises, or is cancelled, does not keep back what comes after it.
        """
        task = asyncio.create_task(self._follow(self._last.get(key), work))
        self._last[key] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(key, done))
        return task

    async def drain(self, seconds: float) -> bool:
        """Wait until all work is over, but no longer than ``seconds``; cancel what is not.

        Return whether everything came to its own end.
        """
        if not self._tasks:
            return True
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return not late

    async def _follow(self, earlier: asyncio.Task[None] | None, work: Work) -> None:
        if earlier is not None:
            await asyncio.wait((earlier,))
            del earlier  # or a long queue would keep every finished task alive
        while True:
            async with self._places:
                pause = await work()
            if pause is None:
                return
            await self._sleep(pause)

    def _forget(self, key: Hashable, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(key) is task:
            del self._last[key]
