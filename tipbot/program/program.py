"""The life of the running bot: it connects, delivers, receives, and ends with nothing half done."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram.error import TelegramError
from telegram.ext import ExtBot

from tipbot.bot.answered import Repeats
from tipbot.bot.application import App
from tipbot.bot.house import House
from tipbot.bot.menu import publish_menu, publish_staff_menus
from tipbot.delivery.schedule import Ticks
from tipbot.delivery.send import Courier
from tipbot.program.half import Half
from tipbot.program.receiving import Receiver
from tipbot.program.retrying import LONGEST_WAIT, until_made
from tipbot.program.starting import Say, StartError
from tipbot.settings import Settings
from tipbot.store.base import Store, StoreUnavailableError
from tipbot.web.metrics import Metrics, metrics_route
from tipbot.web.server import WebServer, health_routes, webhook_route

_MENU_TRIES = 3

log = structlog.get_logger(__name__)

TakeUpdate = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(kw_only=True)
class Program:
    """The parts of the running bot; ``serve`` runs them until ``stop``."""

    settings: Settings
    store: Store
    application: App
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
    receiver: Receiver
    stopping: asyncio.Event
    """Ends the receiver, too."""
    half: Half = Half.BOTH

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
            await self._serve_web(stack, self.receiver.take_webhook if hooked else None)
            polling = self.half.receives and not hooked
            log.info("started", half=self.half.value, polling=polling)
            if self.half.receives:
                self._publish_menu(stack)
                await (self.receiver.poll() if polling else self.receiver.wait_for_webhooks())
            else:
                await self.stopping.wait()
        log.info("stopped")

    async def _connect(self, stack: AsyncExitStack) -> None:
        """Make PTB ready; wait for a network that is away, but not for a token that is wrong."""
        stack.push_async_callback(self.bot.shutdown)  # open even if it is refused
        connected = await until_made(self.application.initialize, self.stopping)
        if connected:
            stack.push_async_callback(self.application.shutdown)

    def _publish_menu(self, stack: AsyncExitStack) -> None:
        """Set the command menu beside the work: a server that refuses it keeps nobody waiting."""

        async def publish() -> None:
            for _ in range(_MENU_TRIES):
                try:
                    await publish_menu(self.bot, self.house)
                    await publish_staff_menus(self.bot, self.house)
                except (TelegramError, StoreUnavailableError) as fault:
                    log.warning("menu_not_set", kind=type(fault).__name__)
                    await asyncio.sleep(LONGEST_WAIT)
                else:
                    return

        publishing = asyncio.create_task(publish())
        stack.callback(publishing.cancel)

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
