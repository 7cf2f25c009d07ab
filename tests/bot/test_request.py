"""PTB's calls over lines and over aiohttp: what is sent, and what comes back."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import RetryAfter, TelegramError

from tests.bot.servers import (
    MESSAGE,
    REFUSALS,
    TOKEN,
    answer,
    hides_the_token,
    refuse,
    refusing,
    served,
)
from tests.bot.ways import bot_at, way
from tipbot.bot.answers import NotSentError

__all__ = ["way"]


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
