"""The way of tips and announcements to the Bot API: connections kept open, below PTB's objects.

A thousand messages a second leave no room for what a call costs in PTB and aiohttp, most of it
spent on objects that nobody looks at: docs/decisions/0014-lines-below-ptb.md. What a failure proves
is told by the errors of ``answers``.
"""

from types import TracebackType
from typing import Any, Self

from telegram.request import BaseRequest

from tipbot.bot.answers import NotSentError, result_of
from tipbot.bot.forms import head_of
from tipbot.bot.line import Line
from tipbot.bot.pool import Pool
from tipbot.bot.timeouts import Timeouts


class Lines:
    """Up to ``limit`` connections to one method of the Bot API.

    Connecting takes no longer than ``connect`` of the timeouts, waiting for a free connection no
    longer than ``pool``, an exchange no longer than ``write`` and ``read`` together, and the server
    may be silent for ``read``.
    """

    def __init__(self, url: str, limit: int = 256, timeouts: Timeouts | None = None) -> None:
        self._url, self._limit = url, limit
        self._timeouts = timeouts or Timeouts()
        self._head = head_of(url, BaseRequest.USER_AGENT)
        self._pool: Pool | None = None

    async def initialize(self) -> None:
        """Allow connections; they are opened as they are needed. A second call does nothing."""
        if self._pool is None:
            self._pool = Pool(self._url, self._limit)
            await self._pool.prepare()

    async def shutdown(self) -> None:
        """Close every connection and open no more; a second call does nothing."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    def line(self) -> "Loan":
        """Lend an open connection; entering raises ``NotSentError`` if there is none."""
        return Loan(self._pool, self._head, self._timeouts)


class Loan:
    """An open connection within a block; a class, as a generator costs twice as much a message."""

    __slots__ = ("_head", "_line", "_pool", "_timeouts")

    def __init__(self, pool: Pool | None, head: bytes, timeouts: Timeouts) -> None:
        self._pool, self._head, self._timeouts = pool, head, timeouts

    async def post(self, body: bytes) -> Any:
        """Post a form once and return the answer's ``result``.

        Raises what PTB raises for an answer that says no, ``DoubtfulError`` for none, and
        ``NotSentError`` if the connection was gone before anything was written.
        """
        heard = await self._line.exchange(self._head, body, self._timeouts)
        return await result_of(*heard)

    async def __aenter__(self) -> Self:
        """Wait for a connection; raise ``NotSentError`` if there is none."""
        if self._pool is None:
            message = "The lines are not open"
            raise NotSentError(message)
        self._line: Line = await self._pool.take(self._timeouts)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the connection back, whatever happened."""
        if self._pool is not None:
            self._pool.take_back(self._line)
