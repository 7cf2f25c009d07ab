"""When a plan is due, how long what is due stays of use, and what may be sent right now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from tipbot.core.checkins import prompt_wanted
from tipbot.core.instants import minute_at, next_time, zone_of
from tipbot.core.model import (
    FOREVER,
    Delivery,
    Plan,
    Presence,
    QuietHours,
    Slot,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.selection import chance_below
from tipbot.core.slots import Due, is_slot, latest_slot, next_slot

FIRST_TIP = -1
"""``repeat`` of a tip that its reader asked for just now: quiet hours do not hold it."""

SHELF_LIFE: Mapping[Topic, timedelta] = MappingProxyType(
    {
        Topic.SCREEN_BREAK: timedelta(minutes=30),  # the next break is near, or work has ended
        Topic.HYDRATION: timedelta(hours=1),  # it belongs to an hour of the day
        Topic.SLEEP: timedelta(minutes=90),  # until bedtime, which it comes before
        Topic.RELAXATION: timedelta(hours=2),  # any calm moment of that part of the day will do
        Topic.FACIAL_EXERCISES: timedelta(hours=3),  # good at any time of half a day
        Topic.FOOD_AND_CAFFEINE: timedelta(hours=3),
        Topic.MOVEMENT: timedelta(hours=3),
        Topic.CHECK_IN: timedelta(hours=3),  # the evening is still the evening
        Topic.DIGEST: timedelta(hours=20),  # last week can be read on the next morning too
    }
)
"""How long after its moment a slot is of use; beyond it, it expires instead of coming late."""


RESEND_DOUBTFUL: Mapping[Topic, bool] = MappingProxyType(dict.fromkeys(Topic, False))
"""Whether a send that may have arrived is tried again, at the risk of a second copy.

No topic does: a missed tip costs little, and the same one twice looks like a fault.
"""


def resend_doubtful(topic: Topic) -> bool:
    """Return the topic's policy for a send that may have arrived."""
    return RESEND_DOUBTFUL[topic]


class Fresh(NamedTuple):
    """A slot that is of use."""

    slot: Slot
    due_at: datetime
    expires_at: datetime


def fold_outage(plan: Plan, subscriber: Subscriber, now: datetime) -> Fresh | None:
    """Return the one slot that a due plan should use at ``now``, or None if all of them are stale.

    It is the latest from ``plan.next_slot`` on, if it has not expired and no pause covered it; all
    before it pass unused. The cost does not grow with the length of the outage.
    """
    found = latest_slot(plan, subscriber, now, SHELF_LIFE[plan.topic])
    if found is None or plan.next_slot is None or found[0] < plan.next_slot:
        return None
    due = found[1]
    end = expiry(plan.topic, subscriber, due)
    return None if subscriber.paused(due) or now >= end else Fresh(*found, end)


def expiry(topic: Topic, subscriber: Subscriber, due: datetime) -> datetime:
    """Return when a slot due at ``due`` stops being of use: its shelf life, cut by quiet hours.

    The weekly digest waits for their end instead.
    """
    return _expiry(topic, subscriber.quiet, subscriber.zone, due)


@lru_cache(maxsize=8192)
def _expiry(topic: Topic, quiet: QuietHours, zone: str, due: datetime) -> datetime:
    end = due + SHELF_LIFE[topic]
    if topic is Topic.DIGEST or quiet.start == quiet.end:
        return end
    return min(end, next_time(quiet.start, zone_of(zone), due))


def rescheduled(plan: Plan, subscriber: Subscriber, now: datetime) -> Plan:
    """Return the plan set to its first slot after ``now``, or after the end of a pause.

    A disabled plan, and one paused without an end, waits for nothing: both fields are None.
    """
    return moved(plan, upcoming(plan, subscriber, now))


def after_change(plan: Plan, subscriber: Subscriber, now: datetime) -> Plan:
    """Return a plan that somebody who is ACTIVE has changed, set anew as ``rescheduled`` does.

    A slot that is due, but not decided yet, stays if the changed plan has it too: whoever changes
    something in the moment of a tip still gets it.
    """
    slot, due = plan.next_slot, plan.next_due_at
    waits = plan.enabled and not subscriber.paused(now)
    if waits and slot and due and due <= now and is_slot(plan, subscriber, slot, due):
        return plan
    return rescheduled(plan, subscriber, now)


def upcoming(plan: Plan, subscriber: Subscriber, now: datetime) -> Due | None:
    """Return the slot to which ``rescheduled`` sets a plan."""
    after = now if subscriber.paused_until is None else max(now, subscriber.paused_until)
    waiting = plan.enabled and after < FOREVER
    return next_slot(plan, subscriber, after) if waiting else None


def moved(plan: Plan, onward: Due | None, bag: tuple[int, ...] | None = None) -> Plan:
    """Return the plan set to another slot, and with another bag if one is given.

    As ``dataclasses.replace``, but in a third of its time: every plan that falls due comes by here.
    """
    slot, due = onward or (None, None)
    return Plan(
        id=plan.id,
        subscriber=plan.subscriber,
        topic=plan.topic,
        schedule=plan.schedule,
        days=plan.days,
        enabled=plan.enabled,
        thin=plan.thin,
        next_slot=slot,
        next_due_at=due,
        bag=plan.bag if bag is None else bag,
    )


def spread_minutes(subscriber: SubscriberId, topic: Topic, width: int) -> int:
    """Return this person's own offset for default times of a topic, evenly from 0 to width - 1."""
    return chance_below(width, f"{subscriber}:{topic}")


def allowed_now(delivery: Delivery, now: datetime) -> bool | datetime:
    """Decide just before a send: True to send, False to expire, a moment to wait until.

    It waits for the end of quiet hours alone, and only if that comes before ``expires_at``.
    """
    if now >= delivery.expires_at or not _wanted(delivery, now):
        return False
    subscriber = delivery.subscriber
    if delivery.repeat == FIRST_TIP or not in_quiet_hours(subscriber, now):
        return True
    morning = next_time(subscriber.quiet.end, zone_of(subscriber.zone), now)
    return morning if morning < delivery.expires_at else False


def in_quiet_hours(subscriber: Subscriber, now: datetime) -> bool:
    """Tell whether somebody wants no message by itself now; never before they said where they are.

    Owners and editors who subscribe have quiet hours as everybody else has.
    """
    local = minute_at(now, zone_of(subscriber.zone))
    return subscriber.stage is Stage.DONE and subscriber.quiet.covers(local)


def _wanted(delivery: Delivery, now: datetime) -> bool:
    """Tell whether the reader still wants this delivery, whatever the hour."""
    subscriber = delivery.subscriber
    if subscriber.presence is not Presence.ACTIVE or subscriber.stage is not Stage.DONE:
        return False
    if subscriber.paused(now):
        return False
    if delivery.notice is not None:
        return delivery.notice.wanted
    if not delivery.plan_enabled:
        return False
    if delivery.topic is not Topic.CHECK_IN:
        return True
    return prompt_wanted(delivery.last_check_in_at, zone_of(subscriber.zone), now)
