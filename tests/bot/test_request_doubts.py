"""What an error of a call proves: that nothing was sent, or nothing at all."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from telegram.error import BadRequest, NetworkError, TimedOut

from tests.bot.servers import (
    MESSAGE,
    answer,
    hides_the_token,
    raw_answer,
    raw_server,
    read_request,
    served,
)
from tests.bot.ways import bot_at, way
from tipbot.bot import line
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.request import ApiRequest

__all__ = ["way"]


async def test_a_refused_connection_was_never_sent() -> None:
    async with bot_at(f"http://127.0.0.1:{unused_port()}") as bot:
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


async def test_an_unknown_host_was_never_sent() -> None:
    async with bot_at("http://nowhere.invalid") as bot:
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://", "no url at all"])
async def test_an_address_that_is_none_was_never_sent(url: str) -> None:
    async with bot_at(url) as bot:
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


async def test_a_server_that_makes_no_connection_in_time_was_never_sent_to() -> None:
    async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()  # the handshake of TLS, part of connecting, is never answered

    async with raw_server(silent) as url:
        secure = url.replace("http", "https")
        async with bot_at(secure, connect=0.1, pool=0.1) as bot:
            with pytest.raises(NotSentError) as caught:
                await bot.send_message(5, "hi")
    assert isinstance(caught.value, TimedOut)
    assert hides_the_token(caught.value)


async def test_a_full_pool_was_never_sent() -> None:
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        await release.wait()
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url, pool=0.05, connect=0.05) as bot:
        held = [asyncio.create_task(bot.send_message(5, "hi")) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "hi")
        release.set()
        await asyncio.gather(*held)
    assert isinstance(caught.value, TimedOut)


async def test_a_request_class_that_is_not_initialized_sends_nothing() -> None:
    request = ApiRequest()
    with pytest.raises(NotSentError):
        await request.post("http://127.0.0.1/")
    await request.shutdown()


async def test_no_answer_in_time_is_in_doubt() -> None:
    release = asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        await release.wait()
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url, read=0.05) as bot:
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_message(5, "hi")
        release.set()
    assert isinstance(caught.value, TimedOut)
    assert hides_the_token(caught.value)


async def test_a_request_that_cannot_be_written_out_ends_in_doubt() -> None:
    async def deaf(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2)

    async with (
        raw_server(deaf) as url,
        bot_at(url, read=0.1, write=0.1, media_write=0.1, connect=0.1, pool=0.1) as bot,
    ):
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_document(5, b"x" * 30_000_000, filename="a.bin")
    assert hides_the_token(caught.value)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", b"nonsense\r\n\r\n"]
)
async def test_a_connection_that_breaks_after_the_request_is_in_doubt(said: bytes) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(said)

    async with raw_server(speak) as url, bot_at(url) as bot:
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


async def test_a_reset_after_the_request_is_in_doubt() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.transport.abort()

    async with raw_server(speak) as url, bot_at(url) as bot:
        with pytest.raises(DoubtfulError):
            await bot.send_message(5, "hi")


async def test_a_reused_connection_that_closes_unanswered_is_in_doubt_and_not_tried_again() -> None:
    requests = 0

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        body = b'{"ok":true,"result":{"message_id":7,"date":0,"chat":{"id":5,"type":"private"}}}'
        await read_request(reader)
        requests += 1
        writer.write(raw_answer(body))
        await read_request(reader)
        requests += 1

    async with raw_server(speak) as url, bot_at(url) as bot:
        await bot.send_message(5, "one")
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_message(5, "two")
    assert requests == 2
    assert hides_the_token(caught.value)


@pytest.mark.parametrize("status", [302, 307, 308])
async def test_a_redirected_message_is_not_sent_a_second_time(status: int) -> None:
    requests = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal requests
        requests += 1
        return web.Response(status=status, headers={"Location": str(request.url)})

    async with served(handler) as url, bot_at(url) as bot:
        with pytest.raises(NetworkError):
            await bot.send_message(5, "hi")
    assert requests == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html>hello</html>",
        b"[]",
        b"{}",
        b'{"ok": true}',
        b"\xff",
        pytest.param(b'{"ok": true, "result": %b' % (b"[" * 50_000), id="bottomless"),
    ],
)
@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_none_of_telegrams_is_in_doubt_and_never_quoted(
    body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body, status=status)

    async with served(handler) as url, bot_at(url) as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(5, "hi")
    assert not isinstance(caught.value, NotSentError | BadRequest)
    assert "hello" not in str(caught.value) + caplog.text


@pytest.mark.parametrize("way", ["lines"], indirect=True)  # aiohttp takes in what comes
async def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_LARGEST", 1_000_000)

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 3_000_000)
        await reader.read()

    async with raw_server(speak) as url, bot_at(url) as bot:
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


async def test_an_answer_that_never_ends_coming_is_given_up() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100):
            writer.write(b" ")
            await asyncio.sleep(0.1)

    async with (
        raw_server(speak) as url,
        bot_at(url, read=0.3, write=0.3, connect=0.1, pool=0.1) as bot,
    ):
        async with asyncio.timeout(3):
            with pytest.raises(DoubtfulError) as caught:
                await bot.send_message(5, "hi")
    assert isinstance(caught.value, TimedOut)
