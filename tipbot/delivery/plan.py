"""Turns due plans into deliveries, some hundred at a time."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from tipbot.clock import Clock
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store.base import Deliveries, StoreUnavailableError

BATCH = 100
"""Plans that are advanced together, and committed together if nobody taps meanwhile."""
_AT_ONCE = 25
"""Plans a transaction: it keeps the writer for a millisecond, after which a tap goes first."""

Decide = Callable[[DuePlan, Shelves, datetime], PlanStep]
"""``core.planning.plan_step``: a due plan, the shelves, and the moment it is decided at."""

log = structlog.get_logger(__name__)


class Planner:
    """Sweeps the plans whose moment has come, by the wall clock it is given."""

    def __init__(self, store: Deliveries, clock: Clock, decide: Decide, most: int = 50) -> None:
        self._store = store
        self._clock = clock
        self._decide = decide
        self._most = most

    async def sweep(self) -> int:
        """Advance due plans, up to ``most`` batches; return how many plans there were.

        It rests between batches for as long as one took: half of the store is for everybody else.
        What is left after that, or when the store is away, is due again at the next sweep.
        """
        advanced, took, loop = 0, 0.0, asyncio.get_running_loop()
        for number in range(self._most):
            if number:
                await asyncio.sleep(took)
            began = loop.time()
            try:
                count = await self._advance_batch(self._clock(), sure=number > 0)
            except StoreUnavailableError:
                log.warning("planning_put_off", advanced=advanced)
                break
            advanced += count
            if count < BATCH:
                break
            took = loop.time() - began
        return advanced

    async def _advance_batch(self, now: datetime, *, sure: bool) -> int:
        """Advance up to a batch of plans, all transactions side by side once there are many."""
        first = 0 if sure else await self._advance(now)
        if not sure and first < _AT_ONCE:
            return first
        others = range(first, BATCH, _AT_ONCE)
        return first + sum(await asyncio.gather(*(self._advance(now) for _ in others)))

    async def _advance(self, now: datetime) -> int:
        return await self._store.plan_due(
            now, _AT_ONCE, lambda due, shelves: self._decide(due, shelves, now)
        )
