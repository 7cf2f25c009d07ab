"""How long a tap waits, from its arrival to the call that answers it, beside the idle bot.

A hundred people a second log a twitch with one tap; the server times each from the moment on at
which it has it to the moment at which ``answerCallbackQuery`` is there: nothing is taken off, the
wait for the disk included. The bot answers once the entry is committed. The same bot is measured at
rest, while it sends what is due at its highest rate, and while all that is heavy goes on as well.
"""

from asyncio import create_task, gather, get_running_loop, sleep
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.crowd import Crowd, Way, crowded
from tests.benchmarks.people import Databases
from tests.benchmarks.server import Server
from tests.benchmarks.subject import patiently
from tests.benchmarks.tables import Cell, Table, cut

SLOWER = 0.004
"""Seconds that a flush to disk takes longer."""
WARM = 2.0
"""The first seconds of a process are no measure of rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long each is measured, in seconds."""

    seconds: float
    everywhere: bool = True
    """Whether webhooks and slow disks are measured too."""


WHOLE, QUICK = Course(seconds=6), Course(seconds=3, everywhere=False)


@asynccontextmanager
async def everything(crowd: Crowd) -> AsyncIterator[None]:
    """Let charts, reports, exports, an announcement and an editor's searches go on."""
    await crowd.announce()
    await crowd.read()
    going = [create_task(crowd.search()), create_task(crowd.export())]
    try:
        await sleep(1)
        yield
    finally:
        for each in going:
            each.cancel()
        await gather(*going, return_exceptions=True)


async def measure_taps(
    server: Server,
    all_of: Sequence[Databases],
    folder: Path,
    course: Course,
    told: Callable[[str], None],
) -> Table:
    """Measure rest, sending, and everything at once, on each database and way in."""
    rows: list[tuple[Cell, ...]] = []
    figures: dict[str, object] = {}
    for databases, each in _all_ways(all_of, course):
        name = f"{databases.name}, two processes" if each.apart else databases.name
        way, disk = "webhook" if each.webhook else "polling", "+4 ms" if each.slow else "as it is"
        told(f"taps, {name}, {way}, flush {disk}")
        bot = partial(crowded, server, databases, folder, each)
        found, tapped, kept = await patiently(partial(_run, bot, course.seconds), told)
        idle = cut(found["at rest"].waited, 99)
        for meanwhile, phase in found.items():
            p99 = cut(phase.waited, 99)
            rows.append(
                (
                    name,
                    way,
                    disk,
                    meanwhile,
                    f"{phase.rate:,.0f}",
                    f"{cut(phase.waited, 50):.1f}",
                    f"{p99:.1f}",
                    f"{max(phase.waited):.1f}",
                    f"{p99 / idle:.1f}",
                )
            )
        figures[f"{name} {way} {disk}"] = {
            "tapped": tapped,
            "stored": kept,
            "waited": {meanwhile: phase.waited for meanwhile, phase in found.items()},
        }
    return Table(
        part="taps",
        title="A tap's wait in milliseconds, 100 taps a second",
        columns=(
            "database", "updates by", "flush", "meanwhile", "messages/s", "p50", "p99", "most",
            "p99 to rest",
        ),
        rows=tuple(rows),
        note=(
            "Round trip 0. 'sending': tips that are due, at 1,000 messages a second. 'everything':"
            " that, and twenty people who look at charts and ask for reports, two exports a second,"
            " an announcement to everyone and five searches of the library a second. 'Two"
            " processes': `receive` and `deliver`, which a PostgreSQL lets run apart. "
            + _told_kept(figures)
        ),
        figures=figures,
    )  # fmt: skip


def _all_ways(all_of: Sequence[Databases], course: Course) -> Iterator[tuple[Databases, Way]]:
    """Yield how each database is measured; a server with its halves apart, too."""
    for databases in all_of:
        for apart in (False, True) if databases.server else (False,):
            yield databases, Way(apart=apart)
            if course.everywhere:
                yield databases, Way(apart=apart, webhook=True)
                yield databases, Way(apart=apart, slow=SLOWER)


@dataclass(frozen=True, slots=True)
class Phase:
    """What came of some taps."""

    waited: list[float]
    rate: float
    """Messages that went out a second meanwhile."""


async def _run(
    bot: Callable[[], AbstractAsyncContextManager[Crowd]], seconds: float
) -> tuple[dict[str, "Phase"], int, int]:
    """Take one bot through all phases; return them, the taps there were, and those on disk."""
    async with bot() as crowd:
        return await _phases(crowd, seconds), crowd.tapped, crowd.stored()


async def _phases(crowd: Crowd, seconds: float) -> dict[str, Phase]:
    await crowd.tap(WARM)
    found = {"at rest": await _phase(crowd, seconds)}
    due = round((seconds + 2) * 1000)
    await crowd.tips_fall_due(due)
    found["sending"] = await _phase(crowd, seconds)
    await crowd.tips_fall_due(due)
    async with everything(crowd):
        found["everything"] = await _phase(crowd, seconds)
    return found


async def _phase(crowd: Crowd, seconds: float) -> Phase:
    loop = get_running_loop()
    before, began = (await crowd.server.figures()).taken, loop.time()
    waited = await crowd.tap(seconds)
    sent = (await crowd.server.figures()).taken - before
    return Phase(waited, sent / (loop.time() - began))


def _told_kept(figures: dict[str, object]) -> str:
    found = [each for each in figures.values() if isinstance(each, dict)]
    tapped, kept = (sum(each[name] for each in found) for name in ("tapped", "stored"))
    return f"{tapped:,} taps, {kept:,} entries of theirs on disk."
