"""What a driver offers to the queries: transactions, and rows by column name.

The body of a transaction is a plain function. It runs on a thread of the driver, never on the
event loop's, and is written once for both databases: parameters are ``:name``; a tuple's
``IN :name`` becomes a list of parameters; row locks are written as PostgreSQL has them.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

Params = Mapping[str, Any]
"""Values by parameter name: int, str, None, or a non-empty tuple of these for ``IN :name``."""


class Row(Protocol):
    """One row; a column shared by joined tables appears once, with equal values."""

    def __getitem__(self, column: str, /) -> Any:
        """Return a column's value: int, str or None."""
        ...


class Rows:
    """What a statement returned and how many rows it changed."""

    __slots__ = ("_changed", "_found")

    def __init__(self, found: Sequence[Row], changed: int) -> None:
        self._found = found
        self._changed = changed

    @property
    def found(self) -> Sequence[Row]:
        """The rows it returned."""
        return self._found

    @property
    def changed(self) -> int:
        """How many rows it changed."""
        return self._changed

    def __iter__(self) -> Iterator[Row]:
        """Go through the returned rows."""
        return iter(self.found)

    def first(self) -> Row | None:
        """Return the first row, or None if there is none."""
        found = self.found
        return found[0] if found else None


def one(rows: Rows) -> Row:
    """Return the single row that a statement is sure to return."""
    (row,) = rows.found
    return row


class Dialect(StrEnum):
    """Whose SQL it is, for the few statements that cannot be the same."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


class Transaction(Protocol):
    """One transaction in progress; it must not be kept beyond the function it was handed to."""

    @property
    def dialect(self) -> Dialect:
        """Return whose SQL this database speaks."""
        ...

    def read_in_order(self) -> None:
        """Until the end of this transaction, take what is due in the order of its index.

        Whatever statistics say: when very much falls due at once, they do not know of it yet.
        """
        ...

    def execute(self, sql: str, params: Params | None = None) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, sql: str, params: Sequence[Params]) -> int:
        """Run one statement for each set of values; return how many rows changed in all."""
        ...


class Database(Protocol):
    """A driver. ``StoreUnavailableError`` says that the database did not answer or commit."""

    @property
    def dialect(self) -> Dialect:
        """Which database it speaks to."""
        ...

    async def open(self) -> None:
        """Connect and migrate the schema forward."""
        ...

    async def close(self) -> None:
        """Commit what was handed in, then let go of the database; may be called twice."""
        ...

    async def read(self, body: Callable[[Transaction], T]) -> T:
        """Run ``body`` on one consistent snapshot; it must not write."""
        ...

    async def write(
        self,
        body: Callable[[Transaction], T],
        *,
        later: bool = False,
        repeatable: bool = False,
    ) -> T:
        """Run ``body`` and return once its effect is on disk; if it raises, nothing changed.

        ``later`` is for what can wait for a few milliseconds, as nobody looks at a screen for it:
        a driver with one writer lets everything else go first. What is ``repeatable`` need only be
        committed: it outlives a kill of the program, but until ``flushed`` it may be lost with the
        machine's power. It would be done again then: Telegram has not been told to forget the tap,
        or, of what can wait, nobody outside has learned.

        ``body`` may run twice (PostgreSQL, after a deadlock), so it has no effect but on the
        database. A caller that is cancelled does not learn whether the effect took place.
        """
        ...

    def flushed(self) -> asyncio.Future[None]:
        """Return what is done once all that was written so far is on disk.

        But for what can wait and is ``repeatable``. It fails with ``StoreUnavailableError``.
        """
        ...

    async def scrub(self, *, rebuild: bool) -> bool:
        """Take what was removed out of the database's own files; False if it must be tried again.

        ``rebuild`` does so more thoroughly, and may hold up writes for a second. Does nothing for a
        server, whose files are its own.
        """
        ...


_LIST = re.compile(r"\bIN :([a-z_]+)")


def expand(sql: str, params: Params) -> tuple[str, Params]:
    """Turn each ``IN :name`` into at least as many parameters as the tuple ``name`` has values.

    The last value is repeated up to a power of two: a database prepares a handful of statements
    instead of one for each number of values.
    """
    if "IN :" not in sql:
        return sql, params
    flat = {name: value for name, value in params.items() if not isinstance(value, tuple)}
    lists = {name: params[name] for name in _lists(sql)}
    for name, values in lists.items():
        flat.update(zip_longest(_names(name, _room(values)), values, fillvalue=values[-1]))
    return _spread(sql, tuple(map(_room, lists.values()))), flat


@lru_cache(maxsize=512)
def _lists(sql: str) -> tuple[str, ...]:
    """Return the names of a statement's lists, each once."""
    return tuple(dict.fromkeys(_LIST.findall(sql)))


@lru_cache(maxsize=512)
def _names(name: str, count: int) -> tuple[str, ...]:
    """Return the parameters that a list of so many values becomes."""
    return tuple(f"{name}_{place}" for place in range(count))


@lru_cache(maxsize=512)
def _spread(sql: str, counts: tuple[int, ...]) -> str:
    """Return a statement with so many parameters for each of its lists."""
    count = dict(zip(_lists(sql), counts, strict=True))

    def spread(match: re.Match[str]) -> str:
        return f"IN ({', '.join(f':{each}' for each in _names(match[1], count[match[1]]))})"

    return _LIST.sub(spread, sql)


PARAMETER = re.compile(r"(?<!:):([a-z_][a-z_0-9]*)")
"""A parameter in a statement; two colons are a cast."""


def in_order(sql: str, params: Params) -> tuple[str, Sequence[Any]]:
    """Return a statement with ``?`` for each value, lists as ``expand`` has them, and the values.

    SQLite then looks up no name of a parameter, which costs as much as what many statements do.
    """
    text, values = expand(sql, params)
    return placed(text), taker(text)(values)


@lru_cache(maxsize=512)
def placed(sql: str) -> str:
    """Return a statement without lists with ``?`` for each of its parameters."""
    return PARAMETER.sub("?", sql)


@lru_cache(maxsize=512)
def taker(sql: str) -> Callable[[Params], tuple[Any, ...]]:
    """Return what takes the values for ``placed`` out of named ones."""
    names = PARAMETER.findall(sql)
    if len(names) > 1:
        return itemgetter(*names)
    return lambda params: tuple(params[name] for name in names)


def _room(values: Sequence[Any]) -> int:
    """Return the power of two up to which a list is filled."""
    return 1 << (len(values) - 1).bit_length()
