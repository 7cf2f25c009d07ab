"""Moments, and minutes and weekdays of a local day."""

from datetime import UTC, datetime
from typing import NewType

Minute = NewType("Minute", int)
"""A wall-clock minute of a local day, 0 (00:00) to 1439 (23:59)."""

MINUTES_A_DAY = 24 * 60
EVERY_DAY = frozenset(range(7))
"""Weekdays as ``date.weekday`` counts them: Monday is 0."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""``paused_until`` of someone who paused until they resume."""


def require_aware(*moments: datetime | None) -> None:
    """Raise ValueError if a moment carries no UTC offset."""
    for moment in moments:
        if moment is not None and moment.utcoffset() is None:
            message = "moments are aware datetimes"
            raise ValueError(message)
