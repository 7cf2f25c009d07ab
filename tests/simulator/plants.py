"""The parts that a simulated process is put together from, and faults planted by substitution."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulator.journal import Journal, Revision, Step, Wish
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.clock import Clock
from tipbot.core.enrolment import Enrolment
from tipbot.core.instants import date_at, minute_at
from tipbot.core.model import (
    MINUTES_A_DAY,
    NO_QUIET_HOURS,
    Claimed,
    Delivery,
    DeliveryId,
    DeliveryState,
    Every,
    NewDelivery,
    Plan,
    PlanId,
    Slot,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.planning import DuePlan, PlanStep, Shelves, plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.attempt import Rules
from tipbot.delivery.send import Courier
from tipbot.delivery.sender import Message
from tipbot.store.base import StoreUnavailableError, Swept
from tipbot.store.columns import micros
from tipbot.store.database import Database, Row, Transaction
from tipbot.store.planning import _DUE, _Batch, _decide_all, _write
from tipbot.store.recording import _DOUBT
from tipbot.store.records import _BACK
from tipbot.store.store import DatabaseStore

Decide = Callable[[DuePlan, Shelves], PlanStep]


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

    async def set_anew(
        self, beyond: PlanId, now: datetime, limit: int, anew: Callable[[Plan, Subscriber], Plan]
    ) -> PlanId | None:
        """As the store; each plan is noted as if its owner had set it."""

        def noted(plan: Plan, owner: Subscriber) -> Plan:
            self.journal.note(Revision(owner.id, now, "clock put back"))
            return anew(plan, owner)

        return await super().set_anew(beyond, now, limit, noted)


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


class RecordFirst(Courier):
    """Fault: the success is recorded before the call is made."""

    async def _serve(self, claimed: Claimed) -> None:
        place, begun = await self._begin_in_turn(claimed)
        if begun is not None and await self._pacer.depart(place):
            sent = Verdict(state=DeliveryState.SENT, message_id=1)
            await self._records.put((begun.id, sent))
            await self._attempts.make(begun)


class SendFirst(Courier):
    """Fault: the call is made on the claim alone, and its intent committed afterwards."""

    async def _serve(self, claimed: Claimed) -> None:
        await self._pacer.depart(await self._turn(claimed.chat_id))
        delivery = await self._store.delivery(claimed.id, claimed.subscriber)
        if delivery is not None:
            verdict = await self._attempts.make(delivery)
            await self._intents.put(claimed.id)
            await self._records.put((claimed.id, verdict))


class PaceAfterIntent(Courier):
    """Fault: the intent is committed first, and the turn waited for afterwards."""

    async def _serve(self, claimed: Claimed) -> None:
        begun = await self._intents.put(claimed.id)
        if begun is not None:
            await self._pacer.depart(await self._turn(claimed.chat_id))
            await self._records.put((begun.id, await self._attempts.make(begun)))


class ForgottenRecord(Courier):
    """Fault: a result that the store cannot take at once is dropped."""

    async def _record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]]) -> Sequence[None]:
        with suppress(StoreUnavailableError):
            await self._store.record(verdicts, self._clock())
        return [None] * len(verdicts)


def advance_from_now(due: DuePlan, shelves: Shelves, now: datetime) -> PlanStep:
    """Fault: the next time is counted from the moment of planning and not from the slot."""
    step = plan_step(due, shelves, now)
    schedule = due.plan.schedule
    minutes = schedule.step if isinstance(schedule, Every) else MINUTES_A_DAY
    following = now + timedelta(minutes=minutes)
    zone = ZoneInfo(due.subscriber.zone)
    slot = Slot(date_at(following, zone), minute_at(following, zone))
    plan = replace(step.plan, next_slot=slot, next_due_at=following)
    return replace(step, plan=plan)


def heedless_of_quiet(delivery: Delivery, now: datetime) -> bool | datetime:
    """Fault: quiet hours were looked at when it was planned, and are not again."""
    open_ears = replace(delivery.subscriber, quiet=NO_QUIET_HOURS)
    return allowed_now(replace(delivery, subscriber=open_ears), now)


def heedless(_: Delivery, __: datetime) -> bool:
    """Fault: what was planned is sent, whatever was said since."""
    return True


def resend_always(_: Topic) -> bool:
    """Fault: what may have arrived is sent again."""
    return True


def words(delivery: Delivery, _: object) -> Message:
    """Render a delivery so that the wire can tell which it is."""
    return Message(chat_id=delivery.subscriber.chat_id, text=str(delivery.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Which parts processes are made of: the real ones, but for a planted fault."""

    store: type[NotingStore] = NotingStore
    courier: type[Courier] = Courier
    allow: Callable[[Delivery, datetime], bool | datetime] = allowed_now
    resend: Callable[[Topic], bool] = resend_doubtful
    decide: Callable[[DuePlan, Shelves, datetime], PlanStep] = plan_step
    one_budget: bool = True
    """All processes share one pace."""
    processes: int | None = None
    """How many there are; by default the seed says."""
    crowd: float | None = None
    """How often the town is crowded and all are due at once; by default, now and then."""

    def rules(self, store: DatabaseStore, clock: Clock) -> Rules:
        """Return what the courier asks."""

        async def after_sent(sent: Delivery) -> None:
            await slow_down_if_quiet(store, sent, clock())

        return Rules(
            render=words, allow=self.allow, resend_doubtful=self.resend, after_sent=after_sent
        )


REAL = Design()
PLANTS = {
    "record-before-send": Design(courier=RecordFirst),
    "send-before-intent": Design(courier=SendFirst),
    "resend-on-timeout": Design(resend=resend_always),
    "advance-from-now": Design(decide=advance_from_now),
    "sweep-not-atomic": Design(store=SplitSweep, processes=2),
    "advance-before-delivery": Design(store=LoosePlanning),
    "quiet-hours-checked-once": Design(allow=heedless_of_quiet),
    "stop-not-heeded": Design(allow=heedless),
    "endless-lease": Design(store=EndlessLease),
    "claims-kept": Design(store=KeptClaims, crowd=1.0),
    "plans-left-asleep": Design(store=SleepingPlans),
    "chat-not-followed": Design(store=StrayChat),
    "clock-not-heeded": Design(store=FrozenPlans),
    "pace-after-intent": Design(courier=PaceAfterIntent),
    "record-dropped": Design(courier=ForgottenRecord),
    "rate-per-process": Design(one_budget=False, processes=2, crowd=1.0),
}
"""Faults by name."""
