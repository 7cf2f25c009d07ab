"""The real store, which also says what its transactions are for."""

from collections.abc import Callable
from datetime import datetime

from tests.simulator.journal import Journal, Revision, Step, Wish
from tipbot.clock import Clock
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import (
    Plan,
    PlanId,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store.announcing import DueFor
from tipbot.store.database import Database
from tipbot.store.store import DatabaseStore

Decide = Callable[[DuePlan, Shelves], PlanStep]
_ANNOUNCED = 2
"""People a step of an announcement's preparation, for the same reason."""
_ANEW = 3
"""Plans that are set anew at a time: a town has too few for two of the program's batches."""


class NotingStore(DatabaseStore):
    """The real store, which also tells the journal which use case a transaction belongs to."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        super().__init__(database, clock)
        self.journal = journal

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        """As the store; each plan's step is noted."""

        def noted(due: DuePlan, shelves: Shelves) -> PlanStep:
            self.journal.note(Step(due.plan.id, now))
            return decide(due, shelves)

        return await super().plan_due(now, limit, noted)

    async def send_next_tip(
        self, who: SubscriberId, now: datetime, decide: Decide, topic: Topic | None = None
    ) -> bool:
        """As the store; the wish is noted."""

        def noted(due: DuePlan, shelves: Shelves) -> PlanStep:
            self.journal.note(Wish(due.plan.id, now))
            return decide(due, shelves)

        return await super().send_next_tip(who, now, noted, topic)

    async def revise(
        self, who: SubscriberId, change: Callable[[Enrolment], Enrolment]
    ) -> Enrolment | None:
        """As the store; the change is noted with the moment at which it was asked for."""
        now = self._clock()

        def noted(kept: Enrolment) -> Enrolment:
            self.journal.note(Revision(who, now, getattr(change, "__qualname__", "?")))
            return change(kept)

        return await super().revise(who, noted)

    async def tend_announcements(self, now: datetime, limit: int, due_for: DueFor) -> bool:
        """As the store, few at a time."""
        return await super().tend_announcements(now, min(limit, _ANNOUNCED), due_for)

    async def set_anew(
        self, beyond: PlanId, now: datetime, limit: int, anew: Callable[[Plan, Subscriber], Plan]
    ) -> PlanId | None:
        """As the store, few at a time; each plan is noted as if its owner had set it."""

        def noted(plan: Plan, owner: Subscriber) -> Plan:
            self.journal.note(Revision(owner.id, now, "clock put back"))
            return anew(plan, owner)

        return await super().set_anew(beyond, now, min(limit, _ANEW), noted)
