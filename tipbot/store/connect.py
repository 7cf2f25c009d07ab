"""From the address in ``TIPBOT_DATABASE`` to a store."""

from pathlib import Path

from tipbot.clock import Clock, CommonClock, system_clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.store.base import Cluster, Store
from tipbot.store.database import Database
from tipbot.store.measured import MeasuredDatabase
from tipbot.store.sqlite import SqliteDatabase
from tipbot.store.store import DatabaseStore

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


def connect(url: str, clock: Clock = system_clock, measures: Measures = UNMEASURED) -> Store:
    """Return a store that is not open yet; raise ValueError, with one sentence, for a wrong URL.

    ``sqlite:///name.db`` is relative to the working folder, ``sqlite:////folder/name.db`` is
    absolute; ``postgresql://…`` is as libpq reads it.
    """
    return DatabaseStore(MeasuredDatabase(_driver(url), measures), clock)


def file_of(url: str) -> Path | None:
    """Return the file that an address names, None for PostgreSQL; ValueError as ``connect``."""
    _driver(url)
    return _path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None


def join(url: str, worker: str, clock: CommonClock) -> Cluster | None:
    """Return what the processes on a PostgreSQL share, not open yet; None for a SQLite file.

    ``url`` is one that ``connect`` took; ``worker`` names this process to the others. ``clock`` is
    set by the server's.
    """
    if not url.startswith(_POSTGRES):
        return None
    from tipbot.store.cluster import PostgresCluster  # noqa: PLC0415 - as in `_postgres`

    return PostgresCluster(url, worker, clock)


def _driver(url: str) -> Database:
    if url.startswith(_SQLITE):
        return SqliteDatabase(_path(url.removeprefix(_SQLITE)))
    if url.startswith(_POSTGRES):
        return _postgres(url)
    message = "the database is sqlite:///file.db or postgresql://user@host/name"
    raise ValueError(message)


def _postgres(url: str) -> Database:
    """Return the driver for a PostgreSQL address; no error repeats it, for it holds a password."""
    try:
        # Not needed, and often not installed, where SQLite is used.
        from psycopg import ProgrammingError  # noqa: PLC0415 - SQLite needs none of these
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - nor this

        from tipbot.store.postgres import PostgresDatabase  # noqa: PLC0415 - nor this
    except ImportError as error:
        message = "PostgreSQL needs two more packages: pip install 'tipbot[postgres]'"
        raise ValueError(message) from error
    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        message = "the PostgreSQL address is not one: write postgresql://user:password@host/name"
        raise ValueError(message) from None
    return PostgresDatabase(url)


def _path(name: str) -> Path:
    if not name or name.endswith("/"):
        message = "the database address names no file: write sqlite:///tipbot.db"
        raise ValueError(message)
    if name == ":memory:":
        message = "a database in memory would lose everything: write sqlite:///tipbot.db"
        raise ValueError(message)
    if "?" in name or "#" in name:
        message = "a SQLite address is sqlite:/// and a file name, without ? or #"
        raise ValueError(message)
    return Path(name)
