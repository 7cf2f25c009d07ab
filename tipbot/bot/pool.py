"""Connections to the server of the Bot API, kept open between calls."""

import asyncio
import socket
import ssl
from collections import deque
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection
from telegram.error import NetworkError

from tipbot.bot.answers import NotSentError, NotSentInTimeError
from tipbot.bot.line import Line
from tipbot.bot.timeouts import Timeouts

STALE = 15.0
"""Seconds after which a connection that nobody used is not trusted: a server may be closing it."""
_APART = 0.002
"""Seconds between two that are opened: a handshake of TLS is half a millisecond's work, and a burst
of messages wants fifty lines at once, which would hold the loop still for twenty."""
_HAPPY_EYEBALLS = 0.25
"""Seconds until the next address of a host is tried beside the first (RFC 8305)."""


class Pool:
    """Up to ``limit`` connections to the server that ``url`` names; the last used is used next.

    They are opened as they are needed. Certificates are checked as the system does. To be made with
    its loop running.
    """

    def __init__(self, url: str, limit: int) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._tls else 80)
        self._limit = limit
        self._loop = asyncio.get_running_loop()
        self._context: ssl.SSLContext | None = None
        self._preparing = asyncio.Lock()
        self._open = True
        self._idle: list[Line] = []
        self._lines: set[Line] = set()
        self._opening = 0
        self._next_opening = 0.0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def prepare(self) -> None:
        """Read the system's certificates, so that the first connection need not wait for it."""
        if self._tls:
            async with self._preparing:
                if self._context is None:
                    self._context = await asyncio.to_thread(ssl.create_default_context)

    async def close(self) -> None:
        """Close every connection and open no more; a second call does nothing."""
        self._open = False
        for line in self._lines:
            line.close()
        await asyncio.sleep(0)

    async def take(self, given: Timeouts) -> Line:
        """Return an open connection; raise ``NotSentError`` if there is none.

        Connecting takes no longer than ``connect``, waiting for a free one no longer than ``pool``.
        """
        until: float | None = None
        while self._open:
            if (idle := self._newest()) is not None:
                return idle
            if len(self._lines) + self._opening < self._limit:
                return await self._connected(given.connect)
            if until is None and given.pool is not None:
                until = self._loop.time() + given.pool
            await self._freed(until)
        message = "The lines are not open"
        raise NotSentError(message)

    def _newest(self) -> Line | None:
        """Return the connection that was used last; close those that are stale."""
        now = self._loop.time()
        while self._idle:
            line = self._idle.pop()
            if line.usable and line.idle_since > now - STALE:
                return line
            self._drop(line)
        return None

    async def _connected(self, seconds: float | None) -> Line:
        self._opening += 1
        opened: Line | NetworkError | None = None
        try:
            opened = await self._try_to_connect(seconds)
        finally:
            self._opening -= 1
            if not isinstance(opened, Line):
                self._wake_one()
        if isinstance(opened, NetworkError):
            raise opened  # outside of any except clause: the system's error names the address
        self._lines.add(opened)
        return opened

    async def _turn_to_open(self) -> None:
        now = self._loop.time()
        turn = max(now, self._next_opening)
        turn = min(turn, now + self._limit * _APART)  # who left has left a turn behind
        self._next_opening = turn + _APART
        if turn > now:
            await asyncio.sleep(turn - now)

    async def _try_to_connect(self, seconds: float | None) -> Line | NetworkError:
        """Return a connection made now, or one that came free before it was its turn to be made."""
        try:
            async with asyncio.timeout(seconds):
                await self._turn_to_open()
                if (idle := self._newest()) is not None:
                    return idle
                if not self._open:
                    return NotSentError("The lines are not open")
                await self.prepare()
                places = await self._loop.getaddrinfo(
                    self._host, self._port, type=socket.SOCK_STREAM
                )
                # asyncio's own race loses a socket whose caller is cancelled as it connects
                reached = await start_connection(places, happy_eyeballs_delay=_HAPPY_EYEBALLS)
                _, line = await self._loop.create_connection(
                    Line,
                    ssl=self._context,
                    sock=reached,
                    server_hostname=self._host if self._tls else None,
                )
        except TimeoutError:
            return NotSentInTimeError("No connection in time")
        except (OSError, ValueError) as error:
            return NotSentError(f"No connection ({type(error).__name__})")
        return line

    async def _freed(self, until: float | None) -> None:
        """Wait until a connection may be free; raise ``NotSentInTimeError`` if none is in time."""
        freed: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append(freed)
        try:
            await asyncio.wait(
                (freed,), timeout=None if until is None else until - self._loop.time()
            )
        except asyncio.CancelledError:
            if not freed.cancel():
                self._wake_one()  # it is somebody else's turn then
            raise
        if freed.cancel():
            message = "No free connection in time"
            raise NotSentInTimeError(message)

    def take_back(self, line: Line) -> None:
        """Let the next one use a connection, if it can be used."""
        if line.usable and self._open:
            line.idle_since = self._loop.time()
            self._idle.append(line)
        else:
            self._drop(line)
        self._wake_one()

    def _drop(self, line: Line) -> None:
        line.close()
        self._lines.discard(line)

    def _wake_one(self) -> None:
        while self._waiting:
            freed = self._waiting.popleft()
            if not freed.done():
                freed.set_result(None)
                return
