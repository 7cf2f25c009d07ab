"""What everything else stands on: the database, its other processes, the pace, the lines out."""

import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from telegram import Bot
from telegram.ext import ExtBot

from tipbot import __version__
from tipbot.bot.leaving import held_for
from tipbot.bot.lines import Lines
from tipbot.bot.request import ApiRequest
from tipbot.bot.timeouts import Timeouts
from tipbot.clock import Clock, CommonClock
from tipbot.core.library import Library
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.delivery.budget import Budget
from tipbot.delivery.lasting import LastingTempo
from tipbot.delivery.rate import Pacer
from tipbot.delivery.replies import PacedRateLimiter
from tipbot.delivery.shared import ChatNews, SharedTempo
from tipbot.library.files import LibraryError, read_library
from tipbot.program.half import Half
from tipbot.program.starting import StartError
from tipbot.settings import Settings
from tipbot.store.base import Cluster, NewerSchemaError, Store, StoreUnavailableError
from tipbot.store.connect import connect, join
from tipbot.web.metrics import Metrics

log = structlog.get_logger(__name__)
Way = TypeVar("Way", ApiRequest, Lines)
_POLLING_CONNECTIONS = 4
_TIMEOUTS = Timeouts(read=20.0)
"""A slow answer is better waited for: after it, nobody knows whether the message arrived."""
NEEDS_POSTGRES = (
    "`{half}` shares one database with other processes, and TIPBOT_DATABASE names a SQLite file:"
    " each process would keep a pace of its own, and all together would send too fast. Set"
    " TIPBOT_DATABASE to postgresql://…, or use `run`, which does both halves in one process."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is open while the program runs."""

    settings: Settings
    clock: Clock
    half: Half
    worker: str
    metrics: Metrics
    store: Store
    cluster: Cluster | None
    """The other processes on the database, None on SQLite."""
    pacer: Pacer
    bot: ExtBot[Any]
    """Speaks for the chat; whoever sends with it waits for a turn."""
    unpaced: Bot
    """Speaks for those who have a turn already."""
    lines: Lines
    """What tips and announcements are sent over."""


@asynccontextmanager
async def opened_parts(settings: Settings, given: Clock | None, half: Half) -> AsyncIterator[Parts]:
    """Open what the program stands on; close it on leaving.

    The time is that of a ``given`` clock, else the machine's, on PostgreSQL that server's.
    Raises ``StartError`` if the token, the library or the database is not in order.
    """
    if settings.token is None:
        message = "TIPBOT_TOKEN is not set"
        raise StartError(message)
    refuse_half(settings, half)
    token, worker = settings.token.get_secret_value(), worker_name()
    metrics = Metrics(version=__version__, database=settings.database_kind)
    common = CommonClock()
    clock = given or common
    library = chosen_library(settings)
    async with (
        opened_store(settings, clock, metrics) as store,
        joined_cluster(settings, worker, common) as cluster,
        _opened_budget(settings.rate, cluster, store, clock) as budget,
        _opened(ApiRequest(timeouts=_TIMEOUTS)) as lane,
        _opened(Lines(f"{settings.api_url}/bot{token}/sendMessage", timeouts=_TIMEOUTS)) as lines,
    ):
        pacer = Pacer(settings.rate, budget, metrics)
        if cluster is not None:
            ChatNews(cluster, pacer)
        # Behind the cluster, as what it writes is dated by the common clock.
        await bring_in_step(store, library, clock(), on_a_server=cluster is not None)
        yield Parts(
            settings=settings,
            clock=clock,
            half=half,
            worker=worker,
            metrics=metrics,
            store=store,
            cluster=cluster,
            pacer=pacer,
            bot=_chat_bot(settings, token, pacer),
            unpaced=_unpaced_bot(settings, token, lane),
            lines=lines,
        )


def refuse_half(settings: Settings, half: Half) -> None:
    """Raise ``StartError`` for one half of the bot alone on a SQLite file."""
    if half is not Half.BOTH and settings.database_kind == "sqlite":
        raise StartError(NEEDS_POSTGRES.format(half=half.value))


def _chat_bot(settings: Settings, token: str, pacer: Pacer) -> ExtBot[Any]:
    return ExtBot(
        token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=ApiRequest(timeouts=_TIMEOUTS),
        get_updates_request=ApiRequest(_POLLING_CONNECTIONS),
        rate_limiter=PacedRateLimiter(pacer, held_for),
    )


def _unpaced_bot(settings: Settings, token: str, lane: ApiRequest) -> Bot:
    """Return a bot that fetches no updates; PTB's own way to do so would cost the start 20 ms."""
    root = f"{settings.api_url}/bot"
    return Bot(token, base_url=root, request=lane, get_updates_request=ApiRequest(1))


def chosen_library(settings: Settings) -> Library:
    """Return the library of the files; raise ``StartError`` if they are not in order."""
    try:
        return read_library(settings.tips)
    except LibraryError as fault:
        message = f"The tip library in {settings.tips} has faults; nothing was started.\n{fault}"
        raise StartError(message) from None


@asynccontextmanager
async def opened_store(
    settings: Settings, clock: Clock, measures: Measures = UNMEASURED
) -> AsyncIterator[Store]:
    """Open the database; raise ``StartError`` if it is not in order."""
    try:
        store = connect(settings.database.get_secret_value(), clock, measures)
    except ValueError as fault:
        message = f"TIPBOT_DATABASE: {fault}"
        raise StartError(message) from None
    try:
        await store.open()
    except StoreUnavailableError as fault:
        message = f"The database cannot be opened: {fault}"
        away = settings.database_kind != "sqlite" and not isinstance(fault, NewerSchemaError)
        raise StartError(message, passing=away) from None
    try:
        yield store
    finally:
        await store.close()


async def bring_in_step(
    store: Store, library: Library, now: datetime, *, on_a_server: bool = False
) -> None:
    """Bring the database in step with the files.

    Raises ``StartError``, worth another start ``on_a_server``, if it cannot be; nothing was changed
    then.
    """
    try:
        synced = await store.sync_library(library, now)
    except StoreUnavailableError as fault:
        message = f"The database cannot be used: {fault}. Restore a backup if it is damaged."
        raise StartError(message, passing=on_a_server) from None
    log.info(
        "library_synced",
        added=len(synced.added),
        changed=len(synced.changed),
        retired=len(synced.retired),
        kept=len(synced.kept),
        conflicts=len(synced.conflicts),
    )


@asynccontextmanager
async def joined_cluster(
    settings: Settings, worker: str, clock: CommonClock
) -> AsyncIterator[Cluster | None]:
    """Join the other processes on the database; None on SQLite, which has none.

    ``clock`` is theirs from then on. Raises ``StartError`` if the database is away.
    """
    cluster = join(settings.database.get_secret_value(), worker, clock)
    if cluster is None:
        yield None
        return
    await cluster.open()
    try:
        try:
            await cluster.set_clock()
        except StoreUnavailableError as fault:
            message = f"The database cannot be asked for the time: {fault}"
            raise StartError(message, passing=True) from None
        yield cluster
    finally:
        await cluster.close()


@asynccontextmanager
async def _opened_budget(
    rate: float, cluster: Cluster | None, store: Store, clock: Clock
) -> AsyncIterator[Budget]:
    """Open the pace of messages: this process's own, or the one that all processes share."""
    budget = SharedTempo(rate, cluster) if cluster else LastingTempo(rate, store, clock)
    await budget.begin()
    try:
        yield budget
    finally:
        await budget.close()


@asynccontextmanager
async def _opened(way: Way) -> AsyncIterator[Way]:
    await way.initialize()
    try:
        yield way
    finally:
        await way.shutdown()


def worker_name() -> str:
    """Return a name that no other worker has or had: leases are held under it."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
