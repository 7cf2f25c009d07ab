"""A bot whose calls take either way: lines, or aiohttp."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

from tests.bot.servers import TOKEN
from tipbot.bot.request import ApiRequest
from tipbot.bot.timeouts import Timeouts

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
