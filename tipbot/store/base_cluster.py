"""What the processes on one database tell each other beside its rows.

A part of ``store.base``, which says what holds for every method.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesWanted:
    """What a process asks of the common pace."""

    count: int
    interval: timedelta
    """Between two messages at the full pace."""
    lead: timedelta
    """The first place is to lie at least so far ahead: as long as the answer may take."""
    horizon: timedelta
    """And the last no further than this, so that who comes later in a hurry finds one soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places that a process got; all moments are seconds on the database's clock."""

    now: float
    first: float
    """The first place, or where it would have been."""
    step: float
    """Seconds from each place to the next."""
    count: int
    """How many there are; 0 if they would lie beyond the horizon."""
    paused_until: float


class Cluster(Protocol):
    """What the processes on one database tell each other beside its rows.

    A process that dies lets go of everything at once; one that hangs, within half a minute.
    """

    async def open(self) -> None:
        """Begin to listen; a database that is away is waited for in the background."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...

    async def set_clock(self) -> None:
        """Set this process's ``CommonClock`` by the database's; raise ``StoreUnavailableError``.

        Whatever is asked of the database later keeps it right.
        """
        ...

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take the next places of the one pace: no two callers ever get the same."""
        ...

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        """Pause everybody for ``wait`` and slow down, once an incident; ``count`` is 0.

        The call that was refused left ``age`` ago: if that was before the last pause was over, it
        belongs to that incident.
        """
        ...

    def hold(
        self, chat: int, update: int | None = None
    ) -> AbstractAsyncContextManager[bool | None]:
        """Hold a chat while its update is handled: no other process holds it meanwhile.

        Tells whether whoever held it before has kept that ``update`` was answered, None without it.
        Raises ``StoreUnavailableError`` if it was not to be had in time.
        """
        ...

    def tell(self, subject: str, words: str = "") -> None:
        """Tell the other processes something, as far as they can be reached; never waits."""
        ...

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Call ``listener`` on the loop with whatever others tell under a subject."""
        ...
