"""Very many rows into either database at once, without its indexes in the way meanwhile."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

import psycopg

from tipbot.store.connect import file_of

_COUNTED = {"subscribers": None, "plans": "plan_id"}
"""Tables of a person's own settings, and the column that the database counts up."""


class Bulk(Protocol):
    """The little that filling asks of a database."""

    numbers: str
    """A query for the whole numbers from ``first`` to ``last``, in order, in a column ``n``."""

    def rows(self, sql: str) -> list[Any]:
        """Return what a query finds."""
        ...

    def run(self, sql: str) -> None:
        """Run a statement."""
        ...

    def change(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement, with ``?`` for values, for each set of them."""
        ...

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        ...

    def indexes(self, tables: Iterable[str]) -> dict[str, str]:
        """Return the indexes of tables by name, but those of a key, as they were made."""
        ...

    def settle(self) -> None:
        """Leave the file, or the planner's statistics, as those of a database in use."""
        ...


@contextmanager
def opened(url: str) -> Iterator[Bulk]:
    """Open a database for filling; the URL is a ``TIPBOT_DATABASE``."""
    path = file_of(url)
    if path is not None:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            yield SqliteBulk(file)
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield PostgresBulk(server)


def multiply(db: Bulk, models: int, total: int) -> None:
    """Let subscribers ``models`` + 1 to ``total`` live as one of those up to ``models`` does."""
    numbers = db.numbers.format(first=models + 1, last=total)
    indexes = db.indexes(_COUNTED)
    for name in indexes:
        db.run(f"DROP INDEX {name}")
    for table, counted in _COUNTED.items():
        kept = [name for name in db.columns(table) if name != counted]
        own = dict.fromkeys(("subscriber_id", "chat_id"), "n.n")
        db.run(
            f"INSERT INTO {table} ({', '.join(kept)})"  # noqa: S608 - names of the schema
            f" SELECT {', '.join(own.get(name, f'm.{name}') for name in kept)}"
            f" FROM ({numbers}) n CROSS JOIN {table} m"
            f" WHERE m.subscriber_id = (n.n - 1) % {models} + 1"
            f" ORDER BY n.n{f', m.{counted}' if counted else ''}"
        )
    for made in indexes.values():
        db.run(made)
    db.settle()


class SqliteBulk:
    """A file that nobody else holds."""

    numbers = (
        "WITH RECURSIVE r (n) AS (SELECT {first} WHERE {first} <= {last}"
        " UNION ALL SELECT n + 1 FROM r WHERE n < {last}) SELECT n FROM r"
    )

    def __init__(self, file: sqlite3.Connection) -> None:
        """Write through ``file``; what is half done when the machine dies is worth nothing."""
        self._file = file
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            file.execute(f"PRAGMA {pragma}")

    def rows(self, sql: str) -> list[Any]:
        """Return what a query finds."""
        return self._file.execute(sql).fetchall()

    def run(self, sql: str) -> None:
        """Run a statement."""
        self._file.execute(sql)

    def change(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each set of values."""
        self._file.execute("BEGIN")
        self._file.executemany(sql, values)
        self._file.execute("COMMIT")

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        return [row[1] for row in self.rows(f"PRAGMA table_info({table})")]

    def indexes(self, tables: Iterable[str]) -> dict[str, str]:
        """Return the indexes of tables by name, but those of a key, as they were made."""
        found = self.rows("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index'")
        return {name: sql for name, sql, table in found if sql and table in set(tables)}

    def settle(self) -> None:
        """Leave a write-ahead log, and all else in the file."""
        self._file.execute("PRAGMA journal_mode = WAL")


class PostgresBulk:
    """A database on a server."""

    numbers = "SELECT generate_series({first}, {last}) AS n"

    def __init__(self, server: psycopg.Connection) -> None:
        """Write through ``server``."""
        self._server = server

    def rows(self, sql: str) -> list[Any]:
        """Return what a query finds."""
        return self._server.execute(sql).fetchall()

    def run(self, sql: str) -> None:
        """Run a statement."""
        self._server.execute(sql)

    def change(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each set of values."""
        with self._server.transaction(), self._server.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s"), values)

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        sql = f"SELECT * FROM {table} LIMIT 0"  # noqa: S608 - a name of the schema
        described = self._server.execute(sql).description
        return [column.name for column in described or ()]

    def indexes(self, tables: Iterable[str]) -> dict[str, str]:
        """Return the indexes of tables by name, but those of a key, as they were made."""
        found = self._server.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            (list(tables),),
        )
        return dict(found.fetchall())

    def settle(self) -> None:
        """Let the planner know what is there."""
        self._server.execute("ANALYZE")
