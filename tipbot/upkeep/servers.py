"""PostgreSQL databases as they are held from outside: read while it runs, or filled at once."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from tipbot.store.postgres import take_steps
from tipbot.upkeep.held import PAGE, Page, Pages, Table, UpkeepError

BOOKKEEPING = "schema_steps"
APPLICATION = "tipbot"
"""How the names of a running bot's connections on the server begin."""

_TABLES = """
SELECT c.oid, c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition AND c.relname <> %s
ORDER BY c.relname"""
_COLUMNS = """
SELECT attname, attidentity <> '' FROM pg_attribute
WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum"""
_KEY = """
SELECT a.attname FROM pg_index i
CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = %s AND i.indisprimary ORDER BY k.place"""
_REFERS = """
SELECT DISTINCT r.relname FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
WHERE f.conrelid = %s AND f.contype = 'f'"""
_SEQUENCE = "SELECT pg_get_serial_sequence(%s, %s)"
_RUNNING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND starts_with(application_name, %s)"""
_INVALID = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace"""
_STEPS_THERE = "SELECT to_regclass(%s) IS NOT NULL"

Connection = psycopg.Connection[TupleRow]


class HeldServer:
    """A database on a server in one transaction of ``connection``."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def steps(self) -> frozenset[str]:
        """Return the names of the schema's steps that were taken."""
        if not _one(self.connection, _STEPS_THERE, BOOKKEEPING):
            return frozenset()
        taken = self.connection.execute("SELECT name FROM schema_steps")
        return frozenset(name for (name,) in taken)

    def tables(self) -> Mapping[str, Table]:
        """Return every table but the one that remembers the steps."""
        found = self.connection.execute(_TABLES, (BOOKKEEPING,)).fetchall()
        return {name: self._table(oid, name) for oid, name in found}

    def _table(self, oid: int, name: str) -> Table:
        columns = self.connection.execute(_COLUMNS, (oid,)).fetchall()
        names = [column for column, _ in columns]
        key = [column for (column,) in self.connection.execute(_KEY, (oid,))]
        return Table(
            name=name,
            columns=tuple(names),
            key=tuple(key) or tuple(sorted(names)),
            counted=next((column for column, counted in columns if counted), None),
            refers=frozenset(other for (other,) in self.connection.execute(_REFERS, (oid,))),
        )

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))
        return int(_one(self.connection, query))

    def pages(self, table: Table) -> Pages:
        """Yield a table's rows in the order of its key, read as they are asked for."""
        # NULLS FIRST is SQLite's order; a primary key holds none.
        order = [sql.SQL("{} NULLS FIRST").format(sql.Identifier(name)) for name in table.key]
        query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            _list(table.columns), sql.Identifier(table.name), sql.SQL(", ").join(order)
        )
        with self.connection.cursor(name="tipbot_pages") as cursor:
            cursor.execute(query)
            while page := cursor.fetchmany(PAGE):
                yield page

    def counter(self, table: Table) -> int:
        """Return the last number that a counted column was given."""
        last, called = self.connection.execute(
            sql.SQL("SELECT last_value, is_called FROM {}").format(self._sequence(table))
        ).fetchall()[0]
        return int(last) if called else int(last) - 1

    def _sequence(self, table: Table) -> sql.SQL:
        column = table.counted or ""
        name = _one(self.connection, _SEQUENCE, sql.Identifier(table.name).as_string(), column)
        return sql.SQL(name)  # the server has quoted it already

    def found(self, query: str) -> Page:
        """Return what a query finds that both databases read alike."""
        return self.connection.execute(query.encode()).fetchall()

    def distinct(self, table: str, column: str) -> set[object]:
        """Return the values of a column."""
        query = sql.SQL("SELECT DISTINCT {} FROM {}").format(
            sql.Identifier(column), sql.Identifier(table)
        )
        return {value for (value,) in self.connection.execute(query)}

    def clear(self) -> None:
        """Remove every row of every table."""
        self.connection.execute(
            sql.SQL("TRUNCATE {} RESTART IDENTITY").format(_list(self.tables()))
        )

    def put(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows in one COPY."""
        query = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), _list(table.columns)
        )
        with self.connection.cursor() as cursor, cursor.copy(query) as copy:
            for page in pages:
                for row in page:
                    copy.write_row(row)

    def count_from(self, table: Table, last: int) -> None:
        """Let a counted column go on after ``last``."""
        self.connection.execute(
            "SELECT setval(%s::regclass, %s, %s)",
            (self._sequence(table).as_string(), max(last, 1), last > 0),
        )

    def finish(self) -> None:
        """Let the server know what is there now; references were checked as rows came."""
        for name in self.tables():
            self.connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))

    def damage(self) -> str:
        """Return what is wrong with the database as a whole, or nothing."""
        if _one(self.connection, "SHOW server_encoding") != "UTF8":
            return "the database is not in UTF-8: make one with ENCODING 'UTF8'"
        invalid = [name for (name,) in self.connection.execute(_INVALID)]
        return f"indexes are not valid: {', '.join(invalid)} (REINDEX them)" if invalid else ""

    def refuse_while_in_use(self) -> None:
        """Raise ``UpkeepError`` if a bot holds connections to the database."""
        if _one(self.connection, _RUNNING, APPLICATION):
            message = "the bot is running on this database: stop it first"
            raise UpkeepError(message)


def _list(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def _one(connection: Connection, query: LiteralString | sql.Composed, *params: object) -> Any:
    row = connection.execute(query, params).fetchone()
    return row[0] if row else None


@contextmanager
def held_server(url: str) -> Iterator[HeldServer]:
    """Hold a database as it is at this moment, whatever others write to it meanwhile."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield HeldServer(connection)


@contextmanager
def filling_server(url: str) -> Iterator[HeldServer]:
    """Hold a database with the newest schema, to fill it; if the body raises, nothing changed."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        connection.execute("SET LOCAL lock_timeout = '5s'")
        held = HeldServer(connection)
        held.refuse_while_in_use()
        take_steps(connection)
        yield held
