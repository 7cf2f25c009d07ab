"""The PostgreSQL driver: psycopg on a few threads, a connection of a pool a transaction.

docs/decisions/0002-one-transaction-body-for-two-databases.md says why not psycopg's async half.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow, dict_row, tuple_row
from psycopg_pool import ConnectionPool

from tipbot.store.base import StoreUnavailableError
from tipbot.store.database import Dialect, Params, Rows, Transaction, expand
from tipbot.store.migrations import HISTORY

T = TypeVar("T")
_Connection: TypeAlias = psycopg.Connection[DictRow]

CONNECTIONS = 8
PATIENCE = timedelta(seconds=5)
"""How long to wait for a connection, or for another transaction's lock, before giving up."""
TRIES = 5
"""How often a body is run when PostgreSQL ends it to resolve a deadlock."""
_MIGRATING = 0x746970626F74
"""The advisory lock that lets one process migrate at a time ('tipbot' in ASCII)."""

_CONFLICTS = (errors.DeadlockDetected, errors.SerializationFailure)
UNAVAILABLE = (psycopg.OperationalError, psycopg.InterfaceError, errors.ReadOnlySqlTransaction)
"""Errors that say that the server did not answer, rather than that a statement is wrong."""
_LIBPQ = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""A server that fell silent is given up within 25 seconds, not after the system's quarter hour."""
_PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")


@lru_cache(maxsize=512)
def _translated(sql: str) -> str:
    """Return SQL with ``:name`` as psycopg writes it."""
    return _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))


def patient(url: str) -> str:
    """Return an address with bounds for a silent server, as far as it names none itself."""
    return make_conninfo(url, **{k: v for k, v in _LIBPQ.items() if k not in conninfo_to_dict(url)})


_IN_ORDER = """
SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"""


class PostgresTransaction:
    """A transaction on a connection of the pool."""

    dialect = Dialect.POSTGRES

    def __init__(self, connection: _Connection) -> None:
        """Speak through ``connection``, which has begun a transaction."""
        self._connection = connection

    def read_in_order(self) -> None:
        """Let the server neither gather rows to sort them nor guess that this is cheaper."""
        self._connection.execute(_IN_ORDER)

    def execute(self, sql: str, params: Params | None = None) -> Rows:
        """Run one statement."""
        text, values = expand(sql, params or {})
        cursor = self._connection.execute(_translated(text), values)
        return Rows(cursor.fetchall() if cursor.description else (), cursor.rowcount)

    def executemany(self, sql: str, params: Sequence[Params]) -> int:
        """Run one statement for each set of values; return how many rows changed in all."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_translated(sql), params)
            return cursor.rowcount


class PostgresDatabase:
    """One database on a server; any number of processes on any number of machines may use it."""

    def __init__(self, url: str, patience: timedelta = PATIENCE) -> None:
        """Name the database as libpq does; nothing is asked of it before ``open``."""
        self._url = url
        self._patience = patience.total_seconds()
        self._pool: ConnectionPool[_Connection] | None = None
        self._threads: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Connect and migrate the schema forward."""
        if self._threads is None:
            self._pool = await asyncio.to_thread(self._connected)
            self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="tipbot-postgres")

    async def close(self) -> None:
        """Finish what was handed in, then let go of the server."""
        if self._threads is not None and self._pool is not None:
            threads, self._threads = self._threads, None
            await asyncio.to_thread(threads.shutdown)
            await asyncio.to_thread(self._pool.close)

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent snapshot."""
        return await self._submit(self._read, body)

    async def write(self, body: Callable[[Transaction], T], *, later: bool = False) -> T:
        """Run ``body`` and return once its effect is committed; several run beside each other.

        If the server is lost while it commits, the error does not tell whether it did.
        """
        del later
        return await self._submit(self._write, body)

    async def scrub(self, *, rebuild: bool) -> bool:
        """Do nothing: the server vacuums its own files."""
        del rebuild
        return True

    async def _submit(
        self, run: Callable[[Callable[[Transaction], T]], T], body: Callable[[Transaction], T]
    ) -> T:
        if self._threads is None:
            message = "the store is not open"
            raise StoreUnavailableError(message)
        return await asyncio.get_running_loop().run_in_executor(self._threads, run, body)

    def _connected(self) -> ConnectionPool[_Connection]:
        pool: ConnectionPool[_Connection] = ConnectionPool(
            patient(self._url),
            connection_class=psycopg.Connection[DictRow],
            kwargs={"autocommit": True, "row_factory": dict_row, "application_name": "tipbot"},
            min_size=1,
            max_size=CONNECTIONS,
            timeout=self._patience,
            # Short: a pool that gave up tries anew for the next call, one that waits does not.
            reconnect_timeout=self._patience,
            configure=self._configure,
            open=False,
        )
        try:
            pool.open(wait=True, timeout=self._patience)
            with pool.connection() as connection:
                _migrate(connection)
        except UNAVAILABLE as error:
            pool.close()
            raise unavailable(error) from error
        except BaseException:
            pool.close()
            raise
        return pool

    def _configure(self, connection: _Connection) -> None:
        wait = f"{self._patience:.0f}s"
        connection.execute("SELECT set_config('lock_timeout', %s, false)", (wait,))

    def _read(self, body: Callable[[Transaction], T]) -> T:
        return self._run(body, psycopg.IsolationLevel.REPEATABLE_READ, read_only=True)

    def _write(self, body: Callable[[Transaction], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._run(body, psycopg.IsolationLevel.READ_COMMITTED, read_only=False)
            except StoreUnavailableError as error:
                if not isinstance(error.__cause__, _CONFLICTS):
                    raise
        return self._run(body, psycopg.IsolationLevel.READ_COMMITTED, read_only=False)

    def _run(
        self, body: Callable[[Transaction], T], level: psycopg.IsolationLevel, *, read_only: bool
    ) -> T:
        assert self._pool is not None  # noqa: S101 - `_submit` saw the threads, made after it
        try:
            with self._pool.connection() as connection:
                connection.isolation_level = level
                connection.read_only = read_only
                with connection.transaction():
                    return body(PostgresTransaction(connection))
        except UNAVAILABLE as error:
            if not isinstance(error, (*_CONFLICTS, errors.LockNotAvailable)):
                self._renew()
            raise unavailable(error) from error

    def _renew(self) -> None:
        """Let go of idle connections that died with the one that failed."""
        if self._pool is not None and not self._pool.closed:
            self._pool.check()


def unavailable(error: psycopg.Error) -> StoreUnavailableError:
    """Say what happened without the server's words: they may repeat values of a row."""
    code = error.sqlstate or type(error).__name__
    return StoreUnavailableError(f"PostgreSQL is not available ({code})")


def _migrate(connection: _Connection) -> None:
    """Take every step that the database has not taken, all or none, one process at a time."""
    with connection.transaction():
        take_steps(connection)


def take_steps(connection: psycopg.Connection[Any]) -> None:
    """Take every step that the database has not taken, in the transaction that is under way.

    Until that ends, no other process migrates. Raises ``StoreUnavailableError`` for a database that
    has taken a step which is not in ``HISTORY``.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_steps"
        " (name TEXT PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL DEFAULT now())"
    )
    with connection.cursor(row_factory=tuple_row) as cursor:
        taken = {name for (name,) in cursor.execute("SELECT name FROM schema_steps")}
    unknown = taken - {step.name for step in HISTORY}
    if unknown:
        message = f"the database was made by a newer version of tipbot (step {max(unknown)})"
        raise StoreUnavailableError(message)
    for step in HISTORY:
        if step.name not in taken:
            for statement in step.postgres:
                connection.execute(statement)
            connection.execute("INSERT INTO schema_steps (name) VALUES (%s)", (step.name,))
