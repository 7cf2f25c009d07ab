"""The one place that asks the machine for the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Returns the present moment as an aware UTC datetime."""


CLOCKS_AGREE = timedelta(minutes=2)
"""Good clocks differ by less, and nobody notices what that moves."""
_COUNTERS = ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC_RAW")
"""What counts a machine's sleep: on Linux the first, on macOS, which has no such, the second."""


def system_clock() -> datetime:
    """Return the machine's own time, aware and in UTC."""
    return datetime.now(UTC)


def uptime() -> float:
    """Return seconds since some moment; nobody can set them, and sleep of the machine counts."""
    for name in _COUNTERS:
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()


class CommonClock:
    """The clock that several machines share, whatever their own ones show.

    What it ``showed`` sets it, and in between it goes on by a ``counter`` of seconds. Until it is
    set, it is the ``source``.
    """

    def __init__(self, source: Clock = system_clock, counter: Callable[[], float] = uptime) -> None:
        """Start at the source's own time."""
        self._source = source
        self.counter = counter
        self._zero: datetime | None = None

    def __call__(self) -> datetime:
        """Return the time on the shared clock."""
        if self._zero is None:
            return self._source()
        return self._zero + timedelta(seconds=self.counter())

    def showed(self, moment: datetime, asked: float) -> None:
        """Learn that it showed ``moment`` (aware) between ``asked``, by the counter, and now.

        It is moved no further than that asks for: a slow answer does not make it less exact.
        """
        latest = moment - timedelta(seconds=asked)
        earliest = moment - timedelta(seconds=self.counter())
        zero = self._zero or earliest + (latest - earliest) / 2
        self._zero = min(max(zero, earliest), latest)


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
