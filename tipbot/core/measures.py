"""What the running program tells of itself: numbers and kinds, never a person, an id or a word.

A port: delivery, the chat, the store and the drawing processes report here, and only the
composition root knows who listens. Durations are seconds of a monotonic clock.
"""

from enum import StrEnum
from typing import Protocol


class Handled(StrEnum):
    """What kind of update was handled."""

    TAP = "tap"
    MESSAGE = "message"
    OTHER = "other"


class Access(StrEnum):
    """What was asked of the store: to read one snapshot, or to commit."""

    READ = "read"
    WRITE = "write"


class Measures(Protocol):
    """Hears of what happened; a call costs microseconds and never raises."""

    def called(self, outcome: str, seconds: float) -> None:
        """Hear how an attempt at a delivery ended, and how long the call took."""
        ...

    def recorded(self, state: str, late: float | None) -> None:
        """Hear that a delivery came to a state, so many seconds after it was due.

        None for an announcement, which is due for everybody at once.
        """
        ...

    def expired(self, count: int) -> None:
        """Hear of so many deliveries that were too late, or no longer wanted, and never sent."""
        ...

    def passed(self, count: int) -> None:
        """Hear of so many due plans of which moments passed unused, as nobody was there in time."""
        ...

    def doubted(self, count: int) -> None:
        """Hear of so many deliveries whose call nobody saw the end of."""
        ...

    def waited(self, lane: str, seconds: float) -> None:
        """Hear that a message had its turn in a lane after this long."""
        ...

    def flooded(self) -> None:
        """Hear that Telegram answered 429."""
        ...

    def handled(self, kind: Handled, seconds: float) -> None:
        """Hear that an update was over, its effect committed, this long after it came."""
        ...

    def stumbled(self) -> None:
        """Hear that a handler raised something that nobody expected."""
        ...

    def not_polled(self, *, conflict: bool) -> None:
        """Hear of a failed call for updates; in a conflict, somebody else fetches them, too."""
        ...

    def drawn(self, kind: str, seconds: float, *, made: bool) -> None:
        """Hear that a drawing process answered a request, or could not."""
        ...

    def stored(self, access: Access, seconds: float, *, done: bool) -> None:
        """Hear that the store answered, or was not available."""
        ...


class Unmeasured:
    """Hears nothing."""

    def called(self, outcome: str, seconds: float) -> None:
        """Do nothing."""

    def recorded(self, state: str, late: float | None) -> None:
        """Do nothing."""

    def expired(self, count: int) -> None:
        """Do nothing."""

    def passed(self, count: int) -> None:
        """Do nothing."""

    def doubted(self, count: int) -> None:
        """Do nothing."""

    def waited(self, lane: str, seconds: float) -> None:
        """Do nothing."""

    def flooded(self) -> None:
        """Do nothing."""

    def handled(self, kind: Handled, seconds: float) -> None:
        """Do nothing."""

    def stumbled(self) -> None:
        """Do nothing."""

    def not_polled(self, *, conflict: bool) -> None:
        """Do nothing."""

    def drawn(self, kind: str, seconds: float, *, made: bool) -> None:
        """Do nothing."""

    def stored(self, access: Access, seconds: float, *, done: bool) -> None:
        """Do nothing."""


UNMEASURED: Measures = Unmeasured()
