"""One scheduler takes all that is due at once; its cost is printed as JSON. A process of its own.

    python -m tests.benchmarks.jobs <tipbot|apscheduler|hasty> <address, or memory> <n> [server]

APScheduler is at its best: jobs that are coalesced and never too late, on its cheapest trigger, and
a coroutine that does nothing. ``hasty`` is the same with SQLite in WAL and ``synchronous=NORMAL``,
which does not wait for the disk, as tipbot does. Both keep what is next of each, so that a restart
loses nothing; the memory store does not.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, timedelta
from itertools import count
from typing import Any

import psutil
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tipbot.clock import system_clock
from tipbot.core.planning import plan_step
from tipbot.delivery.plan import Planner
from tipbot.store.connect import connect

_done = count(1)
done = 0


async def job() -> None:
    """Do nothing but count."""
    global done  # noqa: PLW0603 - a job that is kept in a database has nowhere else to count
    done = next(_done)


async def tipbot(url: str, jobs: int) -> int:
    """Plan what is due; return how many plans there were."""
    store = connect(url)
    await store.open()
    await store.ping()
    meter.begin()
    planned = await Planner(store, system_clock, plan_step, most=jobs).sweep()
    meter.end()
    await store.close()
    return planned


async def apscheduler(url: str, jobs: int, *, hasty: bool = False) -> int:
    """Run jobs that are due; return how many ran."""
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        jobstores={
            "default": MemoryJobStore() if url == "memory" else _sqlalchemy(url, hasty=hasty)
        },
        job_defaults={"misfire_grace_time": None, "coalesce": True},
    )
    scheduler.start(paused=True)
    due = system_clock() - timedelta(seconds=1)
    for number in range(jobs):
        scheduler.add_job(job, IntervalTrigger(days=1), id=str(number), next_run_time=due)
    meter.begin()
    scheduler.resume()
    while done < jobs:  # noqa: ASYNC110 - APScheduler tells nobody
        await asyncio.sleep(0.001)
    meter.end()
    scheduler.shutdown(wait=False)
    return done


def _sqlalchemy(url: str, *, hasty: bool) -> Any:
    """Return a job store on a database."""
    # Neither is everywhere, and who does not use them does not pay for them.
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore  # noqa: PLC0415
    from sqlalchemy import create_engine, event  # noqa: PLC0415

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    if hasty:

        def hurry(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")

        event.listen(engine, "connect", hurry)

    return SQLAlchemyJobStore(engine=engine)


class Meter:
    """Takes the time and the processor time of this process and of a database server."""

    def __init__(self, server: int | None) -> None:
        self._server = server

    def begin(self) -> None:
        """Start."""
        self.wall, self.cpu = time.perf_counter(), self._cpu()

    def end(self) -> None:
        """Stop: ``wall`` and ``cpu`` are the seconds since."""
        self.wall, self.cpu = time.perf_counter() - self.wall, self._cpu() - self.cpu

    def _cpu(self) -> float:
        used = time.process_time()
        if self._server is not None:
            postmaster = psutil.Process(self._server)
            for each in (postmaster, *postmaster.children()):
                used += sum(each.cpu_times()[:4])
        return used


if __name__ == "__main__":
    kind, address, number, *server = sys.argv[1:]
    meter = Meter(int(server[0]) if server else None)
    if kind == "tipbot":
        ran = asyncio.run(tipbot(address, int(number)))
    else:
        ran = asyncio.run(apscheduler(address, int(number), hasty=kind == "hasty"))
    print(json.dumps({"ran": ran, "wall": meter.wall, "cpu": meter.cpu}))
