"""Puts what the chat's handlers send through PTB into the reply lane of the one budget."""

import asyncio
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter
from telegram.warnings import PTBDeprecationWarning

from tipbot.delivery.budget import Lane
from tipbot.delivery.rate import Pacer

_ATTEMPTS = 3
_LONGEST_WAIT = timedelta(seconds=30)
"""Telegram forgets a tap soon after; a reply that comes later than this helps nobody."""
_MESSAGES = ("send", "copy", "forward")
_NO_MESSAGES = frozenset({"sendChatAction"})

_Answer = bool | dict[str, Any] | list[dict[str, Any]]
Hold = Callable[[Callable[[], Awaitable[None]]], AbstractContextManager[None]]
"""Has the requests of a block wait for something once each has its connection: one that has its
turn first would, with a handshake yet to come, arrive together with those behind it."""


def wait_of(error: RetryAfter) -> timedelta:
    """Return how long a 429 asks to wait, whichever form PTB gives it in, without its warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _refuse_long(pacer: Pacer) -> None:
    """Raise ``RetryAfter`` while a flood keeps every lane still for long."""
    if pacer.pause > _LONGEST_WAIT:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBDeprecationWarning)
            raise RetryAfter(pacer.pause)


class _Leaving:
    """A call on its way out, with its place if it needs one."""

    def __init__(self, pacer: Pacer, place: float | None) -> None:
        self._pacer = pacer
        self._place = place
        self.left = asyncio.get_running_loop().time()
        """When it left, as far as is known."""

    async def turn(self) -> None:
        """Return when the call may be written; raise ``RetryAfter`` if a long flood came."""
        if self._place is not None:
            _refuse_long(self._pacer)
            await self._pacer.leave(self._place)
            self.left = asyncio.get_running_loop().time()


class PacedRateLimiter(BaseRateLimiter[Lane | str]):
    """PTB's rate limiter over a ``Pacer``; ``rate_limit_args`` may name another lane.

    What has ``core.pace.URGENT`` there is sent at once, whatever keeps the rest: it is very little.

    A call that Telegram refused with 429 is made again, three times in all. While a flood asks for
    more than half a minute, calls that would have to wait raise ``RetryAfter`` at once: updates
    held so long would keep later ones from being fetched. Any other error is raised as it is, for
    the call may have taken effect.
    """

    def __init__(self, pacer: Pacer, hold: Hold) -> None:
        self._pacer = pacer
        self._hold = hold

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(  # noqa: PLR0913, PLR0917 - PTB's own signature
        self,
        callback: Callable[..., Coroutine[Any, Any, _Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | str | None,
    ) -> _Answer:
        """Wait for the turn, call, and return the answer; see the class for what is repeated."""
        lane = Lane.REPLY if rate_limit_args is None else rate_limit_args
        for attempt in range(1, _ATTEMPTS + 1):
            place = await self._admit(endpoint, data.get("chat_id"), lane)
            leaving = _Leaving(self._pacer, place)
            try:
                with self._hold(leaving.turn):
                    return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = wait_of(error)
                self._pacer.flooded(wait, leaving.left)
                if attempt == _ATTEMPTS or wait > _LONGEST_WAIT:
                    raise
            await asyncio.sleep(wait.total_seconds())
        raise AssertionError  # the last attempt has returned or raised

    async def _admit(self, endpoint: str, chat: object, lane: Lane | str) -> float | None:
        """Wait as long as a call must; return the place of a message, None for all else."""
        message = endpoint.startswith(_MESSAGES) and endpoint not in _NO_MESSAGES
        edit = endpoint.startswith("edit")
        if isinstance(lane, str) or not isinstance(chat, int) or not (message or edit):
            return None
        _refuse_long(self._pacer)
        if message:
            return await self._pacer.acquire(lane, chat)
        await self._pacer.acquire_edit(chat)
        return None
