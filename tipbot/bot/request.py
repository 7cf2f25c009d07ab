"""How PTB reaches the Bot API: a request class on aiohttp that tells 'never left' from 'in doubt'.

Telegram has no idempotency key, so whoever sends must know whether a failed call may have taken
effect. aiohttp repeats only idempotent methods by itself (``IDEMPOTENT_METHODS`` of its client,
POST is not among them) and redirects are not followed, so no POST is written twice from here.

The URL holds the bot's token: no error from here carries it, nor the library's own error that
would show it as ``__cause__`` or ``__context__``.
"""

import io
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

Timeout = float | None | DefaultValue[float] | DefaultValue[None]
"""Seconds, None for no limit, or PTB's mark for 'the default of this object'."""
_Body = bytes | aiohttp.FormData | None
_EDITS = ("/editMessageText", "/editMessageReplyMarkup", "/editMessageMedia")
_DONE = b'{"ok": true, "result": true}'
"""What Telegram answers to an edit that has no message to tell of. Nobody here reads the message
that an edit made, and to make PTB's objects of it costs as much as the call."""


class NotSentError(NetworkError):
    """The request provably never reached Telegram: it may be made again without a second copy."""

    __slots__ = ()


class NotSentInTimeError(NotSentError, TimedOut):
    """No connection, or no free place in the pool, within the time allowed."""

    __slots__ = ()


class DoubtfulError(NetworkError):
    """The request was at least partly written and not wholly answered: it may have taken effect."""

    __slots__ = ()


class NoAnswerInTimeError(DoubtfulError, TimedOut):
    """The request was written, and no answer came within the time allowed."""

    __slots__ = ()


class FloodError(RetryAfter):
    """429 with the wait as a timedelta, whatever PTB_TIMEDELTA says, so that nothing warns."""

    __slots__ = ()

    @property
    def retry_after(self) -> timedelta:
        """How long Telegram wants to be left alone."""
        return self._retry_after


def seconds_of(flood: RetryAfter) -> float:
    """Return how long a 429 asks to wait, whatever form PTB would give it in."""
    return flood._retry_after.total_seconds()  # noqa: SLF001 - the public property may warn


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds allowed, None for any; meaning and defaults are those of PTB's own class."""

    read: float | None = 5.0
    write: float | None = 5.0
    connect: float | None = 5.0
    pool: float | None = 1.0
    media_write: float | None = 20.0
    """In place of ``write`` when files are uploaded."""


class AiohttpRequest(BaseRequest):
    """PTB's way to the Bot API over an aiohttp session of up to ``connection_limit`` connections.

    Waiting for a free connection and connecting share ``pool + connect`` seconds; a whole POST is
    bounded by the sum of its four timeouts. Certificates are checked as the system does. Proxies
    named in the environment count only with ``trust_env``.
    """

    __slots__ = ("_limit", "_session", "_timeouts", "_trust_env")

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
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The default read timeout in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session; a second call does nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._limit),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._trust_env,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; a second call does nothing."""
        if self._session is not None:
            await self._session.close()
            self._session = None

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
        own = self._timeouts
        media = request_data is not None and request_data.contains_files
        bounds = _bounds(
            Timeouts(
                read=_or_default(read_timeout, own.read),
                write=_or_default(write_timeout, own.media_write if media else own.write),
                connect=_or_default(connect_timeout, own.connect),
                pool=_or_default(pool_timeout, own.pool),
            ),
            whole=method == "POST",
        )
        answer = await self._exchange(method, url, _body(request_data), bounds)
        if isinstance(answer, NetworkError):
            raise answer  # outside of any except clause, so that nothing with the URL hangs on it
        status, payload = _checked(method, *answer)
        if status == 200 and url.endswith(_EDITS):
            return status, _DONE
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's JSON object; unlike PTB's own, neither log nor quote a broken one."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            return answer
        message = "The server's answer is not from the Bot API"
        raise DoubtfulError(message)

    async def _exchange(
        self, method: str, url: str, body: _Body, bounds: aiohttp.ClientTimeout
    ) -> tuple[int, bytes] | NetworkError:
        if self._session is None:
            return NotSentError("The request class is not initialized")
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=_headers(body),
                timeout=bounds,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except Exception as error:  # noqa: BLE001 - PTB would quote it, with URL or content
            return _classified(error)


def _or_default(timeout: Timeout, default: float | None) -> float | None:
    return default if isinstance(timeout, DefaultValue) else timeout


def _bounds(given: Timeouts, *, whole: bool) -> aiohttp.ClientTimeout:
    """Express PTB's timeouts in aiohttp's; a download (not ``whole``) may take its time."""
    total = _sum(given.pool, given.connect, given.write, given.read) if whole else None
    return aiohttp.ClientTimeout(
        total=total,
        connect=_sum(given.pool, given.connect),
        sock_connect=given.connect,
        sock_read=given.read,
    )


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(data: RequestData | None) -> _Body:
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=mime)
    return form


def _headers(body: _Body) -> dict[str, str]:
    if isinstance(body, bytes):
        return {"Content-Type": "application/x-www-form-urlencoded"}
    return {}


_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)


def _classified(error: Exception) -> NetworkError:
    """Tell what an error of aiohttp proves, in words that name its kind alone.

    Only a failure before there was a connection proves anything. A reused connection that the
    server closed is in doubt: the bytes may have been read before it was closed, and
    ``ServerDisconnectedError`` looks the same either way.
    """
    kind = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSentInTimeError(f"No connection in time ({kind})")
    if isinstance(error, _NEVER_LEFT):
        return NotSentError(f"No connection ({kind})")
    if isinstance(error, TimeoutError):
        return NoAnswerInTimeError(f"No answer in time ({kind})")
    return DoubtfulError(f"The connection broke ({kind})")


class _Heard(BaseRequest):
    """An answer that is there already, to be read as PTB reads it."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = _checked("POST", status, payload)

    @property
    def read_timeout(self) -> None:
        """Nothing is waited for."""

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Return the answer."""
        return self._answer


async def result_of(status: int, payload: bytes) -> Any:
    """Return the ``result`` of an answer to a POST, or raise what PTB raises for it.

    Also ``FloodError`` for a 429 that names a wait, ``DoubtfulError`` for what is no answer.
    """
    if 200 <= status <= 299:
        answer = AiohttpRequest.parse_json_payload(payload)
        if "result" in answer:
            return answer["result"]
    return await _Heard(status, payload).post("")


def _checked(method: str, status: int, payload: bytes) -> tuple[int, bytes]:
    """Give PTB only what it can read: it fails on a 200 without a result, and quotes a bad body."""
    if 200 <= status <= 299:
        if method == "POST" and b'"result"' not in payload:
            message = f"The server's answer is not from the Bot API ({status})"
            raise DoubtfulError(message)
        return status, payload
    answer = _json_object(payload)
    wait = (answer.get("parameters") or {}).get("retry_after")
    if status == 429 and isinstance(wait, int) and wait > 0:
        raise FloodError(wait)
    return status, payload if answer else b'{"ok": false}'


def _json_object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
