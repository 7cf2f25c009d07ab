"""The composition root: builds every part and hands each what it needs."""

import asyncio
import gc
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram import Bot
from telegram.ext import ExtBot

from tipbot import __version__
from tipbot.bot.application import build_application
from tipbot.bot.callbacks import pack
from tipbot.bot.errors import Faults
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.bot.herald import Herald
from tipbot.bot.leading import Leader
from tipbot.bot.request import AiohttpRequest, NotSentError, Timeouts
from tipbot.bot.views.tips import delivery_view
from tipbot.bot.visit import House
from tipbot.clock import Clock, system_clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import Delivery, Document
from tipbot.core.planning import plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.plan import Planner
from tipbot.delivery.rate import Lane, Pacer
from tipbot.delivery.replies import PacedRateLimiter
from tipbot.delivery.retention import retention_tick
from tipbot.delivery.schedule import Tick, Ticks, delivery_ticks
from tipbot.delivery.send import Courier, Rules
from tipbot.delivery.sender import Message, TelegramSender
from tipbot.library.files import LibraryError, read_library
from tipbot.places import PlaceProcess
from tipbot.program import Program, Say, StartError
from tipbot.render.pool import RenderPool
from tipbot.settings import Settings
from tipbot.store.base import Store, StoreUnavailableError
from tipbot.store.connect import connect
from tipbot.texts import Texts, load_texts
from tipbot.web.metrics import Metrics

log = structlog.get_logger(__name__)
_POLLING_CONNECTIONS = 4
_TIMEOUTS = Timeouts(read=20.0)
"""A slow answer is better waited for: after it, nobody knows whether the message arrived."""


@asynccontextmanager
async def opened_store(
    settings: Settings, clock: Clock, measures: Measures = UNMEASURED
) -> AsyncIterator[Store]:
    """Open the database and bring its library in step with the files.

    Raises ``StartError`` if either is not in order; nothing was changed then.
    """
    try:
        library = read_library(settings.tips)
        store = connect(settings.database.get_secret_value(), clock, measures)
    except LibraryError as fault:
        message = f"The tip library in {settings.tips} has faults; nothing was started.\n{fault}"
        raise StartError(message) from None
    except ValueError as fault:
        message = f"TIPBOT_DATABASE: {fault}"
        raise StartError(message) from None
    try:
        await store.open()
    except StoreUnavailableError as fault:
        message = f"The database cannot be opened: {fault}"
        raise StartError(message) from None
    try:
        synced = await store.sync_library(library, clock())
        log.info(
            "library_synced",
            added=len(synced.added),
            changed=len(synced.changed),
            retired=len(synced.retired),
        )
        yield store
    finally:
        await store.close()


def message_for(texts: Texts, documents: Mapping[str, Document]) -> Callable[[Delivery], Message]:
    """Return what turns a delivery into the message that is sent for it."""

    def render(delivery: Delivery) -> Message:
        who = delivery.subscriber
        view = delivery_view(texts.speak(who.language), delivery, documents)
        return Message(
            chat_id=who.chat_id,
            text=view.html,
            keyboard=tuple(
                tuple((button.label, pack(button.value)) for button in row) for row in view.keyboard
            ),
            silent=who.silent,
        )

    return render


@asynccontextmanager
async def built_program(
    settings: Settings, clock: Clock = system_clock, say: Say = print
) -> AsyncIterator[Program]:
    """Build the whole bot over an open store; what was opened is closed on leaving.

    Raises ``StartError`` if the token, the library or the database is not in order.
    """
    if settings.token is None:
        message = "TIPBOT_TOKEN is not set"
        raise StartError(message)
    token, api = settings.token.get_secret_value(), f"{settings.api_url}/bot"
    metrics = Metrics(version=__version__, database=settings.database_kind)
    texts, pacer, places = load_texts(), Pacer(settings.rate, measures=metrics), PlaceProcess()
    bot: ExtBot[Any] = ExtBot(
        token,
        base_url=api,
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(timeouts=_TIMEOUTS),
        get_updates_request=AiohttpRequest(_POLLING_CONNECTIONS),
        rate_limiter=PacedRateLimiter(pacer),
    )
    async with (
        opened_store(settings, clock, metrics) as store,
        _opened(AiohttpRequest(timeouts=_TIMEOUTS)) as lane,
    ):
        unpaced = Bot(token, base_url=api, request=lane)
        rules = Rules(
            render=message_for(texts, await store.documents()),
            allow=allowed_now,
            resend_doubtful=resend_doubtful,
            after_sent=lambda sent: slow_down_if_quiet(store, sent, clock()),
        )
        courier, announcer = (
            Courier(
                store,
                TelegramSender(unpaced, NotSentError),
                rules,
                clock=clock,
                pacer=pacer,
                worker=worker_name(),
                measures=metrics,
                lane=lane_of,
            )
            for lane_of in (Lane.TIP, Lane.ANNOUNCEMENT)
        )
        pool = RenderPool(measures=metrics)
        house = House(
            store=store,
            clock=clock,
            texts=texts,
            places=places,
            nudge=courier.nudge,
            renderer=pool,
            owners=settings.owners,
            rate=settings.rate,
        )
        leader = Leader(house, unpaced, pacer)
        herald = Herald(house, unpaced, pacer)
        faults = Faults(texts, metrics)
        planner = Planner(store, clock, plan_step)
        try:
            yield Program(
                settings=settings,
                store=store,
                application=build_application(bot, house, faults),
                faults=faults,
                house=house,
                courier=courier,
                announcer=announcer,
                ticks=Ticks(
                    (
                        *delivery_ticks(planner, courier, store, clock, metrics),
                        retention_tick(store, clock),
                        announcement_tick(store, announcer, clock),
                        Tick("relief", 0.5, leader.tick),
                        Tick("progress", 2, herald.tick),
                    )
                ),
                bot=bot,
                say=say,
                metrics=metrics,
            )
        finally:
            await leader.drain()
            await house.errands.close()
            await pool.close()
            await places.close()


@asynccontextmanager
async def _opened(request: AiohttpRequest) -> AsyncIterator[AiohttpRequest]:
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


def worker_name() -> str:
    """Return a name that no other worker has or had: leases are held under it."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


async def run_bot(settings: Settings, say: Say = print) -> None:
    """Run the bot until SIGINT or SIGTERM, then finish what is in flight.

    Raises ``StartError`` if it cannot start.
    """
    async with built_program(settings, say=say) as program:
        stop_on_signals(program.stop)
        keep_what_is_loaded()
        await program.serve()


def keep_what_is_loaded() -> None:
    """Let Python's search for unused memory pass over all that stands by now.

    Modules and texts stay until the end: without this, each full search holds every tap for about
    80 ms.
    """
    gc.collect()
    gc.freeze()


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Call ``stop`` when the operating system asks the process to end."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows has no such handlers
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
