"""A table about people, and under which key an export shows each of its columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tipbot.core.holdings import Fact
from tipbot.store.database import Row, Transaction
from tipbot.store.holdings_read import Reader, Reading

PAGE = 500
"""Rows read at a time."""
WITH_THE_SETTINGS = "stands in the settings, which are of the same person"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an export and the column that it is read from."""

    key: str
    column: str
    read: Reader | None = None
    """None for a value that is shown as it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table about people; ``cursor`` names where a page goes on: parameter, column, start."""

    table: str
    sql: str
    fields: tuple[Field, ...]
    omitted: Mapping[str, str] = field(default_factory=lambda: {"subscriber_id": WITH_THE_SETTINGS})
    """Columns that are left out, each with its reason."""
    cursor: tuple[tuple[str, str, int | str], ...] = ()

    @property
    def columns(self) -> set[str]:
        """Return every column of the table that this source knows."""
        return {each.column for each in self.fields} | self.omitted.keys()

    def pages(self, tx: Transaction, params: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """Yield all rows of a person, at most ``PAGE`` at a time if there may be many."""
        place = {name: start for name, _, start in self.cursor}
        while True:
            found = tx.execute(self.sql, {**params, **place, "limit": PAGE}).found
            if found:
                yield found
            if not self.cursor or len(found) < PAGE:
                return
            place = {name: found[-1][column] for name, column, _ in self.cursor}

    def record(self, row: Row, reading: Reading) -> dict[str, Fact]:
        """Return a row under its human-readable keys."""
        return {
            each.key: row[each.column]
            if each.read is None
            else each.read(row[each.column], reading)
            for each in self.fields
        }
