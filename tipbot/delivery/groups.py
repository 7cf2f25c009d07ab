"""Small groups of work for the store: one transaction for what comes together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Group(Generic[Item, Result]):
    """Hands items that arrive within ``gather`` seconds of each other to ``commit`` together.

    At most ``most`` in a group, and ``abreast`` groups at a time: what arrives while so many are
    being committed is the next one.
    ``commit`` returns one result an item, in order; what it raises, every item's caller gets.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        gather: float,
        most: int,
        abreast: int = 1,
    ) -> None:
        self._commit = commit
        self._gather = gather
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._abreast = abreast
        self._full = asyncio.Event()
        self._collecting = False
        self._running: set[asyncio.Task[None]] = set()

    async def put(self, item: Item) -> Result:
        """Return the item's result once its group is committed.

        A caller that is cancelled does not take its item back.
        """
        told: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, told))
        if len(self._waiting) >= self._most:
            self._full.set()
        if not self._collecting and len(self._running) < self._abreast:
            self._collecting = True
            self._running.add(asyncio.create_task(self._run()))
        return await told

    async def close(self) -> None:
        """Let go of what is not committed; its callers get CancelledError."""
        running = set(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running)
        for _, told in self._waiting:
            told.cancel()
        self._waiting.clear()

    async def _run(self) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        try:
            while self._waiting:
                self._collecting = True
                await self._collect()
                self._collecting = False
                group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._settle(group)
        finally:
            self._running.discard(task)

    async def _collect(self) -> None:
        """Wait for company, but not once the group is full."""
        self._full.clear()
        if len(self._waiting) < self._most and self._gather > 0:
            timer = asyncio.get_running_loop().call_later(self._gather, self._full.set)
            try:
                await self._full.wait()
            finally:
                timer.cancel()

    async def _settle(self, group: Sequence[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._commit([item for item, _ in group])
        except asyncio.CancelledError:
            for _, told in group:
                told.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - it belongs to the callers, each gets it
            for _, told in group:
                if not told.done():
                    told.set_exception(error)
            return
        for (_, told), result in zip(group, results, strict=True):
            if not told.done():
                told.set_result(result)
