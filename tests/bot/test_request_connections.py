"""Connections that calls share, and the time that each call has on them."""

import asyncio
import json

import pytest
from aiohttp import web
from telegram.error import TimedOut

from tests.bot.servers import (
    MESSAGE,
    TOKEN,
    Handler,
    answer,
    raw_answer,
    raw_server,
    read_request,
    served,
)
from tests.bot.ways import bot_at, way
from tipbot.bot.answers import DoubtfulError, NotSentError
from tipbot.bot.leaving import held_for
from tipbot.bot.request import ApiRequest

__all__ = ["way"]


async def test_a_call_may_name_its_own_read_timeout() -> None:
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(0.1)
        return answer(MESSAGE)

    async with served(handler) as url, bot_at(url, read=0.02) as bot:
        assert (await bot.send_message(5, "hi", read_timeout=None)).message_id == 7
        assert (await bot.send_message(5, "hi", read_timeout=5)).message_id == 7


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


async def test_a_call_waits_for_its_turn_and_a_form_does_with_its_connection_open(
    way: str,
) -> None:
    connected, heard, turn = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await read_request(reader)
        heard.set()
        writer.write(raw_answer(b'{"ok": true, "result": true}'))

    async def its_turn() -> None:
        await turn.wait()

    async with raw_server(speak) as url, bot_at(url) as bot:
        with held_for(its_turn):
            call = asyncio.create_task(bot.send_chat_action(5, "typing"))
        if way == "lines":
            await asyncio.wait_for(connected.wait(), 5)
        assert not heard.is_set()
        turn.set()
        assert await call
        assert heard.is_set()
