"""The time after a treatment: strength by days since, and cycles side by side.

Nothing here says what a treatment did; it only lays what was logged beside the days since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tipbot.core.diary import Day

WEEK = 7
LONGEST = 364
"""Days of a cycle that are shown; what comes later is told to be left out."""
MOST_CYCLES = 4
"""Cycles shown side by side, the newest of them."""
FEW = 4
"""A week with fewer known days than this is marked as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some days in a row, counted from the treatment's day (day 0)."""

    first: int
    last: int
    known: int
    """Days with a strength: their own rating, or that of a twitch; a free day counts as 0."""
    median: float | None
    """Of the days' greatest strengths."""
    worst: int | None

    @property
    def days(self) -> int:
        """How many days the block has."""
        return self.last - self.first + 1

    @property
    def few(self) -> bool:
        """Whether little is known: fewer than ``FEW`` days, or than half in a longer block."""
        return self.known < max(FEW, self.days / 2)


def blocks(days: Sequence[Day], size: int = WEEK) -> tuple[Block, ...]:
    """Cut the days of a cycle into blocks of ``size``; the last one may be shorter."""
    return tuple(_block(days[at : at + size], at) for at in range(0, len(days), size))


def _block(days: Sequence[Day], at: int) -> Block:
    known = [day.worst for day in days if day.worst is not None]
    return Block(
        first=at,
        last=at + len(days) - 1,
        known=len(known),
        median=median(known) if known else None,
        worst=max(known, default=None),
    )
