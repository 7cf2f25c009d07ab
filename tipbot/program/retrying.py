"""Calls to Telegram that are made until they succeed, or the program stops."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from tipbot.bot.answers import seconds_of
from tipbot.program.starting import NOT_ACCEPTED, StartError

LONGEST_WAIT = 30.0
"""Seconds between two tries, at most."""
_FIRST_WAIT = 0.5

log = structlog.get_logger(__name__)


async def until_made(call: Callable[[], Awaitable[Any]], stopping: asyncio.Event) -> bool:
    """Repeat a call until it succeeds (True) or the program stops (False).

    Raise ``StartError`` for a refused token.
    """
    stopped = asyncio.create_task(stopping.wait())
    try:
        return await _repeated(call, stopping, stopped)
    finally:
        stopped.cancel()


async def stopped_within(seconds: float, stopping: asyncio.Event) -> bool:
    """Wait so many seconds; return True, and at once, if the program stops meanwhile."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def _repeated(
    call: Callable[[], Awaitable[Any]], stopping: asyncio.Event, stopped: asyncio.Future[Any]
) -> bool:
    wait = _FIRST_WAIT
    while True:
        try:
            called = await _unless_stopped(stopped, call())
            if called is not None:
                called.result()
        except InvalidToken:
            raise StartError(NOT_ACCEPTED) from None
        except TelegramError as fault:
            log.warning("telegram_away", kind=type(fault).__name__)
            asked = seconds_of(fault) if isinstance(fault, RetryAfter) else 0.0
            if await stopped_within(asked or wait, stopping):
                return False
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            return called is not None


async def _unless_stopped(
    stopped: asyncio.Future[Any], call: Awaitable[Any]
) -> asyncio.Future[Any] | None:
    """Return a call once it is done, or None if it was given up because ``stopped`` was done."""
    calling = asyncio.ensure_future(call)
    try:
        await asyncio.wait((calling, stopped), return_when=asyncio.FIRST_COMPLETED)
        return calling if calling.done() else None
    finally:
        if not calling.done():
            calling.cancel()
            await asyncio.gather(calling, return_exceptions=True)
