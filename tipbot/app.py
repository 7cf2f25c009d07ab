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
from tipbot.bot.answered import FIRST_BATCH, Repeats
from tipbot.bot.application import build_application
from tipbot.bot.callbacks import pack
from tipbot.bot.doubts import tell_doubts
from tipbot.bot.errors import Faults
from tipbot.bot.features.digest import read_digest
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.bot.herald import Herald
from tipbot.bot.leading import Leader
from tipbot.bot.request import AiohttpRequest, NotSentError, Timeouts
from tipbot.bot.views.digest import digest_view
from tipbot.bot.views.tips import delivery_view
from tipbot.bot.visit import House
from tipbot.clock import Clock, system_clock
from tipbot.core.digest import Digest
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import Delivery, Document, Topic
from tipbot.core.planning import plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.plan import Planner
from tipbot.delivery.rate import Lane, Pacer
from tipbot.delivery.replies import PacedRateLimiter
from tipbot.delivery.retention import retention_tick
from tipbot.delivery.schedule import Tick, Ticks, delivery_ticks, in_turn
from tipbot.delivery.send import Courier, Rules
from tipbot.delivery.sender import Message, TelegramSender
from tipbot.delivery.shared import ChatNews, SharedTempo
from tipbot.library.files import LibraryError, read_library
from tipbot.places import PlaceProcess
from tipbot.program import Half, Program, Say, StartError
from tipbot.render.pool import RenderPool
from tipbot.settings import Settings
from tipbot.store.base import Cluster, Store, StoreUnavailableError
from tipbot.store.connect import connect, join
from tipbot.texts import Texts, load_texts
from tipbot.web.metrics import Metrics

log = structlog.get_logger(__name__)
_POLLING_CONNECTIONS = 4
_TIMEOUTS = Timeouts(read=20.0)
"""A slow answer is better waited for: after it, nobody knows whether the message arrived."""
NEEDS_POSTGRES = (
    "`{half}` shares one database with other processes, and TIPBOT_DATABASE names a SQLite file:"
    " each process would keep a pace of its own, and all together would send too fast. Set"
    " TIPBOT_DATABASE to postgresql://…, or use `run`, which does both halves in one process."
)


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
        try:
            synced = await store.sync_library(library, clock())
        except StoreUnavailableError as fault:
            message = f"The database cannot be used: {fault}. Restore a backup if it is damaged."
            raise StartError(message) from None
        log.info(
            "library_synced",
            added=len(synced.added),
            changed=len(synced.changed),
            retired=len(synced.retired),
            kept=len(synced.kept),
            conflicts=len(synced.conflicts),
        )
        yield store
    finally:
        await store.close()


def message_for(
    texts: Texts, documents: Mapping[str, Document]
) -> Callable[[Delivery, Digest | None], Message | None]:
    """Return what turns a delivery, and what was read for it, into the message that is sent."""

    def render(delivery: Delivery, told: Digest | None) -> Message | None:
        who = delivery.subscriber
        text = texts.speak(who.language)
        if delivery.topic is not Topic.DIGEST or delivery.notice is not None:
            view = delivery_view(text, delivery, documents)
        elif told is None:
            return None
        else:
            view = digest_view(text, told)
        return Message(
            chat_id=who.chat_id,
            text=view.html,
            keyboard=tuple(
                tuple((button.label, pack(button.value)) for button in row) for row in view.keyboard
            ),
            silent=who.silent,
        )

    return render


def documents_tick(store: Store, documents: dict[str, Document]) -> Tick:
    """Return the tick that learns of documents which an editor's archive brought in.

    None is taken away: a tip that was chosen before may cite it.
    """

    async def read() -> None:
        documents.update(await store.documents())

    return Tick("documents", 60, read)


@asynccontextmanager
async def joined_cluster(settings: Settings, worker: str) -> AsyncIterator[Cluster | None]:
    """Join the other processes on the database; None on SQLite, which has none."""
    cluster = join(settings.database.get_secret_value(), worker)
    if cluster is None:
        yield None
        return
    await cluster.open()
    try:
        yield cluster
    finally:
        await cluster.close()


@asynccontextmanager
async def built_pacer(
    rate: float, cluster: Cluster | None, measures: Measures
) -> AsyncIterator[Pacer]:
    """Build the pace of messages: this process's own, or the one that all processes share."""
    if cluster is None:
        yield Pacer(rate, measures=measures)
        return
    budget = SharedTempo(rate, cluster)
    pacer = Pacer(rate, budget, measures=measures)
    ChatNews(cluster, pacer)
    try:
        yield pacer
    finally:
        await budget.close()


@asynccontextmanager
async def built_program(
    settings: Settings, clock: Clock = system_clock, say: Say = print, half: Half = Half.BOTH
) -> AsyncIterator[Program]:
    """Build the whole bot, or half of it, over an open store; what was opened is closed on leaving.

    Raises ``StartError`` if the token, the library or the database is not in order.
    """
    if settings.token is None:
        message = "TIPBOT_TOKEN is not set"
        raise StartError(message)
    if half is not Half.BOTH and join(settings.database.get_secret_value(), "") is None:
        raise StartError(NEEDS_POSTGRES.format(half=half.value))
    token, api = settings.token.get_secret_value(), f"{settings.api_url}/bot"
    metrics = Metrics(version=__version__, database=settings.database_kind)
    texts, places, worker = load_texts(), PlaceProcess(), worker_name()
    async with (
        opened_store(settings, clock, metrics) as store,
        joined_cluster(settings, worker) as cluster,
        built_pacer(settings.rate, cluster, metrics) as pacer,
        _opened(AiohttpRequest(timeouts=_TIMEOUTS)) as lane,
    ):
        bot: ExtBot[Any] = ExtBot(
            token,
            base_url=api,
            base_file_url=f"{settings.api_url}/file/bot",
            request=AiohttpRequest(timeouts=_TIMEOUTS),
            get_updates_request=AiohttpRequest(_POLLING_CONNECTIONS),
            rate_limiter=PacedRateLimiter(pacer),
        )
        unpaced = Bot(token, base_url=api, request=lane)
        documents = dict(await store.documents())
        rules = Rules(
            render=message_for(texts, documents),
            allow=allowed_now,
            resend_doubtful=resend_doubtful,
            after_sent=lambda sent: slow_down_if_quiet(store, sent, clock()),
            read=lambda due: read_digest(store, due),
        )
        courier, announcer = (
            Courier(
                store,
                TelegramSender(unpaced, NotSentError),
                rules,
                clock=clock,
                pacer=pacer,
                worker=f"{worker}:{lane_of.name.lower()}",
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
            nudge=_nudge(half, courier, cluster),
            renderer=pool,
            owners=settings.owners,
            rate=settings.rate,
        )
        if cluster is not None:
            _listen(cluster, courier, house)
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
                    in_turn(tick, store, clock) if cluster and tick.once else tick
                    for tick in (
                        *delivery_ticks(planner, courier, store, clock, metrics),
                        retention_tick(store, clock),
                        announcement_tick(store, announcer, clock),
                        documents_tick(store, documents),
                        Tick("relief", 0.5, leader.tick),
                        Tick("progress", 2, herald.tick),
                        Tick("doubts", 600, lambda: tell_doubts(bot, house)),
                    )
                ),
                bot=bot,
                say=say,
                metrics=metrics,
                repeats=Repeats(store, clock, first=None if settings.webhook_url else FIRST_BATCH),
                half=half,
                cluster=cluster,
            )
        finally:
            await leader.drain()
            await house.errands.close()
            await pool.close()
            await places.close()


def _nudge(half: Half, courier: Courier, cluster: Cluster | None) -> Callable[[], None]:
    """Return what tells delivery that something may be due, here or in another process."""
    if half.delivers or cluster is None:
        return courier.nudge
    return lambda: cluster.tell("due")


def _listen(cluster: Cluster, courier: Courier, house: House) -> None:
    """Take in what the other processes tell: something is due, a press was served."""
    cluster.hear("due", lambda _: courier.nudge())
    cluster.hear("press", house.screen.hear)
    house.screen.share(lambda words: cluster.tell("press", words))


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


async def run_bot(settings: Settings, say: Say = print, half: Half = Half.BOTH) -> None:
    """Run the bot, or half of it, until SIGINT or SIGTERM, then finish what is in flight.

    Raises ``StartError`` if it cannot start.
    """
    async with built_program(settings, say=say, half=half) as program:
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
