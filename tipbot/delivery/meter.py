"""What the budget and the pace of a chat both count by."""


class Meter:
    """The generic cell rate algorithm: events ``interval`` seconds apart, pure and without a clock.

    An event may come up to ``slack`` seconds before its turn, which is then not lost.
    """

    __slots__ = ("turn",)

    def __init__(self) -> None:
        self.turn = float("-inf")
        """The moment at which the next event is due."""

    def ready_at(self, slack: float) -> float:
        """Return the earliest moment for the next event."""
        return self.turn - slack

    def take(self, now: float, interval: float) -> None:
        """Count an event at ``now``."""
        self.turn = max(self.turn, now) + interval
