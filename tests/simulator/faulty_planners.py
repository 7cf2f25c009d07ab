"""Planners with a fault planted."""

import asyncio

from tests.simulator.sweeps import TownPlanner
from tipbot.delivery.plan import Look


class LooksOnce(TownPlanner):
    """Fault: the clock is looked at before the first batch of a sweep alone."""

    async def sweep(self, look: Look | None = None) -> int:
        """Look, and sweep by the bare clock."""
        if look is not None:
            await look()
        return await super().sweep()


class ForgetsTheRest(TownPlanner):
    """Fault: a sweep that ended because it takes its time is taken for one that was through."""

    _rests_until = float("-inf")

    async def sweep(self, look: Look | None = None) -> int:
        """Sweep, unless all that is due was planned less than a minute ago."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            return 0
        advanced = await super().sweep(look)
        if self.cut:
            self._rests_until = loop.time() + 60
        return advanced
