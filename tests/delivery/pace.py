"""The one pace of several processes, in virtual time: a row in a database, and ways to it."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from tipbot.core.pace import RECOVERY, SLOW_DOWN, SLOWEST
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError

EPOCH = 1_700_000_000.0
"""What the database's clock shows when the loop's shows 0."""


@dataclass
class Row:
    """The row in the database, and the network before it; ``store.cluster`` has the real one."""

    slow: float = 0.003
    """Seconds that one in ten messages takes at most; the others are quick."""
    away: bool = False
    put_back: float = 0.0
    turn: float = 0.0
    paused_until: float = 0.0
    factor: float = 1.0
    since: float = 0.0
    asked: int = 0
    told: int = 0
    """How often it was told of a flood."""
    listeners: list[tuple[object, str, Callable[[str], None]]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - repeatable

    def now(self) -> float:
        return EPOCH - self.put_back + asyncio.get_running_loop().time()

    async def hop(self) -> None:
        slow = self.slow if self.chance.randrange(10) == 0 else 0.002
        await asyncio.sleep(self.chance.uniform(0.0005, slow))
        if self.away:
            raise StoreUnavailableError


@dataclass
class Process:
    """One process's way to the row; it hears the others, as far as they are not ``deaf``."""

    row: Row
    deaf: bool = False

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        await self.row.hop()
        row, now = self.row, self.row.now()
        row.asked += 1
        factor = min(1.0, row.factor + RECOVERY * max(0.0, now - row.since))
        step = wanted.interval.total_seconds() / factor
        turn = 0.0 if row.turn > now + 60 else row.turn
        first = max(turn, row.paused_until, now + wanted.lead.total_seconds())
        room = now + wanted.horizon.total_seconds() - first
        count = 0 if room < 0 else min(wanted.count, int(room / step) + 1)
        row.turn = first + count * step if count else turn
        answer = Places(now=now, first=first, step=step, count=count, paused_until=row.paused_until)
        await self.row.hop()
        return answer

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        await self.row.hop()
        row, now = self.row, self.row.now()
        row.told += 1
        if now - age.total_seconds() >= row.paused_until:
            row.factor = max(SLOWEST, min(1.0, row.factor) * SLOW_DOWN)
        row.paused_until = row.since = max(row.paused_until, now + wait.total_seconds())
        return Places(
            now=now, first=row.paused_until, step=1, count=0, paused_until=row.paused_until
        )

    def tell(self, subject: str, words: str = "") -> None:
        loop = asyncio.get_running_loop()
        for who, about, listener in self.row.listeners:
            if who is not self and about == subject:
                loop.call_later(0.002, listener, words)

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        if not self.deaf:
            self.row.listeners.append((self, subject, listener))
