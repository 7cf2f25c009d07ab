"""The connections of lines: opened in turn, kept, lent, and let go of."""

import asyncio

import psutil
import pytest
from aiohttp import web
from telegram.error import TimedOut

from tests.bot.posting import TAKEN, ended, lines_to, pool_of, post
from tests.bot.servers import answer, raw_answer, raw_server, read_request, served
from tests.bot.test_receive import until
from tests.bot.test_workbench import virtually
from tipbot.bot import pool as module
from tipbot.bot.answers import NotSentError
from tipbot.bot.line import Line
from tipbot.bot.pool import Pool
from tipbot.bot.timeouts import Timeouts


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
