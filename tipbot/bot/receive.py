"""Long polling that confirms an update to Telegram only after it or its effect is committed.

Telegram forgets an update once ``getUpdates`` is called with a higher offset, so the offset is
always the lowest update of which nothing else is on disk (``inbox``). Whatever stands
above it comes again with every call and is told apart by its id.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from time import perf_counter
from typing import Any

import structlog
from telegram import Bot, Update

from tipbot.bot.fetching import Fetcher, Pace, within
from tipbot.bot.inbox import Effects, InHand
from tipbot.bot.incoming import read_update
from tipbot.bot.order import ChatOrder, Crowds
from tipbot.clock import system_clock
from tipbot.core.measures import UNMEASURED, Handled, Measures
from tipbot.store.base import StoreUnavailableError

log = structlog.get_logger(__name__)


class Poller:
    """Takes updates from Telegram, hands them to ``process`` and confirms the finished ones.

    Updates of one chat are processed in order, chats side by side; one that is ``urgent`` waits for
    others of its kind alone. ``process`` may be called again
    with the same update: after a crash, after ``StoreUnavailableError``, or when ``retry_wanted``
    (asked with the update's id after each call) says so. Any other exception counts as handled.
    What is ``left`` over from an earlier life, kept on disk, comes first.
    """

    def __init__(  # noqa: PLR0913 - the parts it is put together from
        self,
        bot: Bot,
        process: Callable[[Update], Awaitable[None]],
        *,
        retry_wanted: Callable[[int], bool] = lambda _: False,
        on_conflict: Callable[[], None] = lambda: None,
        urgent: Callable[[Update], bool] = lambda _: False,
        slow: Callable[[Update], bool] = lambda _: False,
        crowds: Crowds | None = None,
        in_hand: InHand | None = None,
        effects: Effects | None = None,
        left: Iterable[dict[str, Any]] = (),
        pace: Pace | None = None,
        seed: str = "poller",
        measures: Measures = UNMEASURED,
    ) -> None:
        self._bot = bot
        self._process = process
        self._retry_wanted = retry_wanted
        self._urgent = urgent
        self._slow = slow
        self._crowds = crowds or Crowds()
        self._pace = pace or Pace()
        self._measures = measures
        self._fetcher = Fetcher(
            bot, on_conflict=on_conflict, pace=self._pace, seed=seed, measures=measures
        )
        self._order = ChatOrder(sleep=self._fetcher.pause)
        self._progress = asyncio.Event()
        self._in_hand = InHand(None, system_clock) if in_hand is None else in_hand
        if effects is not None:
            effects.listen(self._release)
        self._left_over = left
        self._finished: set[int] = set()
        self._left: set[Hashable] = set()
        self._highest: int | None = None
        self._quiet = 0

    @property
    def connected(self) -> bool:
        """Tell whether the last call to Telegram succeeded."""
        return self._fetcher.connected

    def stop(self) -> None:
        """Take no more updates; ``run`` returns when what is in flight is finished."""
        self._fetcher.stop()

    async def run(self) -> None:
        """Poll until ``stop``; raise ``InvalidToken`` if Telegram goes on refusing the token.

        A webhook is removed first, with the updates that wait for it kept. On return every finished
        update is confirmed, as far as Telegram could be reached; the others come at the next start.
        """
        for raw in self._left_over:
            self._take(raw, kept=True)
        try:
            await self._fetcher.remove_webhook()
            while not self._fetcher.stopping:
                await self._poll_once()
        finally:
            self._fetcher.stop()
            if not await self._order.drain(self._pace.finish):
                log.warning("updates_left", count=len(self._in_hand))
            await self._in_hand.settle()
        if (offset := self._offset()) is not None:
            await self._fetcher.confirm(offset)

    async def _poll_once(self) -> None:
        self._progress.clear()
        batch = await self._fetcher.fetch(self._offset())
        if batch is None or self._fetcher.stopping:
            return
        if batch:
            self._highest = batch[-1]["update_id"]
        fresh = [raw for raw in batch if self._is_new(raw)]
        for raw in fresh:
            self._take(raw)
        self._quiet = 0 if fresh else self._quiet + 1
        if fresh:
            self._keep_slow()
            await self._until_idle(self._pace.gather)
        elif self._is_held():
            pause = min(self._pace.gather * 2.0 ** min(self._quiet, 30), self._pace.idle)
            await within(min(pause, self._in_hand.slow_in()), self._progress.wait())
            self._keep_slow()

    def _keep_slow(self) -> None:
        """Begin to keep what takes long; once it is kept, the next call confirms it."""
        if (keeping := self._in_hand.keep_slow()) is not None:
            keeping.add_done_callback(self._note_kept)

    def _note_kept(self, keeping: asyncio.Task[bool]) -> None:
        if not keeping.cancelled() and keeping.result():
            self._progress.set()

    def _is_held(self) -> bool:
        """Tell whether there is an update that only Telegram keeps."""
        return any(True for _ in self._in_hand.held)

    def _offset(self) -> int | None:
        if self._highest is None:
            return None
        offset = min(self._in_hand.held, default=self._highest + 1)
        self._finished = {each for each in self._finished if each >= offset}
        return offset

    def _is_new(self, raw: dict[str, Any]) -> bool:
        number = raw["update_id"]
        return number not in self._in_hand and number not in self._finished

    def _take(self, raw: dict[str, Any], *, kept: bool = False) -> None:
        number: int = raw["update_id"]
        update = read_update(raw, self._bot)
        if update is None:
            self._finished.add(number)
            return
        self._in_hand.take(raw, update, kept=kept, slow=self._slow(update))
        key = line_of(update, urgent=self._urgent(update))
        attempts, came = iter(range(1_000_000)), perf_counter()
        task = self._order.submit(key, lambda: self._attempt(key, update, next(attempts)))
        task.add_done_callback(
            lambda _: self._measures.handled(kind_of(update), perf_counter() - came)
        )
        self._crowds.follow(line_of(update), task)

    def _release(self, number: int) -> None:
        """Let the next call confirm an update that is not over."""
        self._in_hand.release(number)
        self._progress.set()

    async def _attempt(self, key: Hashable, update: Update, attempt: int) -> float | None:
        """Process once; return the seconds until the next attempt, or None when it is over."""
        if key in self._left:
            return None
        if await self._wants_retry(update):
            if self._fetcher.stopping:
                self._left.add(key)  # what follows in this chat must not overtake it
                return None
            return min(self._pace.retry * 2.0 ** min(attempt, 30), self._pace.longest_retry)
        self._finished.add(update.update_id)
        await self._in_hand.finish(update.update_id)
        self._progress.set()
        return None

    async def _wants_retry(self, update: Update) -> bool:
        try:
            await self._process(update)
        except StoreUnavailableError:
            log.warning("update_put_off", update=update.update_id)
            return True
        except asyncio.CancelledError as error:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                raise
            _log_failure(update, error)  # something inside was cancelled, not this task
        except Exception as error:  # noqa: BLE001 - the loop's boundary; the error handler has answered
            _log_failure(update, error)
        return self._retry_wanted(update.update_id)

    async def _until_idle(self, seconds: float) -> None:
        async def idle() -> None:
            while self._is_held():
                self._progress.clear()
                await self._progress.wait()

        await within(seconds, idle())


def _log_failure(update: Update, error: BaseException) -> None:
    """Name the kind alone: a trace may quote the message."""
    log.error("update_failed", update=update.update_id, error=type(error).__name__)


def line_of(update: Update, *, urgent: bool = False) -> Hashable:
    """Return what an update waits behind: all of its chat, or only what is urgent there too."""
    line: Hashable = ("update", update.update_id)
    if update.effective_chat is not None:
        line = update.effective_chat.id
    elif update.effective_user is not None:
        line = update.effective_user.id
    return ("urgent", line) if urgent else line


def kind_of(update: Update) -> Handled:
    """Return what kind of update it is, as it is measured."""
    if update.callback_query is not None:
        return Handled.TAP
    return Handled.OTHER if update.message is None else Handled.MESSAGE
