"""The one place that asks the machine for the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present moment as an aware UTC datetime."""


def system_clock() -> datetime:
    """Return the machine's own time, aware and in UTC."""
    return datetime.now(UTC)


class TravelClock:
    """A clock that runs at the pace of another one and can be moved.

    The demo and the tests hand it to the program in place of ``system_clock``.
    """

    def __init__(self, source: Clock = system_clock) -> None:
        """Start at the source's own time."""
        self._source = source
        self._offset = timedelta(0)

    def __call__(self) -> datetime:
        """Return the source's time moved by all that was travelled so far."""
        return self._source() + self._offset

    def move(self, by: timedelta) -> None:
        """Move by a duration; a negative one goes back."""
        self._offset += by

    def move_to(self, moment: datetime) -> None:
        """Make ``moment`` (aware) the present; raise ValueError for a naive one."""
        if moment.tzinfo is None:
            message = "a clock moves to an aware moment only"
            raise ValueError(message)
        self._offset = moment - self._source()
