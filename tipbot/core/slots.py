"""The slots of a plan: which there are on a date, the next one and the latest one.

A slot is a local date and minute. It falls due at ``instants.instant_of``, so several that a clock
change skips fall due together. One that is scheduled in quiet hours, or that a clock change moved
into them, does not exist.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from tipbot.core.instants import ONE_DAY, date_at, instant_of, minute_at
from tipbot.core.model import (
    MINUTES_A_DAY,
    AtTimes,
    Minute,
    Plan,
    QuietHours,
    Schedule,
    Slot,
    Subscriber,
)

Due = tuple[Slot, datetime]
"""A slot and its moment in UTC."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The minutes of one window of a schedule, outside quiet hours, in the order of time."""

    own: tuple[Minute, ...]
    """Minutes of the date on which the window starts."""
    carried: tuple[Minute, ...]
    """Minutes of the date after it."""


@lru_cache(maxsize=4096)
def _pattern(schedule: Schedule, quiet: QuietHours) -> _Pattern:
    minutes: range | tuple[Minute, ...]
    if isinstance(schedule, AtTimes):
        minutes = schedule.minutes
    else:
        spans = MINUTES_A_DAY if schedule.start > schedule.end else 0
        minutes = range(schedule.start, schedule.end + spans + 1, schedule.step)
    heard = [minute for minute in minutes if not quiet.covers(Minute(minute % MINUTES_A_DAY))]
    return _Pattern(
        own=tuple(Minute(minute) for minute in heard if minute < MINUTES_A_DAY),
        carried=tuple(
            Minute(minute - MINUTES_A_DAY) for minute in heard if minute >= MINUTES_A_DAY
        ),
    )


def is_heard(schedule: Schedule, quiet: QuietHours) -> bool:
    """Tell whether any of the schedule's times lies outside quiet hours."""
    pattern = _pattern(schedule, quiet)
    return bool(pattern.own or pattern.carried)


def slots_on(plan: Plan, quiet: QuietHours, day: date) -> tuple[Minute, ...]:
    """Return the minutes of the plan's slots on a local date, ascending.

    A window across midnight follows the weekday on which it started. Of a thinned plan every
    ``thin``-th slot is left, counted on over days and over those outside ``quiet`` alone, so the
    answer depends on nothing but the arguments and no plan is thinned to silence.
    """
    pattern = _pattern(plan.schedule, quiet)
    own, carried, days, thin = pattern.own, pattern.carried, plan.days, plan.thin
    weekday, first = day.weekday(), day.toordinal() * (len(own) + len(carried))
    minutes: tuple[Minute, ...] = ()
    if carried and (weekday - 1) % 7 in days:
        minutes = carried[(len(carried) - first) % thin :: thin] if thin > 1 else carried
    if weekday in days:
        minutes += own[-first % thin :: thin] if thin > 1 else own
    return minutes


def _due_at(day: date, minute: Minute, zone: ZoneInfo, quiet: QuietHours) -> datetime | None:
    """Return the slot's moment, or None if a clock change moved it into quiet hours."""
    due = instant_of(day, minute, zone)
    return None if quiet.covers(minute_at(due, zone)) else due


def next_slot(
    plan: Plan, subscriber: Subscriber, after: datetime, beyond: Slot | None = None
) -> Due | None:
    """Return the first slot whose moment is after ``after`` and that is later than ``beyond``.

    None if there is none at all: no active day, or every time inside quiet hours. Whether the plan
    is enabled and its owner reachable is not asked here.
    """
    zone, quiet = ZoneInfo(subscriber.zone), subscriber.quiet
    start = Slot(date_at(after, zone), minute_at(after, zone))
    if beyond is not None:
        start = max(start, beyond)
    day, last = start.date, int(start.minute)
    # Weekdays and a thinning by a power of two repeat after 7 * thin days; twice that outlasts
    # the one clock change that may swallow the first hit.
    for _ in range(14 * plan.thin + 2):
        minutes = slots_on(plan, quiet, day)
        for minute in minutes[bisect_right(minutes, last) :]:
            due = _due_at(day, minute, zone, quiet)
            if due is not None and due > after:
                return Slot(day, minute), due
        day, last = day + ONE_DAY, -1
    return None


def _slots_back(
    plan: Plan, subscriber: Subscriber, now: datetime, oldest: datetime
) -> Iterator[Due]:
    """Yield slots with moments up to ``now``, latest first, and all that are after ``oldest``.

    It starts a day ahead, as clocks that were set back over midnight have been there before.
    """
    zone, quiet = ZoneInfo(subscriber.zone), subscriber.quiet
    day, first = date_at(now, zone) + ONE_DAY, date_at(oldest, zone)
    while day >= first:
        minutes = slots_on(plan, quiet, day)
        end = bisect_right(minutes, now, key=partial(instant_of, day, zone=zone))
        for minute in reversed(minutes[:end]):
            if (due := _due_at(day, minute, zone, quiet)) is not None:
                yield Slot(day, minute), due
        day -= ONE_DAY


def latest_slot(plan: Plan, subscriber: Subscriber, now: datetime, age: timedelta) -> Due | None:
    """Return the latest slot whose moment is at most ``now`` and less than ``age`` ago, or None."""
    for slot, due in _slots_back(plan, subscriber, now, now - age):
        return (slot, due) if due > now - age else None
    return None
