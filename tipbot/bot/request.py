"""How PTB reaches the Bot API: forms over lines, files over aiohttp (docs/decisions/0017).

Whichever way a call takes, it is made once, follows no redirect, and fails with the errors of
``answers``. The URL holds the bot's token: it is kept in memory alone, no error from here carries
it, nor a library's own error that would show it as ``__cause__`` or ``__context__``.
"""

from typing import Any
from urllib.parse import urlsplit

from telegram._utils.defaultvalue import DefaultValue
from telegram.request import BaseRequest, RequestData

from tipbot.bot.answers import NotSentError, checked, read_answer
from tipbot.bot.forms import form_of, head_of
from tipbot.bot.leaving import its_turn
from tipbot.bot.pool import Pool
from tipbot.bot.session import Session
from tipbot.bot.timeouts import Timeouts

Timeout = float | None | DefaultValue[float] | DefaultValue[None]
"""Seconds, None for no limit, or PTB's mark for 'the default of this object'."""
_Way = tuple[Pool, bytes]
"""The connections that a form takes, and what goes before it."""
_MOST_WAYS = 256
"""The Bot API has fewer methods than this."""
_EDITS = ("/editMessageText", "/editMessageReplyMarkup", "/editMessageMedia")
_DONE = b'{"ok": true, "result": true}'
"""What Telegram answers to an edit that has no message to tell of. Nobody here reads the message
that an edit made, and to make PTB's objects of it costs as much as the call."""


class ApiRequest(BaseRequest):
    """PTB's way to the Bot API over up to ``connection_limit`` connections of each kind.

    Forms go over lines: waiting for a free one takes up to ``pool`` seconds, connecting up to
    ``connect``. Files go over aiohttp: waiting and connecting share ``pool + connect`` seconds.
    Either way a server may be silent for ``read`` seconds, and a whole POST is bounded by the sum
    of its four timeouts. Certificates are checked as the system does. Proxies named in the
    environment count only with ``trust_env``; then everything goes over aiohttp, which knows how
    to speak to them.
    """

    __slots__ = ("_limit", "_pools", "_session", "_timeouts", "_trust_env", "_ways")

    def __init__(
        self,
        connection_limit: int = 256,
        timeouts: Timeouts | None = None,
        *,
        trust_env: bool = False,
    ) -> None:
        self._limit = connection_limit
        self._timeouts = timeouts or Timeouts()
        self._trust_env = trust_env
        self._session: Session | None = None
        self._pools: dict[tuple[str, str], Pool] = {}
        self._ways: dict[str, _Way] = {}

    @property
    def read_timeout(self) -> float | None:
        """The default read timeout in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Allow connections; a second call does nothing."""
        if self._session is None:
            self._session = Session(self._limit, self.USER_AGENT, trust_env=self._trust_env)

    async def shutdown(self) -> None:
        """Close every connection; a second call does nothing."""
        session, self._session = self._session, None
        pools = list(self._pools.values())
        self._pools.clear()
        self._ways.clear()
        for pool in pools:
            await pool.close()
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request, once; return status and body.

        Raises ``NotSentError`` or ``DoubtfulError`` if there is no whole answer, ``FloodError``
        for a 429 that names a wait.
        """
        if self._session is None:
            message = "The request class is not initialized"
            raise NotSentError(message)
        own = self._timeouts
        media = request_data is not None and request_data.contains_files
        given = Timeouts(
            read=_or_default(read_timeout, own.read),
            write=_or_default(write_timeout, own.media_write if media else own.write),
            connect=_or_default(connect_timeout, own.connect),
            pool=_or_default(pool_timeout, own.pool),
        )
        way = self._way(url) if method == "POST" and not media else None
        if way is None:
            await its_turn()
            answer = await self._session.exchange(method, url, request_data, given)
        else:
            answer = await _posted(way, request_data, given)
        status, payload = checked(method, *answer)
        if status == 200 and url.endswith(_EDITS):
            return status, _DONE
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's JSON object; unlike PTB's own, neither log nor quote a broken one."""
        return read_answer(payload)

    def _way(self, url: str) -> _Way | None:
        """Return the lines to a method, None if they do not lead there."""
        way = self._ways.get(url)
        if way is None and not self._trust_env:
            way = self._found(url)
        return way

    def _found(self, url: str) -> _Way | None:
        try:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                return None
            head = head_of(url, self.USER_AGENT)
            server = (parts.scheme, parts.netloc)
            pool = self._pools.get(server) or Pool(url, self._limit)
        except ValueError:
            return None
        if len(self._ways) >= _MOST_WAYS:
            self._ways.clear()
        self._pools[server], self._ways[url] = pool, (pool, head)
        return pool, head


async def _posted(way: _Way, data: RequestData | None, given: Timeouts) -> tuple[int, bytes]:
    """Post a form once over a line; return status and body."""
    pool, head = way
    body = b"" if data is None else form_of(data.json_parameters)
    line = await pool.take(given)
    try:
        await its_turn()
        return await line.exchange(head, body, given)
    finally:
        pool.take_back(line)


def _or_default(timeout: Timeout, default: float | None) -> float | None:
    return default if isinstance(timeout, DefaultValue) else timeout
