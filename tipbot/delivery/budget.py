"""The budget of messages to all chats together: who goes first, and when the next may."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Protocol

from tipbot.core.pace import RECOVERY, SHARE, SLOW_DOWN, SLOWEST
from tipbot.delivery.meter import Meter

CATCH_UP = 0.01
"""Seconds that a late timer may make good. With the share s, any one-second window holds at most
``floor((1 + catch_up) * s * rate) + 1`` messages, which stays within the rate while
``catch_up < 1 / s - 1`` (about 0.03)."""
LATE = 0.04
"""Seconds that a message may be late at its departure and still leave, if the gate lets it: a
machine that is busy for a moment loses no places. What is later would be a burst."""


class Lane(IntEnum):
    """Who goes first when several want the next place; lower is sooner."""

    REPLY = 0
    TIP = 1
    ANNOUNCEMENT = 2


class Budget(Protocol):
    """Places for messages to all chats together, in the running loop's time."""

    rate: float
    """The full rate in messages a second."""
    paused_until: float
    """The moment up to which a flood keeps every lane still."""
    late: float
    """Seconds that a message may be late at its departure, as far as this process can tell."""

    def ready_at(self, now: float, lane: Lane) -> float:
        """Return the moment of the next place for a lane, infinity while none is known."""
        ...

    def take(self, now: float) -> float:
        """Use up the next place for a message at ``now`` or soon after; return its moment."""
        ...

    def flooded(self, now: float, seconds: float, left: float) -> None:
        """Stop for ``seconds`` and go on more slowly; the refused call had ``left`` before."""
        ...

    def look_ahead(self, waiting: Sequence[int], now: float) -> None:
        """Learn how many wait in each lane; asked after each change."""
        ...

    def follow(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever places or a pause come from elsewhere."""
        ...


class Tempo:
    """The budget of a single process: the rate now, and the pause that a flood asks for. Pure.

    One incident slows down once, however many calls report it and however late: whatever left
    before the last pause was over belongs to it. The rate comes back slowly.
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.paused_until = 0.0
        self.late = LATE
        self._factor = 1.0
        self._since = 0.0
        self._meter = Meter()

    def factor(self, now: float) -> float:
        """Return the part of the full rate that is in use at ``now``."""
        return min(1.0, self._factor + RECOVERY * max(0.0, now - self._since))

    def ready_at(self, now: float = 0.0, lane: Lane = Lane.REPLY) -> float:
        """Return the earliest moment for the next message, whatever its lane."""
        del now, lane
        return max(self.paused_until, self._meter.ready_at(CATCH_UP))

    def take(self, now: float) -> float:
        """Count a message at ``now``, or at the next place if that is later; return which."""
        place = max(now, self.ready_at())
        self._meter.take(place, 1 / (self.rate * SHARE * self.factor(place)))
        return place

    def look_ahead(self, waiting: Sequence[int], now: float) -> None:
        """Do nothing: who waits changes no place."""

    def follow(self, changed: Callable[[], None]) -> None:
        """Do nothing: nothing comes from elsewhere."""

    def flooded(self, now: float, seconds: float, left: float) -> None:
        """Stop for ``seconds`` and go on more slowly; the refused call had ``left`` before."""
        if left >= self.paused_until:
            self._factor = max(SLOWEST, self.factor(now) * SLOW_DOWN)
        self.go_on(max(self.paused_until, now + seconds), self._factor)

    def go_on(self, paused_until: float, factor: float) -> None:
        """Stop until then, which may be over, and have ``factor`` of the full rate left there."""
        self.paused_until = self._since = paused_until
        self._factor = factor
