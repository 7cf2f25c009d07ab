"""All that is measured, by one command.

    python -m tests.benchmarks [PART ...] [--quick] [--write]

A part is ``sending``, ``limits``, ``taps``, ``charts``, ``stores`` or ``scale``. Without one it is
all of them but ``scale``, which is about a million subscribers and takes minutes of its own. What
was found is printed, and kept as JSON in the folder for temporary files; ``--write`` puts it into
``docs/benchmarks.md``, in place of what stood there of the same parts, and makes the plot. Nothing
is asserted.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Annotated

import psycopg
import typer
from rich.console import Console

from tests.benchmarks import charts, document, limits, sending, stores, taps
from tests.benchmarks.people import Cluster, Databases, Files, cluster
from tests.benchmarks.sending import Contender
from tests.benchmarks.server import Server, serving
from tests.benchmarks.tables import Table
from tipbot.clock import system_clock


class Part(StrEnum):
    """What can be measured by itself."""

    SENDING = "sending"
    LIMITS = "limits"
    TAPS = "taps"
    CHARTS = "charts"
    STORES = "stores"
    SCALE = "scale"


USUAL = (Part.SENDING, Part.LIMITS, Part.TAPS, Part.CHARTS, Part.STORES)


@dataclass
class Bench:
    """What parts are measured with."""

    server: Server
    files: Files
    cluster: Cluster
    folder: Path
    quick: bool
    told: Callable[[str], None]
    tables: list[Table] = field(default_factory=list)

    @property
    def databases(self) -> list[Databases]:
        """Both kinds of databases."""
        return [self.files, self.cluster]

    async def sending(self) -> list[Table]:
        """Measure how fast messages go out."""
        course = sending.QUICK if self.quick else sending.WHOLE
        return [await sending.measure_speed(self.server, await self._found(), course, self.told)]

    async def limits(self) -> list[Table]:
        """Measure how much of a limit is used."""
        course = limits.QUICK if self.quick else limits.WHOLE
        return [await limits.measure_limits(self.server, await self._found(), course, self.told)]

    async def _found(self) -> dict[str, Contender]:
        message = await sending.sample_message(self.files)
        return sending.contenders(self.databases, message, self.folder)

    async def taps(self) -> list[Table]:
        """Measure how long taps wait."""
        course = taps.QUICK if self.quick else taps.WHOLE
        some = self.databases[:1] if self.quick else self.databases
        return await taps.measure_taps(self.server, some, self.folder, course, self.told)

    async def charts(self) -> list[Table]:
        """Measure how long taps wait while many look at charts."""
        course = charts.QUICK if self.quick else charts.WHOLE
        return [
            await charts.measure_charts(self.server, self.files, self.folder, course, self.told)
        ]

    async def stores(self) -> list[Table]:
        """Measure what is due."""
        rounds, jobs = (1, 300) if self.quick else (3, 1000)
        return [await stores.measure_stores(self.databases, self.folder, rounds, jobs, self.told)]

    async def scale(self) -> list[Table]:
        """Measure very many subscribers."""
        from tests.benchmarks import scale  # noqa: PLC0415 - it needs what is not everywhere

        many, due = (20_000, 2_000) if self.quick else (1_000_000, 100_000)
        size = scale.Size(subscribers=many, burst=due, rate=1000)
        (home := self.folder / "scale").mkdir()
        found = await scale.measure(size, home, self.told)
        title = f"{many:,} subscribers on SQLite"
        columns = ("measured", "found", "wanted")
        return [Table(part="scale", title=title, columns=columns, rows=tuple(scale.rows(found)))]


@asynccontextmanager
async def bench(quick: bool, told: Callable[[str], None]) -> AsyncIterator[Bench]:  # noqa: FBT001 - as typed
    """Start all that is needed."""
    with TemporaryDirectory(prefix="tipbot-bench-") as home:
        folder = Path(home)
        async with serving(folder) as server, cluster(folder / "postgres") as postgres:
            yield Bench(server, Files(folder), postgres, folder, quick, told)


async def measure(parts: list[Part], console: Console, *, quick: bool) -> tuple[list[Table], str]:
    """Measure some parts; return their tables, and PostgreSQL's version."""
    tables: list[Table] = []
    with console.status("preparing") as status:
        async with bench(quick, status.update) as found:
            with psycopg.connect(found.cluster.address) as db:
                postgres = str(db.info.parameter_status("server_version")).split()[0]
            for part in parts:
                work: Callable[[], Awaitable[list[Table]]] = getattr(found, part.value)
                try:
                    made = await work()
                except (TimeoutError, RuntimeError, OSError) as fault:
                    console.print(f"{part} was given up: {fault!r}")
                    continue
                for table in made:
                    document.show(table, console)
                tables += made
    return tables, postgres


def main(
    parts: Annotated[
        list[Part] | None, typer.Argument(help="All of them, if none is named.")
    ] = None,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="About a minute, less exact.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Make docs/benchmarks.md.")] = False,
) -> None:
    """Measure the bot and its peers; print tables and keep everything as JSON."""
    console, chosen = Console(), parts or [*USUAL]
    tables, postgres = asyncio.run(measure(chosen, console, quick=quick))
    words = [*map(str, parts or []), *["--quick"] * quick, *["--write"] * write]
    run = document.Run(
        made_at=system_clock(),
        command=" ".join((document.COMMAND, *words)),
        machine=document.machine(),
        versions=document.versions(postgres),
        tables=tuple(tables),
    )
    kept = Path(gettempdir()) / f"tipbot-benchmarks-{run.made_at:%Y%m%d-%H%M%S}.json"
    document.write_json(run, kept)
    console.print(f"everything measured: {kept}", soft_wrap=True)
    if write:
        document.write(run)
        console.print(f"written: {document.PAGE.name}, {document.PLOT.name}")


if __name__ == "__main__":
    program = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    program.command()(main)
    program()
