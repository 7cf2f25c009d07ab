"""Wall-clock times of a zone as moments in UTC, also where the clocks change."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tipbot.core.model import MINUTES_A_DAY, Minute

ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return an IANA zone, read from the disk once a process; raise what ``ZoneInfo`` does.

    ``ZoneInfo`` itself keeps eight that nobody holds. All there are take a few megabytes.
    """
    return ZoneInfo(name)


def instant_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the first moment (UTC) at which the zone's clocks show ``minute`` of ``day`` or later.

    A time that the clocks skip becomes the first moment after the gap, and one that they show
    twice is taken at its first occurrence.
    """
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    early, late = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    return early if early <= late else _end_of_gap(late, early, zone)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the clock change in (before, after], to the second.

    In a gap PEP 495 reads a wall time with the offsets of both sides, so the moments enclose it.
    """
    old = before.astimezone(zone).utcoffset()
    low, high = 0, (after - before) // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * _SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return before + high * _SECOND


def minute_at(moment: datetime, zone: ZoneInfo) -> Minute:
    """Return the minute of the day that the zone's clocks show at ``moment``."""
    local = moment.astimezone(zone)
    return Minute(local.hour * 60 + local.minute)


def date_at(moment: datetime, zone: ZoneInfo) -> date:
    """Return the local date at ``moment``."""
    return moment.astimezone(zone).date()


def next_time(minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first moment strictly after ``after`` that stands for ``minute`` of some day."""
    day = date_at(after, zone)
    while (moment := instant_of(day, minute % MINUTES_A_DAY, zone)) <= after:
        day += ONE_DAY
    return moment


def previous_time(minute: int, zone: ZoneInfo, before: datetime) -> datetime:
    """Return the last moment up to ``before`` that stands for ``minute`` of some day."""
    day = date_at(before, zone) + ONE_DAY
    while (moment := instant_of(day, minute % MINUTES_A_DAY, zone)) > before:
        day -= ONE_DAY
    return moment
