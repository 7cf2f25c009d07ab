"""How long a tap waits while twenty people look at charts and ask for reports, beside rest.

The same taps as above, with rest and charts in turns. Whoever looks at charts asks for the next as
soon as one has come, and for a report in between; hardly any two pictures are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.crowd import crowded
from tests.benchmarks.people import Databases
from tests.benchmarks.server import Server
from tests.benchmarks.tables import Table, cut
from tests.benchmarks.taps import WARM


@dataclass(frozen=True, slots=True)
class Course:
    """How many turns of how many seconds."""

    rounds: int
    seconds: float


WHOLE, QUICK = Course(3, 5), Course(1, 4)


async def measure_charts(
    server: Server,
    databases: Databases,
    folder: Path,
    course: Course,
    told: Callable[[str], None],
) -> Table:
    """Let rest and twenty people at charts and reports take turns."""
    waits: dict[str, list[float]] = {"at rest": [], "20 at charts and reports": []}
    drawn = 0
    async with crowded(server, databases, folder) as crowd:
        await crowd.tap(WARM)
        for number in range(course.rounds):
            told(f"taps under charts, round {number + 1}")
            waits["at rest"] += await crowd.tap(course.seconds)
            before = (await server.figures()).pictures
            await crowd.read()
            waits["20 at charts and reports"] += await crowd.tap(course.seconds)
            drawn += (await server.figures()).pictures - before
            await crowd.rest()
        kept = crowd.stored()
    idle = cut(waits["at rest"], 99)
    rows = [
        (
            name,
            *(f"{cut(waited, percent):.1f}" for percent in (50, 95, 99)),
            f"{max(waited):.1f}",
            f"{cut(waited, 99) - idle:.1f}",
            f"{cut(waited, 99) / idle:.1f}",
        )
        for name, waited in waits.items()
    ]
    return Table(
        part="charts",
        title="A tap's wait in milliseconds while twenty people look at charts and reports",
        columns=("meanwhile", "p50", "p95", "p99", "most", "added at p99", "p99 to rest"),
        rows=tuple(rows),
        note=(
            "100 taps a second, SQLite, polling, round trip 0; the readers' diaries hold a year"
            " with three entries a day, and hardly any two pictures are the same. "
            f"{drawn / (course.rounds * course.seconds):.0f} charts and files a second;"
            f" {crowd.tapped:,} taps, {kept:,} entries of theirs on disk."
        ),
        figures={"waited": waits},
    )
