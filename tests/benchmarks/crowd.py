"""A running bot with people around it, and what they are at while others tap."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from tests.benchmarks.api import Tap
from tests.benchmarks.people import (
    EDITORS,
    OWNER,
    READERS,
    ROOT,
    SENDERS,
    TAPPERS,
    Databases,
    let_due,
)
from tests.benchmarks.server import Figures, Server
from tests.benchmarks.subject import Subject, bot, running
from tests.store.whole import connected
from tipbot.bot.buttons.diary import Look, OpenCalendar, OpenChart
from tipbot.bot.buttons.entry import LogTwitch
from tipbot.bot.buttons.library import AskWords, Place, StateFilter
from tipbot.bot.buttons.report import MakeReport
from tipbot.bot.buttons.staff import AnnounceToAll, StartAnnouncement, StopAnnouncement
from tipbot.bot.callbacks import pack
from tipbot.clock import system_clock
from tipbot.core.diary import Span
from tipbot.core.model import AnnouncementId, DeliveryId
from tipbot.core.pages import Paper
from tipbot.core.reports import ReportSpan

AT_ONCE = 20
"""People who look at charts or wait for a report at a time."""
TAPS_A_SECOND = 100
MESSAGES_A_SECOND = 1000
_SEARCHES = ("water", "sleep better", "eye screen break", "jaw", "coffee evening", "a glass")

_PATIENCE = 60.0
_UNSETTLED = "SELECT count(*) FROM announcements WHERE state <> 'draft' AND settled = 0"
_STORED = "SELECT count(*) FROM check_ins WHERE subscriber_id >= {} AND subscriber_id < {}"


@dataclass
class Crowd:
    """People at a running bot; who taps is timed, all others are load."""

    server: Server
    subject: Subject
    url: str
    _nonces: Iterator[int] = field(default_factory=lambda: count(1))
    _due: int = 0
    _announcements: int = 0
    _readers: Iterator[int] = field(default_factory=lambda: cycle(READERS))
    _exporting: Iterator[int] = field(default_factory=lambda: cycle(READERS))
    tapped: int = 0

    async def tap(self, seconds: float) -> list[float]:
        """Let people tap for some time; return the milliseconds that each waited."""
        self.subject.alive()
        nonces = islice(self._nonces, round(seconds * TAPS_A_SECOND))
        taps = [Tap(TAPPERS[n % len(TAPPERS)], pack(LogTwitch(n, DeliveryId(0)))) for n in nonces]
        waited = await self.server.tap(taps, TAPS_A_SECOND, seed=self.tapped)
        self.tapped += len(taps)
        return [1000 * each for each in waited]

    def stored(self) -> int:
        """Return how many of the timed taps are on disk."""
        return self._counted(_STORED.format(TAPPERS.start, TAPPERS.stop))

    def _counted(self, sql: str) -> int:
        with connected(self.url) as db:
            return int(db.execute(sql).fetchone()[0])

    async def tips_fall_due(self, most: int) -> None:
        """Let so many tips be due, and wait until they are under way."""
        let_due(self.url, SENDERS[self._due : self._due + most])
        self._due += most
        before = (await self.server.figures()).taken
        async with asyncio.timeout(30):
            while (await self.server.figures()).taken < before + MESSAGES_A_SECOND / 4:
                self.subject.alive()
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def announcing(self) -> AsyncIterator[None]:
        """Let the owner send an announcement to everyone, and stop it; nothing is left of it."""
        self._announcements += 1
        which = AnnouncementId(self._announcements)
        for step in (AnnounceToAll(), f"News number {which}", StartAnnouncement(which)):
            if isinstance(step, str):
                await self.server.say(OWNER, step)
            else:
                await self.server.press(Tap(OWNER, pack(step)))
            await asyncio.sleep(0.3)
        yield
        await self.server.press(Tap(OWNER, pack(StopAnnouncement(which))))
        async with asyncio.timeout(_PATIENCE):
            while self._counted(_UNSETTLED):
                self.subject.alive()
                await asyncio.sleep(0.2)

    @asynccontextmanager
    async def searching(self) -> AsyncIterator[None]:
        """Let editors search the library, one after another, five a second."""
        async with _going_on(self._search()):
            yield

    async def _search(self) -> None:
        for who in EDITORS:
            await self.server.press(Tap(who, pack(AskWords(Place.ALL, StateFilter.ANY))))
        for who, words in zip(cycle(EDITORS), cycle(_SEARCHES), strict=False):
            await asyncio.sleep(0.2)
            await self.server.say(who, words)

    @asynccontextmanager
    async def exporting(self) -> AsyncIterator[None]:
        """Let one person after another ask for everything that is kept of them, two a second."""
        async with _going_on(self._export()):
            yield

    async def _export(self) -> None:
        for who in self._exporting:
            await self.server.say(who, "/export")
            await asyncio.sleep(0.5)

    async def read(self) -> None:
        """Let people look at charts and ask for reports, a number of them at a time.

        The next time others begin: nobody asks for more than one person may.
        """
        scripts: list[list[Tap]] = [[] for _ in range(AT_ONCE)]
        for number, who in enumerate(islice(self._readers, len(READERS) - AT_ONCE)):
            scripts[number % AT_ONCE] += _wishes(who)
        await self.server.read(*scripts)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Let people look at charts and ask for reports, until all that was asked for has come."""
        await self.read()
        yield
        await self.rest()

    async def rest(self) -> None:
        """Let nobody read any more, and wait until what they asked for has come."""
        await self.server.read()
        await self._at_rest(lambda figures: figures.pictures, 1.0)

    async def all_sent(self) -> None:
        """Wait until nothing more goes out."""
        await self._at_rest(lambda figures: figures.taken, 0.2)

    async def _at_rest(self, count: Callable[[Figures], int], seconds: float) -> None:
        """Wait until a count has stayed the same for so long."""
        before = -1
        while before != (now := count(await self.server.figures())):
            before = now
            await asyncio.sleep(seconds)


@asynccontextmanager
async def _going_on(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do some work until the block ends."""
    going = asyncio.create_task(work)
    try:
        yield
    finally:
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)


def _wishes(who: int) -> list[Tap]:
    """Return what a reader asks for: charts, a month's calendar, and the report for the doctor.

    It stays within what one person may ask for at once.
    """
    today = system_clock()
    month = today.year * 12 + today.month - 1 - who % 12
    looks = [OpenChart(look, span, dark=who % 2 == 0) for look in Look for span in Span]
    some = [*islice(cycle(looks), who % len(looks), who % len(looks) + 6)]
    report = MakeReport(ReportSpan.QUARTER, 0, 0, Paper.A4, notes=True)
    wishes = [*some[:3], report, *some[3:], OpenCalendar(month, dark=False)]
    return [Tap(who, pack(each)) for each in wishes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a bot runs."""

    webhook: bool = False
    slow: float = 0.0
    """Seconds that each flush to disk takes longer."""
    apart: bool = False
    """``receive`` and ``deliver`` are processes of their own."""


@asynccontextmanager
async def crowded(
    server: Server, databases: Databases, folder: Path, way: Way = Way()
) -> AsyncIterator[Crowd]:
    """Run a bot."""
    url, more = await databases.fresh(), databases.slow_down(way.slow)
    await server.set()
    env = bot(url, server.url, MESSAGES_A_SECOND) | server.environment | more
    if way.webhook:
        listen = f"127.0.0.1:{_free_port()}"
        hook = {"URL": f"http://{listen}/hook", "SECRET": "s" * 20}
        env |= {f"TIPBOT_WEBHOOK_{name}": value for name, value in hook.items()}
        env["TIPBOT_LISTEN"] = listen
    main = ("-m", "tests.benchmarks.slow_disk") if more else (str(ROOT / "main.py"),)
    try:
        async with AsyncExitStack() as stack:
            subjects = [
                await stack.enter_async_context(
                    running(*main, half, folder=own, env=env, server=databases.server)
                )
                for half, own, env in _processes(way, folder, env)
            ]
            await asyncio.wait_for(server.until_polled(), 60)
            yield Crowd(server, subjects[0], url)
    finally:
        databases.slow_down(0.0)


def _processes(
    way: Way, folder: Path, env: dict[str, str]
) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """Yield what each process does, in a folder of its own, and its settings.

    Only who receives has the address of the webhook.
    """
    for half in ("receive", "deliver") if way.apart else ("run",):
        own = folder / half
        own.mkdir(exist_ok=True)
        yield half, own, env | ({"TIPBOT_LISTEN": "127.0.0.1:0"} if half == "deliver" else {})


def _free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])
