"""A database in one transaction, whichever it is: its tables, and their rows in one order."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

PAGE = 2000
"""Rows that are in memory at a time."""

Record: TypeAlias = tuple[Any, ...]
Page: TypeAlias = Sequence[Record]
Pages: TypeAlias = Generator[Page, None, None]
"""To be closed when not read to the end."""
Tell = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and how much there is in all."""


class UpkeepError(Exception):
    """The work was not done and changed nothing; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and what it takes to copy it; columns that the database works out are left out."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """What rows are put in order by: the primary key, or every column where there is none."""
    counted: str | None
    """The column that the database counts up, if there is one."""
    refers: frozenset[str]
    """Tables whose rows must be there first."""

    @property
    def shape(self) -> tuple[frozenset[str], tuple[str, ...], bool]:
        """What a table must have alike in two databases to be copied between them."""
        return frozenset(self.columns), self.key, self.counted is not None


class Held(Protocol):
    """A database in one transaction: what it holds changes through this object alone."""

    def steps(self) -> frozenset[str]:
        """Return the names of the schema's steps that were taken."""
        ...

    def tables(self) -> Mapping[str, Table]:
        """Return every table with rows of its own, without the database's own bookkeeping."""
        ...

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        ...

    def pages(self, table: Table) -> Pages:
        """Yield a table's rows in the order of its key, text by bytes, a page at a time."""
        ...

    def counter(self, table: Table) -> int:
        """Return the last number that a counted column was given, 0 if none."""
        ...

    def distinct(self, table: str, column: str) -> set[object]:
        """Return the values of a column."""
        ...

    def found(self, query: str) -> Page:
        """Return what a query finds that both databases read alike."""
        ...


class Fillable(Held, Protocol):
    """A database whose whole contents are about to be replaced."""

    def clear(self) -> None:
        """Remove every row of every table."""
        ...

    def put(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows, their values in the order of ``table.columns``."""
        ...

    def count_from(self, table: Table, last: int) -> None:
        """Let a counted column go on after ``last``."""
        ...

    def finish(self) -> None:
        """Bring up to date what is kept beside the rows; raise ``UpkeepError`` if they disagree."""
        ...


def quoted(name: str) -> str:
    """Return a name as both databases take it in a statement."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a statement."""
    return ", ".join(quoted(name) for name in names)


def in_order(tables: Mapping[str, Table]) -> list[Table]:
    """Return tables so that each comes after those it refers to."""
    placed: dict[str, Table] = {}
    while len(placed) < len(tables):
        ready = [
            table
            for name, table in sorted(tables.items())
            if name not in placed and table.refers - {name} <= placed.keys()
        ]
        if not ready:
            message = f"tables refer to each other in a circle: {tables.keys() - placed.keys()}"
            raise UpkeepError(message)
        placed.update((table.name, table) for table in ready)
    return list(placed.values())
