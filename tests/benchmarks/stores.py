"""What it costs to take what is due from a store: plans here, one job a subscriber elsewhere.

Everything is due at the same moment. A plan is claimed, its slot and its tip are chosen, a delivery
is written and the plan moved on, all on disk; a job is found, started and moved on.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.people import SENDERS, Databases, let_due
from tests.benchmarks.subject import patiently, running
from tests.benchmarks.tables import Table, spread


@dataclass(frozen=True, slots=True)
class _Contender:
    name: str
    kind: str
    databases: Databases | None

    async def turn(self, folder: Path, jobs: int) -> dict[str, float]:
        """Take what is due once, in a process of its own; return seconds."""
        server = self.databases.server if self.databases else None
        command = (self.kind, await self._address(jobs), str(jobs), *([str(server)] * bool(server)))
        async with running("-m", "tests.benchmarks.jobs", *command, folder=folder, env={}) as each:
            await each.process.wait()
            lines = each.log.read_text().splitlines()
        if each.process.returncode:
            raise RuntimeError("\n".join(lines[-20:]))
        found: dict[str, float] = json.loads(lines[-1])
        assert found["ran"] == jobs, found
        return found

    async def _address(self, jobs: int) -> str:
        if self.databases is None:
            return "memory"
        url = await self.databases.fresh()
        if self.kind == "tipbot":
            let_due(url, SENDERS[:jobs])
        return url


async def measure_stores(
    all_of: Sequence[Databases], folder: Path, rounds: int, jobs: int, told: Callable[[str], None]
) -> Table:
    """Let every store have so many due, taking turns."""
    contenders = [_Contender("APScheduler, MemoryJobStore", "apscheduler", None)]
    for each in all_of:
        name = f"APScheduler, SQLAlchemyJobStore on {each.name}"
        if find_spec("sqlalchemy"):
            contenders.append(_Contender(name, "apscheduler", each))
            if each.server is None:
                contenders.append(_Contender(f"{name}, in a hurry", "hasty", each))
        contenders.append(_Contender(f"tipbot on {each.name}", "tipbot", each))
    found: dict[str, list[dict[str, float]]] = {who.name: [] for who in contenders}
    for number in range(rounds):
        for who in contenders:
            told(f"stores, {who.name}, round {number + 1}")
            found[who.name].append(await patiently(partial(who.turn, folder, jobs), told))
    best = found["tipbot on SQLite"]
    rows = [
        (
            name,
            spread([1e6 * each["wall"] / jobs for each in turns]),
            spread([1e6 * each["cpu"] / jobs for each in turns]),
            spread([e["wall"] / b["wall"] for e, b in zip(turns, best, strict=True)], 1),
        )
        for name, turns in found.items()
    ]
    return Table(
        part="stores",
        title="What one due job or plan costs, in microseconds",
        columns=("who", "µs each", "CPU µs each", "times tipbot on SQLite"),
        rows=tuple(rows),
        note=(
            f"{jobs:,} due at once. CPU is that of the process and, for PostgreSQL, of its server."
            " 'In a hurry' is SQLite in WAL that does not wait for the disk; all others do."
        ),
        figures=dict(found),
    )
