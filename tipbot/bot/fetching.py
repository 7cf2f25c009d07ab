"""The calls of long polling: broken off by a stop, and made again after a pause when they fail."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from tipbot.bot.answers import DoubtfulError, seconds_of
from tipbot.bot.incoming import ALLOWED_UPDATES
from tipbot.core.measures import Measures

_BATCH = 100

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds that polling takes for this and that."""

    long_poll: int = 30
    """How long Telegram keeps a call open when there is nothing new."""
    answer: float = 10.0
    """How long beyond that its answer may take."""
    gather: float = 0.005
    """Wait this long for a fresh batch to finish, so that the next call confirms it whole; who
    taps meanwhile waits, too."""
    idle: float = 0.2
    """While old updates stay unfinished, look for new ones at least this often."""
    backoff: float = 0.5
    """First pause after a failed call; doubles, with jitter."""
    longest_backoff: float = 30.0
    retry: float = 0.2
    """First pause before an update that the store could not take is tried again; doubles."""
    doubt: float = 60.0
    """For so long a token that was good may be refused: servers on the way say that, too."""
    longest_retry: float = 10.0
    finish: float = 20.0
    """On stopping, what is in flight may take this long."""
    confirm: float = 5.0
    """And the last call, which confirms it, this long."""


class Fetcher:
    """Asks Telegram for updates until ``stop``; what becomes of them it does not know.

    After a call that failed it pauses, longer each time. Whoever else fetches the updates of this
    bot is told of once, until a call succeeds.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        on_conflict: Callable[[], None],
        pace: Pace,
        seed: str,
        measures: Measures,
    ) -> None:
        self._bot = bot
        self._on_conflict = on_conflict
        self._pace = pace
        self._measures = measures
        self._chance = random.Random(seed)  # noqa: S311 - jitter, no secret
        self._stopping = asyncio.Event()
        self._scope: asyncio.Timeout | None = None
        self._failures = 0
        self._conflict_told = False
        self._refused_since: float | None = None

    @property
    def connected(self) -> bool:
        """Tell whether the last call to Telegram succeeded."""
        return self._failures == 0

    @property
    def stopping(self) -> bool:
        """Tell whether no further call is made."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Break off the call or the pause that is on, and make no other."""
        self._stopping.set()
        if self._scope is not None and not self._scope.expired():
            self._scope.reschedule(asyncio.get_running_loop().time())

    async def remove_webhook(self) -> None:
        """Let updates be fetched; those that wait for a webhook are kept."""
        while not self._stopping.is_set():
            try:
                call = self._bot.delete_webhook(drop_pending_updates=False)
                if await self._call(call) is not None:
                    return
            except InvalidToken:
                # PTB's word for any 404 too: a server without webhooks; getUpdates decides
                return

    async def fetch(self, offset: int | None) -> list[dict[str, Any]] | None:
        """Return the updates from ``offset`` on, None if none came: a call failed, or was stopped.

        What failed has had its pause then. Raise ``InvalidToken`` only once the token was refused
        for long.
        """
        now = asyncio.get_running_loop().time()
        try:
            batch = await self._call(self._updates(offset, self._pace.long_poll, _BATCH))
        except InvalidToken as error:
            self._refused_since = self._refused_since or now
            if now - self._refused_since >= self._pace.doubt:
                raise
            await self.pause(self._after_failure(error))
            return None
        self._refused_since = None if batch is not None else self._refused_since
        return batch

    async def confirm(self, offset: int) -> None:
        """Confirm what is below ``offset``; what this call returns is left for the next start."""
        try:
            async with asyncio.timeout(self._pace.confirm):
                await self._updates(offset, 0, 1)
        except (TelegramError, TimeoutError) as error:
            log.warning("confirm_failed", error=type(error).__name__)

    async def pause(self, seconds: float) -> None:
        """Sleep, but wake at once when stopped."""
        await within(seconds, self._stopping.wait())

    async def _call(self, call: Awaitable[T]) -> T | None:
        """Return the call's result; None after a failure and its pause, or when stopped."""
        try:
            result = await self._unless_stopped(call)
        except InvalidToken:
            raise
        except TelegramError as error:
            await self.pause(self._after_failure(error))
            return None
        if result is not None:
            self._failures, self._conflict_told = 0, False
        return result

    async def _unless_stopped(self, call: Awaitable[T]) -> T | None:
        """Return the call's result, None if it was given up because of ``stop``.

        It is made in this very task: a tap waits for each further turn of the loop.
        """
        try:
            async with asyncio.timeout(None) as self._scope:
                return await call
        except TimeoutError:
            if not self._stopping.is_set():
                raise
            return None
        finally:
            self._scope = None

    async def _updates(self, offset: int | None, seconds: int, limit: int) -> list[dict[str, Any]]:
        asked = {
            "offset": offset,
            "limit": limit,
            "timeout": seconds,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        # The public method loses a whole batch, and logs its texts, when one update is unreadable.
        raw = await self._bot._post(  # noqa: SLF001 - as said above
            "getUpdates", asked, read_timeout=seconds + self._pace.answer
        )
        if not isinstance(raw, list):
            message = "The server's answer is no list of updates"
            raise DoubtfulError(message)
        objects = (each for each in raw if isinstance(each, dict))
        return [each for each in objects if type(each.get("update_id")) is int]

    def _after_failure(self, error: TelegramError) -> float:
        """Log a failed call; return the seconds until the next."""
        self._failures += 1
        self._measures.not_polled(conflict=isinstance(error, Conflict))
        if isinstance(error, Conflict):
            if not self._conflict_told:
                self._conflict_told = True
                log.error("second_poller")
                self._on_conflict()
        else:
            log.warning("poll_failed", error=type(error).__name__, failures=self._failures)
        doubled = self._pace.backoff * 2.0 ** min(self._failures - 1, 30)
        pause = min(doubled, self._pace.longest_backoff) * self._chance.uniform(0.5, 1.0)
        return max(pause, seconds_of(error) if isinstance(error, RetryAfter) else 0.0)


async def within(seconds: float, wait: Awaitable[object]) -> None:
    """Return once ``wait`` is over, or given up after so many seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wait
