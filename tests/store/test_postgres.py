"""What only the PostgreSQL driver has to get right."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta

import psycopg
import pytest

from tests.store.house import LEASE, START, House, new_delivery
from tests.store.wired import wired
from tipbot.clock import TravelClock
from tipbot.store.base import StoreUnavailableError
from tipbot.store.claiming import _CLAIM
from tipbot.store.connect import connect
from tipbot.store.database import Transaction
from tipbot.store.postgres import PostgresDatabase

LOCK = "SELECT value FROM counters WHERE name = :name FOR UPDATE"
TURN = "UPDATE counters SET value = value + 1 WHERE name = :name"
VALUES = "SELECT name, value FROM counters"


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    database = PostgresDatabase(postgres_url, patience=timedelta(seconds=2))
    await database.open()
    yield database
    await database.close()


async def test_lost_connections_are_replaced_after_one_report_at_most(
    database: PostgresDatabase, postgres_url: str
) -> None:
    bodies = [lambda tx: tx.execute("SELECT pg_sleep(0.05)")] * 8
    await asyncio.gather(*(database.write(body) for body in bodies))
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'tipbot'"
        )
    with suppress(StoreUnavailableError):  # it may be found dead before it is used
        await database.write(lambda tx: tx.execute(TURN, {"name": "ping"}))
    await database.write(lambda tx: tx.execute(TURN, {"name": "ping"}))


async def test_what_can_wait_runs_two_at_a_time_and_keeps_nobody_else_waiting(
    database: PostgresDatabase,
) -> None:
    free, begun = threading.Event(), list[int]()

    def hold(number: int) -> Callable[[Transaction], None]:
        def body(_: Transaction) -> None:
            begun.append(number)
            free.wait(10)

        return body

    waiting = [asyncio.ensure_future(database.write(hold(n), later=True)) for n in range(5)]
    async with asyncio.timeout(5):
        pings = 0
        while pings < 20 or len(begun) < 2:  # a busy machine opens their connections late
            await database.write(lambda tx: tx.execute(TURN, {"name": "ping"}))
            pings += 1
    assert sorted(begun) == [0, 1]
    free.set()
    await asyncio.gather(*waiting)
    assert sorted(begun) == list(range(5))


async def test_what_was_handed_in_is_committed_before_it_closes(postgres_url: str) -> None:
    database = PostgresDatabase(postgres_url)
    await database.open()

    def turn(tx: Transaction) -> None:
        tx.execute(TURN, {"name": "ping"})

    handed_in = [asyncio.ensure_future(database.write(turn, later=bool(n % 2))) for n in range(20)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*handed_in)
    with pytest.raises(StoreUnavailableError, match="not open"):
        await database.write(turn, later=True)


async def test_a_deadlock_is_resolved_and_both_sides_succeed(database: PostgresDatabase) -> None:
    meeting = threading.Barrier(2)
    met: set[str] = set()

    def cross(first: str, second: str) -> Callable[[Transaction], None]:
        def body(tx: Transaction) -> None:
            tx.execute(LOCK, {"name": first})
            if first not in met:
                met.add(first)
                meeting.wait(5)
            for name in (second, first):
                tx.execute(TURN, {"name": name})

        return body

    await asyncio.gather(
        database.write(cross("library", "ping")), database.write(cross("ping", "library"))
    )
    rows = await database.read(lambda tx: tx.execute(VALUES))
    assert {row["name"]: row["value"] for row in rows} == {"library": 2, "ping": 2}


async def test_a_lock_that_is_held_too_long_is_reported(
    database: PostgresDatabase, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT * FROM counters FOR UPDATE")
        with pytest.raises(StoreUnavailableError, match="55P03"):
            await database.write(lambda tx: tx.execute(TURN, {"name": "ping"}))
    await database.write(lambda tx: tx.execute(TURN, {"name": "ping"}))


async def test_a_chat_that_another_worker_holds_is_passed_over(
    postgres_url: str, clock: TravelClock
) -> None:
    store = connect(postgres_url, clock)
    await store.open()
    house = House(store, clock)
    mine = await house.alice_hydrated()
    await store.add_delivery(new_delivery(mine))
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT * FROM subscribers FOR NO KEY UPDATE")
        assert await store.claim_deliveries("w1", START, 9, LEASE) == []
    assert len(await store.claim_deliveries("w1", START, 9, LEASE)) == 1
    await store.close()


async def test_a_claim_that_came_too_late_for_its_chat_takes_nothing(
    postgres_url: str, clock: TravelClock
) -> None:
    """Between the choice and the claim, another worker may have taken a delivery of the chat."""
    store = connect(postgres_url, clock)
    await store.open()
    house = House(store, clock)
    mine = await house.alice_hydrated()
    await store.add_delivery(new_delivery(mine))
    await house.begin()
    await store.add_delivery(new_delivery(mine, day=1))
    with wired(postgres_url) as other:
        chosen = {"ids_0": 2, "worker": "w2", "until": 10**18, "now": 0}
        assert other.ask(_CLAIM.replace("IN :ids", "IN (:ids_0)"), chosen).found == ()
    await store.close()


async def test_a_body_that_fails_changes_nothing(database: PostgresDatabase) -> None:
    def stumble(tx: Transaction) -> None:
        tx.execute(TURN, {"name": "ping"})
        raise KeyError

    with pytest.raises(KeyError):
        await database.write(stumble)
    with pytest.raises(psycopg.errors.UndefinedTable):
        await database.write(lambda tx: tx.execute("SELECT * FROM nowhere"))
    rows = await database.read(lambda tx: tx.execute(VALUES))
    assert {row["value"] for row in rows} == {0}


async def test_a_read_cannot_write(database: PostgresDatabase) -> None:
    with pytest.raises(StoreUnavailableError, match="25006"):
        await database.read(lambda tx: tx.execute(TURN, {"name": "ping"}))
