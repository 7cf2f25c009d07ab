"""Turns due plans into deliveries, some hundred at a time."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from tipbot.clock import Clock
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store.base import Deliveries, StoreUnavailableError

BATCH = 100
"""Plans that are advanced in one go; a store with one writer lets others in between them."""

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
                count = await self._advance(self._clock())
            except StoreUnavailableError:
                log.warning("planning_put_off", advanced=advanced)
                break
            advanced += count
            if count < BATCH:
                break
            took = loop.time() - began
        return advanced

    async def _advance(self, now: datetime) -> int:
        return await self._store.plan_due(
            now, BATCH, lambda due, shelves: self._decide(due, shelves, now)
        )
