"""The planner of a town, and what its sweeps meet with."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.simulator.process import Process
from tipbot.clock import Clock
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.delivery.plan import Consumer, Look, Planner
from tipbot.store.base import Deliveries

_CHANGES = {"revised": "changes between batches", "clock set": "clocks set between batches"}


@dataclass(frozen=True, slots=True)
class Throng:
    """A courier as it is seen by the planner of a town whose every plan stands for many."""

    courier: Consumer
    plans: int

    def nudge(self) -> None:
        """Look for due deliveries now."""
        self.courier.nudge()

    def not_needed_for(self, count: int) -> float:
        """Return for how many seconds so many times as many need not be there."""
        return self.courier.not_needed_for(count * self.plans)


class TownPlanner(Planner):
    """The real planner; tells how its sweeps go, and comes to a boundary after each full batch."""

    def __init__(  # noqa: PLR0913 - the parts it is put together from
        self,
        store: Deliveries,
        clock: Clock,
        decide: Callable[[DuePlan, Shelves, datetime], PlanStep],
        courier: Consumer,
        *,
        batch: int,
        weight: int,
        process: Process,
        counts: Counter[str],
        left: Callable[[], bool],
    ) -> None:
        super().__init__(store, clock, decide, consumer=Throng(courier, weight), batch=batch)
        self._left = left
        self._process = process
        self._counts = counts
        self._batches = 0
        self._pauses = 0
        self._more = False
        """Whether there is more to do for another batch of this sweep."""
        self._known: dict[str, int] = {}

    async def sweep(self, look: Look | None = None) -> int:
        """As the planner; how it went is counted."""
        self._batches = self._pauses = 0
        self._more = False

        async def looked() -> datetime:
            more, self._more = self._more, False
            now = await look() if look else self._clock()
            self._more = more
            return now

        try:
            return await super().sweep(looked)
        finally:
            self._count_sweep()

    async def _advance(self, now: datetime) -> int:
        for what, said in _CHANGES.items():
            self._counts[said] += self._more and self._counts[what] > self._known[what]
        self._more = False
        advanced = await super()._advance(now)
        self._batches += advanced > 0
        if advanced >= self._batch:
            self._more = self._left()
        if self._more:
            self._known = {what: self._counts[what] for what in _CHANGES}
            self._process.burn("batch")
        return advanced

    def _pause(self) -> float:
        pause = super()._pause()
        self._pauses += pause > 0
        return pause

    @property
    def cut(self) -> bool:
        """Whether the last sweep ended before it was through, because it takes its time."""
        return self._more and self._batches < self._most and self._process.alive

    def _count_sweep(self) -> None:
        self._counts["sweeps of three batches"] += self._batches >= 3
        self._counts["paced sweeps"] += self._pauses > 0 and self._batches > 1
        self._counts["deaths between batches"] += self._more and not self._process.alive
        self._counts["sweeps cut by time"] += self.cut
