"""Lines to a server of the test, and a form posted on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.bot.servers import TOKEN
from tests.bot.test_receive import until
from tipbot.bot.lines import Lines
from tipbot.bot.pool import Pool
from tipbot.bot.timeouts import Timeouts

FORM = b"chat_id=5&text=hi"
TAKEN = b'{"ok": true, "result": {"message_id": 7}}'


@asynccontextmanager
async def lines_to(url: str, limit: int = 2, **timeouts: float | None) -> AsyncIterator[Lines]:
    lines = Lines(f"{url}/bot{TOKEN}/sendMessage", limit, Timeouts(**timeouts))
    await lines.initialize()
    try:
        yield lines
    finally:
        await lines.shutdown()


def pool_of(lines: Lines) -> Pool:
    assert lines._pool is not None
    return lines._pool


async def ended(lines: Lines) -> None:
    """Wait until no connection that is kept can be used any more."""
    await until(lambda: not any(line.usable for line in pool_of(lines)._idle))


async def post(lines: Lines, form: bytes = FORM) -> Any:
    async with lines.line() as line:
        return await line.post(form)
