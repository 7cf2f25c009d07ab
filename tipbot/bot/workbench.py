"""Keeps what takes long from coming all at once: taps that log go between.

When many people look at their diaries in the same moment, their taps begin one after the other, and
their charts and reports are put together one at a time, with rests. All of that shares the
interpreter with whoever taps; what is drawn or set in a process of its own shares the machine.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from tipbot.calm import calm

T = TypeVar("T")

GAP = 0.02
"""Seconds between two visits that can wait: about twice what the event loop needs for one."""
PLACES = 2
"""Things made at once: one is drawn by the process for that, the next is put together."""
MOST = 64
"""Things that wait in line; for one more there is no picture."""
RESTS = 4.0
"""How many times as long as the work a rest is; on a busy machine, work takes long."""
LONGEST = 0.25
"""Seconds of a rest at most."""


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

    def __init__(self, places: int = PLACES, most: int = MOST, rests: float = RESTS) -> None:
        """Let ``places`` be at work at once, and ``most`` wait in line for what takes longest."""
        self._places = asyncio.Semaphore(places)
        self._most, self._rests = most, rests
        self._waiting = 0
        self._hands = asyncio.Lock()
        self._rested = 0.0

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

    async def compose(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do what needs the interpreter, after a rest from all before, once the loop is calm."""
        clock = asyncio.get_running_loop().time
        async with self._hands:
            await asyncio.sleep(max(0.0, self._rested - clock()))
            await calm()
            began = clock()
            try:
                return await work()
            finally:
                worked = clock() - began
                self._rested = clock() + min(LONGEST, self._rests * worked)
