"""What databases and files say when something is wrong, as one message without anybody's data."""

import functools
import sqlite3
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from tipbot.store.base import StoreUnavailableError
from tipbot.upkeep.held import UpkeepError

P = ParamSpec("P")
T = TypeVar("T")


def in_plain_words(work: Callable[P, T]) -> Callable[P, T]:
    """Let a piece of work raise ``UpkeepError`` alone for whatever a database or a disk does."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except UpkeepError:
            raise
        except Exception as fault:
            message = said(fault)
            if message is None:
                raise
            raise UpkeepError(message) from None

    return run


def said(fault: Exception) -> str | None:
    """Return what a fault of a database or a disk means; None for any other.

    PostgreSQL's own words may repeat values of a row, and its address holds a password: only its
    code is shown.
    """
    if isinstance(fault, StoreUnavailableError):
        return str(fault)
    if isinstance(fault, sqlite3.Error):
        return f"SQLite says: {fault}"
    if isinstance(fault, OSError):
        return f"{fault.filename or 'a file'}: {fault.strerror}"
    if isinstance(fault, UnicodeError):
        return "a text in it is not UTF-8"
    if type(fault).__module__.startswith("psycopg"):
        code = getattr(fault, "sqlstate", None) or type(fault).__name__
        return _POSTGRES.get(code, f"PostgreSQL says: {code}")
    return None


_POSTGRES = {
    "OperationalError": "PostgreSQL cannot be reached: check the address, user and password",
    "55P03": "something else uses this database: stop the bot first",
    "42501": "the user may not do this on PostgreSQL: it has to own the database's schema",
    "22P02": "a value is not of its column's type, which SQLite bears and PostgreSQL does not",
    "22021": "a text holds a zero character, which SQLite bears and PostgreSQL does not",
    "DataError": "a text holds a zero character, which SQLite bears and PostgreSQL does not",
}
