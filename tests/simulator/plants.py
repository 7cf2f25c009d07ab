"""Faults planted by substitution: everything else of a process is real."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulator.design import Design
from tests.simulator.faulty_planners import ForgetsTheRest, LooksOnce
from tests.simulator.faulty_stores import (
    EndlessLease,
    FrozenPlans,
    HastyAnnouncing,
    KeptClaims,
    LooseAnnouncing,
    LoosePlanning,
    SleepingPlans,
    SplitSweep,
    StaleSweep,
    StrayChat,
)
from tipbot.core.instants import date_at, minute_at
from tipbot.core.model import (
    MINUTES_A_DAY,
    NO_QUIET_HOURS,
    Claimed,
    Delivery,
    DeliveryId,
    DeliveryState,
    Every,
    Slot,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.planning import DuePlan, PlanStep, Shelves, plan_step
from tipbot.core.schedule import allowed_now
from tipbot.delivery.send import Courier
from tipbot.store.base import StoreUnavailableError


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
    return replace(step, onward=(slot, following))


def heedless_of_quiet(delivery: Delivery, now: datetime) -> bool | datetime:
    """Fault: quiet hours were looked at when it was planned, and are not again."""
    open_ears = replace(delivery.subscriber, quiet=NO_QUIET_HOURS)
    return allowed_now(replace(delivery, subscriber=open_ears), now)


def heedless(_: Delivery, __: datetime) -> bool:
    """Fault: what was planned is sent, whatever was said since."""
    return True


def deaf_to_stops(delivery: Delivery, now: datetime) -> bool | datetime:
    """Fault: an announcement that was stopped goes on to whoever has a delivery."""
    notice = delivery.notice and replace(delivery.notice, wanted=True)
    return allowed_now(replace(delivery, notice=notice), now)


def resend_always(_: Topic) -> bool:
    """Fault: what may have arrived is sent again."""
    return True


PLANTS = {
    "record-before-send": Design(courier=RecordFirst),
    "send-before-intent": Design(courier=SendFirst),
    "resend-on-timeout": Design(resend=resend_always),
    "advance-from-now": Design(decide=advance_from_now),
    "sweep-not-atomic": Design(store=SplitSweep, processes=2),
    "sweep-read-once": Design(store=StaleSweep, processes=1, crowd=1.0),
    "rest-forgotten": Design(planner=ForgetsTheRest, crowd=1.0),
    "advance-before-delivery": Design(store=LoosePlanning),
    "quiet-hours-checked-once": Design(allow=heedless_of_quiet),
    "stop-not-heeded": Design(allow=heedless),
    "endless-lease": Design(store=EndlessLease),
    "claims-kept": Design(store=KeptClaims, crowd=1.0),
    "plans-left-asleep": Design(store=SleepingPlans),
    "chat-not-followed": Design(store=StrayChat),
    "clock-not-heeded": Design(store=FrozenPlans),
    "clock-looked-at-once": Design(planner=LooksOnce, processes=1, crowd=1.0),
    "pace-after-intent": Design(courier=PaceAfterIntent),
    "record-dropped": Design(courier=ForgottenRecord),
    "announced-in-two-steps": Design(store=LooseAnnouncing, announces=1.0),
    "announcement-overtakes": Design(store=HastyAnnouncing, announces=1.0),
    "announcement-not-stopped": Design(allow=deaf_to_stops, announces=1.0),
    "rate-per-process": Design(one_budget=False, processes=2, crowd=1.0),
}
"""Faults by name."""
