"""The log moves into the file beside those who write, and does not grow for ever."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.world import until
from tipbot.store import checkpointer
from tipbot.store.checkpointer import Checkpointer
from tipbot.store.database import Transaction
from tipbot.store.flusher import Flusher
from tipbot.store.sqlite import SqliteDatabase

PAGE = 4096
COUNT = "SELECT value FROM counters WHERE name = 'ping'"
FRAME = PAGE + 24
"""A page in the log, with its header: https://www.sqlite.org/fileformat.html#walformat."""


@pytest.fixture
async def database(
    sqlite_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SqliteDatabase]:
    """Open a database whose log is moved after each few rows, and is long after twenty pages."""
    monkeypatch.setattr(checkpointer, "EVERY", 5)
    monkeypatch.setattr(checkpointer, "LONGEST", 20)
    database = SqliteDatabase(sqlite_path)
    await database.open()
    yield database
    await database.close()


async def count_up(database: SqliteDatabase, times: int) -> None:
    def body(tx: Transaction) -> None:
        tx.execute("UPDATE counters SET value = value + 1 WHERE name = 'ping'")

    for _ in range(times):
        await database.write(body)


def in_file_alone(path: Path) -> int:
    """Return the count that the file holds without its log."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        found = file.execute(COUNT).fetchone()
    return int(found[0])


def log_of(path: Path) -> int:
    return path.with_name(f"{path.name}-wal").stat().st_size


async def test_what_is_committed_gets_into_the_file_while_it_is_open(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    await count_up(database, 30)
    await until(lambda: in_file_alone(sqlite_path) >= 25, "most of it was moved")


async def test_a_log_does_not_grow_for_ever(database: SqliteDatabase, sqlite_path: Path) -> None:
    sizes = []
    for _ in range(20):
        await count_up(database, 100)
        sizes.append(log_of(sqlite_path))
    assert sizes[-1] < 1000 * FRAME, "two thousand commits are no less than as many pages"


async def test_whoever_reads_for_long_keeps_the_log_and_nothing_is_lost(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        before = reader.execute(COUNT).fetchone()[0]
        await count_up(database, 200)
        assert log_of(sqlite_path) >= 200 * FRAME
        again = reader.execute(COUNT).fetchone()[0]
        assert again == before
        reader.execute("ROLLBACK")
    await count_up(database, 100)
    await until(lambda: in_file_alone(sqlite_path) >= before + 290, "then it is moved")


async def test_while_somebody_reads_for_long_nobody_waits_at_every_look_for_the_log_to_be_emptied(
    database: SqliteDatabase, sqlite_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def waiting_for(
        connection: sqlite3.Connection, patience: timedelta
    ) -> AbstractContextManager[None]:
        waits.append(patience)
        return usual(connection, patience)

    usual = checkpointer.waiting_for
    monkeypatch.setattr(checkpointer, "waiting_for", waiting_for)
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute(COUNT).fetchone()
        for _ in range(40):
            await count_up(database, 5)
            await asyncio.sleep(0.002)
        pages = log_of(sqlite_path) // FRAME
    assert 2 <= len(waits) <= pages / checkpointer.LONGEST


async def test_a_log_does_not_grow_while_there_is_always_somebody_who_reads_for_a_moment(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    def look(tx: Transaction, seconds: float) -> None:
        tx.execute(COUNT)
        time.sleep(seconds)

    async def read(seconds: float) -> None:
        while not writing.done():
            await database.read(partial(look, seconds=seconds))

    writing = asyncio.create_task(count_up(database, 1000))
    await asyncio.gather(writing, read(0.002), read(0.003))
    assert log_of(sqlite_path) < 400 * FRAME


async def test_a_log_can_be_emptied_whatever_is_being_moved(database: SqliteDatabase) -> None:
    writing = asyncio.create_task(count_up(database, 300))
    emptied = [await database.scrub(rebuild=False) for _ in range(20)]
    await writing
    assert emptied == [True] * 20


def test_it_moves_nothing_before_there_is_enough_and_ends_without_having_begun() -> None:
    flusher = Flusher(lambda: None, lambda: None)
    idle = Checkpointer(lambda: sqlite3.connect(":memory:"), flusher)
    idle.note(checkpointer.EVERY - 1)
    assert not idle._wanted.acquire(blocking=False)
    idle.note(checkpointer.EVERY)
    assert idle._wanted.acquire(blocking=False)
    idle.note(checkpointer.EVERY + 1)
    assert not idle._wanted.acquire(blocking=False)
    idle.finish()
