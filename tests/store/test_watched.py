"""The watch over indexes sees what it is there for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.watched import BIG, WATCH, Watch
from tipbot.store.connect import _driver
from tipbot.store.database import Transaction
from tipbot.store.store import DatabaseStore

SLOW = (
    "SELECT plan_id FROM plans WHERE bag = :text",
    "UPDATE deliveries SET code = '' WHERE message_id = :number",
    "SELECT d.plan_id FROM deliveries AS d WHERE d.message_id IN :numbers ORDER BY d.due_at",
)
THROUGH_AN_INDEX = (
    (
        "SELECT p.plan_id FROM subscribers s JOIN plans p ON p.subscriber_id = s.subscriber_id"
        " WHERE s.bedtime = :number"
    ),
    "DELETE FROM taps WHERE nonce < :number",
)
"""PostgreSQL would rather read a whole index than the table: that SQLite would not, tells."""
QUICK = (
    "SELECT plan_id FROM plans WHERE wake_at <= :number",
    (
        "SELECT s.zone FROM subscribers s JOIN plans p ON p.subscriber_id = s.subscriber_id"
        " WHERE s.chat_id = :number"
    ),
    "UPDATE deliveries SET code = '' WHERE delivery_id IN :numbers",
    "SELECT name FROM counters WHERE value = :number",
)
GIVEN = {"text": "1", "number": 1, "numbers": (1, 2)}


def faults_of(sql: str) -> Callable[[Transaction], list[str]]:
    def look(tx: Transaction) -> list[str]:
        watch = Watch()
        named = {name: value for name, value in GIVEN.items() if f":{name}" in sql}
        watch.look(tx, sql, named)
        watch.look(tx, sql, named)
        return watch.faults

    return look


@pytest.mark.parametrize("sql", [*SLOW, *QUICK])
async def test_a_statement_without_an_index_is_a_fault_on_both_databases(
    url: str, sql: str
) -> None:
    database = _driver(url)
    await database.open()
    assert len(await database.write(faults_of(sql))) == (sql in SLOW)
    await database.close()


@pytest.mark.parametrize("sql", THROUGH_AN_INDEX)
async def test_sqlite_tells_of_what_postgres_reads_through_an_index(
    sqlite_path: Path, sql: str
) -> None:
    database = _driver(f"sqlite:///{sqlite_path}")
    await database.open()
    assert len(await database.write(faults_of(sql))) == 1
    await database.close()


async def test_what_the_program_runs_is_looked_at(url: str) -> None:
    database = _driver(url)
    WATCH.seen.clear()
    store = DatabaseStore(database, lambda: pytest.fail("no clock is needed"))
    await store.open()
    await store.next_due()
    seen = {sql for _, sql in WATCH.seen}
    assert len(seen) == 3
    assert all(BIG.search(sql) for sql in seen)
    await store.close()
