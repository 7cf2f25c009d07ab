"""HTTP as the stand-in for Telegram speaks it: kept-alive connections, and answers that take time.

A round trip is waited for by timers, never by work: a server that is far away is no busier.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import httptools

Answer = Callable[[bytes, int], None]
"""Takes the body and the status of an answer, once."""
Handle = Callable[[str, str, bytes, Answer], None]
"""Takes a path, a content type, a body, and what to call with the answer."""

_REASONS = {200: b"OK", 404: b"Not Found", 429: b"Too Many Requests"}
_HEAD = b"""HTTP/1.1 %d %s\r
Server: nginx/1.18.0\r
Date: Thu, 01 Jan 2026 00:00:00 GMT\r
Content-Type: application/json\r
Content-Length: %d\r
Connection: keep-alive\r
Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r
Access-Control-Allow-Origin: *\r
Access-Control-Allow-Methods: GET, POST, OPTIONS\r
Access-Control-Expose-Headers: Content-Length,Content-Type,Date,Server,Connection\r
\r
"""


@dataclass
class Road:
    """The way between client and server; ``round_trip`` is in seconds, half of it each way."""

    round_trip: float = 0.0

    def later(self, call: Callable[..., None], *args: object) -> None:
        """Call once half a round trip is over."""
        if self.round_trip > 0:
            asyncio.get_running_loop().call_later(self.round_trip / 2, call, *args)
        else:
            call(*args)


@dataclass(eq=False)
class Connection(asyncio.Protocol):
    """One connection of a client: requests come in one after another, each is answered once."""

    road: Road
    handle: Handle
    _transport: asyncio.WriteTransport = field(init=False)
    _parser: Any = field(init=False)
    _path: str = ""
    _kind: str = ""
    _body: bytearray = field(default_factory=bytearray)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to listen."""
        self._transport = cast("asyncio.WriteTransport", transport)
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        """Take in some bytes; whoever does not speak HTTP is hung up on."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._transport.close()

    def on_url(self, url: bytes) -> None:
        """Take in the request line's path."""
        self._path, self._kind = url.decode(), ""
        self._body.clear()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep the one header that matters."""
        if name.lower() == b"content-type":
            self._kind = value.decode()

    def on_body(self, body: bytes) -> None:
        """Take in a part of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Hand the request over once it has travelled."""
        self.road.later(self.handle, self._path, self._kind, bytes(self._body), self._answer)

    def _answer(self, body: bytes, status: int = 200) -> None:
        head = _HEAD % (status, _REASONS[status], len(body))
        self.road.later(self._write, head + body)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)
