"""One connection to the Bot API: a POST is written, its answer read, and then the next."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import httptools
from telegram.error import NetworkError

from tipbot.bot.request import DoubtfulError, NoAnswerInTimeError, NotSentError, result_of

_LARGEST = 2**24
"""Bytes of an answer; Telegram's have a few thousand."""
_Heard = tuple[int, bytes] | NetworkError


def head_of(url: str, user_agent: str) -> bytes:
    """Return what goes before a form that is posted to ``url``, up to its length.

    Raises ``ValueError`` for what would not be one line of ASCII.
    """
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.rpartition("@")[2]
    line = f"{host}{target}{user_agent}"
    if not (line.isascii() and line.isprintable()) or " " in host + target:
        message = "not an address"
        raise ValueError(message)
    return (
        f"POST {target or '/'} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {user_agent}\r\n"
        "Accept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
    ).encode("ascii")


class _Answer:
    """One answer as it comes in: what ``httptools`` calls while it reads."""

    __slots__ = ("_begun", "_bounded", "_parser", "body", "keep", "status", "whole")

    def __init__(self) -> None:
        self.status = 0
        self.body = b""
        self.whole = False
        self.keep = False
        """Whether another request may follow on the connection."""
        self._begun = False
        self._bounded = False
        self._parser: Any = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take in what came; raise ``ValueError`` if it is no answer."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            message = "not HTTP"
            raise ValueError(message) from None

    def end(self) -> None:
        """Take the end of the connection for the end of an answer without a length."""
        self.whole = self.whole or (self._begun and not self._bounded)

    def on_header(self, name: bytes, _: bytes) -> None:
        """Note that the answer says itself where it ends."""
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._bounded = True

    def on_headers_complete(self) -> None:
        """Note the status; one below 200 only announces the answer."""
        self.status = self._parser.get_status_code()
        self._begun = self.status >= 200

    def on_body(self, part: bytes) -> None:
        """Keep a part of the body."""
        self.body = self.body + part if self.body else part
        if len(self.body) > _LARGEST:
            raise ValueError

    def on_message_complete(self) -> None:
        """Note that the answer is whole."""
        if self._begun:
            self.whole, self.keep = True, self._parser.should_keep_alive()


class Line(asyncio.Protocol):
    """One connection, for one exchange at a time, of at most ``seconds``."""

    def __init__(self, head: bytes, seconds: float | None) -> None:
        self._head = head
        self._seconds = seconds
        self._transport: asyncio.WriteTransport | None = None
        self._answer = _Answer()
        self._told: asyncio.Future[_Heard] | None = None
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.idle_since = 0.0

    @property
    def usable(self) -> bool:
        """Whether another request may be written."""
        return self._transport is not None and not self._transport.is_closing()

    async def post(self, body: bytes) -> Any:
        """Post a form once and return the answer's ``result``.

        Raises what PTB raises for an answer that says no, ``DoubtfulError`` for none, and
        ``NotSentError`` if the connection was gone before anything was written.
        """
        heard = await self._exchange(body)
        if isinstance(heard, NetworkError):
            raise heard
        return await result_of(*heard)

    async def _exchange(self, body: bytes) -> _Heard:
        if self._transport is None or self._transport.is_closing():
            return NotSentError("No connection (closed)")
        loop = asyncio.get_running_loop()
        self._answer, self._told = _Answer(), loop.create_future()
        self._transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))
        if self._seconds is not None:
            self._until = loop.time() + self._seconds
            self._timer = self._timer or loop.call_at(self._until, self._look)
        try:
            return await self._told
        finally:
            if self._told.cancelled():
                self.close()  # the answer will come, and nobody is there for it
            self._told = None

    def close(self) -> None:
        """Let go of the connection, whatever is under way on it."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        assert isinstance(transport, asyncio.WriteTransport)  # noqa: S101 - of a stream, it is
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Read on in the answer; what comes unasked ends the connection."""
        if self._told is None or self._told.done():
            self.close()
            return
        try:
            self._answer.feed(data)
        except ValueError:
            self._tell(DoubtfulError("The server's answer is not HTTP"))
        if self._answer.whole:
            self._tell((self._answer.status, self._answer.body))
        if self._told.done() and not self._answer.keep:
            self.close()

    def eof_received(self) -> None:
        """Take the end for an answer's if it may be that."""
        self._answer.end()
        if self._answer.whole:
            self._tell((self._answer.status, self._answer.body))

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits that nothing more comes."""
        if self._timer is not None:
            self._timer.cancel()
        kind = "closed" if error is None else type(error).__name__
        self._tell(DoubtfulError(f"The connection broke ({kind})"))

    def _look(self) -> None:
        """Give up what takes too long; one timer serves any number of exchanges."""
        self._timer = None
        if self._told is None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() < self._until:
            self._timer = loop.call_at(self._until, self._look)
        else:
            self._tell(NoAnswerInTimeError("No answer in time"))
            self.close()

    def _tell(self, heard: _Heard) -> None:
        if self._told is not None and not self._told.done():
            self._told.set_result(heard)
