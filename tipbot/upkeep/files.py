"""SQLite files as they are held from outside: read while the bot runs, or written anew."""

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tipbot.upkeep.held import PAGE, Page, Pages, Table, Tell, UpkeepError, listed, quoted

_COPIED_AT_ONCE = 4096
"""Pages of a file between two reports of progress."""
LEFT_BEHIND = timedelta(hours=12)
PARTS = ".tipbot-*.part"
"""What copies under dated names are called until they are whole."""
_OWN = re.compile(r"sqlite_|_sqlite_|tipbot_backup$")
_FULL_TEXT = re.compile(r"USING\s+fts5", re.IGNORECASE)
_VIRTUAL = """
SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"""
_SIDE_FILES = ("-wal", "-shm", "-journal")
_GENERATED = (2, 3)
"""What ``PRAGMA table_xinfo`` calls a generated column."""


class HeldFile:
    """A SQLite file in one transaction of ``connection``, which is in autocommit mode."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def steps(self) -> frozenset[str]:
        """Return the names of the schema's steps that were taken."""
        return steps_in(self.connection)

    def tables(self) -> Mapping[str, Table]:
        """Return every table with rows of its own; full-text indexes are made from these."""
        found = self.connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        )
        names = [name for (name,) in found.fetchall() if not _OWN.match(name)]
        return {name: self._table(name) for name in names}

    def _table(self, name: str) -> Table:
        columns, key = [], []
        for row in self.connection.execute(f"PRAGMA table_xinfo({quoted(name)})"):
            if row[6] not in _GENERATED:
                columns.append(row[1])
                key += [(row[5], row[1])] if row[5] else []
        references = self.connection.execute(f"PRAGMA foreign_key_list({quoted(name)})")
        (sql,) = self.connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
        ).fetchone()
        return Table(
            name=name,
            columns=tuple(columns),
            key=tuple(column for _, column in sorted(key)) or tuple(sorted(columns)),
            counted=key[0][1] if "AUTOINCREMENT" in sql.upper() else None,
            refers=frozenset(row[2] for row in references),
        )

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        found = self.connection.execute(f"SELECT count(*) FROM {quoted(table.name)}")  # noqa: S608 - a quoted name
        return int(found.fetchone()[0])

    def pages(self, table: Table) -> Pages:
        """Yield a table's rows in the order of its key."""
        cursor = self.connection.execute(
            f"SELECT {listed(table.columns)} FROM {quoted(table.name)}"  # noqa: S608 - quoted names
            f" ORDER BY {listed(table.key)}"
        )
        with closing(cursor):
            while page := cursor.fetchmany(PAGE):
                yield page

    def counter(self, table: Table) -> int:
        """Return the last number that a counted column was given."""
        found = self.connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)
        ).fetchone()
        return int(found[0]) if found else 0

    def found(self, query: str) -> Page:
        """Return what a query finds that both databases read alike."""
        return self.connection.execute(query).fetchall()

    def distinct(self, table: str, column: str) -> set[object]:
        """Return the values of a column."""
        query = f"SELECT DISTINCT {quoted(column)} FROM {quoted(table)}"  # noqa: S608 - quoted names
        return {value for (value,) in self.connection.execute(query)}

    def clear(self) -> None:
        """Remove every row of every table."""
        for name in self.tables():
            self.connection.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608 - a quoted name

    def put(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows."""
        places = ", ".join("?" * len(table.columns))
        sql = f"INSERT INTO {quoted(table.name)} ({listed(table.columns)}) VALUES ({places})"  # noqa: S608 - quoted names
        for page in pages:
            self.connection.executemany(sql, page)

    def count_from(self, table: Table, last: int) -> None:
        """Let a counted column go on after ``last``."""
        self.connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        self.connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, last))

    def finish(self) -> None:
        """Make full-text indexes anew from their tables, and see that references hold."""
        for name, sql in self.connection.execute(_VIRTUAL).fetchall():
            if _FULL_TEXT.search(sql):
                row = f"({quoted(name)}) VALUES ('rebuild')"
                self.connection.execute(f"INSERT INTO {quoted(name)}{row}")
        if self.connection.execute("PRAGMA foreign_key_check").fetchone():
            message = "a row refers to another one that is not there"
            raise UpkeepError(message)


def steps_in(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the steps that a file has taken; none for one that is not tipbot's."""
    known = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    if connection.execute(known).fetchone() is None:
        return frozenset()
    taken = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'tipbot'"
    return frozenset(name for (name,) in connection.execute(taken))


def opened(path: Path, mode: str = "ro", patience: float = 5.0) -> sqlite3.Connection:
    """Open a file that is there, in autocommit mode; what stands in its schema is not trusted."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=patience,
        cached_statements=0,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


@contextmanager
def held_file(path: Path) -> Iterator[HeldFile]:
    """Hold a file as it is at this moment, whatever others write to it meanwhile.

    What a kill broke off is taken back before: until then SQLite lets nobody read the file.
    """
    broken_off = path.with_name(f"{path.name}-journal").exists()
    with closing(opened(path, "rw" if broken_off else "ro")) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield HeldFile(connection)


def copy_pages(source: HeldFile, target: Path, tell: Tell) -> None:
    """Copy a held file, as it is held, into a file that is there and empty."""

    def progress(_: int, remaining: int, total: int) -> None:
        tell("copying", total - remaining, total)

    with closing(opened(target, "rw")) as connection:
        source.connection.backup(connection, pages=_COPIED_AT_ONCE, progress=progress)
        # A file alone: a backup is carried about without its write-ahead log.
        connection.execute("PRAGMA journal_mode = DELETE")


def is_part(path: Path) -> bool:
    """Tell by its name whether a file is not whole, or was not when whoever wrote it was killed."""
    return path.name.startswith(".") and path.suffix == ".part"


@contextmanager
def new_file(final: Path) -> Iterator[Path]:
    """Give an empty file beside ``final``, for its owner alone, that takes its place at the end.

    If the body raises, nothing is left of it and ``final`` is as it was.
    """
    part = final.with_name(f".{final.name}.part")
    try:
        _remove(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield part
        put_on_disk(part)
        part.replace(final)
        _put_folder_on_disk(final.parent)
    finally:
        _remove(part)


def sweep(found: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Remove files and folders that work which was killed left behind; return them.

    What was written to within ``LEFT_BEHIND`` before ``now`` may be of work that goes on.
    """
    before = (now - LEFT_BEHIND).timestamp()
    old = tuple(each for each in found if each.stat().st_mtime < before)
    for each in old:
        if each.is_dir():
            shutil.rmtree(each)
        else:
            _remove(each)
    return old


def refuse_full(folder: Path, size: int) -> None:
    """Raise ``UpkeepError`` if a folder has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        message = f"{folder} has no room for a copy: {size:,} bytes are needed, {free:,} are free"
        raise UpkeepError(message)


def put_on_disk(path: Path) -> None:
    """Return once a file's contents survive a loss of power."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put_folder_on_disk(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    remove_side_files(path)


def remove_side_files(path: Path) -> None:
    """Remove the log and the journal that belong to a file."""
    for ending in _SIDE_FILES:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def side_files(path: Path) -> list[Path]:
    """Return the log and the journal that stand beside a file."""
    beside = (path.with_name(path.name + ending) for ending in _SIDE_FILES)
    return [each for each in beside if each.exists()]
