"""What the outside may plug in: control over time, and further buttons for the panel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class TimeControl(Protocol):
    """Whoever can move the clock that the sandbox and the bot share; all datetimes are aware."""

    def now(self) -> datetime:
        """Return the present, moved or not."""

    async def move(self, *, by: timedelta | None = None, to: datetime | None = None) -> None:
        """Move the present by a span, or to a moment; raises ValueError when it cannot.

        It may take its time, and stop at moments on the way.
        """

    async def next_due(self) -> datetime | None:
        """Return when the bot next has something to do, None when it has nothing."""


@dataclass(frozen=True, slots=True)
class PanelAction:
    """A button on the panel: `run` gets the id of the person in view, returns what was done.

    That stays as a line in their chat; raises ValueError, with the reason, when it cannot be done.
    """

    id: str
    label: str
    run: Callable[[int], Awaitable[str]]
    hint: str = ""
