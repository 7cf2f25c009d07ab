"""Runs either outsider as its documentation says: by polling, or by a webhook with a secret.

aiogram is loaded by whoever runs it: that takes some seconds, and each worker collects all tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from telegram import Update

from tests.sandbox.outsiders import ptb_bot

SECRET = "an_outsiders-secret"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Outsider:
    """What one can ask a running outsider without the chat."""

    memberships: list[str]
    errors: list[Exception]


Running = Callable[[str, str], AbstractAsyncContextManager[Outsider]]
"""Takes the address of the Bot API and a token."""


@asynccontextmanager
async def ptb_polling(url: str, token: str) -> AsyncIterator[Outsider]:
    application = ptb_bot.build(url, token)
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield Outsider(application.bot_data["memberships"], application.bot_data["errors"])
        await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def ptb_webhook(url: str, token: str) -> AsyncIterator[Outsider]:
    application = ptb_bot.build(url, token)

    async def take(request: web.Request) -> web.Response:
        if request.headers.get(_HEADER) != SECRET:
            return web.Response(status=403)
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return web.Response()

    async with application, _served(take) as hook:
        await application.start()
        await application.bot.set_webhook(
            hook, secret_token=SECRET, allowed_updates=Update.ALL_TYPES
        )
        yield Outsider(application.bot_data["memberships"], application.bot_data["errors"])
        await application.bot.delete_webhook()
        await application.stop()


@asynccontextmanager
async def aiogram_polling(url: str, token: str) -> AsyncIterator[Outsider]:
    from tests.sandbox.outsiders import aiogram_bot  # noqa: PLC0415 - as said above

    bot, dispatcher = aiogram_bot.build(url, token)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    yield Outsider(dispatcher["memberships"], dispatcher["errors"])
    await dispatcher.stop_polling()
    await polling


@asynccontextmanager
async def aiogram_webhook(url: str, token: str) -> AsyncIterator[Outsider]:
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler  # noqa: PLC0415 - as said above

    from tests.sandbox.outsiders import aiogram_bot  # noqa: PLC0415 - as said above

    bot, dispatcher = aiogram_bot.build(url, token)
    handler = SimpleRequestHandler(dispatcher, bot, secret_token=SECRET, handle_in_background=False)
    async with _served(handler.handle) as hook:
        await bot.set_webhook(
            hook, secret_token=SECRET, allowed_updates=dispatcher.resolve_used_update_types()
        )
        yield Outsider(dispatcher["memberships"], dispatcher["errors"])
        await bot.delete_webhook()
        await bot.session.close()


@asynccontextmanager
async def _served(take: Any) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


OUTSIDERS: dict[str, Running] = {
    "PTB, polling": ptb_polling,
    "PTB, webhook": ptb_webhook,
    "aiogram, polling": aiogram_polling,
    "aiogram, webhook": aiogram_webhook,
}
