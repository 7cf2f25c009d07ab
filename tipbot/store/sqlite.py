"""The SQLite driver: a writer that commits in groups, two readers, sqlite-utils for the schema."""

import asyncio
import os
import queue
import re
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import sqlite_utils
from sqlite_utils.migrations import Migrations

from tipbot.store.base import StoreUnavailableError
from tipbot.store.checkpointer import Checkpointer, waiting_for
from tipbot.store.database import Dialect, Params, Rows, Transaction, in_order, placed, taker
from tipbot.store.flusher import Flusher
from tipbot.store.migrations import HISTORY, Step, refuse_newer
from tipbot.store.writer import GroupWriter, unavailable

T = TypeVar("T")

READERS = 3
"""One of them may be at an export for a while: there is one of these at a time."""
PATIENCE = timedelta(seconds=5)
"""How long to wait for another process's write before giving up."""
LARGEST_REBUILT = 64 * 1024 * 1024
"""Bytes of a file up to which it is rebuilt: that takes as much memory, and about half a second in
which nobody else can write."""
_SCRUB_PATIENCE = timedelta(milliseconds=100)
"""How long emptying the log waits for those who read it: every tap waits behind that."""

_PIECE = 1024 * 1024
"""Bytes of the log that are written anew at a time."""

# NORMAL: commits wait for no disk; the writer has the log flushed for what must survive a loss of
# power, which is all that FULL does.
# secure_delete: what is deleted here is about someone's health, so it is overwritten, not merely
# let go.
_WRITER_PRAGMAS = (
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
    "PRAGMA wal_autocheckpoint = 0",
)
_ROW_LOCK = re.compile(r"\s+FOR (?:NO KEY )?UPDATE(?: OF \w+(?:, \w+)*)?(?: SKIP LOCKED)?")


@lru_cache(maxsize=512)
def _without_locks(sql: str) -> str:
    """Drop row locks: a SQLite transaction that writes holds the whole database."""
    return _ROW_LOCK.sub("", sql)


class SqliteTransaction:
    """A transaction on a raw connection."""

    dialect = Dialect.SQLITE

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Speak through ``connection``, which has begun a transaction."""
        self._connection = connection

    def read_in_order(self) -> None:
        """Do nothing: SQLite goes by the statement alone, as long as nobody has it analysed."""

    def execute(self, sql: str, params: Params | None = None) -> Rows:
        """Run one statement."""
        text, values = in_order(_without_locks(sql), params or {})
        cursor = self._connection.execute(text, values)
        found = cursor.fetchall()
        if not found:
            return Rows((), cursor.rowcount)
        # A dict finds a column at once; sqlite3.Row compares their names one after the other.
        names = [column[0] for column in cursor.description]
        return Rows([dict(zip(names, row, strict=True)) for row in found], cursor.rowcount)

    def executemany(self, sql: str, params: Sequence[Params]) -> int:
        """Run one statement for each set of values; return how many rows changed in all."""
        plain = _without_locks(sql)
        values = map(taker(plain), params)
        return max(0, self._connection.executemany(placed(plain), values).rowcount)


class SqliteDatabase:
    """One file; any number of processes may hold it, each through an object of this class."""

    dialect = Dialect.SQLITE

    def __init__(self, path: Path, patience: timedelta = PATIENCE) -> None:
        """Name the file; ``open`` makes it if need be, readable by its owner alone."""
        self._path = path
        self._patience = patience
        self._writer: GroupWriter | None = None
        self._log: _Log | None = None
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None

    async def open(self) -> None:
        """Connect and migrate the schema forward."""
        if self._threads is None:
            threads = ThreadPoolExecutor(READERS, thread_name_prefix="tipbot-reader")
            try:
                await asyncio.get_running_loop().run_in_executor(threads, self._connect)
            except BaseException:
                threads.shutdown()
                raise
            self._threads = threads

    async def close(self) -> None:
        """Commit what was handed in, then let go of the file."""
        if self._threads is not None and self._writer is not None:
            threads, self._threads = self._threads, None
            await asyncio.to_thread(self._disconnect, threads, self._writer)

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent snapshot."""
        if self._threads is None:
            message = "the store is not open"
            raise StoreUnavailableError(message)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, body)

    async def write(
        self,
        body: Callable[[Transaction], T],
        *,
        later: bool = False,
        repeatable: bool = False,
    ) -> T:
        """Run ``body`` and return once its effect is on disk, or committed if ``repeatable``."""
        if self._threads is None or self._writer is None:
            message = "the store is not open"
            raise StoreUnavailableError(message)
        result: T = await self._writer.submit(
            lambda connection: body(_transaction(connection)), later=later, repeatable=repeatable
        )
        return result

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that was committed for somebody is on disk."""
        if self._threads is None or self._writer is None:
            closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            closed.set_exception(StoreUnavailableError("the store is not open"))
            return closed
        return self._writer.flushed()

    async def scrub(self, *, rebuild: bool) -> bool:
        """Empty the write-ahead log, which still holds what was removed; rebuild the file before.

        ``secure_delete`` overwrites rows, but not the copies of them that SQLite leaves in the gaps
        of a page when it moves rows between pages; only a file that is built anew has none. A file
        beyond ``LARGEST_REBUILT`` is left as it is.
        """
        if self._threads is None or self._writer is None:
            message = "the store is not open"
            raise StoreUnavailableError(message)
        emptied: bool = await self._writer.submit(
            lambda connection: self._scrub(connection, rebuild=rebuild), alone=True
        )
        return emptied

    def _scrub(self, connection: sqlite3.Connection, *, rebuild: bool) -> bool:
        if rebuild and self._path.stat().st_size <= LARGEST_REBUILT:
            connection.execute("VACUUM")
        with waiting_for(connection, _SCRUB_PATIENCE):
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def _connect(self) -> None:
        if not self._path.parent.is_dir():
            message = f"there is no folder {self._path.parent}: make it, or name another file"
            raise StoreUnavailableError(message)
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = self._migrated()
            self._log = log = _Log(self._path)
            for _ in range(READERS):
                self._readers.put(self._connection("ro"))
            flusher = Flusher(log.flush, log.write_anew)
            checkpointer = Checkpointer(partial(self._connection, "rw"), flusher)
            check = _unmoved(self._path, log.path)
            self._writer = GroupWriter(connection, flusher, checkpointer, check=check)
            self._writer.start()
        except (OSError, sqlite3.Error) as error:
            message = f"cannot open the database {self._path}: {error}"
            raise StoreUnavailableError(message) from error

    def _connection(self, mode: str, *pragmas: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=self._patience.total_seconds(),
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    def _migrated(self) -> sqlite3.Connection:
        connection = self._connection("rw", *_WRITER_PRAGMAS)
        try:
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _disconnect(self, threads: ThreadPoolExecutor, writer: GroupWriter) -> None:
        threads.shutdown()
        while not self._readers.empty():
            self._readers.get().close()
        writer.finish()
        if self._log is not None:
            self._log.close()

    def _read(self, body: Callable[[Transaction], T]) -> T:
        connection = self._readers.get()
        try:
            connection.execute("BEGIN")
            try:
                return body(_transaction(connection))
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            if unavailable(error):
                raise StoreUnavailableError(str(error)) from error
            raise
        finally:
            self._readers.put(connection)


def _unmoved(path: Path, log: Path) -> Callable[[], None]:
    """Return what raises ``sqlite3.OperationalError`` once another file, or none, is at a path.

    A file that was removed or put aside can still be written to by whoever has it open, and all of
    it would be lost.
    """
    ours = [(each, each.stat()) for each in (path, log)]

    def check() -> None:
        try:
            same = all(os.path.samestat(known, each.stat()) for each, known in ours)
        except OSError:
            same = False
        if not same:
            message = "the database file, or its log, was removed or replaced"
            raise sqlite3.OperationalError(message)

    return check


class _Log:
    """The write-ahead log of a file, to be flushed beside the connection that writes it.

    SQLite locks nothing in it, so to open and close it once more takes no lock from anybody.
    """

    def __init__(self, path: Path) -> None:
        """Open the log of a file that somebody has open; raise ``OSError`` if there is none.

        What an earlier life may have committed and not flushed is flushed at once.
        """
        real = path.resolve()
        self.path = real.with_name(f"{real.name}-wal")
        self._file = os.open(self.path, os.O_RDWR)
        self.flush()
        self._written_down(real.parent)

    def flush(self) -> None:
        """Return once all that was committed before is on disk."""
        getattr(os, "fdatasync", os.fsync)(self._file)  # as SQLite: not every system has both

    def write_anew(self) -> None:
        """Write all of it once more as it is, so that it is flushed; while nobody else writes."""
        with os.fdopen(self._file, "r+b", closefd=False) as file:
            for place in range(0, os.fstat(self._file).st_size, _PIECE):
                file.seek(place)
                piece = file.read(_PIECE)
                file.seek(place)
                file.write(piece)

    def close(self) -> None:
        """Let go of the log."""
        os.close(self._file)

    def _written_down(self, folder: Path) -> None:
        """Have the folder flushed, which may have learned of the log only now."""
        if hasattr(os, "O_DIRECTORY"):
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _transaction(connection: sqlite3.Connection) -> Transaction:
    return SqliteTransaction(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    """Take every step that the file has not taken, all or none, one process at a time."""
    _refuse_foreign(connection)
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        message = "its folder cannot hold a write-ahead log: put it on a local disk"
        raise sqlite3.OperationalError(message)
    take_steps(connection)


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if found and ("_sqlite_migrations",) not in found:
        message = "it is another program's: name a file of its own for the bot"
        raise sqlite3.DatabaseError(message)


def take_steps(connection: sqlite3.Connection, steps: Sequence[Step] = HISTORY) -> None:
    """Take those of ``steps`` that the file has not taken, in one transaction.

    ``connection`` is in autocommit mode. Raises ``NewerSchemaError`` for a file that has taken a
    step which is not in ``HISTORY``.
    """
    migrations = Migrations("tipbot")
    for step in steps:
        migrations(name=step.name)(step.sqlite)
    database = sqlite_utils.Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        refuse_newer({each.name for each in migrations.applied(database)})
        migrations.apply(database)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
