"""Whoever was forgotten cannot be read in the bytes of a SQLite file either, nor in its log."""

import asyncio
import random
import re
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.house import ALICE, START, House
from tipbot.clock import TravelClock
from tipbot.core.model import Subscriber, SubscriberId
from tipbot.store import sqlite
from tipbot.store.database import Transaction
from tipbot.store.sqlite import SqliteDatabase
from tipbot.store.store import DatabaseStore

PEOPLE = 12
_ENTRY = """
INSERT INTO check_ins (
    subscriber_id, kind, at, local_date, zone, triggers, helped, flags, note, undone, logged_at
) VALUES (:who, 'twitch', :n, :day, 'UTC', '', '', '', :note, 0, :n)"""
_NOTE = "UPDATE check_ins SET note = :note WHERE check_in_id = :n AND subscriber_id = :who"


@pytest.fixture
def database(sqlite_path: Path) -> SqliteDatabase:
    return SqliteDatabase(sqlite_path)


@pytest.fixture
async def house(database: SqliteDatabase) -> AsyncIterator[House]:
    clock = TravelClock(lambda: START)
    store = DatabaseStore(database, clock)
    await store.open()
    yield House(store, clock)
    await store.close()


def note(who: int, chance: random.Random) -> str:
    return f"<{who:02}>" + "y" * chance.randint(0, 500)


async def filled(house: House, database: SqliteDatabase) -> None:
    """Let many people write and change notes, so that rows move between pages."""
    for who in range(1, PEOPLE + 1):
        await house.store.enrol(
            Subscriber(id=SubscriberId(who), chat_id=who, created_at=START, zone="UTC")
        )
    chance = random.Random(7)  # noqa: S311 - no secret

    def write(tx: Transaction) -> None:
        for n in range(1, 1201):
            who = chance.randint(1, PEOPLE)
            day = f"2026-{1 + n % 12:02}-{1 + n % 28:02}"
            tx.execute(_ENTRY, {"who": who, "n": n, "day": day, "note": note(who, chance)})
        for _ in range(6000):
            who = chance.randint(1, PEOPLE)
            n = chance.randint(1, 1200)
            tx.execute(_NOTE, {"who": who, "n": n, "note": note(who, chance)})

    await database.write(write)


def traces(path: Path, who: int) -> int:
    """Return how often someone's notes stand in the bytes of the file or of its log."""
    files = [each for each in (path, Path(f"{path}-wal")) if each.exists()]
    return sum(len(re.findall(b"<%02d>" % who, each.read_bytes())) for each in files)


def sizes(path: Path) -> tuple[int, int]:
    """Return how many bytes the file and its log have."""
    return path.stat().st_size, Path(f"{path}-wal").stat().st_size


async def test_the_bytes_of_whoever_was_forgotten_are_gone_and_the_others_stay(
    house: House, database: SqliteDatabase, sqlite_path: Path
) -> None:
    await filled(house, database)
    before = traces(sqlite_path, 4)
    for who in (7, 8, 9):
        assert traces(sqlite_path, who) > 20
        await house.store.forget(SubscriberId(who))
        assert sizes(sqlite_path)[1] == 0
    assert max(traces(sqlite_path, who) for who in (7, 8, 9)) > 0, "the gaps of pages need more"
    await house.store.scrub()
    assert [traces(sqlite_path, who) for who in (7, 8, 9)] == [0, 0, 0]
    assert 20 < traces(sqlite_path, 4) <= before


async def test_where_nobody_was_forgotten_nothing_is_rebuilt(
    house: House, database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuilt: list[bool] = []
    scrub = database.scrub

    async def watched(*, rebuild: bool) -> bool:
        rebuilt.append(rebuild)
        return await scrub(rebuild=rebuild)

    monkeypatch.setattr(database, "scrub", watched)
    await house.store.scrub()
    assert rebuilt == []
    await house.enrol(ALICE)
    await house.store.forget(ALICE.id)
    for _ in range(2):
        await house.store.scrub()
    assert rebuilt == [False, True]


async def test_whoever_reads_meanwhile_puts_it_off_and_holds_up_nobody(
    house: House, database: SqliteDatabase, sqlite_path: Path
) -> None:
    await filled(house, database)
    over, reads = threading.Event(), threading.Event()

    def read_long(tx: Transaction) -> None:
        tx.execute("SELECT count(*) AS n FROM check_ins")
        reads.set()
        over.wait(10)

    reading = asyncio.ensure_future(database.read(read_long))
    await asyncio.to_thread(reads.wait, 5)
    async with asyncio.timeout(5):
        await house.store.forget(SubscriberId(7))
        await house.store.scrub()
    assert traces(sqlite_path, 7) > 0
    over.set()
    await reading
    await house.store.scrub()
    assert traces(sqlite_path, 7) == 0


async def test_a_large_file_is_not_rebuilt_while_people_tap(
    house: House, database: SqliteDatabase, sqlite_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LARGEST_REBUILT", 4096)
    await filled(house, database)
    await house.store.forget(SubscriberId(7))
    before, _ = sizes(sqlite_path)
    await house.store.scrub()
    after, log = sizes(sqlite_path)
    assert after == before
    assert log <= 32_768
