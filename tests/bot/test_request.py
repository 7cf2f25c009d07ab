"""PTB's calls over lines and over aiohttp: what an error proves, and what it must not tell."""

import asyncio
import io
import json
import ssl
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tipbot.bot import line
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.request import ApiRequest
from tipbot.bot.timeouts import Timeouts

TOKEN = "123456:SECRET-token_value"
MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hi"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


REFUSALS = pytest.mark.parametrize(
    ("status", "description", "parameters", "expected"),
    [
        (400, "Bad Request: chat not found", {}, BadRequest),
        (400, "Bad Request: upgraded", {"migrate_to_chat_id": -100}, ChatMigrated),
        (401, "Unauthorized", {}, InvalidToken),
        (403, "Forbidden: bot was blocked by the user", {}, Forbidden),
        (404, "Not Found", {}, InvalidToken),
        (429, "Too Many Requests: retry after 3", {"retry_after": 3}, RetryAfter),
        (500, "Internal Server Error", {}, NetworkError),
    ],
)
"""What Telegram refuses, and the error that PTB makes of it."""


_ENVIRONMENT = {"trusted": False}


@pytest.fixture(autouse=True, params=["lines", "aiohttp"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let forms take this way; over aiohttp they go where proxies of the environment count."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(_ENVIRONMENT, "trusted", request.param == "aiohttp")
    return str(request.param)


@asynccontextmanager
async def bot_at(url: str, **timeouts: float | None) -> AsyncIterator[Bot]:
    request = ApiRequest(2, Timeouts(**timeouts), trust_env=_ENVIRONMENT["trusted"])
    bot = Bot(
        TOKEN,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=request,
    )
    async with request:
        yield bot


@asynccontextmanager
async def served(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handler)
    server = TestServer(app, scheme="https" if context else "http")
    await server.start_server(ssl=context)
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


@asynccontextmanager
async def raw_server(speak: Raw) -> AsyncIterator[str]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speak(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


def answer(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def raw_answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def refuse(status: int, description: str, **parameters: int) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=status)


def refusing(status: int, description: str, parameters: dict[str, int]) -> Handler:
    """Return what answers every request with the same refusal."""

    async def handler(_: web.Request) -> web.Response:
        return refuse(status, description, **parameters)

    return handler


def hides_the_token(error: BaseException) -> bool:
    told = "".join(traceback.format_exception(error)) + repr(error)
    return TOKEN not in told and error.__cause__ is None and error.__context__ is None


async def test_a_message_reaches_the_server_with_all_its_fields() -> None:
    seen: dict[str, Any] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(await request.post(), path=request.path)
        return answer(MESSAGE)

    button = InlineKeyboardMarkup([[InlineKeyboardButton("Did it ✓", callback_data="d:1")]])
    async with served(handler) as url, bot_at(url) as bot:
        message = await bot.send_message(5, "Grüße & <b>rest</b> +1 = 100 %", reply_markup=button)
    assert message.message_id == 7
    assert seen["path"] == f"/bot{TOKEN}/sendMessage"
    assert seen["text"] == "Grüße & <b>rest</b> +1 = 100 %"
    assert seen["chat_id"] == "5"
    assert '"callback_data": "d:1"' in seen["reply_markup"]


@pytest.mark.parametrize("wrap", [bytes, io.BytesIO])
async def test_a_file_is_uploaded_with_its_name_and_bytes(
    wrap: Callable[[bytes], bytes | io.BytesIO],
) -> None:
    seen: dict[str, Any] = {}

    async def handler(request: web.Request) -> web.Response:
        form = await request.post()
        part = form["document"]
        assert isinstance(part, web.FileField)
        seen.update(name=part.filename, data=part.file.read(), caption=form["caption"])
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url) as bot:
        await bot.send_document(
            5, wrap(b"PDF \x00\xff"), filename='für "den" Arzt.pdf', caption="Grüße"
        )
    assert seen == {"name": 'für "den" Arzt.pdf', "data": b"PDF \x00\xff", "caption": "Grüße"}


async def test_a_file_is_downloaded_as_it_is() -> None:
    async def handler(request: web.Request) -> web.Response:
        if request.path.endswith("getFile"):
            return answer({"file_id": "f", "file_unique_id": "u", "file_path": "documents/a.zip"})
        assert request.path == f"/file/bot{TOKEN}/documents/a.zip"
        return web.Response(body=b"PK\x03")

    async with served(handler) as url, bot_at(url) as bot:
        file = await bot.get_file("f")
        assert bytes(await file.download_as_bytearray()) == b"PK\x03"


@REFUSALS
async def test_telegrams_refusals_become_ptbs_errors(
    status: int, description: str, parameters: dict[str, int], expected: type[TelegramError]
) -> None:
    async with served(refusing(status, description, parameters)) as url, bot_at(url) as bot:
        with pytest.raises(expected) as caught:
            await bot.send_message(5, "hi")
    assert not isinstance(caught.value, NotSentError)


async def test_a_flood_wait_is_a_duration_and_warns_of_nothing() -> None:
    async def handler(_: web.Request) -> web.Response:
        return refuse(429, "Too Many Requests: retry after 3", retry_after=3)

    async with served(handler) as url, bot_at(url) as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(5, "hi")
    assert caught.value.retry_after == timedelta(seconds=3)


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


async def test_a_call_may_name_its_own_read_timeout() -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(0.1)
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url, read=0.02) as bot:
        assert (await bot.send_message(5, "hi", read_timeout=None)).message_id == 7
        assert (await bot.send_message(5, "hi", read_timeout=5)).message_id == 7


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


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[]", b"{}", b'{"ok": true}', b"\xff"])
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


async def test_proxies_of_the_environment_count_only_where_they_are_to(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")

    async def handler(_: web.Request) -> web.Response:
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url) as bot:
        if way == "lines":
            assert (await bot.send_message(5, "hi")).message_id == 7
            return
        with pytest.raises(NotSentError) as caught:
            await bot.send_message(5, "hi")
    assert hides_the_token(caught.value)


async def test_connections_are_kept_and_no_more_than_allowed() -> None:
    peers: set[object] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        await asyncio.sleep(0.01)
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url) as bot:
        await asyncio.gather(*(bot.send_message(5, "hi") for _ in range(12)))
    assert len(peers) == 2


async def test_of_an_edit_only_that_it_was_made_is_read() -> None:
    async def edited(_: web.Request) -> web.Response:
        return answer(MESSAGE)

    async with served(edited) as url, bot_at(url) as bot:
        assert await bot.edit_message_text("x", chat_id=5, message_id=7) is True
        assert await bot.edit_message_reply_markup(chat_id=5, message_id=7) is True


@REFUSALS
async def test_a_refused_edit_is_an_error_all_the_same(
    status: int, description: str, parameters: dict[str, int], expected: type[TelegramError]
) -> None:
    async with served(refusing(status, description, parameters)) as url, bot_at(url) as bot:
        with pytest.raises(expected):
            await bot.edit_message_text("x", chat_id=5, message_id=7)


async def test_all_methods_share_the_connections(way: str) -> None:
    peers: set[object] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return answer(True)  # noqa: FBT003 - JSON

    async with served(handler) as url, bot_at(url) as bot:
        assert await bot.answer_callback_query("q")
        assert await bot.delete_message(5, 7)
        assert await bot.delete_webhook()
        assert isinstance(bot.request, ApiRequest)
        assert bool(bot.request._pools) == (way == "lines")
    assert len(peers) == 1


async def test_a_request_class_that_was_closed_can_be_opened_again() -> None:
    async def handler(_: web.Request) -> web.Response:
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url) as bot:
        assert (await bot.send_message(5, "hi")).message_id == 7
        await bot.request.shutdown()
        with pytest.raises(NotSentError):
            await bot.send_message(5, "hi")
        await bot.request.initialize()
        assert (await bot.send_message(5, "hi")).message_id == 7


async def test_who_gives_up_waiting_for_an_answer_leaves_no_connection_that_others_would_read() -> (
    None
):
    release, requests = asyncio.Event(), 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal requests
        requests += 1
        number = requests
        if number <= 2:
            await release.wait()
        return answer(MESSAGE | {"message_id": number})

    async with served(handler) as url, bot_at(url) as bot:
        leaving = [asyncio.create_task(bot.send_message(5, "hi")) for _ in range(2)]
        await asyncio.sleep(0.05)
        for each in leaving:
            each.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        release.set()
        assert (await bot.send_message(5, "hi")).message_id == 3


def after(*seconds: float) -> Handler:
    """Answer each call so many seconds after it came."""
    waits = list(seconds)

    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(waits.pop(0))
        return answer(MESSAGE)

    return handler


async def test_a_short_call_after_a_long_one_has_its_own_time() -> None:
    async with served(after(0.0, 5.0)) as url, bot_at(url) as bot:
        await bot.send_message(5, "hi", read_timeout=60)
        async with asyncio.timeout(2):
            with pytest.raises(DoubtfulError):
                await bot.send_message(5, "hi", read_timeout=0.05)


async def test_a_call_without_a_limit_after_one_with_a_limit_has_all_the_time() -> None:
    async with served(after(0.0, 0.3)) as url, bot_at(url) as bot:
        for limit in (0.1, None):
            message = await bot.send_message(5, "hi", read_timeout=limit)
            assert message.message_id == 7


async def test_a_name_and_a_password_in_the_address_are_told_to_the_server() -> None:
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request.headers["Authorization"])
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url.replace("//", "//me:a%40b@")) as bot:
        await bot.send_message(5, "hi")
    assert seen == ["Basic bWU6YUBi"]  # me:a@b


@pytest.mark.parametrize("chunked", [True, False])
async def test_an_answer_of_many_megabytes_is_read_whole(chunked: bool) -> None:  # noqa: FBT001
    updates = [{"update_id": number, "poll": "ü" * 50_000} for number in range(20)]

    async def handler(request: web.Request) -> web.StreamResponse:
        if not chunked:
            return answer(updates)
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        whole = json.dumps({"ok": True, "result": updates}).encode()
        for start in range(0, len(whole), 50_000):
            await response.write(whole[start : start + 50_000])
        return response

    async with served(handler) as url, bot_at(url) as bot:
        assert await bot._post("getUpdates", {"timeout": 0}) == updates


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


@pytest.mark.parametrize("way", ["lines"], indirect=True)  # aiohttp keeps none
async def test_no_number_of_addresses_fills_the_memory() -> None:
    async def handler(_: web.Request) -> web.Response:
        return answer(True)  # noqa: FBT003 - JSON

    async with served(handler) as url, bot_at(url) as bot:
        for number in range(270):
            assert await bot.request.post(f"{url}/bot{TOKEN}/method{number}")
        assert isinstance(bot.request, ApiRequest)
        assert len(bot.request._ways) <= 256
        assert len(bot.request._pools) == 1


async def test_an_answer_that_comes_slowly_is_waited_for_while_it_comes() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for pieces in (6, 3):
            await read_request(reader)
            said = raw_answer(json.dumps({"ok": True, "result": MESSAGE}).encode())
            for start in range(0, pieces * 10, 10):
                writer.write(said[start : start + 10])
                await asyncio.sleep(0.1)
            if pieces == 6:
                writer.write(said[60:])
        await reader.read()

    async with raw_server(speak) as url, bot_at(url, read=0.4) as bot:
        assert (await bot.send_message(5, "hi")).message_id == 7
        with pytest.raises(DoubtfulError) as caught:
            await bot.send_message(5, "hi")
    assert isinstance(caught.value, TimedOut)


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
