"""How long a tap waits, from its arrival to the call that answers it, beside the idle bot.

A hundred people a second log a twitch with one tap; the server times each from the moment on at
which it has it to the moment at which ``answerCallbackQuery`` is there: nothing is taken off, the
wait for the disk included. The bot answers once the entry is committed. The same bot is measured at
rest, while it sends what is due at its highest rate, while one thing that is heavy goes on beside
that, and while all of them do; these take turns, so that each meets the same machine.
"""

from asyncio import get_running_loop, sleep
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.crowd import Crowd, Way, crowded
from tests.benchmarks.people import Databases
from tests.benchmarks.server import Server
from tests.benchmarks.subject import patiently
from tests.benchmarks.tables import Cell, Table, cut

SLOWER = 0.004
"""Seconds that a flush to disk takes longer."""
WARM = 2.0
"""The first seconds of a process are no measure of rest."""
UNDER_WAY = 1000
"""Tips that have left before anything is measured."""


class Meanwhile(StrEnum):
    """What goes on while people tap; all but rest beside the sending."""

    REST = "at rest"
    SENDING = "sending"
    ANNOUNCEMENT = "announcement"
    SEARCHES = "searches"
    EXPORTS = "exports"
    CHARTS = "charts"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How often and how long each is measured, in seconds."""

    rounds: int
    seconds: float
    settling: float = 1.0
    """How long what goes on has to get under way."""
    kinds: tuple[Meanwhile, ...] = tuple(Meanwhile)
    everywhere: bool = True
    """Whether webhooks and slow disks are measured too."""


WHOLE, QUICK = Course(rounds=3, seconds=2), Course(rounds=1, seconds=2, everywhere=False)


@dataclass(slots=True)
class Phase:
    """What came of the taps of some rounds."""

    waited: list[list[float]] = field(default_factory=list)
    """Milliseconds, a list for each round."""
    rates: list[float] = field(default_factory=list)
    """Messages that went out a second meanwhile."""

    def cut(self, percent: int) -> float:
        """Return the median of the rounds' percentiles: one bad moment of the machine is one."""
        return median(cut(each, percent) for each in self.waited)


Found = dict[Meanwhile, Phase]


async def measure_taps(
    server: Server,
    all_of: Sequence[Databases],
    folder: Path,
    course: Course,
    told: Callable[[str], None],
) -> list[Table]:
    """Measure all that may go on, on each database and way in; return what is slow, and usual."""
    found: dict[tuple[str, str, str], Found] = {}
    tapped = stored = 0
    for databases, each in _all_ways(all_of, course):
        name = f"{databases.name}, two processes" if each.apart else databases.name
        way, disk = "webhook" if each.webhook else "polling", "+4 ms" if each.slow else "as it is"
        told(f"taps, {name}, {way}, flush {disk}")
        bot = partial(crowded, server, databases, folder, each)
        phases, taps, kept = await patiently(partial(_run, bot, course), told)
        found[name, way, disk] = phases
        tapped, stored = tapped + taps, stored + kept
    note = f"{NOTE} {tapped:,} taps, {stored:,} entries of theirs on disk."
    slowest, usual = _slowest(course, found), _usual(course, found)
    figures = {"tapped": tapped, "stored": stored} | slowest.figures
    return [replace(slowest, note=note, figures=figures), usual]


NOTE = (
    "Behind each, how many times as long it is as at rest. Round trip 0. 'Sending': tips that are"
    " due, at 1,000 messages a second, and all others beside that: 'announcement', one to everyone,"
    " 'searches', five of the library a second, 'exports', two of a year a second, 'charts', twenty"
    " people who look at charts and ask for reports all the time, and 'everything', all of these."
    " 'Messages/s' is the least of them. 'Two processes': `receive` and `deliver`, which a"
    " PostgreSQL lets run apart."
)
_WAYS = ("database", "updates by", "flush")


def _slowest(course: Course, found: dict[tuple[str, str, str], Found]) -> Table:
    return Table(
        part="taps",
        title="A tap's wait in milliseconds, the slowest of a hundred (p99), 100 taps a second",
        columns=(*_WAYS, "messages/s", *course.kinds),
        rows=tuple((*way, _least(phases), *_cells(phases)) for way, phases in found.items()),
        figures={
            "waited": {
                " ".join(way): {kind.value: phase.waited for kind, phase in phases.items()}
                for way, phases in found.items()
            },
        },
    )


def _usual(course: Course, found: dict[tuple[str, str, str], Found]) -> Table:
    return Table(
        part="taps",
        title="A tap's wait in milliseconds, the middle (p50)",
        columns=(*_WAYS, *course.kinds),
        rows=tuple(
            (*way, *(f"{phase.cut(50):.1f}" for phase in phases.values()))
            for way, phases in found.items()
        ),
    )


def _least(phases: Found) -> str:
    return f"{min(min(each.rates) for kind, each in phases.items() if kind != Meanwhile.REST):,.0f}"


def _cells(phases: Found) -> Iterator[Cell]:
    idle = phases[Meanwhile.REST].cut(99)
    for kind, phase in phases.items():
        p99 = phase.cut(99)
        yield f"{p99:.1f}" if kind is Meanwhile.REST else f"{p99:.1f} ({p99 / idle:.1f})"


def _all_ways(all_of: Sequence[Databases], course: Course) -> Iterator[tuple[Databases, Way]]:
    """Yield how each database is measured; a server with its halves apart, too."""
    for databases in all_of:
        for apart in (False, True) if databases.server else (False,):
            yield databases, Way(apart=apart)
            if course.everywhere:
                yield databases, Way(apart=apart, webhook=True)
                yield databases, Way(apart=apart, slow=SLOWER)


async def _run(
    bot: Callable[[], AbstractAsyncContextManager[Crowd]], course: Course
) -> tuple[Found, int, int]:
    """Take one bot through all phases; return them, the taps there were, and those on disk."""
    found = {kind: Phase() for kind in course.kinds}
    async with bot() as crowd:
        await crowd.tap(WARM)
        for _ in range(course.rounds):
            for kind, phase in found.items():
                await _measure(crowd, kind, phase, course)
        return found, crowd.tapped, crowd.stored()


async def _measure(crowd: Crowd, kind: Meanwhile, phase: Phase, course: Course) -> None:
    """Tap for some time while something goes on."""
    if kind is not Meanwhile.REST:
        await crowd.tips_fall_due(round((course.seconds + 2 * course.settling) * 1000 + UNDER_WAY))
    loop = get_running_loop()
    async with _going_on(crowd, kind, course.settling):
        before, began = (await crowd.server.figures()).taken, loop.time()
        phase.waited.append(await crowd.tap(course.seconds))
        sent = (await crowd.server.figures()).taken - before
        phase.rates.append(sent / (loop.time() - began))
    await crowd.all_sent()


@asynccontextmanager
async def _going_on(crowd: Crowd, kind: Meanwhile, settling: float) -> AsyncIterator[None]:
    """Let what is heavy go on, and end it."""
    loads = {
        Meanwhile.CHARTS: crowd.reading,  # ends last: it waits until no more pictures come
        Meanwhile.ANNOUNCEMENT: crowd.announcing,
        Meanwhile.SEARCHES: crowd.searching,
        Meanwhile.EXPORTS: crowd.exporting,
    }
    async with AsyncExitStack() as stack:
        for which, load in loads.items():
            if kind in {which, Meanwhile.EVERYTHING}:
                await stack.enter_async_context(load())
        if kind is not Meanwhile.REST:
            await sleep(settling)
        yield
