"""What happens in the sandbox, told to whoever listens: the page, and tests that wait."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tipbot.sandbox.errors import Json

_BACKLOG = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its kind, the chat it happened in (0 for none), and the details."""

    number: int
    kind: str
    chat_id: int
    body: Json


@dataclass(slots=True, eq=False)
class Listener:
    """One listener's own queue; a slow one loses the oldest, and learns it from a gap."""

    queue: deque[Event] = field(default_factory=lambda: deque(maxlen=_BACKLOG))
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self) -> Event:
        """Return the next event, waiting for it."""
        while not self.queue:
            self.ready.clear()
            await self.ready.wait()
        return self.queue.popleft()


class Hub:
    """Passes every event to every listener."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self.number = 0

    def tell(self, kind: str, chat_id: int = 0, **body: object) -> None:
        """Pass an event on; never waits for a listener."""
        self.number += 1
        event = Event(self.number, kind, chat_id, dict(body))
        for listener in self._listeners:
            listener.queue.append(event)
            listener.ready.set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Give a listener that hears everything told from now on."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
