"""Departures: what has its place within the same few milliseconds leaves in one turn of the loop.

A thousand messages a second leave a millisecond for each. Sent one by one they cost more in timers,
turns of the loop and commits of a single row than in all that is done for each of them.
"""

import asyncio
import math

EVERY = 0.01
"""Seconds from one departure to the next. The places of Telegram's 30 messages a second are three
times as far apart: there, no two ever leave together."""


def departure(moment: float, every: float = EVERY) -> float:
    """Return when the first departure at or after ``moment`` is, in the running loop's time.

    Of all departures, those that are ``every`` seconds apart.
    """
    return math.ceil(moment / every) * every


class Departures:
    """Lets those who wait for the same departure go together, by one timer."""

    def __init__(self) -> None:
        self._waiting: dict[float, list[asyncio.Future[None]]] = {}

    async def wait_from(self, moment: float) -> float:
        """Return the first departure at or after ``moment``, once it has come."""
        loop, leaving = asyncio.get_running_loop(), departure(moment)
        if leaving > loop.time():
            told: asyncio.Future[None] = loop.create_future()
            if leaving not in self._waiting:
                self._waiting[leaving] = []
                loop.call_at(leaving, self._call, leaving)
            self._waiting[leaving].append(told)
            await told
        return leaving

    def _call(self, leaving: float) -> None:
        for told in self._waiting.pop(leaving):
            if not told.done():
                told.set_result(None)
