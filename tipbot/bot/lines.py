"""The way of tips and announcements to the Bot API: connections kept open, below PTB's objects.

A thousand messages a second leave no room for what a call costs in PTB and aiohttp, most of it
spent on objects that nobody looks at: docs/decisions/0014-lines-below-ptb.md. What a failure proves
is told by the same errors as in ``request``, and no error carries the URL with its token.
"""

import asyncio
import socket
import ssl
from collections import deque
from types import TracebackType
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection
from telegram.error import NetworkError
from telegram.request import BaseRequest

from tipbot.bot.line import Line, head_of
from tipbot.bot.request import NotSentError, NotSentInTimeError, Timeouts

STALE = 15.0
"""Seconds after which a connection that nobody used is not trusted: a server may be closing it."""
_HAPPY_EYEBALLS = 0.25
"""Seconds until the next address of a host is tried beside the first (RFC 8305)."""


class Lines:
    """Up to ``limit`` connections to one method of the Bot API; the last used is used next.

    Connecting takes no longer than ``connect`` of the timeouts, waiting for a free connection no
    longer than ``pool``, an exchange no longer than ``write`` and ``read`` together. Certificates
    are checked as the system does.
    """

    def __init__(self, url: str, limit: int = 256, timeouts: Timeouts | None = None) -> None:
        parts, own = urlsplit(url), timeouts or Timeouts()
        self._tls = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._tls else 80)
        self._head = head_of(url, BaseRequest.USER_AGENT)
        self._limit = limit
        self._connect, self._pool = own.connect, own.pool
        bounds = (own.write, own.read)
        self._seconds = None if None in bounds else sum(each or 0.0 for each in bounds)
        self._context: ssl.SSLContext | None = None
        self._open = False
        self._idle: list[Line] = []
        self._lines: set[Line] = set()
        self._opening = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def initialize(self) -> None:
        """Allow connections; they are opened as they are needed. A second call does nothing."""
        if self._tls and self._context is None:
            self._context = await asyncio.to_thread(ssl.create_default_context)
        self._open = True

    async def shutdown(self) -> None:
        """Close every connection and open no more; a second call does nothing."""
        self._open = False
        for line in self._lines:
            line.close()
        await asyncio.sleep(0)

    def line(self) -> "Loan":
        """Lend an open connection; entering raises ``NotSentError`` if there is none."""
        return Loan(self)

    async def take(self) -> Line:
        """Return an open connection; raise ``NotSentError`` if there is none."""
        while self._open:
            if (idle := self._newest()) is not None:
                return idle
            if len(self._lines) + self._opening < self._limit:
                return await self._connected()
            await self._freed()
        message = "The lines are not open"
        raise NotSentError(message)

    def _newest(self) -> Line | None:
        """Return the connection that was used last; close those that are stale."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            line = self._idle.pop()
            if line.usable and line.idle_since > now - STALE:
                return line
            self._drop(line)
        return None

    async def _connected(self) -> Line:
        self._opening += 1
        try:
            opened = await self._try_to_connect()
        finally:
            self._opening -= 1
        if isinstance(opened, NetworkError):
            self._wake_one()
            raise opened  # outside of any except clause: the system's error names the address
        self._lines.add(opened)
        return opened

    async def _try_to_connect(self) -> Line | NetworkError:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._connect):
                places = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                # asyncio's own race loses a socket whose caller is cancelled as it connects
                reached = await start_connection(places, happy_eyeballs_delay=_HAPPY_EYEBALLS)
                _, line = await loop.create_connection(
                    lambda: Line(self._head, self._seconds),
                    ssl=self._context,
                    sock=reached,
                    server_hostname=self._host if self._tls else None,
                )
        except TimeoutError:
            return NotSentInTimeError("No connection in time")
        except (OSError, ValueError) as error:
            return NotSentError(f"No connection ({type(error).__name__})")
        return line

    async def _freed(self) -> None:
        """Wait until a connection may be free; raise ``NotSentInTimeError`` if none is in time."""
        freed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(freed)
        try:
            await asyncio.wait((freed,), timeout=self._pool)
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
            line.idle_since = asyncio.get_running_loop().time()
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


class Loan:
    """An open connection within a block; a class, as a generator costs twice as much a message."""

    __slots__ = ("_line", "_lines")

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    async def __aenter__(self) -> Line:
        """Wait for a connection; raise ``NotSentError`` if there is none."""
        self._line = await self._lines.take()
        return self._line

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the connection back, whatever happened."""
        self._lines.take_back(self._line)
