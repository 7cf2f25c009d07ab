"""How values stand in columns, equally in both databases.

Moments are whole microseconds since 1970 in UTC, dates ISO text, booleans 0 and 1, sets and short
lists words with a space between, schedules and library content JSON.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from tipbot.core.model import AtTimes, Every, Minute, QuietHours, Schedule, Slot

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

E = TypeVar("E", bound=StrEnum)


def micros(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970; raise TypeError for a naive one."""
    return (moment - _EPOCH) // _MICROSECOND


def maybe_micros(moment: datetime | None) -> int | None:
    """Return ``micros``, or None for None."""
    return None if moment is None else micros(moment)


def moment(micros: int) -> datetime:
    """Return the UTC moment of a column."""
    return _EPOCH + timedelta(microseconds=micros)


def maybe_moment(micros: int | None) -> datetime | None:
    """Return ``moment``, or None for NULL."""
    return None if micros is None else moment(micros)


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """Return the date of a column."""
    return date.fromisoformat(text)


def maybe_date(text: str | None) -> date | None:
    """Return the date of a column, or None for NULL."""
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=4096)
def shared_micros(moment: datetime) -> int:
    """Return ``micros`` of a moment that stands in many rows: thousands of plans fall due at it."""
    return micros(moment)


@lru_cache(maxsize=4096)
def shared_moment(micros: int) -> datetime:
    """Return ``moment`` of what stands in many rows."""
    return moment(micros)


@lru_cache(maxsize=4096)
def slot(day: str, minute: int) -> Slot:
    """Return the slot of its two columns."""
    return Slot(date.fromisoformat(day), Minute(minute))


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    """Return a date as its column has it."""
    return day.isoformat()


@lru_cache(maxsize=4096)
def quiet_hours(start: int, end: int) -> QuietHours:
    """Return the quiet hours of their two columns."""
    return QuietHours(Minute(start), Minute(end))


def storable(text: str) -> str:
    """Return text without what PostgreSQL or UTF-8 cannot hold: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def words(values: Iterable[StrEnum]) -> str:
    """Return a set as its sorted words."""
    return " ".join(sorted(value.value for value in values))


@lru_cache(maxsize=4096)
def members(kind: type[E], text: str) -> frozenset[E]:
    """Return the set that ``words`` wrote."""
    return frozenset(map(kind, text.split()))


def numbers(values: Iterable[int]) -> str:
    """Return numbers in their order, with a space between."""
    return " ".join(map(str, values))


def integers(text: str) -> tuple[int, ...]:
    """Return what ``numbers`` wrote."""
    return tuple(map(int, text.split()))


@lru_cache(maxsize=4096)
def weekdays(text: str) -> frozenset[int]:
    """Return the set of days that ``weekdays_text`` wrote."""
    return frozenset(integers(text))


@lru_cache(maxsize=4096)
def weekdays_text(days: frozenset[int]) -> str:
    """Return a set of weekdays as their numbers, ascending."""
    return numbers(sorted(days))


@lru_cache(maxsize=4096)
def schedule_text(schedule: Schedule) -> str:
    """Return a schedule as JSON."""
    if isinstance(schedule, AtTimes):
        return json.dumps({"at": schedule.minutes})
    return json.dumps({"every": schedule.step, "start": schedule.start, "end": schedule.end})


@lru_cache(maxsize=4096)
def schedule(text: str) -> Schedule:
    """Return what ``schedule_text`` wrote."""
    parts = json.loads(text)
    if "at" in parts:
        return AtTimes(tuple(map(Minute, parts["at"])))
    return Every(parts["every"], Minute(parts["start"]), Minute(parts["end"]))
