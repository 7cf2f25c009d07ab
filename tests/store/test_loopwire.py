"""A connection on which the loop itself speaks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from tipbot.store.base import StoreUnavailableError
from tipbot.store.loopwire import LoopWire, watch_from_a_thread

KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'line'"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[LoopWire]:
    line = LoopWire(lambda: psycopg.connect(url, autocommit=True, application_name="line"))
    yield line
    await line.close()


async def number(line: LoopWire, n: int) -> int:
    row = (await line.ask(("SELECT :n::bigint AS n", {"n": n}))).answers[0].first()
    assert row is not None
    return int(row["n"])


async def test_many_who_ask_at_once_get_each_their_own_answer(empty_postgres: str) -> None:
    async with opened(empty_postgres) as line:
        assert await asyncio.gather(*(number(line, n) for n in range(50))) == list(range(50))


async def test_a_statement_that_fails_is_nobody_elses_fault(empty_postgres: str) -> None:
    async with opened(empty_postgres) as line:
        await number(line, 1)
        found = await asyncio.gather(
            number(line, 2),
            line.ask(("SELECT 1", {}), ("SELECT * FROM nowhere", {}), ("SELECT 2", {})),
            number(line, 3),
            return_exceptions=True,
        )
    assert (found[0], found[2]) == (2, 3)
    assert isinstance(found[1], psycopg.errors.UndefinedTable)


async def test_a_connection_that_died_is_replaced_unseen(empty_postgres: str) -> None:
    async with opened(empty_postgres) as line:
        first = (await line.ask(("SELECT 1 AS n", {}))).wire
        with psycopg.connect(empty_postgres, autocommit=True) as other:
            other.execute(KILL)
        assert await number(line, 2) == 2
        assert (await line.ask(("SELECT 1 AS n", {}))).wire is not first
        line.put(first, ("SELECT * FROM nowhere", {}))  # goes nowhere, with its connection
        assert await number(line, 3) == 3


async def test_who_gives_up_waiting_disturbs_nobody(empty_postgres: str) -> None:
    async with opened(empty_postgres) as line:
        await number(line, 1)
        slow = asyncio.create_task(line.ask(("SELECT pg_sleep(0.1)", {})))
        await asyncio.sleep(0)
        slow.cancel()
        assert await number(line, 2) == 2


async def test_who_waits_for_a_line_that_closes_is_told(empty_postgres: str) -> None:
    async with opened(empty_postgres) as line:
        await number(line, 1)
        waiting = asyncio.create_task(line.ask(("SELECT pg_sleep(5)", {})))
        await asyncio.sleep(0.02)
    with pytest.raises(StoreUnavailableError):
        await waiting
    with pytest.raises(StoreUnavailableError):
        await number(line, 2)


async def test_a_loop_that_cannot_watch_a_socket_has_a_thread_do_it(
    empty_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(socket: int, take: Callable[[], None]) -> None:
        raise NotImplementedError

    watched: list[int] = []

    def watch(
        loop: asyncio.AbstractEventLoop, socket: int, take: Callable[[], None]
    ) -> Callable[[], None]:
        watched.append(socket)
        return watch_from_a_thread(loop, socket, take)

    monkeypatch.setattr(asyncio.get_running_loop(), "add_reader", refuse)
    monkeypatch.setattr("tipbot.store.loopwire.watch_from_a_thread", watch)
    async with opened(empty_postgres) as line:
        assert await asyncio.gather(*(number(line, n) for n in range(20))) == list(range(20))
        assert await number(line, 21) == 21
    assert len(watched) == 1
