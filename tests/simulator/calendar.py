"""The slots of a plan, worked out from the words of the contract and not with the core's code.

A window of a schedule starts on a local date; its minutes outside quiet hours are counted, over
days too, and of a plan thinned to one in n those stay whose count n divides. A slot falls due when
the zone's clocks first show its minute, or any later one if they skip it; one that this moves into
quiet hours is none.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
A_DAY = 1440

Quiet = tuple[int, int]
Due = tuple[datetime, date, int]
"""A moment, and the local date and minute that name the slot."""


class Timetable(NamedTuple):
    """What a plan and its owner say about when: all that decides which slots there are."""

    schedule: str
    """As the store keeps it."""
    days: str
    thin: int
    zone: str
    quiet: Quiet


@lru_cache(maxsize=100_000)
def moment(micros: int) -> datetime:
    """Return the moment that a column holds: microseconds since 1970 in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def micros(moment: datetime) -> int:
    """Return a moment as columns hold it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def hushed(quiet: Quiet, minute: int) -> bool:
    """Tell whether a local minute is quiet: counted from the start, round the clock."""
    start, end = quiet
    return (minute - start) % A_DAY < (end - start) % A_DAY


def local(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of a zone show, as a naive wall time."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def local_minute(moment: datetime, zone: str) -> int:
    """Return the minute of the day that the clocks of a zone show."""
    shown = local(moment, zone)
    return shown.hour * 60 + shown.minute


@lru_cache(maxsize=10_000)
def _offsets(zone: str, day: date) -> frozenset[timedelta]:
    """Return by how much the clocks are ahead of UTC around a date: twice if they are changed."""
    midday = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    moments = [midday + by * DAY for by in (-2, -1, 0, 1, 2)]
    return frozenset(local(each, zone) - each.replace(tzinfo=None) for each in moments)


@lru_cache(maxsize=10_000)
def _midnight(zone: str, day: date) -> datetime | None:
    """Return the moment at which a date begins; None if clocks are changed around it."""
    if len(offsets := _offsets(zone, day)) > 1:
        return None
    (offset,) = offsets
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - offset


def shown_at(zone: str, day: date, minute: int) -> datetime:
    """Return the first moment at which the clocks show this minute of a date, or a later one."""
    midnight = _midnight(zone, day)
    return _shown_after_all(zone, day, minute) if midnight is None else midnight + minute * MINUTE


@lru_cache(maxsize=10_000)
def _shown_after_all(zone: str, day: date, minute: int) -> datetime:
    """Return it for a date around which clocks are changed."""
    wall = datetime(day.year, day.month, day.day) + minute * MINUTE  # noqa: DTZ001 - a wall time
    moments = sorted(wall.replace(tzinfo=UTC) - offset for offset in _offsets(zone, day))
    shown = [moment for moment in moments if local(moment, zone) == wall]
    if shown:
        return min(shown)
    moment = min(moments)
    while local(moment, zone) < wall:
        moment += MINUTE
    return moment


@lru_cache(maxsize=10_000)
def _heard(schedule: str, quiet: Quiet) -> tuple[int, ...]:
    """Return the minutes of a window that are not quiet, counted from its first date's midnight."""
    said = json.loads(schedule)
    if "at" in said:
        minutes = list(said["at"])
    else:
        end = said["end"] + (A_DAY if said["end"] < said["start"] else 0)
        minutes = list(range(said["start"], end + 1, said["every"]))
    return tuple(minute for minute in minutes if not hushed(quiet, minute % A_DAY))


@lru_cache(maxsize=50_000)
def _window(table: Timetable, start: date) -> tuple[Due, ...]:
    if str(start.weekday()) not in table.days.split():
        return ()
    heard, found = _heard(table.schedule, table.quiet), []
    for place, minute in enumerate(heard):
        if (start.toordinal() * len(heard) + place) % table.thin:
            continue
        day, clock = start + minute // A_DAY * DAY, minute % A_DAY
        due = shown_at(table.zone, day, clock)
        changed = _midnight(table.zone, day) is None
        if not (changed and hushed(table.quiet, local_minute(due, table.zone))):
            found.append((due, day, clock))
    return tuple(found)


def _windows(table: Timetable, after: datetime) -> Iterator[tuple[date, tuple[Due, ...]]]:
    start = local(after, table.zone).date() - 2 * DAY
    while True:
        yield start, _window(table, start)
        start += DAY


def slots_within(table: Timetable, after: datetime, until: datetime) -> list[Due]:
    """Return the slots due after ``after`` and up to ``until``, earliest first."""
    last, found = local(until, table.zone).date() + DAY, []
    for start, window in _windows(table, after):
        if start > last:
            break
        found += [due for due in window if after < due[0] <= until]
    return sorted(found)


@lru_cache(maxsize=10_000)
def first_slot(table: Timetable, after: datetime) -> Due | None:
    """Return the first slot due after ``after``; None if four months have none."""
    found: list[Due] = []
    first = None
    for start, window in _windows(table, after):
        first = first or start
        found += [due for due in window if due[0] > after]
        if start - first > 125 * DAY:
            return None
        if found and start > min(found)[1]:
            return min(found)
    raise AssertionError  # the days do not end


def next_showing(zone: str, minute: int, after: datetime) -> datetime:
    """Return the first moment after ``after`` that stands for a minute of the day."""
    day = local(after, zone).date() - DAY
    while (moment := shown_at(zone, day, minute)) <= after:
        day += DAY
    return moment
