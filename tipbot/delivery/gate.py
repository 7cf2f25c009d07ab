"""The last look before a message leaves: how many left in the second before.

Places are evenly spaced, but a busy machine keeps some for a moment, and these must not crowd the
second that they leave in. Pure and without a clock.
"""

from collections import deque

SPAN = 1.02
"""Seconds in which no more leave than the rate: one, and what a network may push them together.
Places are ``1 / SHARE`` seconds apart over as many, less what a late timer makes good: a message
that leaves at its place never waits here."""


class Gate:
    """Lets no more than ``rate`` messages leave in any ``SPAN`` seconds."""

    def __init__(self, rate: float) -> None:
        self._most = max(1, int(rate))
        self._left: deque[float] = deque(maxlen=self._most)

    def ready_at(self) -> float:
        """Return the first moment at which one more may leave."""
        return self._left[0] + SPAN if len(self._left) == self._most else float("-inf")

    def pass_through(self, now: float) -> None:
        """Count a message that leaves at ``now``."""
        self._left.append(now)
