"""The way of tips and announcements: what an error proves, and what is not told."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import unused_port
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from tests.bot.posting import TAKEN, lines_to, post
from tests.bot.servers import (
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
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.lines import Lines


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
