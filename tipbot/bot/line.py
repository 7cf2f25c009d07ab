"""One connection to the Bot API: a POST is written, its answer read, and then the next."""

import asyncio
import math
from typing import Any

import httptools
from telegram.error import NetworkError

from tipbot.bot.answers import DoubtfulError, NoAnswerInTimeError, NotSentError
from tipbot.bot.leaving import tell_left
from tipbot.bot.timeouts import Timeouts

_LARGEST = 2**26
"""Bytes of an answer; a hundred updates have a few millions, all others a few thousand."""
_Heard = tuple[int, bytes] | NetworkError


class _Answer:
    """One answer as it comes in: what ``httptools`` calls while it reads."""

    __slots__ = ("_begun", "_bounded", "_length", "_parser", "_parts", "keep", "status", "whole")

    def __init__(self) -> None:
        self.status = 0
        self.whole = False
        self.keep = False
        """Whether another request may follow on the connection."""
        self._parts: list[bytes] = []
        self._length = 0
        self._begun = False
        self._bounded = False
        self._parser: Any = httptools.HttpResponseParser(self)

    @property
    def body(self) -> bytes:
        """The body as far as it came."""
        return b"".join(self._parts)

    def feed(self, data: bytes) -> None:
        """Take in what came; raise ``ValueError`` if it is no answer."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            message = "not HTTP"
            raise ValueError(message) from None
        if self.whole:
            # It holds on to this object. Let go of here, both are gone at once: a thousand answers
            # a second would else be what Python searches for unused memory for.
            self._parser = None

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
        self._parts.append(part)
        self._length += len(part)
        if self._length > _LARGEST:
            raise ValueError

    def on_message_complete(self) -> None:
        """Note that the answer is whole."""
        if self._begun:
            self.whole, self.keep = True, self._parser.should_keep_alive()


class Line(asyncio.Protocol):
    """One connection, for one exchange at a time; to be made with its loop running."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.WriteTransport | None = None
        self._answer = _Answer()
        self._told: asyncio.Future[_Heard] | None = None
        self._silence = math.inf
        self._end = self._until = math.inf
        self._timer: asyncio.TimerHandle | None = None
        self.idle_since = 0.0

    @property
    def usable(self) -> bool:
        """Whether another request may be written."""
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, head: bytes, body: bytes, given: Timeouts) -> tuple[int, bytes]:
        """Post a form once; return status and body of the answer.

        Raises ``DoubtfulError`` if there is none, the server being silent for ``read`` seconds or
        the whole taking longer than ``write`` and ``read`` together, and ``NotSentError`` if the
        connection was gone before anything was written.
        """
        heard = await self._hear(b"%b%d\r\n\r\n%b" % (head, len(body), body), given)
        if isinstance(heard, NetworkError):
            raise heard
        return heard

    async def _hear(self, request: bytes, given: Timeouts) -> _Heard:
        if self._transport is None or self._transport.is_closing():
            return NotSentError("No connection (closed)")
        self._answer, self._told = _Answer(), self._loop.create_future()
        self._transport.write(request)
        tell_left()
        whole = given.exchange
        self._silence = math.inf if given.read is None else given.read
        self._end = math.inf if whole is None else self._loop.time() + whole
        self._allow_silence()
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
        if not self._told.done():
            self._allow_silence()
        elif not self._answer.keep:
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

    def _allow_silence(self) -> None:
        """Let the server be silent from now on as long as it may; one timer serves any number."""
        self._until = min(self._loop.time() + self._silence, self._end)
        if self._timer is not None and self._timer.when() > self._until:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and self._until < math.inf:
            self._timer = self._loop.call_at(self._until, self._look)

    def _look(self) -> None:
        """Give up what takes too long."""
        self._timer = None
        if self._told is None or self._told.done() or self._until == math.inf:
            return
        if self._loop.time() < self._until:
            self._timer = self._loop.call_at(self._until, self._look)
        else:
            self._tell(NoAnswerInTimeError("No answer in time"))
            self.close()

    def _tell(self, heard: _Heard) -> None:
        if self._told is not None and not self._told.done():
            self._told.set_result(heard)
