"""Stores with a fault planted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from tests.simulator.journal import Journal, Step
from tests.simulator.noting import Decide, NotingStore
from tipbot.clock import Clock
from tipbot.core.model import (
    Claimed,
    NewDelivery,
    Plan,
    PlanId,
    Subscriber,
    SubscriberId,
)
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store.announcing import _INSERT, _UNPREPARED, DueFor, _delivery
from tipbot.store.base import Swept
from tipbot.store.claiming import _ANNOUNCED_HEADS, _ANY_ANNOUNCED
from tipbot.store.columns import micros
from tipbot.store.database import Database, Row, Transaction
from tipbot.store.planning import _DUE, _Batch, _decide_all, _write
from tipbot.store.recording import _DOUBT
from tipbot.store.records import _BACK


class EndlessLease(NotingStore):
    """Fault: what was claimed stays claimed, whatever became of who claimed it."""

    async def claim_deliveries(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Claim for ever."""
        return await super().claim_deliveries(worker, now, limit, lease * 100_000)

    async def sweep(self, now: datetime, doubt_after: timedelta) -> Swept:
        """Look at what is being sent alone."""
        params = {"doubt": micros(now - doubt_after), "ahead": micros(now + doubt_after)}
        unknown = await self._database.write(lambda tx: tx.execute(_DOUBT, params).changed)
        return Swept(0, unknown)


class KeptClaims(NotingStore):
    """Fault: a process that ends in good order gives nothing back."""

    async def release(self, worker: str) -> int:
        """Release nothing."""
        del worker
        return 0


class SleepingPlans(NotingStore):
    """Fault: the plans of someone who unblocked the bot are not shown to the planner again."""

    async def mark_returned(self, who: SubscriberId) -> bool:
        """Change the person alone."""
        back = {"who": who, "now": micros(self._clock())}
        return await self._database.write(lambda tx: tx.execute(_BACK, back).changed) > 0


class FrozenPlans(NotingStore):
    """Fault: plans wait for what a clock showed that was put right since."""

    async def set_anew(
        self, beyond: PlanId, now: datetime, limit: int, anew: Callable[[Plan, Subscriber], Plan]
    ) -> PlanId | None:
        """Change nothing."""
        del beyond, now, limit, anew
        return None


class StrayChat(NotingStore):
    """Fault: a chat that has moved is not followed."""

    async def move_chat(self, old: int, new: int) -> None:
        """Move nothing."""


class SplitSweep(NotingStore):
    """Fault: due plans are read and decided in one transaction, and written in a later one."""

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        """Let go of the plans between deciding and writing."""

        def read(tx: Transaction) -> tuple[list[Row], _Batch]:
            due = tx.execute(_DUE, {"now": micros(now), "limit": limit}).found
            return list(due), _decide_all(due, self._memory.shelves(tx), now, decide)

        due, batch = await self._database.read(read)

        def write(tx: Transaction) -> int:
            for row in due:
                self.journal.note(Step(row["plan_id"], now))
            _write(tx, batch)
            return len(due)

        return await self._database.write(write) if due else 0


class StaleSweep(NotingStore):
    """Fault: what is due is read once, and decided batch after batch as it was then."""

    def __init__(self, database: Database, clock: Clock, journal: Journal) -> None:
        super().__init__(database, clock, journal)
        self._due: list[Row] = []

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        """Take the next batch of what was read."""
        if not self._due:
            due_by = {"now": micros(now), "limit": 1000}
            self._due = list(await self._database.read(lambda tx: tx.execute(_DUE, due_by).found))
        some, self._due = self._due[:limit], self._due[limit:]

        def write(tx: Transaction) -> int:
            for row in some:
                self.journal.note(Step(row["plan_id"], now))
            _write(tx, _decide_all(some, self._memory.shelves(tx), now, decide))
            return len(some)

        return await self._database.write(write) if some else 0


class LoosePlanning(NotingStore):
    """Fault: a plan is moved on in one transaction, and its delivery written in a later one."""

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        """Write the deliveries once the plans are moved on."""
        kept_back: list[NewDelivery] = []

        def without(due: DuePlan, shelves: Shelves) -> PlanStep:
            step = decide(due, shelves)
            if step.delivery is not None:
                kept_back.append(step.delivery)
            return replace(step, delivery=None)

        count = await super().plan_due(now, limit, without)
        for delivery in kept_back:
            await self.add_delivery(delivery)
        return count


class LooseAnnouncing(NotingStore):
    """Fault: it is kept how far an announcement has come before the deliveries are written."""

    async def tend_announcements(self, now: datetime, limit: int, due_for: DueFor) -> bool:
        """Write the deliveries of a step in a transaction of their own."""
        kept_back: list[tuple[Subscriber, datetime]] = []

        def later(person: Subscriber, started: datetime, now: datetime) -> None:
            due = due_for(person, started, now)
            if due is not None:
                kept_back.append((person, due))

        row = await self._database.read(lambda tx: tx.execute(_UNPREPARED).first())
        more = await super().tend_announcements(now, limit, later)
        written = [_delivery(row, person, due) for person, due in kept_back if row is not None]
        if written:
            await self._database.write(lambda tx: tx.executemany(_INSERT, written))
        return more


class HastyAnnouncing(NotingStore):
    """Fault: an announcement is claimed though a tip is ready for the same chat."""

    async def claim_announced(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Look at other announcements alone."""
        heads = _ANNOUNCED_HEADS.replace("e.announcement_id IS NULL OR ", "1 = 0 OR ")
        return await self._claim((_ANY_ANNOUNCED, heads), worker, now, limit, lease)
