"""The budget of a single process, with a pause that outlives it."""

import asyncio
from datetime import timedelta

import structlog

from tipbot.clock import Clock
from tipbot.core.pace import Flood
from tipbot.delivery.budget import Tempo
from tipbot.store.base import Floods, StoreUnavailableError

log = structlog.get_logger(__name__)


class LastingTempo(Tempo):
    """A budget that goes on waiting where an earlier life of the program was told to.

    The clock is the wall's, as the loop's own begins anew with each life; one that was put back
    since makes the rest of a pause no longer than all of it was.
    """

    def __init__(self, rate: float, memory: Floods, clock: Clock) -> None:
        super().__init__(rate)
        self._memory = memory
        self._clock = clock
        self._kept_until = 0.0
        self._keeping: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Learn of a flood that was heard of before; a store that is away tells of none."""
        try:
            flood = await self._memory.last_flood()
        except StoreUnavailableError:
            log.warning("flood_not_read")
            return
        if flood is not None:
            present = max(self._clock(), flood.heard_at)
            left = (flood.until - present).total_seconds()
            self.go_on(asyncio.get_running_loop().time() + left, flood.factor)

    def flooded(self, now: float, seconds: float, left: float) -> None:
        """Stop for ``seconds`` and go on more slowly; keep that in case this life ends before."""
        super().flooded(now, seconds, left)
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Return once all is kept that was heard of."""
        if self._keeping is not None:
            await self._keeping

    async def _keep(self) -> None:
        """Keep what was heard of, and what more is while that is being kept."""
        try:
            while self._kept_until < self.paused_until:
                self._kept_until = self.paused_until
                await self._memory.keep_flood(self._flood())
        except StoreUnavailableError:
            log.warning("flood_not_kept")
        finally:
            self._keeping = None

    def _flood(self) -> Flood:
        present = self._clock()
        left = self.paused_until - asyncio.get_running_loop().time()
        until = present + timedelta(seconds=max(0.0, left))
        return Flood(heard_at=present, until=until, factor=self.factor(self.paused_until))
