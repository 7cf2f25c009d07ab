"""Waiting for a store that is away, and leaving room for others on one that is there."""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable
from itertools import count

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


async def in_steps(
    step: Callable[[], Awaitable[bool]],
    most: int | None = None,
    apart: Callable[[], float] = lambda: 0.0,
    seconds: float = math.inf,
) -> None:
    """Repeat a step until it says that there is no more to do, at most ``most`` times.

    Between two it rests for as long as one took: half of the store is for everybody else. They
    begin no less than so many seconds apart as ``apart`` says then; if it says any, the next one is
    begun only if ``seconds`` are enough for it, too.
    """
    loop, rest = asyncio.get_running_loop(), 0.0
    until = loop.time() + seconds
    for number in count() if most is None else range(most):
        if number:
            await asyncio.sleep(rest)
        began = loop.time()
        if not await step():
            return
        took, pause = loop.time() - began, apart()
        rest = max(took, pause - took)
        if pause and loop.time() + rest + took >= until:
            return


async def within(seconds: float, wait: Awaitable[object]) -> None:
    """Wait for something, but no longer than ``seconds``; makes no task for it."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wait
