"""Turns due plans into deliveries, some hundred at a time."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import structlog

from tipbot.clock import Clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import PlanId
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.delivery.patience import in_steps
from tipbot.store.base import Deliveries, StoreUnavailableError

BATCH = 100
"""Plans that are advanced in one go; a store with one writer lets others in between them."""

TIME_OF_A_SWEEP = 0.9
"""Seconds within which a sweep that takes its time ends: its tick comes again each second."""

Decide = Callable[[DuePlan, Shelves, datetime], PlanStep]
"""``core.planning.plan_step``: a due plan, the shelves, and the moment it is decided at."""

Look = Callable[[], Awaitable[datetime]]
"""``Timekeeper.look``: the present time, by which it is safe to plan."""

log = structlog.get_logger(__name__)


class Consumer(Protocol):
    """Who takes up what is planned: a courier."""

    def nudge(self) -> None:
        """Look for due deliveries now."""
        ...

    def not_needed_for(self, count: int) -> float:
        """Return for how many seconds so many more deliveries need not be there, 0 if they do."""
        ...


class Planner:
    """Sweeps the plans whose moment has come, by the wall clock it is given, ``batch`` at a time.

    It tells its ``consumer`` of each batch, and goes no faster than it is needed: of plans that
    fall due together not all are decided before the first is sent.
    """

    def __init__(  # noqa: PLR0913 - the parts it is put together from
        self,
        store: Deliveries,
        clock: Clock,
        decide: Decide,
        most: int = 50,
        consumer: Consumer | None = None,
        *,
        measures: Measures = UNMEASURED,
        batch: int = BATCH,
    ) -> None:
        self._store = store
        self._clock = clock
        self._decide = decide
        self._most = most
        self._consumer = consumer
        self._measures = measures
        self._batch = batch

    async def sweep(self, look: Look | None = None) -> int:
        """Advance due plans, up to ``most`` batches; return how many plans there were.

        Each is decided by the time that ``look`` returns before it; without one, by the clock. What
        is left after that, or when the store is away, is due again at the next sweep.
        """
        advanced = 0

        async def advance() -> bool:
            nonlocal advanced
            count = await self._advance(await look() if look else self._clock())
            advanced += count
            return count >= self._batch

        try:
            await in_steps(advance, self._most, self._pause, TIME_OF_A_SWEEP)
        except StoreUnavailableError:
            log.warning("planning_put_off", advanced=advanced)
        return advanced

    async def _advance(self, now: datetime) -> int:
        passed: set[PlanId] = set()  # by plan: a store may ask twice

        def decide(due: DuePlan, shelves: Shelves) -> PlanStep:
            step = self._decide(due, shelves, now)
            if step.passed:
                passed.add(due.plan.id)
            return step

        count = await self._store.plan_due(now, self._batch, decide)
        self._measures.passed(len(passed))
        if count and self._consumer is not None:
            self._consumer.nudge()
        return count

    def _pause(self) -> float:
        """Return the seconds from one batch to the next, 0 for as few as possible."""
        return 0.0 if self._consumer is None else self._consumer.not_needed_for(self._batch)
