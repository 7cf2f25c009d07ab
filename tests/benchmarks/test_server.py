import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.benchmarks.api import Tap, Window, fields_of, plain_of
from tests.benchmarks.server import Server, serving

TOKEN = "123456:" + "A" * 35


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    async with serving(tmp_path) as server:
        yield server


@pytest.fixture
async def client(server: Server) -> AsyncIterator[aiohttp.ClientSession]:
    trusting = ssl.create_default_context(cafile=str(server.certificate))
    connector = aiohttp.TCPConnector(ssl=trusting)
    async with aiohttp.ClientSession(f"{server.url}/bot{TOKEN}/", connector=connector) as client:
        yield client


async def call(client: aiohttp.ClientSession, method: str, **given: str) -> tuple[int, Any]:
    async with client.post(method, data=given) as response:
        return response.status, await response.json()


def test_no_window_of_a_second_holds_more_than_the_limit() -> None:
    window = Window(limit=2)
    came = [0.0, 0.75, 0.875, 1.0, 1.5, 1.75, 2.0]
    assert [window.takes(at) for at in came] == [True, True, False, True, False, True, True]
    assert window.busiest() == 4


def test_a_call_is_read_in_each_form_that_telegram_takes() -> None:
    form = b"chat_id=7&text=a+%26+b"
    parts = b'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n--x--\r\n'
    assert fields_of("application/x-www-form-urlencoded", form) == {"chat_id": "7", "text": "a & b"}
    assert fields_of("application/json", b'{"chat_id": 7, "text": "a & b"}')["chat_id"] == "7"
    assert fields_of("multipart/form-data; boundary=x", parts) == {"chat_id": "7"}


def test_a_text_is_told_without_its_tags() -> None:
    text, entities = plain_of('<b>Sip</b> &amp; <a href="https://example.org">go</a>')
    assert (text, [each["type"] for each in entities]) == ("Sip & go", ["bold", "text_link"])


async def test_it_refuses_what_is_above_the_limit(
    server: Server, client: aiohttp.ClientSession
) -> None:
    await server.set(limit=3, asks=7)
    answers = [await call(client, "sendMessage", chat_id="7", text="x") for _ in range(4)]
    figures = await server.figures()
    assert [status for status, _ in answers] == [200, 200, 200, 429]
    assert answers[-1][1]["parameters"] == {"retry_after": 7}
    assert (figures.taken, figures.refused, figures.busiest) == (3, 1, 4)


async def test_it_is_as_far_away_as_it_is_told_to_be(
    server: Server, client: aiohttp.ClientSession
) -> None:
    await call(client, "getMe")
    await server.set(round_trip=0.3)
    loop = asyncio.get_running_loop()
    began = loop.time()
    _, told = await call(client, "sendMessage", chat_id="7", text="<b>x</b>")
    assert loop.time() - began > 0.29
    assert (told["result"]["chat"]["id"], told["result"]["text"]) == (7, "x")


async def test_a_tap_is_timed_from_its_arrival_to_its_answer(
    server: Server, client: aiohttp.ClientSession
) -> None:
    await server.set()
    waiting = asyncio.create_task(server.tap([Tap(7, "a"), Tap(8, "b")], rate=1000))
    answered: list[str] = []
    while len(answered) < 2:
        _, told = await call(client, "getUpdates", offset=str(len(answered) + 1), timeout="5")
        for update in told["result"]:
            answered.append(update["callback_query"]["data"])
            key = update["callback_query"]["id"]
            await call(client, "answerCallbackQuery", callback_query_id=key)
    waited = await waiting
    assert (answered, len(waited)) == (["a", "b"], 2)
    assert all(0 < each < 5 for each in waited)


async def test_a_reader_presses_the_next_button_once_a_picture_has_come(
    server: Server, client: aiohttp.ClientSession
) -> None:
    await server.press(Tap(9, "before"))
    await server.set()
    await server.read([Tap(7, "first"), Tap(8, "second")])
    _, told = await call(client, "getUpdates", timeout="5")
    assert [each["callback_query"]["data"] for each in told["result"]] == ["first"]
    await call(client, "sendPhoto", chat_id="7", photo="p")
    _, told = await call(client, "getUpdates", offset="3", timeout="5")
    (update,) = told["result"]
    assert update["callback_query"]["data"] == "second"
    assert update["callback_query"]["message"]["chat"]["id"] == 8
    assert (await server.figures()).pictures == 1
