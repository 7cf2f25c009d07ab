"""The machine's wall clock: it follows the true time of the simulation, until somebody sets it."""

import asyncio
from datetime import datetime, timedelta


class WallClock:
    """True time is the loop's; the clock on the wall differs from it by an offset that may jump."""

    def __init__(self, start: datetime, loop: asyncio.AbstractEventLoop) -> None:
        self._start = start
        self._loop = loop
        self._zero = loop.time()
        self._set_at = float("-inf")
        self._looked_at = float("-inf")
        self._shown = start

    def __call__(self) -> datetime:
        """Return the wall clock's present time, aware and in UTC."""
        now = self._loop.time()
        if now != self._looked_at:
            self._looked_at = now
            self._shown = self._start + timedelta(seconds=now - self._zero)
        return self._shown

    @property
    def true(self) -> float:
        """Seconds since the simulation began, whatever the wall says."""
        return self._loop.time() - self._zero

    @property
    def steady(self) -> float:
        """Seconds since somebody set the clock."""
        return self.true - self._set_at

    def jump(self, by: timedelta) -> None:
        """Set the wall clock forward, or back."""
        self._start += by
        self._looked_at = float("-inf")
        self._set_at = self.true
