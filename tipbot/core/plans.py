"""The pure changes that settings make to the plan of one topic, and to the pace of all tips.

Each takes an enrolment and returns another, as in ``enrolment``.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tipbot.core.enrolment import Enrolment, Fault, changed_plans, require, require_minutes
from tipbot.core.model import (
    EVERY_DAY,
    MINUTES_A_DAY,
    TIP_TOPICS,
    AtTimes,
    Every,
    Minute,
    Plan,
    Schedule,
    Topic,
)
from tipbot.core.presets import digest_plan
from tipbot.core.slots import is_heard

MOST_TIMES = 12
"""Times a day that one plan may have."""
SHORTEST_INTERVAL = 15
"""Minutes between two slots of an interval."""
THINNEST = 8
"""The greatest thinning: one slot in eight."""
SLOW_AFTER = 3
"""Tips in a row without any reaction after which the rate is halved."""


def with_days(
    enrolment: Enrolment, topic: Topic, days: Collection[int], now: datetime
) -> Enrolment:
    """Set a topic's active weekdays, Monday being 0."""
    enrolment.plan(topic)
    chosen = frozenset(days)
    require(bool(chosen) and chosen <= EVERY_DAY, Fault.NO_DAY)
    require(topic is not Topic.DIGEST or len(chosen) == 1, Fault.ONE_DIGEST)
    return changed_plans(enrolment, lambda plan: replace(plan, days=chosen), {topic}, now)


def with_digest(enrolment: Enrolment, now: datetime) -> Enrolment:
    """Return the enrolment with a plan for the weekly digest: older ones may have none."""
    if any(plan.topic is Topic.DIGEST for plan in enrolment.plans):
        return enrolment
    plan = digest_plan(enrolment.subscriber, now)
    return replace(enrolment, plans=(*enrolment.plans, plan))


def with_topic(enrolment: Enrolment, topic: Topic, now: datetime, *, enabled: bool) -> Enrolment:
    """Switch a topic on or off; its times are kept."""
    enrolment.plan(topic)
    return changed_plans(enrolment, lambda plan: replace(plan, enabled=enabled), {topic}, now)


def with_times(
    enrolment: Enrolment, topic: Topic, minutes: Collection[int], now: datetime
) -> Enrolment:
    """Set a topic's local times: 1 to 12 (prompt, digest: one), no new one in quiet hours."""
    chosen = tuple(Minute(minute) for minute in sorted(set(minutes)))
    require(bool(chosen), Fault.NO_TIME)
    require_minutes(*chosen)
    require(topic in TIP_TOPICS or len(chosen) == 1, Fault.ONE_PROMPT)
    require(len(chosen) <= MOST_TIMES, Fault.TOO_MANY_TIMES)
    schedule, quiet = enrolment.plan(topic).schedule, enrolment.subscriber.quiet
    known = schedule.minutes if isinstance(schedule, AtTimes) else ()
    require(not any(quiet.covers(minute) for minute in set(chosen).difference(known)), Fault.QUIET)
    return _with_schedule(enrolment, topic, AtTimes(chosen), now)


def interval(step: int, start: int, end: int) -> Every:
    """Return the schedule of every ``step`` minutes from ``start`` to ``end`` of the local day."""
    require(SHORTEST_INTERVAL <= step <= MINUTES_A_DAY, Fault.BAD_INTERVAL)
    require_minutes(start, end)
    return Every(step, Minute(start), Minute(end))


def with_interval(enrolment: Enrolment, topic: Topic, every: Every, now: datetime) -> Enrolment:
    """Set a topic to come at intervals (see ``interval``), not all of them in quiet hours."""
    require(topic in TIP_TOPICS, Fault.ONE_PROMPT)
    return _with_schedule(enrolment, topic, every, now)


def _with_schedule(
    enrolment: Enrolment, topic: Topic, schedule: Schedule, now: datetime
) -> Enrolment:
    enrolment.plan(topic)
    require(is_heard(schedule, enrolment.subscriber.quiet), Fault.QUIET)
    return changed_plans(enrolment, lambda plan: replace(plan, schedule=schedule), {topic}, now)


def with_thin(enrolment: Enrolment, topic: Topic, thin: int, now: datetime) -> Enrolment:
    """Use only every ``thin``-th slot of a topic: 1, 2, 4 or 8."""
    enrolment.plan(topic)
    require(thin in {1, 2, 4, THINNEST}, Fault.BAD_THIN)
    return changed_plans(enrolment, lambda plan: replace(plan, thin=thin), {topic}, now)


def less_of(enrolment: Enrolment, topic: Topic, now: datetime) -> Enrolment:
    """Halve a topic's rate, down to an eighth."""
    enrolment.plan(topic)
    return changed_plans(enrolment, _thinned, {topic}, now)


def _thinned(plan: Plan) -> Plan:
    return replace(plan, thin=min(2 * plan.thin, THINNEST))


def full_pace(enrolment: Enrolment, now: datetime) -> Enrolment:
    """Use every slot of every topic again."""
    return changed_plans(enrolment, lambda plan: replace(plan, thin=1), tuple(Topic), now)


def needs_slowing(enrolment: Enrolment) -> bool:
    """Tell whether three tips went unanswered and the rate was not halved for it yet."""
    return enrolment.subscriber.unanswered >= SLOW_AFTER and any(
        plan.thin == 1 for plan in enrolment.plans if plan.enabled and plan.topic in TIP_TOPICS
    )


def slow_down(enrolment: Enrolment, now: datetime) -> Enrolment:
    """Halve the rate of all tips if ``needs_slowing``; else return the enrolment as it is.

    It halves once: not again before a topic is back at its full pace.
    """
    if not needs_slowing(enrolment):
        return enrolment
    slowed = changed_plans(enrolment, _thinned, TIP_TOPICS, now)
    return replace(slowed, subscriber=enrolment.subscriber)
