"""Waiting for a store that is away."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from tipbot.store.base import StoreUnavailableError

_FIRST, _LONGEST = 0.2, 5.0

log = structlog.get_logger(__name__)


def backoff(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: doubling from 0.2 to 5."""
    return min(_FIRST * 2.0 ** min(failures - 1, 30), _LONGEST)


async def insist(write: Callable[[], Awaitable[None]]) -> None:
    """Repeat a write until the store could take it; only cancelling ends it otherwise."""
    failures = 0
    while True:
        try:
            return await write()
        except StoreUnavailableError:
            failures += 1
            log.warning("write_put_off", failures=failures)
            await asyncio.sleep(backoff(failures))


async def within(seconds: float, wait: Awaitable[object]) -> None:
    """Wait for something, but no longer than ``seconds``."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(wait, seconds)
