"""Presets: which topics a newcomer starts with, and when their tips come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from tipbot.core.model import (
    CORE_TOPICS,
    EVERY_DAY,
    MINUTES_A_DAY,
    AtTimes,
    Every,
    Minute,
    Plan,
    PlanId,
    QuietHours,
    Schedule,
    Subscriber,
    Topic,
)
from tipbot.core.schedule import rescheduled, spread_minutes

SPREAD = 30
"""Minutes over which people's default times are spread, so that not all are due at once."""
WEEKDAYS = frozenset(range(5))
SUNDAY = frozenset({6})
WORKING_HOURS = (Minute(9 * 60), Minute(17 * 60))
NEW_PLAN = PlanId(0)
"""The id of a plan that the store has not given one yet."""
_BEFORE_BED = 90
"""Minutes from the start of the sleep tip's spread to bedtime: time left to wind down."""


class Preset(StrEnum):
    """The choices that onboarding offers."""

    GENTLE = "gentle"
    """Two tips a day."""
    DAILY_FOUR = "daily_four"
    """Each core topic once a day."""
    DESK_DAY = "desk_day"
    """Screen breaks through working hours, water three times, one relaxation, one sleep tip."""


ENABLED: Mapping[Preset, frozenset[Topic]] = MappingProxyType(
    {
        Preset.GENTLE: frozenset({Topic.HYDRATION, Topic.RELAXATION, Topic.CHECK_IN}),
        Preset.DAILY_FOUR: frozenset({*CORE_TOPICS, Topic.CHECK_IN}),
        Preset.DESK_DAY: frozenset({*CORE_TOPICS, Topic.CHECK_IN}),
    }
)
"""Topics that a preset switches on; the others wait in /settings, switched off."""

_DAILY: Mapping[Topic, int] = MappingProxyType(
    {
        Topic.HYDRATION: 10 * 60,
        Topic.FACIAL_EXERCISES: 11 * 60,
        Topic.FOOD_AND_CAFFEINE: 12 * 60,
        Topic.SCREEN_BREAK: 14 * 60,
        Topic.MOVEMENT: 16 * 60,
        Topic.RELAXATION: 17 * 60,
        Topic.CHECK_IN: 20 * 60,
        Topic.DIGEST: 18 * 60,
    }
)
"""Where the spread of a topic's one daily time starts; the sleep tip's follows bedtime."""


def plans_for(preset: Preset, subscriber: Subscriber, now: datetime) -> tuple[Plan, ...]:
    """Return a plan for every topic in the order of ``Topic``, set to its first slot after ``now``.

    Topics outside the preset are there too, disabled, with a sensible schedule.
    """
    return tuple(_plan(preset, topic, subscriber, now) for topic in Topic)


def digest_plan(subscriber: Subscriber, now: datetime) -> Plan:
    """Return the plan of the weekly digest as everybody starts with it: switched off."""
    return _plan(Preset.GENTLE, Topic.DIGEST, subscriber, now)


def _plan(preset: Preset, topic: Topic, subscriber: Subscriber, now: datetime) -> Plan:
    plan = Plan(
        id=NEW_PLAN,
        subscriber=subscriber.id,
        topic=topic,
        schedule=default_schedule(preset, topic, subscriber),
        days=default_days(preset, topic),
        enabled=topic in ENABLED[preset],
    )
    return rescheduled(plan, subscriber, now)


def default_days(preset: Preset, topic: Topic) -> frozenset[int]:
    """Return a preset's active days of a topic; the digest comes on Sunday."""
    if topic is Topic.DIGEST:
        return SUNDAY
    desk_break = preset is Preset.DESK_DAY and topic is Topic.SCREEN_BREAK
    return WEEKDAYS if desk_break else EVERY_DAY


def default_schedule(preset: Preset, topic: Topic, subscriber: Subscriber) -> Schedule:
    """Return a preset's schedule of a topic, with this person's own offset within ``SPREAD``.

    Times keep out of the person's quiet hours; the sleep tip ends its spread an hour before bed.
    """
    offset = spread_minutes(subscriber.id, topic, SPREAD)
    if preset is Preset.DESK_DAY and topic is Topic.SCREEN_BREAK:
        opens, closes = WORKING_HOURS
        return Every(120, Minute(opens + 60 + offset), Minute(closes - 60 + offset))
    if preset is Preset.DESK_DAY and topic is Topic.HYDRATION:
        starts: tuple[int, ...] = (9 * 60 + 30, 13 * 60, 16 * 60)
    elif topic is Topic.SLEEP:
        starts = (subscriber.bedtime - _BEFORE_BED,)
    else:
        starts = (_DAILY[topic],)
    times = {_outside(subscriber.quiet, start % MINUTES_A_DAY, offset) for start in starts}
    return AtTimes(tuple(sorted(times)))


def _outside(quiet: QuietHours, start: int, offset: int) -> Minute:
    """Return ``start + offset``, with the whole spread moved the shorter way out of quiet hours."""
    hushed = (quiet.end - quiet.start) % MINUTES_A_DAY
    if not hushed:
        return Minute((start + offset) % MINUTES_A_DAY)
    width = min(SPREAD, MINUTES_A_DAY - hushed)
    into = (start - quiet.end) % MINUTES_A_DAY  # minutes since quiet hours ended
    last = MINUTES_A_DAY - hushed - width  # the latest start that leaves room before the next
    if into > last:
        to_start, to_end = into - last, MINUTES_A_DAY - into
        into = last if to_start <= to_end else 0
    return Minute((quiet.end + into + offset * width // SPREAD) % MINUTES_A_DAY)


def carried_over(plan: Plan, before: Subscriber, after: Subscriber) -> Plan:
    """Return the plan with default times moved along with quiet hours or bedtime.

    Times that the person chose are left alone: a schedule is a default if some preset made it.
    """
    for preset in Preset:
        if plan.schedule == default_schedule(preset, plan.topic, before):
            return replace(plan, schedule=default_schedule(preset, plan.topic, after))
    return plan
