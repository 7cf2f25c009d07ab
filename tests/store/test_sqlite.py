"""What only the SQLite driver promises."""

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.flushes import hold_flushes
from tipbot.store.base import StoreUnavailableError
from tipbot.store.database import Transaction
from tipbot.store.sqlite import SqliteDatabase

PUT = "INSERT INTO counters (name, value) VALUES (:name, 1)"
NAMES = "SELECT name FROM counters WHERE name NOT IN ('library', 'ping') ORDER BY name"


def put(name: str) -> Callable[[Transaction], str]:
    def body(tx: Transaction) -> str:
        tx.execute(PUT, {"name": name})
        return name

    return body


def names(tx: Transaction) -> list[str]:
    return [row["name"] for row in tx.execute(NAMES)]


@pytest.fixture
async def database(sqlite_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(sqlite_path, patience=timedelta(milliseconds=100))
    await database.open()
    yield database
    await database.close()


async def grouped(
    database: SqliteDatabase, *bodies: Callable[[Transaction], object]
) -> list[object]:
    """Run the bodies in one group: they queue up behind one that waits for all of them."""
    ready = threading.Event()
    first = asyncio.ensure_future(database.write(lambda _: ready.wait(5)))
    rest = [asyncio.ensure_future(database.write(body)) for body in bodies]
    await asyncio.sleep(0)
    ready.set()
    results = await asyncio.gather(first, *rest, return_exceptions=True)
    return list(results[1:])


async def test_a_body_that_fails_takes_nothing_of_its_group_with_it(
    database: SqliteDatabase,
) -> None:
    def stumble(tx: Transaction) -> None:
        tx.execute(PUT, {"name": "never"})
        raise KeyError

    first, wrong, twice, last = await grouped(database, put("a"), stumble, put("a"), put("b"))
    assert (first, last) == ("a", "b")
    assert isinstance(wrong, KeyError)
    assert isinstance(twice, sqlite3.IntegrityError)
    assert await database.read(names) == ["a", "b"]


@pytest.mark.parametrize("later", [False, True])
async def test_only_what_must_last_waits_for_the_disk(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch, *, later: bool
) -> None:
    free = hold_flushes(monkeypatch)
    lasting = asyncio.ensure_future(database.write(put("a"), later=later))
    await asyncio.sleep(0)  # it is handed in first
    async with asyncio.timeout(4):
        assert await database.write(put("b"), later=later, repeatable=True) == "b"
    assert await database.read(names) == ["a", "b"], "it is committed"
    on_disk = database.flushed()
    assert (lasting.done(), on_disk.done()) == (False, False)
    free.set()
    assert await asyncio.wait_for(lasting, 4) == "a"
    await asyncio.wait_for(on_disk, 4)


async def test_a_closed_database_says_that_it_can_flush_nothing(database: SqliteDatabase) -> None:
    await database.close()
    with pytest.raises(StoreUnavailableError, match="not open"):
        await database.flushed()


async def test_a_group_is_one_commit(database: SqliteDatabase, sqlite_path: Path) -> None:
    seen: list[int] = []
    with closing(sqlite3.connect(sqlite_path)) as onlooker:
        before = onlooker.execute("PRAGMA data_version").fetchone()[0]
        await grouped(database, *(put(f"n{n}") for n in range(50)))
        seen.append(onlooker.execute("PRAGMA data_version").fetchone()[0] - before)
    assert len(await database.read(names)) == 50
    assert seen == [1]


async def test_a_commit_that_fails_fails_the_whole_group_and_the_next_one_succeeds(
    database: SqliteDatabase,
) -> None:
    def dangle(tx: Transaction) -> None:
        tx.execute("PRAGMA defer_foreign_keys = ON")
        tx.execute(
            "INSERT INTO tip_versions (number, revision, kind, content, saved_at)"
            " VALUES (404, 1, 'tip', '', 0)"
        )

    results = await grouped(database, put("a"), dangle, put("b"))
    assert [type(each) for each in results] == [StoreUnavailableError] * 3
    assert await database.read(names) == []
    assert await database.write(put("c")) == "c"


async def test_a_full_disk_is_reported_and_over_once_there_is_room(
    database: SqliteDatabase,
) -> None:
    def fill(tx: Transaction) -> None:
        tx.execute("PRAGMA max_page_count = 1")
        tx.execute(PUT, {"name": "x" * 500_000})

    results = await grouped(database, put("a"), fill, put("b"))
    assert [type(each) for each in results] == [StoreUnavailableError] * 3
    assert await database.read(names) == []
    await database.write(lambda tx: tx.execute("PRAGMA max_page_count = 1000000"))
    assert await database.write(put("c")) == "c"


async def test_a_locked_file_is_reported_and_can_still_be_read(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        results = await asyncio.gather(
            *(database.write(put(f"n{n}")) for n in range(5)), return_exceptions=True
        )
        assert [type(each) for each in results] == [StoreUnavailableError] * 5
        assert await database.read(names) == []
        other.execute("ROLLBACK")
    assert await database.write(put("a")) == "a"


def put_aside(path: Path, aside: Path, instead: bytes | None) -> Path:
    path.rename(aside)
    if instead is not None:
        path.write_bytes(instead)
    return aside


@pytest.mark.parametrize("instead", [None, b""])
async def test_nothing_is_written_to_a_file_that_was_taken_away(
    database: SqliteDatabase, sqlite_path: Path, tmp_path: Path, instead: bytes | None
) -> None:
    await database.write(put("a"))
    aside = put_aside(sqlite_path, tmp_path / "aside.db", instead)
    with pytest.raises(StoreUnavailableError, match="removed or replaced"):
        await database.write(put("b"))
    with pytest.raises(StoreUnavailableError, match="removed or replaced"):
        await database.scrub(rebuild=True)
    aside.replace(sqlite_path)
    assert await database.write(put("c")) == "c"
    assert await database.read(names) == ["a", "c"]


async def test_nothing_is_written_to_a_log_that_was_taken_away(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    await database.write(put("a"))
    sqlite_path.with_name(f"{sqlite_path.name}-wal").unlink()
    with pytest.raises(StoreUnavailableError, match="removed or replaced"):
        await database.write(put("b"))


async def test_a_wrong_statement_is_the_programs_fault(database: SqliteDatabase) -> None:
    for run in (database.read, database.write):
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await run(lambda tx: tx.execute("SELECT * FROM nowhere"))


async def test_a_read_cannot_write(database: SqliteDatabase) -> None:
    with pytest.raises(StoreUnavailableError, match="readonly"):
        await database.read(put("a"))
    assert await database.read(names) == []


async def test_a_read_sees_one_moment(database: SqliteDatabase) -> None:
    between = threading.Event()
    written = threading.Event()

    def look_twice(tx: Transaction) -> tuple[list[str], list[str]]:
        first = names(tx)
        between.set()
        assert written.wait(5)
        return first, names(tx)

    looking = asyncio.ensure_future(database.read(look_twice))
    await asyncio.to_thread(between.wait, 5)
    await database.write(put("a"))
    written.set()
    assert await looking == ([], [])
    assert await database.read(names) == ["a"]


async def test_nothing_runs_in_the_event_loops_thread(database: SqliteDatabase) -> None:
    here = threading.get_ident()
    assert await database.read(lambda _: threading.get_ident()) != here
    writer = await database.write(lambda _: threading.get_ident())
    assert writer != here
    assert await database.write(lambda _: threading.get_ident()) == writer


async def test_closing_finishes_what_was_handed_in(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    writes = [asyncio.ensure_future(database.write(put(f"n{n}"))) for n in range(300)]
    await asyncio.sleep(0)
    await database.close()
    assert len(await asyncio.gather(*writes)) == 300
    with closing(sqlite3.connect(sqlite_path)) as db:
        assert db.execute("SELECT count(*) FROM counters").fetchone() == (302,)
    assert not sqlite_path.with_name("store.db-wal").exists()


async def test_a_write_that_is_given_up_before_its_turn_is_not_done(
    database: SqliteDatabase,
) -> None:
    ready = threading.Event()
    first = asyncio.ensure_future(database.write(lambda _: ready.wait(5)))
    given_up = asyncio.ensure_future(database.write(put("never")))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)
    ready.set()
    await first
    await database.write(put("a"))
    assert await database.read(names) == ["a"]


async def test_the_settings_that_keep_health_data_safe_are_on(
    database: SqliteDatabase, sqlite_path: Path
) -> None:
    def pragma(name: str) -> Callable[[Transaction], object]:
        return lambda tx: dict(tx.execute(f"PRAGMA {name}").found[0]).popitem()[1]  # type: ignore[call-overload] # a dict

    wanted = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "secure_delete": 1}
    assert {name: await database.write(pragma(name)) for name in wanted} == wanted
    mode = sqlite_path.stat().st_mode  # noqa: ASYNC240 - one look
    assert stat.S_IMODE(mode) == 0o600
