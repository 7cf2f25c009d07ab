"""Work that goes on after a tap was answered, so that neither the tap nor any other chat waits.

An errand may be lost: what it was about is asked for again, or is noticed again later.
"""

import asyncio
from collections.abc import Coroutine, Hashable

import structlog
from telegram.error import TelegramError

log = structlog.get_logger(__name__)


class Errands:
    """Runs errands, at most one a key: a newer one takes the place of an older one."""

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self._running: dict[Hashable, asyncio.Task[None]] = {}

    def start(self, key: Hashable, work: Coroutine[None, None, None]) -> None:
        """Run ``work``; what was under way for ``key`` is given up."""
        earlier = self._running.get(key)
        if earlier is not None:
            earlier.cancel()
        task = asyncio.create_task(work)
        self._running[key] = task
        task.add_done_callback(lambda done: self._over(key, done))

    def under_way(self, key: Hashable) -> bool:
        """Tell whether the errand of ``key`` is not over."""
        return key in self._running

    async def drain(self) -> None:
        """Wait until every errand is over."""
        while self._running:
            await asyncio.wait(set(self._running.values()))

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._running.values():
            task.cancel()
        await self.drain()

    def _over(self, key: Hashable, task: asyncio.Task[None]) -> None:
        if self._running.get(key) is task:
            del self._running[key]
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            known = isinstance(fault, TelegramError)
            (log.warning if known else log.error)("errand_failed", kind=type(fault).__name__)
