"""From a due plan to a delivery: what the planner decides in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from tipbot.core.instants import date_at, minute_at, next_time, previous_time
from tipbot.core.model import (
    TIP_TOPICS,
    Delivery,
    Minute,
    NewDelivery,
    Plan,
    Presence,
    Slot,
    Stage,
    Subscriber,
    Topic,
)
from tipbot.core.schedule import (
    FIRST_TIP,
    SHELF_LIFE,
    Fresh,
    expiry,
    fold_outage,
    moved,
    upcoming,
)
from tipbot.core.selection import draw
from tipbot.core.slots import Due

EVENING_FROM = Minute(17 * 60)
"""Before it, nobody is told what to do before bed, as long as there is another tip to send."""


@dataclass(frozen=True, slots=True)
class TipChoice:
    """A published tip as the planner sees it: its row number and current revision."""

    number: int
    revision: int
    evening: bool = False
    """It speaks of the evening that lies ahead."""


class Shelf(tuple[TipChoice, ...]):  # noqa: SLOT001 - what is sorted out is kept beside the tips
    """A topic's published tips, sorted out once for all who draw from them."""

    @cached_property
    def by_number(self) -> Mapping[int, TipChoice]:
        """The tips by their numbers."""
        return {tip.number: tip for tip in self}

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of all tips."""
        return frozenset(self.by_number)

    @cached_property
    def early(self) -> frozenset[int]:
        """The numbers of those that do not speak of the evening."""
        return frozenset(tip.number for tip in self if not tip.evening)


Shelves = Mapping[Topic, Sequence[TipChoice]]
"""All published tips by topic, in order of their numbers."""


@dataclass(frozen=True, slots=True)
class DuePlan:
    """A plan whose moment has come, with its owner."""

    plan: Plan
    subscriber: Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What the planner decided for one due plan: all it may change of it, at most one delivery."""

    onward: Due | None
    """What the plan waits for next; None if nothing will ever be due."""
    bag: tuple[int, ...]
    """The plan's bag from now on."""
    delivery: NewDelivery | None = None
    passed: bool = False
    """Whether slots passed unused as they were stale; how many of an outage, is not counted out."""

    def applied_to(self, plan: Plan) -> Plan:
        """Return the plan as it goes on."""
        return moved(plan, self.onward, self.bag)


def plan_step(due: DuePlan, shelves: Shelves, now: datetime) -> PlanStep:
    """Use the latest slot of a due plan that is still fresh, and set the plan to its next one.

    The next slot is always after ``now``. There is no delivery for someone who paused, left or is
    not through onboarding, nor for a topic without published tips: the slot passes unused.
    """
    plan, subscriber = due.plan, due.subscriber
    onward = upcoming(plan, subscriber, now)
    if not _listening(due, now):
        return PlanStep(onward=onward, bag=plan.bag)
    used = fold_outage(plan, subscriber, now)
    if used is None:
        return PlanStep(onward=onward, bag=plan.bag, passed=True)
    drawn, passed = _drawn(plan, shelves, used.slot), used.slot != plan.next_slot
    if drawn is None:
        return PlanStep(onward=onward, bag=plan.bag, passed=passed)
    choice, bag = drawn
    delivery = _delivery(plan, choice, used)
    return PlanStep(onward=onward, bag=bag, delivery=delivery, passed=passed)


def _listening(due: DuePlan, now: datetime) -> bool:
    subscriber = due.subscriber
    return (
        due.plan.enabled
        and subscriber.presence is Presence.ACTIVE
        and subscriber.stage is Stage.DONE
        and not subscriber.paused(now)
    )


def fitting_topics(topics: Sequence[Topic], minute: Minute) -> Sequence[Topic]:
    """Return the topics whose tips may come at a local minute; all of them if none does."""
    awake = [topic for topic in topics if topic is not Topic.SLEEP or minute >= EVENING_FROM]
    return awake or topics


def first_tip(
    due: DuePlan, shelves: Shelves, now: datetime, asked_at: datetime | None = None
) -> PlanStep:
    """Plan a tip that its reader asked for, due at once and in quiet hours too.

    Its slot is named by the minute of ``asked_at``, or of enrolling for the tip that ends
    onboarding, so it comes once however often the same wish is handed over. The plan's own next
    slot stays as it is.
    """
    plan, subscriber = due.plan, due.subscriber
    zone, wish = ZoneInfo(subscriber.zone), asked_at or subscriber.created_at
    slot = Slot(date_at(wish, zone), minute_at(wish, zone))
    drawn = _drawn(plan, shelves, slot)
    if drawn is None:
        return PlanStep(onward=plan.waits_for, bag=plan.bag)
    choice, bag = drawn
    wished = Fresh(slot, now, now + SHELF_LIFE[plan.topic])
    delivery = _delivery(plan, choice, wished, repeat=FIRST_TIP)
    return PlanStep(onward=plan.waits_for, bag=bag, delivery=delivery)


def _drawn(
    plan: Plan, shelves: Shelves, slot: Slot
) -> tuple[TipChoice | None, tuple[int, ...]] | None:
    """Return the tip for a slot and the bag as it goes on; None if the topic has no tips at all."""
    if plan.topic not in TIP_TOPICS:
        return None, plan.bag
    tips = shelves.get(plan.topic, ())
    if not tips:
        return None
    shelf = tips if isinstance(tips, Shelf) else Shelf(tips)
    seed = f"{plan.subscriber}:{plan.topic}:{slot.date.isoformat()}:{slot.minute}"
    fitting = shelf.early if slot.minute < EVENING_FROM else None
    number, bag = draw(shelf.numbers, plan.bag, seed, fitting)
    return shelf.by_number[number], bag


def _delivery(plan: Plan, choice: TipChoice | None, used: Fresh, *, repeat: int = 0) -> NewDelivery:
    return NewDelivery(
        plan=plan.id,
        subscriber=plan.subscriber,
        topic=plan.topic,
        slot=used.slot,
        repeat=repeat,
        tip_number=choice.number if choice else None,
        tip_revision=choice.revision if choice else None,
        due_at=used.due_at,
        expires_at=used.expires_at,
    )


class Snooze(StrEnum):
    """When a snoozed tip comes back."""

    TEN_MINUTES = "10m"
    AN_HOUR = "1h"
    TONIGHT = "tonight"


_BEFORE_QUIET = timedelta(minutes=10)
_AN_HOUR = timedelta(hours=1)


def snooze_until(choice: Snooze, subscriber: Subscriber, now: datetime) -> datetime:
    """Return when a tip snoozed at ``now`` comes back, always ahead and outside quiet hours.

    Tonight is an hour before bedtime, or in an hour when that has passed. What would fall into
    quiet hours comes ten minutes before they start, or when they end if that is too late already.
    """
    wished = now + (timedelta(minutes=10) if choice is Snooze.TEN_MINUTES else _AN_HOUR)
    zone, quiet = ZoneInfo(subscriber.zone), subscriber.quiet
    if choice is Snooze.TONIGHT:
        evening = next_time(subscriber.bedtime, zone, now + _AN_HOUR) - _AN_HOUR
        wished = evening if evening - now <= timedelta(hours=20) else wished
    if not quiet.covers(minute_at(wished, zone)):
        return wished
    last_call = previous_time(quiet.start, zone, wished) - _BEFORE_QUIET
    if last_call > now and not quiet.covers(minute_at(last_call, zone)):
        return last_call
    return next_time(quiet.end, zone, wished)


def snooze(delivery: Delivery, until: datetime) -> NewDelivery:
    """Return the same tip for the same slot once more, due at ``until``.

    A second press on the same message makes the same repeat, which the store keeps once. Raises
    ValueError for a tip whose row is not known.
    """
    if delivery.tip is not None and delivery.tip_number is None:
        message = "a tip without its row cannot come back"
        raise ValueError(message)
    return NewDelivery(
        plan=delivery.plan,
        subscriber=delivery.subscriber.id,
        topic=delivery.topic,
        slot=delivery.slot,
        repeat=max(delivery.repeat, 0) + 1,
        tip_number=delivery.tip_number,
        tip_revision=delivery.tip.revision if delivery.tip else None,
        due_at=until,
        expires_at=expiry(delivery.topic, delivery.subscriber, until),
    )
