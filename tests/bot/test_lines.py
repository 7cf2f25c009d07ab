"""The way of tips and announcements: what an error proves, what stays open, what is not told."""

import asyncio
import gc
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import unused_port
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    NetworkError,
    TelegramError,
    TimedOut,
)

from tests.bot.test_receive import until
from tests.bot.test_request import (
    REFUSALS,
    TOKEN,
    answer,
    hides_the_token,
    raw_answer,
    raw_server,
    read_request,
    refusing,
    served,
)
from tests.bot.test_workbench import virtually
from tipbot.bot import pool as module
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.forms import head_of
from tipbot.bot.line import Line
from tipbot.bot.lines import Lines
from tipbot.bot.pool import Pool
from tipbot.bot.timeouts import Timeouts

FORM = b"chat_id=5&text=hi"
TAKEN = b'{"ok": true, "result": {"message_id": 7}}'
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def lines_to(url: str, limit: int = 2, **timeouts: float | None) -> AsyncIterator[Lines]:
    lines = Lines(f"{url}/bot{TOKEN}/sendMessage", limit, Timeouts(**timeouts))
    await lines.initialize()
    try:
        yield lines
    finally:
        await lines.shutdown()


def pool_of(lines: Lines) -> Pool:
    assert lines._pool is not None
    return lines._pool


async def ended(lines: Lines) -> None:
    """Wait until no connection that is kept can be used any more."""
    await until(lambda: not any(line.usable for line in pool_of(lines)._idle))


async def post(lines: Lines, form: bytes = FORM) -> Any:
    async with lines.line() as line:
        return await line.post(form)


async def test_a_form_reaches_the_server_whole() -> None:
    seen: dict[str, Any] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(await request.post(), path=request.path, method=request.method)
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url) as lines:
        result = await post(lines, b"chat_id=5&text=Gr%C3%BC%C3%9Fe+%26+%3Cb%3Erest")
    assert result == {"message_id": 7}
    assert seen == {
        "chat_id": "5",
        "text": "Grüße & <b>rest",
        "path": f"/bot{TOKEN}/sendMessage",
        "method": "POST",
    }


@REFUSALS
async def test_refusals_are_the_errors_that_ptb_makes_of_them(
    status: int, description: str, parameters: dict[str, int], expected: type[TelegramError]
) -> None:
    async with served(refusing(status, description, parameters)) as url, lines_to(url) as lines:
        with pytest.raises(expected) as caught:
            await post(lines)
    assert not isinstance(caught.value, NotSentError)


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[]", b"{}", b'{"ok": true}', b"\xff"])
@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_none_of_telegrams_is_in_doubt_and_never_quoted(
    body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body, status=status)

    async with served(handler) as url, lines_to(url) as lines:
        with pytest.raises(NetworkError) as caught:
            await post(lines)
    assert not isinstance(caught.value, NotSentError | BadRequest)
    assert "hello" not in str(caught.value) + caplog.text


async def test_a_connection_that_nobody_waits_for_any_more_is_closed() -> None:
    async def handler(_: web.Request) -> web.Response:
        raise AssertionError

    async with served(handler) as url, lines_to(url, limit=500) as lines:
        pool = pool_of(lines)
        for turns in range(12):
            taking = [asyncio.create_task(pool.take(Timeouts())) for _ in range(20)]
            for _ in range(turns):
                await asyncio.sleep(0.0005)
            for task in taking:
                task.cancel()
            taken = await asyncio.gather(*taking, return_exceptions=True)
            for line in taken:
                if isinstance(line, Line):
                    pool.take_back(line)
        await lines.shutdown()
        server = int(url.rpartition(":")[2])
        open_ones = psutil.Process().net_connections("tcp")
        assert [each for each in open_ones if each.raddr and each.raddr.port == server] == []


async def test_a_redirect_is_not_followed() -> None:
    requests = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal requests
        requests += 1
        return web.Response(status=307, headers={"Location": str(request.url)})

    async with served(handler) as url, lines_to(url) as lines:
        with pytest.raises(NetworkError):
            await post(lines)
    assert requests == 1


@pytest.mark.parametrize("url", ["http://nowhere.invalid", "http://127.0.0.1:1", "http://"])
async def test_without_a_connection_nothing_was_sent(url: str) -> None:
    async with lines_to(url) as lines:
        with pytest.raises(NotSentError) as caught:
            await post(lines)
    assert hides_the_token(caught.value)


async def test_a_server_that_makes_no_connection_in_time_was_never_sent_to() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()  # the handshake of TLS, part of connecting, is never answered

    async with (
        raw_server(silent) as url,
        lines_to(url.replace("http", "https"), connect=0.1) as lines,
    ):
        with pytest.raises(NotSentError) as caught:
            await post(lines)
    assert isinstance(caught.value, TimedOut)
    assert hides_the_token(caught.value)


async def test_lines_that_are_not_open_send_nothing() -> None:
    lines = Lines(f"http://127.0.0.1:{unused_port()}/")
    with pytest.raises(NotSentError):
        await post(lines)
    await lines.shutdown()


async def test_nobody_waits_longer_than_allowed_for_a_free_connection() -> None:
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        await release.wait()
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url, pool=0.05) as lines:
        held = [asyncio.create_task(post(lines)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(NotSentError) as caught:
            await post(lines)
        release.set()
        await asyncio.gather(*held)
    assert isinstance(caught.value, TimedOut)


async def test_no_answer_in_time_is_in_doubt() -> None:
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        await release.wait()
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url, read=0.05, write=0.0) as lines:
        with pytest.raises(DoubtfulError) as caught:
            await post(lines)
        release.set()
    assert isinstance(caught.value, TimedOut)
    assert hides_the_token(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
async def test_a_connection_that_breaks_after_the_request_is_in_doubt(said: bytes) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(said)

    async with raw_server(speak) as url, lines_to(url) as lines:
        with pytest.raises(DoubtfulError) as caught:
            await post(lines)
    assert hides_the_token(caught.value)


async def test_a_reused_connection_that_closes_unanswered_is_in_doubt_and_not_tried_again() -> None:
    requests = 0

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        for _ in range(2):
            await read_request(reader)
            requests += 1
            if requests == 1:
                writer.write(raw_answer(TAKEN))

    async with raw_server(speak) as url, lines_to(url) as lines:
        await post(lines)
        with pytest.raises(DoubtfulError):
            await post(lines)
    assert requests == 2


@pytest.mark.parametrize("extra", [b"", b"Connection: close\r\n"])
async def test_a_connection_that_the_server_closed_between_two_messages_is_not_used(
    extra: bytes,
) -> None:
    connections = 0

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await read_request(reader)
        head = b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n" % (extra, len(TAKEN))
        writer.write(head + TAKEN)
        if extra:
            await reader.read()

    async with raw_server(speak) as url, lines_to(url) as lines:
        for _ in range(3):
            assert await post(lines) == {"message_id": 7}
            await ended(lines)
    assert connections == 3


async def test_each_exchange_of_a_connection_has_its_whole_time() -> None:
    """One timer serves them all: it must not cut the second short, nor forget the last."""
    waits, connections = [0.0, 0.5, 0.5, 5.0], set()

    async def handler(request: web.Request) -> web.Response:
        connections.add(request.transport)
        await asyncio.sleep(waits.pop(0))
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url, read=0.8) as lines:
        for _ in range(3):
            assert await post(lines) == {"message_id": 7}
        began = asyncio.get_running_loop().time()
        with pytest.raises(TimedOut):
            await post(lines)
        assert asyncio.get_running_loop().time() - began > 0.75
    assert len(connections) == 1


async def test_what_comes_unasked_ends_the_connection() -> None:
    """As a server does that gives up waiting for a request (408)."""
    answered = asyncio.Event()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(raw_answer(TAKEN))
        await answered.wait()
        writer.write(raw_answer(b"{}"))
        await reader.read()

    async with raw_server(speak) as url, lines_to(url) as lines:
        assert await post(lines) == {"message_id": 7}
        answered.set()
        await ended(lines)
        answered.clear()
        assert await post(lines) == {"message_id": 7}


async def test_a_connection_that_was_long_idle_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peers: set[object] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url) as lines:
        await post(lines)
        await post(lines)
        assert len(peers) == 1
        monkeypatch.setattr(module, "STALE", 0.0)
        await post(lines)
    assert len(peers) == 2


async def test_who_gives_up_waiting_for_an_answer_leaves_no_connection_that_others_would_read() -> (
    None
):
    release, requests = asyncio.Event(), 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal requests
        requests += 1
        number = requests
        if number == 1:
            await release.wait()
        return answer({"message_id": number})

    async with served(handler) as url, lines_to(url, limit=1) as lines:
        leaving = asyncio.create_task(post(lines))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(post(lines))
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        release.set()
        assert await waiting == {"message_id": 2}


async def test_connections_are_kept_and_no_more_than_allowed() -> None:
    peers: set[object] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        await asyncio.sleep(0.01)
        return answer({"message_id": 7})

    async with served(handler) as url, lines_to(url) as lines:
        await asyncio.gather(*(post(lines) for _ in range(12)))
    assert len(peers) == 2


def test_connections_are_opened_one_after_another() -> None:
    async def run() -> list[float]:
        pool, loop = Pool("http://127.0.0.1", 50), asyncio.get_running_loop()
        start = loop.time()

        async def turn() -> float:
            await pool._turn_to_open()
            return loop.time() - start

        return await asyncio.gather(*(turn() for _ in range(4)))

    assert virtually(run()) == pytest.approx([0.0, 0.002, 0.004, 0.006])


def test_who_gives_up_their_turn_keeps_nobody_waiting_for_long() -> None:
    async def run() -> float:
        pool, loop = Pool("http://127.0.0.1", 50), asyncio.get_running_loop()
        for _ in range(1000):
            turn = asyncio.create_task(pool._turn_to_open())
            await asyncio.sleep(0)
            turn.cancel()
        start = loop.time()
        await pool._turn_to_open()
        return loop.time() - start

    assert virtually(run()) == pytest.approx(0.1)


async def test_who_gives_up_opening_lets_the_next_one_try(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[asyncio.Event] = []

    async def turn(_: Pool) -> None:
        turns.append(asyncio.Event())
        await turns[-1].wait()

    async def handler(_: web.Request) -> web.Response:
        return answer({"message_id": 7})

    monkeypatch.setattr(Pool, "_turn_to_open", turn)
    async with served(handler) as url, lines_to(url, limit=1, pool=30.0) as lines:
        first, second = [asyncio.create_task(post(lines)) for _ in range(2)]
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait((first,))
        async with asyncio.timeout(5):
            await until(lambda: len(turns) == 2)
            turns[1].set()
            await second


async def test_whose_turn_comes_after_the_end_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = asyncio.Event()

    async def turn(_: Pool) -> None:
        await ended.wait()

    async def handler(_: web.Request) -> web.Response:
        return answer({"message_id": 7})

    monkeypatch.setattr(Pool, "_turn_to_open", turn)
    async with served(handler) as url:
        async with lines_to(url) as lines:
            sending = asyncio.create_task(post(lines))
            await asyncio.sleep(0)
        ended.set()
        with pytest.raises(NotSentError):
            await sending


async def test_one_that_comes_free_is_used_before_another_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peers: set[object] = set()
    turns = [asyncio.Event() for _ in range(3)]
    turns[0].set()
    waiting = iter(turns)

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return answer({"message_id": 7})

    async def turn(_: Pool) -> None:
        await next(waiting).wait()

    monkeypatch.setattr(Pool, "_turn_to_open", turn)
    async with served(handler) as url, lines_to(url, limit=3) as lines:
        first, *others = [asyncio.create_task(post(lines)) for _ in range(3)]
        await first
        for each, after in zip(turns[1:], others, strict=True):
            each.set()
            await after
    assert len(peers) == 1


async def test_what_is_under_way_at_the_end_is_in_doubt() -> None:
    async def deaf(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_server(deaf) as url:
        async with lines_to(url) as lines:
            sending = asyncio.create_task(post(lines))
            await asyncio.sleep(0.05)
        with pytest.raises(DoubtfulError):
            await sending


async def test_certificates_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))

    async def handler(_: web.Request) -> web.Response:
        return answer({"message_id": 7})

    async with served(handler, context) as url:
        async with lines_to(url) as lines:
            with pytest.raises(NotSentError) as caught:
                await post(lines)
        assert hides_the_token(caught.value)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        async with lines_to(url) as lines:
            for _ in range(3):
                assert await post(lines) == {"message_id": 7}


@pytest.mark.parametrize(
    "url", ["http://a/bot1:T/x y", "http://a b/", "http://a/\r\nX: y", "http://ä/"]
)
def test_an_address_that_would_be_more_than_one_line_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^not an address$"):
        head_of(url, "tipbot")


class _Wire(asyncio.Transport):
    """Takes what is written, and can be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def write(self, data: Any) -> None:
        pass

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        self.closed = True


BODY = TAKEN.decode()
ANSWERS = [
    f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}",
    f"HTTP/1.1 200 OK\r\ncontent-LENGTH:{len(BODY)}\r\nDate: x\r\n\r\n{BODY}",
    (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        f"5;x=y\r\n{BODY[:5]}\r\n{len(BODY) - 5:x}\r\n{BODY[5:]}\r\n0\r\nTrailer: z\r\n\r\n"
    ),
    f"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}",
    (
        "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
        f"HTTP/1.1 200 \r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}"
    ),
    f"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{BODY}",
    f"HTTP/1.0 200 OK\r\n\r\n{BODY}",
]


@given(st.sampled_from(ANSWERS), st.lists(st.integers(1, 400), max_size=6))
def test_an_answer_is_read_however_it_is_cut(said: str, cuts: list[int]) -> None:
    data = said.encode()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})

    async def run() -> Any:
        wire, line = _Wire(), Line()
        line.connection_made(wire)
        asking = asyncio.create_task(line.exchange(b"", FORM, Timeouts()))
        await asyncio.sleep(0)
        for start, end in pairwise(places):
            line.data_received(data[start:end])
        line.eof_received()
        return await asking

    with asyncio.Runner() as runner:
        assert runner.run(run()) == (200, TAKEN)


def test_an_answer_that_was_read_is_let_go_of_without_a_search() -> None:
    """Python's search for unused memory holds up whoever taps, and grows with what it finds."""
    data = ANSWERS[0].encode()

    async def run() -> int:
        line = Line()
        line.connection_made(_Wire())
        for _ in range(5):
            asking = asyncio.create_task(line.exchange(b"", FORM, Timeouts()))
            await asyncio.sleep(0)
            line.data_received(data)
            assert await asking == (200, TAKEN)
        return sum(type(each) is type(line._answer) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner() as runner:
            assert runner.run(run()) <= 2, "the last, and the one that a line begins with"
    finally:
        gc.enable()
