"""A connection to PostgreSQL on which the event loop itself speaks: no thread stands between.

It is for statements of a moment: whoever waits for one of them holds up none of the others.
"""

import asyncio
import select
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

import psycopg
from psycopg.rows import TupleRow

from tipbot.store.base import StoreUnavailableError
from tipbot.store.pace import Statement
from tipbot.store.postgres import UNAVAILABLE, unavailable
from tipbot.store.wire import Answer, Wire

_LEFT = 0.001
"""Seconds after which the rest of what a full socket did not take is sent."""
_LOOK = 0.25
"""Seconds after which a thread that watches a socket looks whether it is to end."""


class Said(NamedTuple):
    """What the server said to some statements, and on which connection."""

    answers: list[Answer]
    wire: Wire


class LoopWire:
    """Connects when something is asked, and anew when the connection is lost."""

    def __init__(self, connect: Callable[[], psycopg.Connection[TupleRow]]) -> None:
        """Get connections, in autocommit mode, from ``connect``, which may block."""
        self._connect = connect
        self._wire: Wire | None = None
        self._opening: asyncio.Task[Wire] | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._pushing = False
        self._closed = False
        self._stop_watching: Callable[[], None] = lambda: None

    async def ask(self, *statements: Statement) -> Said:
        """Return what the server says to some statements, done as a whole.

        If the connection turns out to be dead, they are sent once more on a new one. Raises
        ``StoreUnavailableError``.
        """
        stale = self._wire is not None
        try:
            return await self._ask(statements)
        except UNAVAILABLE as error:
            if not stale:
                raise unavailable(error) from error
        try:
            return await self._ask(statements)
        except UNAVAILABLE as error:
            raise unavailable(error) from error

    def put(self, wire: Wire | None, *statements: Statement) -> None:
        """Send statements on ``wire``, None for whichever there is; nobody hears what comes of it.

        Nothing is sent on a connection that was lost.
        """
        if self._wire is not None and wire in {None, self._wire}:
            self._send(self._wire, statements, lambda _: None)
            self._push_soon()

    async def close(self) -> None:
        """Let go of the server; whoever waits for it gets ``StoreUnavailableError``."""
        self._closed = True
        if self._opening is not None:
            await asyncio.wait((self._opening,))
        self._drop(psycopg.OperationalError("closed"))

    async def _ask(self, statements: tuple[Statement, ...]) -> Said:
        wire = self._wire or await self._opened()
        told: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def tell(failure: psycopg.Error | None) -> None:
            self._waiting.discard(told)
            if not told.done():
                told.set_result(None) if failure is None else told.set_exception(failure)

        self._waiting.add(told)
        answers = self._send(wire, statements, tell)
        self._push()  # a turn of a busy loop takes longer than the server
        await told
        return Said(answers, wire)

    def _send(
        self, wire: Wire, statements: tuple[Statement, ...], told: Callable[..., None]
    ) -> list[Answer]:
        answers = [wire.ask(*each) for each in statements]
        wire.close_off(told)
        return answers

    def _push_soon(self) -> None:
        """Let what nobody waits for leave with all else of this turn of the loop."""
        if not self._pushing:
            self._pushing = True
            asyncio.get_running_loop().call_soon(self._push)

    def _push(self) -> None:
        self._pushing = False
        if self._wire is None:
            return
        try:
            if self._wire.push():
                self._pushing = True
                asyncio.get_running_loop().call_later(_LEFT, self._push)
        except UNAVAILABLE as error:
            self._drop(error)

    def _take_in(self) -> None:
        try:
            if self._wire is not None:
                self._wire.take_in()
        except UNAVAILABLE as error:
            self._drop(error)

    async def _opened(self) -> Wire:
        """Return a new connection, one for all who ask meanwhile."""
        if self._closed:
            message = "the connection is closed"
            raise StoreUnavailableError(message)
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
            self._opening.add_done_callback(lambda opening: opening.exception())
        return await asyncio.shield(self._opening)

    async def _open(self) -> Wire:
        try:
            wire = Wire(await asyncio.to_thread(self._connect))
        finally:
            self._opening = None
        self._wire = wire
        self._stop_watching = watch(asyncio.get_running_loop(), wire.socket, self._take_in)
        return wire

    def _drop(self, error: psycopg.Error) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            self._stop_watching()
            wire.close()
        waiting, self._waiting = self._waiting, set()
        for told in waiting:
            if not told.done():
                told.set_exception(error)


def watch(
    loop: asyncio.AbstractEventLoop, socket: int, take: Callable[[], None]
) -> Callable[[], None]:
    """Call ``take`` on the loop whenever there is something to read; return what ends it."""

    def end() -> None:
        loop.remove_reader(socket)

    try:
        loop.add_reader(socket, take)
    except NotImplementedError:  # Windows
        return watch_from_a_thread(loop, socket, take)
    return end


def watch_from_a_thread(
    loop: asyncio.AbstractEventLoop, socket: int, take: Callable[[], None]
) -> Callable[[], None]:
    """Do as ``watch`` on a loop that cannot watch sockets."""
    taken, ended = threading.Event(), threading.Event()

    def hand() -> None:
        if not ended.is_set():
            take()
        taken.set()

    def look() -> None:
        while not ended.is_set():
            with suppress(OSError, ValueError, RuntimeError):  # the socket or the loop was closed
                if select.select([socket], [], [], _LOOK)[0]:
                    taken.clear()
                    loop.call_soon_threadsafe(hand)
                    while not (ended.is_set() or taken.wait(_LOOK)):
                        pass

    threading.Thread(target=look, name="tipbot-lookout", daemon=True).start()

    def end() -> None:
        ended.set()
        taken.set()

    return end
