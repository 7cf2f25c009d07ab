"""Keeps what takes long from coming all at once: taps that log go between.

When many people look at their diaries in the same moment, their taps begin one after the other, and
only a few of their charts and reports are made at a time. The rest waits in line.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

GAP = 0.02
"""Seconds between two visits that can wait: about twice what the event loop needs for one."""
PLACES = 2
"""Things made at once: one is drawn by the process for that, the next is read and counted."""
MOST = 64
"""Things that wait in line; for one more there is no picture."""


class Stagger:
    """Lets visits that can wait begin one after the other."""

    def __init__(self, gap: float = GAP) -> None:
        """Let ``gap`` seconds lie between two of them at least."""
        self._gap = gap
        self._free = 0.0

    async def turn(self) -> None:
        """Wait until the visits that came before have begun, each ``gap`` after the other."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._free)
        self._free = mine + self._gap
        if mine > now:
            await asyncio.sleep(mine - now)


class Workbench:
    """Has places for a few; whoever comes later waits in line, and may leave it."""

    def __init__(self, places: int = PLACES, most: int = MOST) -> None:
        """Let ``places`` be at work at once, and ``most`` wait in line for what takes longest."""
        self._places = asyncio.Semaphore(places)
        self._most = most
        self._waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[bool]:
        """Hold a place; yield False if the line was too long for something to be drawn as well."""
        short = self._waiting < self._most
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        try:
            yield short
        finally:
            self._places.release()
