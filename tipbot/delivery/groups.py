"""Small groups of work for the store: one transaction for what comes together."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_IN_A_TURN = 8
"""Callers who go on in the same turn of the loop. All of a group together would take it for ten
milliseconds on a busy machine, and a tap needs several turns."""


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
        await _tell([told for _, told in group], results)


async def _tell(waiting: Sequence["asyncio.Future[Result]"], results: Sequence[Result]) -> None:
    """Give everybody their result, some a turn of the loop; all at once if it is cancelled."""
    pairs = zip(waiting, results, strict=True)
    try:
        for number, (told, result) in enumerate(pairs, start=1):
            _let_go_on(told, result)
            if number % _IN_A_TURN == 0:
                await asyncio.sleep(0)
    finally:
        for told, result in pairs:
            _let_go_on(told, result)


def _let_go_on(told: "asyncio.Future[Result]", result: Result) -> None:
    if not told.done():
        told.set_result(result)
