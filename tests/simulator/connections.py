"""One database for one seed after the other, and connections that outlast processes and seeds."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.simulator.journal import Journal
from tipbot.store.sqlite import SqliteDatabase

Pair = tuple[sqlite3.Connection, sqlite3.Connection]
"""A connection that writes and one that reads."""

_IN_HASTE = "PRAGMA synchronous = OFF"
"""A kill leaves what the operating system has taken; power does not fail here."""
_PRAGMAS = (_IN_HASTE, "PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY")
# What a virtual table consists of is its own affair: there is but the index of the tips' words, and
# nobody in a town edits tips.
_TABLES = """
SELECT name FROM sqlite_master AS each WHERE type = 'table' AND NOT EXISTS (
    SELECT 1 FROM sqlite_master AS other
    WHERE other.sql LIKE 'CREATE VIRTUAL%' AND each.name LIKE other.name || '%'
)"""


class Connections:
    """A writer and a reader for each process, and the journal of what they write.

    To open some, to read the schema and to prepare statements is dear, so the next life takes over,
    and the next seed does. No transaction outlasts its body, so a connection remembers nothing of
    who held it, and ``begin`` puts every row back.
    """

    def __init__(self, path: Path, *, memory: bool) -> None:
        """Connect to a file that has its schema; as it is now every seed finds it.

        In ``memory`` it is copied to where only this interpreter finds it.
        """
        self.path = path
        self.journal = Journal()
        self._driver = SqliteDatabase(path, patience=timedelta(0))
        self._memory = memory
        self._pairs: list[Pair] = []
        self._free: list[Pair] = []
        self._keeper = self._open("rw", _IN_HASTE)
        if memory:
            self._copy()
        tables = [name for (name,) in self._keeper.execute(_TABLES)]
        self._at_first = {table: self._rows(table) for table in tables}

    def begin(self) -> None:
        """Forget the seed before."""
        self._free = list(self._pairs)
        self._keeper.execute("BEGIN IMMEDIATE")
        for table, rows in self._at_first.items():
            if self._rows(table) != rows:
                self._replace(table, rows)
        self._keeper.execute("COMMIT")

    def _rows(self, table: str) -> list[Sequence[Any]]:
        return self._keeper.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - of our own

    def _replace(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        self._keeper.execute(f"DELETE FROM {table}")  # noqa: S608 - of our own
        for row in rows:
            marks = ", ".join("?" * len(row))
            self._keeper.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - as above

    def take(self) -> Pair:
        """Return a connection that writes, watched by the journal, and one that reads."""
        if not self._free:
            pair = self._open("rw", *_PRAGMAS), self._open("ro")
            self.journal.attach(pair[0])
            self._pairs.append(pair)
            return pair
        return self._free.pop()

    def give_back(self, pair: Pair) -> None:
        """Let another process have them."""
        self._free.append(pair)

    def close(self) -> None:
        """Let go of the file."""
        for connection in (self._keeper, *(each for pair in self._pairs for each in pair)):
            connection.close()

    def _open(self, mode: str, *pragmas: str) -> sqlite3.Connection:
        if not self._memory:
            return self._driver._connection(mode, *pragmas)
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?vfs=memdb&mode={mode}",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    def _copy(self) -> None:
        """Fill the database in memory with the file, which then has no log: memory has none."""
        file = self._driver._connection("rw", "PRAGMA journal_mode = DELETE")
        file.backup(self._keeper)
        file.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the file, so that nobody else can write."""
        self._keeper.execute("BEGIN IMMEDIATE")
        yield
        self._keeper.execute("ROLLBACK")
