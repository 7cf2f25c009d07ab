"""How a cell of a table becomes a fact of an export.

Imported as ``read``, so that a field says ``read.moment``.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from tipbot.core.holdings import Fact
from tipbot.core.model import FOREVER, AtTimes
from tipbot.store import columns

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to read a column: the zone of its moments, and the tips' ids by number."""

    zone: tzinfo
    tip_ids: Mapping[int, str] = field(default_factory=dict)


Reader = Callable[[Any, Reading], Fact]


def moment(value: Any, reading: Reading) -> Fact:
    """Read a moment, local to whoever it is about."""
    return None if value is None else columns.moment(value).astimezone(reading.zone)


def until(value: Any, reading: Reading) -> Fact:
    """Read the end of a pause, in words if it has none."""
    if value is not None and columns.moment(value) == FOREVER:
        return "until you go on"
    return moment(value, reading)


def day(value: Any, _: Reading) -> Fact:
    """Read a local date."""
    return columns.maybe_date(value)


def yes(value: Any, _: Reading) -> Fact:
    """Read a truth."""
    return bool(value)


def clock(value: Any, _: Reading) -> Fact:
    """Read a minute of a local day as a clock shows it."""
    return None if value is None else f"{value // 60:02}:{value % 60:02}"


def words(value: Any, _: Reading) -> Fact:
    """Read a list of words."""
    return list(value.split())


def weekdays(value: Any, _: Reading) -> Fact:
    """Read the days of a plan by name."""
    return [WEEKDAYS[each] for each in columns.integers(value)]


def schedule(value: Any, reading: Reading) -> Fact:
    """Read when a plan is due."""
    kept = columns.schedule(value)
    if isinstance(kept, AtTimes):
        return {"at": [clock(minute, reading) for minute in kept.minutes]}
    start, end = clock(kept.start, reading), clock(kept.end, reading)
    return {"every_minutes": kept.step, "from": start, "to": end}


def tips_seen(value: Any, reading: Reading) -> Fact:
    """Read a list of tips' numbers as ids."""
    return [reading.tip_ids.get(number, str(number)) for number in columns.integers(value)]


def tip(value: Any, reading: Reading) -> Fact:
    """Read a tip's number as its id."""
    return None if value is None else reading.tip_ids.get(value, str(value))


def content(value: Any, _: Reading) -> Fact:
    """Read what is kept as JSON."""
    parts: Fact = json.loads(value)
    return parts
