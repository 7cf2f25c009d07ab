"""The PostgreSQL driver: a few threads, for each transaction a wire of its own.

docs/decisions/0002-one-transaction-body-for-two-databases.md says why not psycopg's async half, and
0018-statements-leave-together.md why a statement waits for whoever looks at its rows.
"""

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow, tuple_row

from tipbot.store.base import StoreUnavailableError
from tipbot.store.database import Dialect, Params, Rows, Transaction, expand
from tipbot.store.migrations import HISTORY, refuse_newer
from tipbot.store.wire import Wire

T = TypeVar("T")

CONNECTIONS = 8
"""Transactions beside each other, each on a thread."""
LATER = 2
"""How many of these are for writes that can wait. All threads share one interpreter, so with more
of them at work a tap waits longer, and nothing is sent any faster."""
PATIENCE = timedelta(seconds=5)
"""How long to wait for a connection, or for another transaction's lock, before giving up."""
TRIES = 8
"""How often a body is run when PostgreSQL ends it to resolve a deadlock."""
_APART = 0.02
"""Seconds that the pause after the first deadlock may take, and each further one twice as long: who
runs again at once meets the same others, in the same order."""
_LIFETIME = 3600.0
"""Seconds after which a connection makes room for a new one: a session's memory only grows."""
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


def patient(url: str) -> str:
    """Return an address with bounds for a silent server, as far as it names none itself."""
    return make_conninfo(url, **{k: v for k, v in _LIBPQ.items() if k not in conninfo_to_dict(url)})


_IN_ORDER = """
SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"""
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"


class PostgresTransaction:
    """A transaction on a wire: no statement is waited for before somebody looks at its rows."""

    dialect = Dialect.POSTGRES

    def __init__(self, wire: Wire) -> None:
        """Speak through ``wire``, on which a transaction begins."""
        self._wire = wire

    def read_in_order(self) -> None:
        """Let the server neither gather rows to sort them nor guess that this is cheaper."""
        self._wire.ask(_IN_ORDER)

    def execute(self, sql: str, params: Params | None = None) -> Rows:
        """Let one statement run; it is sure to have succeeded once its rows were looked at."""
        return self._wire.ask(*expand(sql, params or {}))

    def executemany(self, sql: str, params: Sequence[Params]) -> int:
        """Run one statement for each set of values; return how many rows changed in all."""
        return sum(answer.changed for answer in [self._wire.ask(sql, each) for each in params])


class PostgresDatabase:
    """One database on a server; any number of processes on any number of machines may use it."""

    dialect = Dialect.POSTGRES

    def __init__(self, url: str, patience: timedelta = PATIENCE) -> None:
        """Name the database as libpq does; nothing is asked of it before ``open``."""
        self._url = url
        self._patience = patience
        self._chance = random.Random()  # noqa: S311 - jitter, no secret
        self._idle: list[Wire] = []
        self._threads: ThreadPoolExecutor | None = None
        self._later: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Connect and migrate the schema forward."""
        if self._threads is None:
            self._idle = [await asyncio.to_thread(self._migrated)]
            self._threads = _threads(CONNECTIONS - LATER, "tipbot-postgres")
            self._later = _threads(LATER, "tipbot-postgres-later")

    async def close(self) -> None:
        """Finish what was handed in, then let go of the server."""
        for threads in (self._threads, self._later):
            if threads is not None:
                self._threads = self._later = None
                await asyncio.to_thread(threads.shutdown)
                self._let_go_of_idle()

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent snapshot."""
        return await self._submit(self._threads, self._read, body)

    async def write(
        self,
        body: Callable[[Transaction], T],
        *,
        later: bool = False,
        repeatable: bool = False,
    ) -> T:
        """Run ``body`` and return once its effect is committed; several run beside each other.

        Of those that can come ``later``, two do.

        If the server is lost while it commits, the error does not tell whether it did.
        """
        del repeatable
        threads = self._later if later else self._threads
        return await self._submit(threads, self._write, body)

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done: each commit waits for the server's disk."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    async def scrub(self, *, rebuild: bool) -> bool:
        """Do nothing: the server vacuums its own files."""
        del rebuild
        return True

    async def _submit(
        self,
        threads: ThreadPoolExecutor | None,
        run: Callable[[Callable[[Transaction], T]], T],
        body: Callable[[Transaction], T],
    ) -> T:
        if threads is None:
            message = "the store is not open"
            raise StoreUnavailableError(message)
        return await asyncio.get_running_loop().run_in_executor(threads, run, body)

    def _migrated(self) -> Wire:
        try:
            connection = self._connected()
            try:
                _migrate(connection)
            except BaseException:
                connection.close()
                raise
        except UNAVAILABLE as error:
            raise unavailable(error) from error
        return Wire(connection)

    def _connected(self) -> psycopg.Connection[TupleRow]:
        connection = psycopg.connect(patient(self._url), autocommit=True, application_name="tipbot")
        wait = f"{self._patience.total_seconds():.0f}s"
        try:
            connection.execute("SELECT set_config('lock_timeout', %s, false)", (wait,))
        except BaseException:
            connection.close()
            raise
        return connection

    def _read(self, body: Callable[[Transaction], T]) -> T:
        return self._run(body, _READ, wait=False)

    def _write(self, body: Callable[[Transaction], T]) -> T:
        for attempt in range(TRIES - 1):
            try:
                return self._run(body, _WRITE, wait=True)
            except StoreUnavailableError as error:
                if not isinstance(error.__cause__, _CONFLICTS):
                    raise
            time.sleep(self._chance.uniform(0, _APART * 2**attempt))
        return self._run(body, _WRITE, wait=True)

    def _run(self, body: Callable[[Transaction], T], begin: str, *, wait: bool) -> T:
        try:
            with self._wire() as wire:
                wire.ask(begin)
                result = body(PostgresTransaction(wire))
                wire.end("COMMIT", wait=wait)
                return result
        except UNAVAILABLE as error:
            if not isinstance(error, (*_CONFLICTS, errors.LockNotAvailable)):
                self._let_go_of_idle()
            raise unavailable(error) from error

    def _let_go_of_idle(self) -> None:
        """Let go of what probably died with the connection that failed."""
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextmanager
    def _wire(self) -> Iterator[Wire]:
        """Lend a wire that is alive; what its borrower began and did not end is undone."""
        wire = self._alive() or Wire(self._connected())
        try:
            yield wire
        except BaseException:
            self._give_back(wire, good=_recovered(wire))
            raise
        self._give_back(wire, good=time.monotonic() - wire.since < _LIFETIME)

    def _give_back(self, wire: Wire, *, good: bool) -> None:
        if good:
            self._idle.append(wire)
        else:
            wire.close()

    def _alive(self) -> Wire | None:
        """Return the wire that was used last; those that died are let go of."""
        with suppress(IndexError):
            while True:
                wire = self._idle.pop()
                if wire.is_alive():
                    return wire
                wire.close()
        return None


def _threads(count: int, name: str) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix=name)


def _recovered(wire: Wire) -> bool:
    try:
        wire.recover()
    except psycopg.Error:
        return False
    return True


_AWAY = (
    "PostgreSQL cannot be reached ({kind}): see that the server runs, and that its address, user"
    " and password are right"
)


def unavailable(error: psycopg.Error) -> StoreUnavailableError:
    """Say what happened without the server's words: they may repeat values of a row."""
    if error.sqlstate is None:
        return StoreUnavailableError(_AWAY.format(kind=type(error).__name__))
    return StoreUnavailableError(f"PostgreSQL is not available ({error.sqlstate})")


def _migrate(connection: psycopg.Connection[TupleRow]) -> None:
    """Take every step that the database has not taken, all or none, one process at a time."""
    with connection.transaction():
        take_steps(connection)


def take_steps(connection: psycopg.Connection[Any]) -> None:
    """Take every step that the database has not taken, in the transaction that is under way.

    Until that ends, no other process migrates. Raises ``NewerSchemaError`` for a database that
    has taken a step which is not in ``HISTORY``.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_steps"
        " (name TEXT PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL DEFAULT now())"
    )
    with connection.cursor(row_factory=tuple_row) as cursor:
        taken = {name for (name,) in cursor.execute("SELECT name FROM schema_steps")}
    refuse_newer(taken)
    for step in HISTORY:
        if step.name not in taken:
            for statement in step.postgres:
                connection.execute(statement)
            connection.execute("INSERT INTO schema_steps (name) VALUES (%s)", (step.name,))
