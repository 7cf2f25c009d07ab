"""What it costs to take what is due: our planner beside APScheduler's SQLAlchemyJobStore.

Both find what is due, work out when it is due next, and have that on disk. Ours is measured doing
just that, as a job store does, and as the program has it: with a tip chosen and its delivery
written, too. All are on SQLite. APScheduler, with its cheapest trigger, shows three
faces: as it comes, with its scheduler; the job store alone, with a write-ahead log and called by
nothing but a loop; and that without waiting for the disk, which ours always does.
"""

import asyncio
import pickle
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter, process_time

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine, create_engine, event

from tests.benchmarks.loader import MODELS, make_due
from tipbot.app import keep_what_is_loaded
from tipbot.clock import TravelClock, system_clock
from tipbot.core.planning import DuePlan, PlanStep, Shelves, plan_step
from tipbot.core.schedule import upcoming
from tipbot.delivery.plan import BATCH, Decide, Planner
from tipbot.store.connect import connect

WORTH = timedelta(seconds=1)
OURS = ("claimed and moved on", "its delivery written, too")
"""What the program does with a due plan: as much as a job store does with a job, and all of it."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one due plan or job took, in microseconds."""

    wall: float
    cpu: float
    count: int
    slowest: float = 0.0
    """The longest transaction, in milliseconds."""


_started = count(1)
_state = {"started": 0}


async def nothing(who: int) -> None:
    """Do nothing for somebody but count: a job's function has to have a name."""
    del who
    _state["started"] = next(_started)


def jobs_due(file: Path, jobs: int, at: datetime, *, durable: bool) -> SQLAlchemyJobStore:
    """Fill a job store with jobs that are due at ``at``, as fast as it can be done."""
    engine = _engine(file, durable=durable)
    store, scheduler = SQLAlchemyJobStore(engine=engine), AsyncIOScheduler(timezone=UTC)
    scheduler.add_jobstore(store)
    store.start(scheduler, "default")
    _fill(store, scheduler, jobs, at)
    return store


def _fill(store: SQLAlchemyJobStore, scheduler: AsyncIOScheduler, jobs: int, at: datetime) -> None:
    rows = []
    for number in range(jobs):
        job = Job(
            scheduler,
            id=str(number),
            func=nothing,
            args=(number,),
            kwargs={},
            name="nothing",
            trigger=IntervalTrigger(days=1, start_date=at, timezone=UTC),
            executor="default",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=at,
        )
        state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
        rows.append({"id": job.id, "next_run_time": at.timestamp(), "job_state": state})
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)


def _engine(file: Path, *, durable: bool) -> Engine:
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def at_its_best(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")

    return engine


async def run_jobs(file: Path, jobs: int) -> Cost:
    """Let a scheduler as it comes start all jobs that are due now, and move them on."""
    at = system_clock() - WORTH
    store = SQLAlchemyJobStore(url=f"sqlite:///{file}")
    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.start(paused=True)
    _fill(store, scheduler, jobs, at)
    keep_what_is_loaded()
    wanted = _state["started"] + jobs
    began, used = perf_counter(), process_time()
    scheduler.resume()
    while _state["started"] < wanted:  # noqa: ASYNC110 - APScheduler tells nobody
        await asyncio.sleep(0.001)
    cost = _cost(began, used, jobs)
    scheduler.shutdown(wait=False)
    return cost


def claim_jobs(store: SQLAlchemyJobStore, now: datetime) -> Cost:
    """Take all due jobs as APScheduler does: all in one query, then each moved on by itself."""
    keep_what_is_loaded()
    began, used = perf_counter(), process_time()
    due = store.get_due_jobs(now)
    for job in due:
        job._modify(next_run_time=job.trigger.get_next_fire_time(job.next_run_time, now))
        store.update_job(job)
    return _cost(began, used, len(due))


def move_on(due: DuePlan, shelves: Shelves, now: datetime) -> PlanStep:
    """Decide of a due plan what a scheduler decides of a job: when it is due next."""
    del shelves
    return PlanStep(onward=upcoming(due.plan, due.subscriber, now), bag=due.plan.bag)


async def claim_plans(
    url: str, clock: TravelClock, decide: Decide = plan_step, most: int | None = None
) -> Cost:
    """Take due plans as the program does, some batches a transaction; all, or about ``most``."""
    store = connect(url, clock)
    await store.open()
    await store.ping()
    planner = Planner(store, clock, decide, most=1)
    keep_what_is_loaded()
    began, used, advanced, slowest = perf_counter(), process_time(), 0, 0.0
    batch = BATCH
    while batch == BATCH and (most is None or advanced < most):
        turn = perf_counter()
        batch = await planner.sweep()
        slowest = max(slowest, perf_counter() - turn)
        advanced += batch
    cost = _cost(began, used, advanced)
    await store.close()
    return Cost(cost.wall, cost.cpu, cost.count, 1e3 * slowest)


async def idle_tick(url: str, clock: TravelClock, ticks: int = 1000) -> Cost:
    """Let the planner look while nothing is due."""
    store = connect(url, clock)
    await store.open()
    planner = Planner(store, clock, plan_step)
    began, used = perf_counter(), process_time()
    for _ in range(ticks):
        assert await planner.sweep() == 0
    cost = _cost(began, used, ticks)
    await store.close()
    return cost


def _cost(began: float, used: float, number: int) -> Cost:
    wall, cpu = perf_counter() - began, process_time() - used
    return Cost(1e6 * wall / max(number, 1), 1e6 * cpu / max(number, 1), number)


async def take_turns(  # noqa: PLR0913 - how many of each, and where
    url: str,
    folder: Path,
    now: datetime,
    *,
    plans: int,
    jobs: int,
    rounds: int,
    models: int = MODELS,
) -> dict[str, list[Cost]]:
    """Let the planner and the job stores take what is due in turns; return what each cost.

    ``url`` is a loaded SQLite database, ``now`` the moment it was loaded for; each round is an hour
    later, at which some thousand more plans are due than ``plans``.
    """
    names = ("job store, to disk", "job store, in a hurry", "scheduler as it comes")
    found: dict[str, list[Cost]] = {name: [] for name in (*OURS, *names)}
    for number in range(1, rounds + 1):
        due = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=number)
        made = make_due(url, due, 2 * plans, models=models)
        clock = TravelClock(lambda due=due: due)  # type: ignore[misc]  # this round's
        found[OURS[0]].append(await claim_plans(url, clock, move_on, made // 2))
        found[OURS[1]].append(await claim_plans(url, clock))
        for name, durable in ((names[0], True), (names[1], False)):
            file = folder / f"jobs-{number}-{durable}.db"
            store = jobs_due(file, jobs, due, durable=durable)
            found[name].append(claim_jobs(store, due + WORTH))
            store.shutdown()
        found[names[2]].append(await run_jobs(folder / f"jobs-{number}.db", jobs))
    return found
