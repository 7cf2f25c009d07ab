"""aiogram 3 on its own aiohttp session, with as many connections as help.

It has no limiter. Where the server has a limit N, one send is begun each 1/N of a second and what
was refused is sent again after the wait that the refusal names, as in its documentation's example
of a broadcast; other than there, no send waits for the answer to the one before.
"""

import asyncio
import ssl
from collections.abc import Callable, Coroutine
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from tests.benchmarks.errand import Errand, run, work


def message_of(errand: Errand) -> dict[str, Any]:
    """Return the message as aiogram takes it."""
    rows = [
        [InlineKeyboardButton(text=n, callback_data=d) for n, d in row] for row in errand.keyboard
    ]
    return {
        "text": errand.text,
        "parse_mode": "HTML",
        "disable_notification": False,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": InlineKeyboardMarkup(inline_keyboard=rows),
    }


async def send(errand: Errand) -> None:
    """Send until ended."""
    server, message = TelegramAPIServer.from_base(errand.url), message_of(errand)
    session = AiohttpSession(api=server, limit=errand.connections)
    session._connector_init["ssl"] = ssl.create_default_context()  # it trusts certifi's list alone

    async def send_one(chat: int) -> None:
        try:
            await bot.send_message(chat, **message)
        except TelegramRetryAfter as refused:
            await asyncio.sleep(refused.retry_after)
            await send_one(chat)

    async with Bot(errand.token, session=session) as bot:
        await (_begin_each(send_one, errand) if errand.limit else work(send_one, errand))


async def _begin_each(send_one: Callable[[int], Coroutine[Any, Any, None]], errand: Errand) -> None:
    """Begin one send after another, 1/N s apart."""
    async with asyncio.TaskGroup() as under_way:
        for chat in range(1, errand.messages + 1):
            under_way.create_task(send_one(chat))
            await asyncio.sleep(1 / errand.limit)


if __name__ == "__main__":
    run(send)
