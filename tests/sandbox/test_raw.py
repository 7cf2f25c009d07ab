"""Bare HTTP calls, as from a terminal: every way in, and what is said of each thing that is wrong.

The words are those of the Bot API server (github.com/tdlib/telegram-bot-api, Client.cpp) and TDLib.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN
from tests.sandbox.pictures import png
from tests.sandbox.refusals import ALICE, SAY, TO, refusals
from tipbot.sandbox import Person, Sandbox
from tipbot.sandbox.errors import Json

Call = Callable[..., Any]


@pytest.fixture
async def call(sandbox: Sandbox) -> AsyncIterator[Call]:
    """Return what posts a method with a JSON body and returns status and answer."""
    async with aiohttp.ClientSession() as session:

        async def post(method: str, parameters: Json) -> tuple[int, Json]:
            url = f"{sandbox.url}/bot{TOKEN}/{method}"
            async with session.post(url, json=parameters) as answer:
                return answer.status, await answer.json()

        yield post


@pytest.mark.usefixtures("alice")
async def test_everything_wrong_is_refused_in_telegrams_words(call: Call) -> None:
    _, sent = await call("sendMessage", SAY | {"text": "Hello"})
    number = sent["result"]["message_id"]
    for method, parameters, words in refusals():
        named = {k: number if v == "SENT" else v for k, v in parameters.items()}
        expected = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
        assert await call(method, named) == (400, expected), (method, parameters)


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("getMe", {"unknown": "x"}),
        ("sendMessage", SAY | {"unknown": [1], "reply_markup": {}, "entities": 5}),
        ("sendMessage", {"chat_id": str(ALICE), "text": 5}),
        ("SENDMESSAGE", SAY | {"disable_notification": "yes"}),
        ("sendLocation", TO | {"latitude": "52.5", "longitude": "13.4"}),
        ("setMyCommands", {}),
        ("deleteMessages", TO | {"message_ids": [1]}),
        ("getUpdates", {"allowed_updates": "x", "limit": 5000, "timeout": -1, "offset": "y"}),
        ("unpinAllChatMessages", TO),
        ("", SAY | {"method": "sendMessage"}),
    ],
)
async def test_what_telegram_takes_is_taken(call: Call, method: str, parameters: Json) -> None:
    status, answer = await call(method, parameters)
    assert (status, answer["ok"]) == (200, True), answer


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_get_and_post_are_verbs(sandbox: Sandbox, verb: str) -> None:
    url = f"{sandbox.url}/bot{TOKEN}/getMe"
    async with aiohttp.ClientSession() as session, session.request(verb, url) as answer:
        assert (answer.status, (await answer.json())["description"]) == (501, "Not Implemented")


@pytest.mark.parametrize("way", ["get", "json", "form", "multipart"])
async def test_every_way_in_is_understood(sandbox: Sandbox, alice: Person, way: str) -> None:
    url = f"{sandbox.url}/bot{TOKEN}/sendMessage"
    fields = {"chat_id": str(alice.id), "text": "é & 💧 = +1%"}
    ways: dict[str, dict[str, Any]] = {
        "get": {"params": fields},
        "json": {"json": fields},
        "form": {"data": fields},
        "multipart": {"data": aiohttp.FormData(fields, default_to_multipart=True)},
    }
    async with aiohttp.ClientSession() as session:
        send = session.get if way == "get" else session.post
        async with send(url, **ways[way]) as answer:
            assert (await answer.json())["result"]["text"] == fields["text"]


async def test_a_photo_goes_up_and_its_bytes_come_down(sandbox: Sandbox, alice: Person) -> None:
    picture, base = png(50, 40), f"{sandbox.url}/bot{TOKEN}"
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData({"chat_id": str(alice.id)})
        form.add_field("photo", picture, filename="a.png", content_type="image/png")
        async with session.post(f"{base}/sendPhoto", data=form) as answer:
            largest = (await answer.json())["result"]["photo"][-1]
        async with session.get(f"{base}/getFile", params={"file_id": largest["file_id"]}) as answer:
            path = (await answer.json())["result"]["file_path"]
        async with session.get(f"{sandbox.url}/file/bot{TOKEN}/{path}") as answer:
            assert await answer.read() == picture
        async with session.get(f"{sandbox.url}/file/bot4242:wrong/{path}") as answer:
            assert answer.status == 401


async def test_a_webhook_is_confirmed_in_words(call: Call) -> None:
    hook = {"url": "http://127.0.0.1:9/hook"}
    for method, parameters, words in [
        ("setWebhook", hook, "Webhook was set"),
        ("setWebhook", hook, "Webhook is already set"),
        ("deleteWebhook", {}, "Webhook was deleted"),
        ("deleteWebhook", {}, "Webhook is already deleted"),
    ]:
        expected = {"ok": True, "result": True, "description": words}
        assert await call(method, parameters) == (200, expected)


async def test_a_flood_says_how_long_to_wait_in_body_and_header(
    sandbox: Sandbox, alice: Person
) -> None:
    sandbox.limits.enabled = True
    url, fields = f"{sandbox.url}/bot{TOKEN}/sendMessage", {"chat_id": alice.id, "text": "x"}
    async with aiohttp.ClientSession() as session:
        for _ in range(3):
            await session.post(url, json=fields)
        async with session.post(url, json=fields) as answer:
            assert answer.status == 429
            assert answer.headers["Retry-After"] == "1"
            assert await answer.json() == {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": 1},
            }
