"""The slots of a plan: which there are on a date, the next one and the latest one.

A slot is a local date and minute. It falls due at ``instants.instant_of``, so several that a clock
change skips fall due together. One that is scheduled in quiet hours, or that a clock change moved
into them, does not exist.

Many plans share their slots: what comes before and after a moment is remembered for all of them.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tipbot.core.instants import ONE_DAY, date_at, instant_of, minute_at, zone_of
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


class Rhythm(NamedTuple):
    """All that decides which slots there are: much the same for many plans."""

    schedule: Schedule
    days: frozenset[int]
    thin: int
    zone: str
    quiet: QuietHours


def rhythm_of(plan: Plan, subscriber: Subscriber) -> Rhythm:
    """Return the rhythm of somebody's plan."""
    return Rhythm(plan.schedule, plan.days, plan.thin, subscriber.zone, subscriber.quiet)


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


def slots_on(plan: Plan | Rhythm, quiet: QuietHours, day: date) -> tuple[Minute, ...]:
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


def is_slot(plan: Plan, subscriber: Subscriber, slot: Slot, due: datetime) -> bool:
    """Tell whether the plan has this slot, and it falls due at this moment."""
    quiet, zone = subscriber.quiet, zone_of(subscriber.zone)
    known = slot.minute in slots_on(plan, quiet, slot.date)
    return known and due == _due_at(slot.date, slot.minute, zone, quiet)


def next_slot(
    plan: Plan, subscriber: Subscriber, after: datetime, beyond: Slot | None = None
) -> Due | None:
    """Return the first slot whose moment is after ``after`` and that is later than ``beyond``.

    None if there is none at all: no active day, or every time inside quiet hours. Whether the plan
    is enabled and its owner reachable is not asked here.
    """
    rhythm, before = rhythm_of(plan, subscriber), plan.next_due_at
    if beyond is None and before is not None and before <= after:
        found = _around(rhythm, before).following
        if found is None or found[1] > after:
            return found
    return _next(rhythm, after, beyond)


def slots_between(rhythm: Rhythm, start: datetime, end: datetime) -> Iterator[Due]:
    """Yield the slots with moments after ``start`` and up to ``end``, in order."""
    found = _next(rhythm, start, None)
    while found is not None and found[1] <= end:
        yield found
        found = _next(rhythm, start, found[0])


class _Around(NamedTuple):
    at: Due | None
    """The latest slot of a moment, None if there is none at that very moment."""
    following: Due | None
    """The first slot after it."""


@lru_cache(maxsize=8192)
def _around(rhythm: Rhythm, moment: datetime) -> _Around:
    """Look around a moment at which many plans fall due."""
    at = next(_slots_back(rhythm, moment, moment), None)
    return _Around(at if at is not None and at[1] == moment else None, _next(rhythm, moment, None))


def _next(rhythm: Rhythm, after: datetime, beyond: Slot | None) -> Due | None:
    zone, quiet = zone_of(rhythm.zone), rhythm.quiet
    start = Slot(date_at(after, zone), minute_at(after, zone))
    if beyond is not None:
        start = max(start, beyond)
    day, last = start.date, int(start.minute)
    # Weekdays and a thinning by a power of two repeat after 7 * thin days; twice that outlasts
    # the one clock change that may swallow the first hit.
    for _ in range(14 * rhythm.thin + 2):
        minutes = slots_on(rhythm, quiet, day)
        for minute in minutes[bisect_right(minutes, last) :]:
            due = _due_at(day, minute, zone, quiet)
            if due is not None and due > after:
                return Slot(day, minute), due
        day, last = day + ONE_DAY, -1
    return None


def _slots_back(rhythm: Rhythm, now: datetime, oldest: datetime) -> Iterator[Due]:
    """Yield slots with moments up to ``now``, latest first, and all that are after ``oldest``.

    It starts a day ahead, as clocks that were set back over midnight have been there before.
    """
    zone, quiet = zone_of(rhythm.zone), rhythm.quiet
    day, first = date_at(now, zone) + ONE_DAY, date_at(oldest, zone)
    while day >= first:
        minutes = slots_on(rhythm, quiet, day)
        end = bisect_right(minutes, now, key=partial(instant_of, day, zone=zone))
        for minute in reversed(minutes[:end]):
            if (due := _due_at(day, minute, zone, quiet)) is not None:
                yield Slot(day, minute), due
        day -= ONE_DAY


def latest_slot(plan: Plan, subscriber: Subscriber, now: datetime, age: timedelta) -> Due | None:
    """Return the latest slot whose moment is at most ``now`` and less than ``age`` ago, or None."""
    rhythm, oldest = rhythm_of(plan, subscriber), now - age
    found = _known_latest(rhythm, plan.next_due_at, now)
    if found is None:
        found = next(_slots_back(rhythm, now, oldest), None)
    return found if found is not None and found[1] > oldest else None


def _known_latest(rhythm: Rhythm, due: datetime | None, now: datetime) -> Due | None:
    """Return the latest slot at ``now`` if it is the one at ``due``, else None."""
    if due is None or due > now:
        return None
    around = _around(rhythm, due)
    return around.at if around.following is None or around.following[1] > now else None
