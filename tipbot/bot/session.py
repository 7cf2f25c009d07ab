"""Calls over aiohttp: what carries files, and what goes through a proxy of the environment.

aiohttp repeats only idempotent methods by itself (``IDEMPOTENT_METHODS`` of its client, POST is not
among them) and redirects are not followed, so no POST is written twice from here.
"""

import io

import aiohttp
from telegram.error import NetworkError
from telegram.request import RequestData

from tipbot.bot.answers import DoubtfulError, NoAnswerInTimeError, NotSentError, NotSentInTimeError
from tipbot.bot.forms import form_of
from tipbot.bot.timeouts import Timeouts, total

_Body = bytes | aiohttp.FormData | None
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)


class Session:
    """An aiohttp session of up to ``limit`` connections, to be made with a loop running.

    Waiting for a free connection and connecting share ``pool + connect`` seconds; a whole POST is
    bounded by the sum of its four timeouts, a download only by how long it may fall silent.
    Certificates are checked as the system does. Proxies named in the environment count only with
    ``trust_env``.
    """

    def __init__(self, limit: int, user_agent: str, *, trust_env: bool) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=limit),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": user_agent},
            trust_env=trust_env,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def exchange(
        self, method: str, url: str, data: RequestData | None, given: Timeouts
    ) -> tuple[int, bytes]:
        """Make one request, once; return status and body.

        Raises ``NotSentError`` or ``DoubtfulError`` if there is no whole answer; neither shows
        aiohttp's own error, which names the URL, as ``__cause__`` or ``__context__``.
        """
        answer = await self._try(method, url, _body(data), _bounds(given, whole=method == "POST"))
        if isinstance(answer, NetworkError):
            raise answer  # outside of any except clause, so that nothing with the URL hangs on it
        return answer

    async def _try(
        self, method: str, url: str, body: _Body, bounds: aiohttp.ClientTimeout
    ) -> tuple[int, bytes] | NetworkError:
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


def _bounds(given: Timeouts, *, whole: bool) -> aiohttp.ClientTimeout:
    """Express PTB's timeouts in aiohttp's; a download (not ``whole``) may take its time."""
    return aiohttp.ClientTimeout(
        total=total(given.pool, given.connect, given.write, given.read) if whole else None,
        connect=total(given.pool, given.connect),
        sock_connect=given.connect,
        sock_read=given.read,
    )


def _body(data: RequestData | None) -> _Body:
    if data is None:
        return None
    if not data.contains_files:
        return form_of(data.json_parameters)
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
