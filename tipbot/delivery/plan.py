"""Turns due plans into deliveries, some hundred at a time."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from tipbot.clock import Clock
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.delivery.patience import in_steps
from tipbot.store.base import Deliveries, StoreUnavailableError

BATCH = 100
"""Plans that are advanced in one go; a store with one writer lets others in between them."""

TIME_OF_A_SWEEP = 0.9
"""Seconds within which a sweep that rests ends: the tick that it is part of comes each second."""

Rest = Callable[[int], float]
"""Says for how many seconds so many new deliveries are not needed yet, 0 if they are."""
Decide = Callable[[DuePlan, Shelves, datetime], PlanStep]
"""``core.planning.plan_step``: a due plan, the shelves, and the moment it is decided at."""

log = structlog.get_logger(__name__)


class Planner:
    """Sweeps the plans whose moment has come, by the wall clock it is given.

    While ``rest`` says that there is enough to send, it goes no faster than that.
    """

    def __init__(
        self,
        store: Deliveries,
        clock: Clock,
        decide: Decide,
        most: int = 50,
        rest: Rest = lambda _: 0.0,
    ) -> None:
        self._store = store
        self._clock = clock
        self._decide = decide
        self._most = most
        self._rest = rest

    async def sweep(self) -> int:
        """Advance due plans, up to ``most`` batches; return how many plans there were.

        What is left after that, or when the store is away, is due again at the next sweep.
        """
        loop, advanced = asyncio.get_running_loop(), 0
        until = loop.time() + TIME_OF_A_SWEEP

        def rest() -> float:
            return self._rest(BATCH)

        def in_time() -> bool:
            return not (wait := rest()) or loop.time() + wait < until

        async def advance() -> bool:
            nonlocal advanced
            count = await self._advance(self._clock())
            advanced += count
            return count >= BATCH and in_time()

        try:
            await in_steps(advance, self._most, rest)
        except StoreUnavailableError:
            log.warning("planning_put_off", advanced=advanced)
        return advanced

    async def _advance(self, now: datetime) -> int:
        return await self._store.plan_due(
            now, BATCH, lambda due, shelves: self._decide(due, shelves, now)
        )
