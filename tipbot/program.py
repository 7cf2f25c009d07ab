"""The life of the running bot: it connects, delivers, receives, and ends with nothing half done."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import count
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from tipbot.bot.answered import Repeats
from tipbot.bot.application import App, is_unhurried, is_urgent
from tipbot.bot.errors import Faults
from tipbot.bot.fetching import Pace
from tipbot.bot.house import House
from tipbot.bot.inbox import InHand
from tipbot.bot.incoming import ALLOWED_UPDATES, read_update
from tipbot.bot.menu import publish_menu, publish_staff_menus
from tipbot.bot.order import ChatOrder, Work
from tipbot.bot.receive import Poller, kind_of, line_of
from tipbot.delivery.schedule import Ticks
from tipbot.delivery.send import Courier
from tipbot.settings import Settings
from tipbot.store.base import Cluster, KeptUpdate, Store, StoreUnavailableError
from tipbot.web.metrics import Metrics, metrics_route
from tipbot.web.server import WebServer, health_routes, webhook_route

log = structlog.get_logger(__name__)

Say = Callable[[str], None]
"""Tells the owner something on the console."""
TakeUpdate = Callable[[dict[str, Any]], Awaitable[None]]
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
PATIENCE = 20.0
"""Seconds that a webhook request waits for a store that is away, before Telegram is asked to come
again; its own patience is about a minute."""
_LOOK_AGAIN, _LONGEST_LOOK = 0.1, 2.0
_MENU_TRIES = 3

SECOND_POLLER = (
    "Another program is fetching this bot's updates with the same token. Stop it, or stop this one;"
    " until then both get only part of what people send. I keep trying."
)
NOT_ACCEPTED = (
    "Telegram does not accept the token. Copy it again from @BotFather (its command /token shows"
    " it) into TIPBOT_TOKEN."
)
WEBHOOK_REFUSED = (
    "Telegram refuses the address in TIPBOT_WEBHOOK_URL, and nothing comes in meanwhile: {reason}."
    " I keep trying."
)


class Half(StrEnum):
    """Which part of the work this process does."""

    BOTH = "run"
    RECEIVE = "receive"
    DELIVER = "deliver"

    @property
    def receives(self) -> bool:
        """Whether updates are taken here."""
        return self is not Half.DELIVER

    @property
    def delivers(self) -> bool:
        """Whether what falls due is sent from here."""
        return self is not Half.RECEIVE


class StartError(Exception):
    """The program cannot start or go on; the message says why and what to do.

    With ``passing`` it may be over soon by itself, so that whoever watches over the program should
    start it again.
    """

    def __init__(self, message: str, *, passing: bool = False) -> None:
        """Say ``message``."""
        super().__init__(message)
        self.passing = passing


@dataclass(kw_only=True)
class Program:
    """The parts of the running bot; ``serve`` runs them until ``stop``."""

    settings: Settings
    store: Store
    application: App
    faults: Faults
    house: House
    courier: Courier
    """Sends tips and prompts."""
    announcer: Courier
    """Sends announcements, in the lane behind."""
    ticks: Ticks
    bot: ExtBot[Any]
    say: Say
    metrics: Metrics
    repeats: Repeats
    half: Half = Half.BOTH
    cluster: Cluster | None = None
    """The other processes on the database, None on SQLite."""
    patience: float = PATIENCE
    polling: Pace = field(default_factory=Pace)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    order: ChatOrder = field(default_factory=ChatOrder)

    def stop(self) -> None:
        """Finish what is in flight and end."""
        self.stopping.set()

    async def serve(self) -> None:
        """Receive and deliver until ``stop``; raise ``StartError`` for a refused token."""
        async with AsyncExitStack() as stack:
            await self._connect(stack)
            if self.stopping.is_set():
                return
            if self.half.delivers:
                await self._deliver(stack)
            stack.push_async_callback(self.repeats.settle)
            hooked = self.half.receives and self.settings.webhook_url is not None
            await self._serve_web(stack, self._take_webhook if hooked else None)
            polling = self.half.receives and not hooked
            log.info("started", half=self.half.value, polling=polling)
            if self.half.receives:
                self._publish_menu(stack)
                await (self._poll() if polling else self._wait_for_webhooks())
            else:
                await self.stopping.wait()
        log.info("stopped")

    async def _connect(self, stack: AsyncExitStack) -> None:
        """Make PTB ready; wait for a network that is away, but not for a token that is wrong."""
        stack.push_async_callback(self.bot.shutdown)  # open even if it is refused
        connected = await self._patiently(self.application.initialize)
        if connected:
            stack.push_async_callback(self.application.shutdown)

    async def _patiently(self, call: Callable[[], Awaitable[Any]]) -> bool:
        """Repeat a call until it succeeds (True) or the program stops (False)."""
        stopped = asyncio.create_task(self.stopping.wait())
        try:
            return await self._repeated(call, stopped)
        finally:
            stopped.cancel()

    async def _repeated(
        self, call: Callable[[], Awaitable[Any]], stopped: asyncio.Future[Any]
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
                if await self._stopped_within(_asked(fault) or wait):
                    return False
                wait = min(wait * 2, _LONGEST_WAIT)
            else:
                return called is not None

    def _publish_menu(self, stack: AsyncExitStack) -> None:
        """Set the command menu beside the work: a server that refuses it keeps nobody waiting."""

        async def publish() -> None:
            for _ in range(_MENU_TRIES):
                try:
                    await publish_menu(self.bot, self.house)
                    await publish_staff_menus(self.bot, self.house)
                except (TelegramError, StoreUnavailableError) as fault:
                    log.warning("menu_not_set", kind=type(fault).__name__)
                    await asyncio.sleep(_LONGEST_WAIT)
                else:
                    return

        publishing = asyncio.create_task(publish())
        stack.callback(publishing.cancel)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _deliver(self, stack: AsyncExitStack) -> None:
        """Start the ticks and the couriers; on leaving, what was begun is finished first."""
        couriers = (self.courier, self.announcer)
        running = [asyncio.create_task(each.run()) for each in couriers]
        self.ticks.start()

        async def end() -> None:
            await self.ticks.stop()
            await asyncio.gather(*(each.stop() for each in couriers))
            await asyncio.gather(*running)

        stack.push_async_callback(end)

    async def _serve_web(self, stack: AsyncExitStack, take: TakeUpdate | None) -> None:
        """Serve health and the webhook; without a webhook a taken address is only said."""
        routes = [
            *health_routes(self.store.ping),
            metrics_route(self.metrics, self.store.backlog, self.house.clock),
        ]
        if take is not None:
            secret = self.settings.webhook_secret
            path = urlsplit(self.settings.webhook_url or "").path or "/"
            routes.append(webhook_route(path, secret.get_secret_value() if secret else "", take))
        server = WebServer(routes)
        stack.push_async_callback(server.close)
        try:
            await server.open(*self.settings.listen_address)
        except OSError as fault:
            message = f"TIPBOT_LISTEN: {self.settings.listen} cannot be used ({fault.strerror})."
            if take is not None:
                raise StartError(message) from None
            self.say(f"{message} Going on without /healthz, /readyz and /metrics.")

    async def process(self, update: Update) -> None:
        """Let the chat answer one update; raise ``StoreUnavailableError`` if it must come again.

        Of all processes, one at a time answers what comes from a chat, and an update that any of
        them has answered is not answered again; what is urgent waits for neither.
        """
        if is_urgent(update):
            await self._answer(update)
            return
        async with self._held(update) as found:
            if not await self.repeats.knows(update, found=found):
                await self._answer(update)
                await self.repeats.keep(update)

    async def _answer(self, update: Update) -> None:
        """Return once the effect of an update is on disk, with which Telegram may forget it."""
        await self.application.process_update(update)
        if self.faults.wants_again(update.update_id):
            raise StoreUnavailableError
        await self.store.flushed()

    @asynccontextmanager
    async def _held(self, update: Update) -> AsyncIterator[bool | None]:
        """Hold the chat of an update among all processes; tell whether one has answered it.

        None says that nobody looked.
        """
        chat = update.effective_chat
        if self.cluster is None or chat is None:
            yield None
            return
        async with self.cluster.hold(chat.id, self.repeats.asks(update)) as found:
            self._doubt(chat.id)
            try:
                yield found
            finally:
                self._doubt(chat.id)

    def _doubt(self, chat: int) -> None:
        """Know no more what another process may change while it holds a chat."""
        self.house.screen.doubt(chat)
        self.house.looks.forget(chat)

    async def _left_over(self) -> list[KeptUpdate]:
        """Return what an earlier life took and did not end with; wait for a store that is away."""
        wait = _LOOK_AGAIN
        while not self.stopping.is_set():
            try:
                kept = await self.store.kept_updates(self.house.clock())
            except StoreUnavailableError:
                await self._stopped_within(wait)
                wait = min(wait * 2, _LONGEST_LOOK)
            else:
                self.repeats.expect(len(kept))
                return kept
        return []

    async def _poll(self) -> None:
        left = [json.loads(each.payload) for each in await self._left_over()]
        poller = Poller(
            self.bot,
            self.process,
            on_conflict=lambda: self.say(SECOND_POLLER),
            urgent=is_urgent,
            slow=is_unhurried,
            crowds=self.house.crowds,
            in_hand=InHand(self.store, self.house.clock),
            effects=self.house.effects,
            left=left,
            seed=secrets.token_hex(4),
            pace=self.polling,
            measures=self.metrics,
        )
        stopper = asyncio.create_task(self.stopping.wait())
        stopper.add_done_callback(lambda _: poller.stop())
        try:
            await poller.run()
        except InvalidToken:
            raise StartError(NOT_ACCEPTED) from None
        finally:
            stopper.cancel()

    async def _take_up(self) -> None:
        """Answer what a poller of an earlier life left over."""

        async def answer(kept: KeptUpdate) -> None:
            with suppress(StoreUnavailableError):  # then it comes at the next start
                await self._take_webhook(json.loads(kept.payload))
                await self.store.drop_updates([kept.number])

        await asyncio.gather(*map(answer, await self._left_over()))

    async def _take_webhook(self, raw: dict[str, Any]) -> None:
        """Let the chat answer what Telegram posted, in order within each chat."""
        update = read_update(raw, self.bot)
        if update is None:
            return
        task = self.order.submit(line_of(update, urgent=is_urgent(update)), self._work_on(update))
        self.house.crowds.follow(line_of(update), task)
        await task

    def _work_on(self, update: Update) -> Work:
        """Return attempts at an update: while the store is away, its chat waits within bounds."""
        loop = asyncio.get_running_loop()
        until, attempts, came = loop.time() + self.patience, count(), perf_counter()

        async def work() -> float | None:
            pause = min(_LOOK_AGAIN * 2.0 ** min(next(attempts), 10), _LONGEST_LOOK)
            try:
                await self.process(update)
            except StoreUnavailableError:
                if self.stopping.is_set() or loop.time() + pause > until:
                    raise
                return pause
            self.metrics.handled(kind_of(update), perf_counter() - came)
            return None

        return work

    async def _wait_for_webhooks(self) -> None:
        """Name our address to Telegram and stay until stopped.

        A refusal is told once and tried again: a name may not be known everywhere yet.
        """
        told: set[str] = set()

        async def name() -> None:
            try:
                await self._set_webhook()
            except BadRequest as refusal:
                if refusal.message not in told:
                    told.add(refusal.message)
                    self.say(WEBHOOK_REFUSED.format(reason=refusal.message))
                raise

        taking_up = asyncio.create_task(self._take_up())
        try:
            if await self._patiently(name):
                await self.stopping.wait()
        finally:
            taking_up.cancel()

    async def _set_webhook(self) -> None:
        url, secret = self.settings.webhook_url, self.settings.webhook_secret
        await self.bot.set_webhook(
            url or "",
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=list(ALLOWED_UPDATES),
        )


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


def _asked(fault: TelegramError) -> float:
    """Return the seconds that a 429 asks for, 0 for any other fault."""
    wait = fault.retry_after if isinstance(fault, RetryAfter) else 0
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
