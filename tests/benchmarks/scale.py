"""How the bot bears very many subscribers: one command, one run, one table.

    python -m tests.benchmarks.scale [--subscribers 1000000] [--burst 100000] [--rate 1000]
        [--json FILE]

Over one SQLite file full of people: how long the real program takes to start and what it holds,
what an idle tick costs, what a due plan costs beside APScheduler's SQLAlchemyJobStore, and whether
a burst of plans that fall due in the same second loses any or holds the event loop up. Nothing is
asserted: a table says what was found and what was wanted. Where others use the machine, ``chrt -r
1`` before the command keeps their work out of the figures; what an idle process meets is the rest.

A due job costs so many times as much as a plan that is claimed and moved on, which is what a job
store does with it, and as one whose tip is chosen and whose delivery is written, too.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.benchmarks.claims import OURS, Cost, idle_tick, take_turns
from tests.benchmarks.crowd_run import (
    Memory,
    Program,
    Stalls,
    machine,
    next_minute,
    running,
    stalls_between,
)
from tests.benchmarks.loader import MODELS, Loaded, load, make_due
from tipbot.clock import TravelClock, system_clock
from tipbot.store import columns
from tipbot.store.connect import file_of

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything."""

    subscribers: int
    burst: int
    rate: int
    plans: int = 5000
    jobs: int = 2000
    rounds: int = 3
    models: int = MODELS
    due_at_start: bool = False
    """The burst is due already when the program starts, instead of in a minute that is to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How the program stands before anything is due."""

    seconds: float
    cpu: float
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What came of plans that fell due in one second."""

    due: int
    planned: int
    sent: int
    doubled: int
    seconds: float
    cpu: float
    stalls: Stalls
    machine: Stalls
    memory: Memory

    @property
    def lost(self) -> int:
        """How many were not planned; people's own plans may be due in the same second too."""
        return max(0, self.due - self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was measured."""

    loaded: Loaded
    start: Start
    idle: Cost
    claims: dict[str, list[Cost]]
    burst: Burst

    def wall(self, name: str) -> float:
        """Return what a due plan or job costs, in microseconds."""
        return median(each.wall for each in self.claims[name])


async def measure(size: Size, folder: Path, tell: Tell = lambda _: None) -> Found:
    """Load a database in ``folder`` and measure everything over it."""
    url, now = f"sqlite:///{folder / 'crowd.db'}", system_clock()
    tell(f"loading {size.subscribers:,} subscribers")
    loaded = await load(url, size.subscribers, now=now, models=size.models)
    tell("starting the program")
    burst_at = now.replace(second=0, microsecond=0)
    if not size.due_at_start:
        burst_at = next_minute(timedelta(seconds=20))
    made = make_due(url, burst_at, size.burst, models=size.models)
    start, burst = await _run(url, folder, size.rate, (burst_at, made), tell)
    tell("taking what is due in turns with a job store")
    later = now + timedelta(hours=1)
    claims = await take_turns(
        url, folder, later, plans=size.plans, jobs=size.jobs, rounds=size.rounds, models=size.models
    )
    last = later.replace(minute=0, second=0, microsecond=0) + timedelta(hours=size.rounds)
    idle = await idle_tick(url, TravelClock(lambda: last))
    return Found(loaded=loaded, start=start, idle=idle, claims=claims, burst=burst)


async def _run(
    url: str, folder: Path, rate: int, due: tuple[datetime, int], tell: Tell
) -> tuple[Start, Burst]:
    start_of_run = system_clock()
    async with machine(folder) as other, running(url, folder, rate=rate) as program:
        seconds = await program.started()
        start = Start(seconds=seconds, cpu=program.cpu, memory=program.memory)
        await asyncio.sleep(max(0.0, (due[0] - system_clock()).total_seconds()))
        tell(f"{due[1]:,} plans fall due")
        ahead = due[0] > start_of_run
        began, used = monotonic(), program.cpu
        before = program.telegram.count if ahead else 0
        await _until_quiet(program, before + due[1])
        over = program.telegram.last
        burst = Burst(
            due=due[1],
            planned=_planned(url, due[0]),
            sent=program.telegram.count - before,
            doubled=_doubled(url),
            seconds=over - began,
            cpu=(program.cpu - used) / (over - began),
            stalls=stalls_between(program.stalls, began, over),
            machine=stalls_between(other, began, over),
            memory=program.memory,
        )
    return start, burst


async def _until_quiet(program: Program, wanted: int) -> None:
    """Wait until as many messages came as are wanted, or none for a while."""
    last, since = -1, monotonic()
    while monotonic() - since < 20 and program.telegram.count < wanted:
        if program.telegram.count != last:
            last, since = program.telegram.count, monotonic()
        await asyncio.sleep(0.2)
    await asyncio.sleep(1)


def _planned(url: str, due: datetime) -> int:
    return _one(url, "SELECT count(DISTINCT plan_id) FROM deliveries WHERE due_at = ?", due)


def _doubled(url: str) -> int:
    sql = """
    SELECT count(*) FROM (
        SELECT 1 FROM deliveries GROUP BY plan_id, slot_date, slot_minute HAVING count(*) > 1
    )"""
    return _one(url, sql)


def _one(url: str, sql: str, *moments: datetime) -> int:
    file = file_of(url)
    assert file is not None
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute(sql, [columns.micros(each) for each in moments]).fetchone()[0])


def rows(found: Found) -> Sequence[tuple[str, str, str]]:
    """Return what the table says: what was measured, what it is, what is wanted."""
    start, burst = found.start, found.burst
    return (
        ("plans of subscribers", f"{found.loaded.plans:,} of {found.loaded.subscribers:,}", ""),
        ("loaded in", f"{found.loaded.seconds:.0f} s", ""),
        ("start to first getUpdates", f"{start.seconds:.2f} s ({start.cpu:.2f} s CPU)", "2 s"),
        ("memory after it", _memory(start.memory), "150 MB"),
        ("memory at the burst's end", _memory(burst.memory), "150 MB"),
        ("idle tick", f"{found.idle.wall / 1e3:.3f} ms", "1 ms"),
        *((f"a due plan, {name}", _cost(found.claims[name]), "") for name in OURS),
        *(
            (f"a due job, {name}", _times(found, name), "15 times as much")
            for name in found.claims
            if name not in OURS
        ),
        ("due in one second", f"{burst.due:,}", ""),
        ("planned, lost", f"{burst.planned:,}, {burst.lost:,}", "none lost"),
        ("sent, twice", f"{burst.sent:,}, {burst.doubled:,}", "none twice"),
        ("in", f"{burst.seconds:.0f} s, {burst.sent / burst.seconds:.0f} a second", ""),
        ("CPU meanwhile", f"{100 * burst.cpu:.0f} % of a core", ""),
        ("longest stall of the loop", _stalls(burst.stalls), "20 ms"),
        ("that of an idle process", _stalls(burst.machine), ""),
    )


def _cost(costs: Sequence[Cost]) -> str:
    wall, cpu = median(each.wall for each in costs), median(each.cpu for each in costs)
    return f"{wall:.0f} µs ({cpu:.0f} µs CPU)"


def _times(found: Found, name: str) -> str:
    """Say what a due job costs, and how many times as much as each of what a due plan costs."""
    cost = found.wall(name)
    return f"{cost:.0f} µs, " + " and ".join(f"{cost / found.wall(ours):.1f}" for ours in OURS)


def _memory(memory: Memory) -> str:
    children = f", children {memory.children:.0f} MB" if memory.children else ", no children"
    return f"{memory.now:.0f} MB, at most {memory.most:.0f} MB{children}"


def _stalls(stalls: Stalls) -> str:
    return f"{stalls.longest:.1f} ms, {stalls.over:,} over 20 ms"


def main(
    subscribers: Annotated[int, typer.Option(min=1000)] = 1_000_000,
    burst: Annotated[int, typer.Option(min=100, help="Plans due in one second.")] = 100_000,
    rate: Annotated[int, typer.Option(min=1, max=1000)] = 1000,
    to: Annotated[Path | None, typer.Option("--json", help="Keep the figures here too.")] = None,
) -> None:
    """Measure the bot over very many subscribers."""
    console = Console()
    size = Size(subscribers=subscribers, burst=burst, rate=rate)
    with TemporaryDirectory(prefix="tipbot-scale-") as folder, console.status("...") as status:
        found = asyncio.run(measure(size, Path(folder), status.update))
    table = Table("measured", "found", "wanted", title=f"{subscribers:,} subscribers on SQLite")
    for row in rows(found):
        table.add_row(*row)
    console.print(table)
    if to is not None:
        to.write_text(json.dumps(asdict(found), indent=1))


if __name__ == "__main__":
    typer.run(main)
