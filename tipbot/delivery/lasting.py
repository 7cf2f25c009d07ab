"""The budget of a single process, with a pause that outlives it."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from tipbot.clock import Clock
from tipbot.core.pace import SLOWEST, Flood
from tipbot.delivery.budget import Tempo
from tipbot.store.base import Floods, StoreUnavailableError

log = structlog.get_logger(__name__)


AGAIN = 1.0
"""Seconds after which a store that was away is told of a flood again."""
LONGEST = timedelta(days=1)
"""No pause is taken over for longer: Telegram asks for seconds or minutes."""


class LastingTempo(Tempo):
    """A budget that goes on waiting where an earlier life of the program was told to.

    The clock is the wall's, as the loop's own begins anew with each life. One that was put back
    since makes the rest of a pause no longer than all of it was; one put ahead ends it.
    """

    def __init__(self, rate: float, memory: Floods, clock: Clock) -> None:
        super().__init__(rate)
        self._memory = memory
        self._clock = clock
        self._kept_until = 0.0
        self._keeping: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    async def begin(self) -> None:
        """Learn of a flood that was heard of before; a store that is away tells of none."""
        try:
            flood = await self._memory.last_flood()
        except StoreUnavailableError:
            log.warning("flood_not_read")
            return
        if flood is None:
            return
        present = self._clock()
        left = min(flood.until - max(present, flood.heard_at), LONGEST).total_seconds()
        factor = min(1.0, max(SLOWEST, flood.factor))
        self.go_on(asyncio.get_running_loop().time() + left, factor)
        if flood.heard_at > present:
            self._keep_soon()  # by the clock as it goes now, or each life would wait anew

    def flooded(self, now: float, seconds: float, left: float) -> None:
        """Stop for ``seconds`` and go on more slowly; keep that in case this life ends before."""
        super().flooded(now, seconds, left)
        self._keep_soon()

    async def close(self) -> None:
        """Return once all is kept that was heard of, or the store was told once more in vain."""
        self._closing.set()
        if self._keeping is not None:
            await self._keeping

    def _keep_soon(self) -> None:
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        """Keep what was heard of, and what more is while that is being kept."""
        try:
            while self._kept_until < self.paused_until:
                until = self.paused_until
                try:
                    await self._memory.keep_flood(self._flood())
                    self._kept_until = until
                except StoreUnavailableError:
                    log.warning("flood_not_kept")
                    if self._closing.is_set() or self._left() <= timedelta(0):
                        return
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._closing.wait(), AGAIN)
        finally:
            self._keeping = None

    def _left(self) -> timedelta:
        left = self.paused_until - asyncio.get_running_loop().time()
        return timedelta(seconds=max(0.0, min(left, LONGEST.total_seconds())))

    def _flood(self) -> Flood:
        present, factor = self._clock(), self.factor(self.paused_until)
        return Flood(heard_at=present, until=present + self._left(), factor=factor)
