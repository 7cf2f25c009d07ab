"""Every statement of the package, held against the indexes of both databases."""

import importlib
import pkgutil
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

import tipbot.store
from tests.store.wired import plan_of, wired
from tipbot.store.connect import connect
from tipbot.store.database import expand
from tipbot.store.many import with_values
from tipbot.store.postgres import PostgresTransaction
from tipbot.store.sqlite import _without_locks
from tipbot.store.wire import Wire

BIG = re.compile(
    r"\b(subscribers|plans|deliveries|reactions|check_ins|taps|day_contexts|dialogs"
    r"|relief_sessions|audit_log|tip_versions|proposals|treatments|diary_signs)\b"
)
READS_A_WHOLE_INDEX = {
    "deliveries._COUNTS": "counts everything, for figures",
    "figures._PEOPLE": "counts everybody, for figures",
    "editing._HOW_MANY_OPEN": "the index holds open proposals alone",
    "revisions._OPEN": "the index holds open proposals alone",
}
READS_THE_LIBRARY = {
    "librarian._UNFOUND": "looks once a start for tips that were there before the search",
    "revisions._ALL_NEWEST": "compares the whole library, a few hundred tips, with its files",
}
IN_ORDER = [
    "planning._DUE",
    "timekeeping._WAITING",
    "relief._DUE",
    "claiming._HEADS",
    "recording._EXPIRE",
    "deliveries.NEXT_PLAN",
    "deliveries.NEXT_WAITING",
    "deliveries.NEXT_ANNOUNCED",
    "claiming._ANNOUNCED_HEADS",
]

MANY_AT_ONCE = ["planning._DUE", "claiming._HEADS", "claiming._ANNOUNCED_HEADS"]
"""What very much may fall due for, before statistics tell of any of it."""

LISTED = re.compile(r"SCAN (batch|\d+ CONSTANT ROWS|\(subquery-\d+\)|v|w)")
"""Steps through a list that is as long as what was asked for."""

LOOKS = [
    "planning._ANY_DUE",
    "claiming._ANY_READY",
    "claiming._ANY_ANNOUNCED",
    "recording._ANY_EXPIRED",
]
"""What is asked again and again, and mostly in vain."""
RUSH = """
INSERT INTO subscribers (
    subscriber_id, chat_id, language, zone, stage, presence, quiet_start, quiet_end, bedtime,
    silent, unanswered, diagnosed, created_at
) SELECT n, n, 'en', 'UTC', 'done', 'active', 0, 0, 0, 0, 0, 0, 0
FROM generate_series(1, 5000) AS n;
INSERT INTO plans (subscriber_id, topic, schedule, days, enabled, thin, wake_at, bag)
SELECT n, 'sleep', '', '', 1, 1, n, '' FROM generate_series(1, 5000) AS n;
INSERT INTO deliveries (
    plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt, due_at,
    expires_at, ready_at, code
) SELECT n, n, 'sleep', '', 0, 0, 'pending', 0, n, n, n, '' FROM generate_series(1, 5000) AS n"""
"""Five thousand people with a plan and a delivery, due and expired one after the other."""


def statements() -> dict[str, str]:
    """Return the SQL constants of all modules that touch a table which grows with its users."""
    found = {}
    for module in pkgutil.iter_modules(tipbot.store.__path__, "tipbot.store."):
        for name, value in vars(importlib.import_module(module.name)).items():
            verb = isinstance(value, str) and re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", value)
            if verb and BIG.search(value):
                found[f"{module.name.rpartition('.')[2]}.{name}"] = value
    return found


STATEMENTS = statements()


def blanks(sql: str) -> dict[str, str | tuple[str, ...]]:
    lists = set(re.findall(r"IN :([a-z_]+)", sql))
    return {
        name: ("1", "2") if name in lists else "1" for name in re.findall(r"[^:]:([a-z_0-9]+)", sql)
    }


@pytest.fixture
async def sqlite(sqlite_path: Path) -> Path:
    store = connect(f"sqlite:///{sqlite_path}")
    await store.open()
    await store.close()
    return sqlite_path


@pytest.fixture
async def server(postgres_url: str) -> str:
    store = connect(postgres_url)
    await store.open()
    await store.close()
    return postgres_url


def sqlite_plan(path: Path, sql: str) -> list[str]:
    if "json_to_recordset" in sql:
        sql, _, _ = with_values(sql, 2)
    text, params = expand(_without_locks(sql), blanks(sql))
    with closing(sqlite3.connect(path)) as db:
        return [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {text}", params)]


def test_the_statements_are_found() -> None:
    assert len(STATEMENTS) > 45
    assert STATEMENTS.keys() >= {*READS_A_WHOLE_INDEX, *IN_ORDER}


def test_sqlite_scans_no_table_that_grows(sqlite: Path) -> None:
    plans = {name: sqlite_plan(sqlite, sql) for name, sql in STATEMENTS.items()}
    looks = {name: [s for s in steps if not LISTED.fullmatch(s)] for name, steps in plans.items()}
    scans = {name: steps for name, steps in looks.items() if "SCAN" in " ".join(steps)}
    library = {name: scans.pop(name) for name in READS_THE_LIBRARY}
    assert all([s for s in each if "SCAN" in s] == ["SCAN t"] for each in library.values())
    assert scans.keys() == READS_A_WHOLE_INDEX.keys()
    assert all("USING COVERING INDEX" in s or "USING INDEX" in s for [s, *_] in scans.values())


@pytest.mark.parametrize("name", IN_ORDER)
def test_sqlite_takes_what_is_due_in_order_without_sorting(sqlite: Path, name: str) -> None:
    steps = sqlite_plan(sqlite, STATEMENTS[name])
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert [step for step in steps if "SEARCH" in step]


async def test_postgres_scans_no_table_that_grows(server: str) -> None:
    with wired(server) as wire:
        wire.ask("SET enable_seqscan = off")
        scans = {name for name, sql in STATEMENTS.items() if _seq_scans(wire, sql)}
    assert scans == set()


@pytest.mark.parametrize("name", MANY_AT_ONCE)
async def test_postgres_takes_what_is_due_one_by_one_though_it_knows_of_none(
    server: str, name: str
) -> None:
    with wired(server) as wire:
        wire.ask("BEGIN")
        PostgresTransaction(wire).read_in_order()
        plan = plan_of(wire, STATEMENTS[name], blanks(STATEMENTS[name]))
    assert "Index Scan" in plan
    assert not re.search("Sort|Bitmap|Anti Join|Materialize|Hash", plan)


@pytest.mark.parametrize("name", LOOKS)
async def test_postgres_looks_into_an_index_even_after_a_rush_of_which_it_knows(
    server: str, name: str
) -> None:
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(RUSH)
        db.execute("ANALYZE")
    with wired(server) as wire:
        plan = plan_of(wire, STATEMENTS[name], {"now": "4000"})
    assert "Index" in plan
    assert "Seq Scan" not in plan


def _seq_scans(wire: Wire, sql: str) -> list[str]:
    found = re.findall(r"Seq Scan on (\w+)", plan_of(wire, sql, blanks(sql)))
    return [table for table in found if BIG.fullmatch(table)]
