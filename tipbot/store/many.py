"""One statement for many rows, each with values of its own."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tipbot.store.database import Dialect, Params, Transaction

_ROWS = re.compile(r"json_to_recordset\(CAST\(:rows AS json\)\) AS (\w+) \(([^)]+)\)")
MOST = 64
"""Rows that SQLite is handed at a time."""


@dataclass(frozen=True, slots=True)
class ForEach:
    """A statement that works on a list of rows at once, in place of one for each of them.

    ``sql`` takes them as PostgreSQL does, from ``json_to_recordset(CAST(:rows AS json)) AS
    name (column TYPE, ...)``. SQLite gets a list of values instead: a thread that runs a statement
    for each row beside a busy event loop gives the interpreter away, and waits for it, twice a row.
    """

    sql: str
    key: tuple[str, str] | None = None
    """The column by which a row is found and the value that it equals. A server is handed all of
    them once more: while it has not many rows yet, it would else read them all to find a few."""

    def run(self, tx: Transaction, params: Sequence[Params]) -> int:
        """Run the statement for these values, if there are any; return how many rows changed."""
        if not params:
            return 0
        if tx.dialect is Dialect.SQLITE:
            return sum(self._few(tx, few) for few in _in_powers(params))
        values: dict[str, object] = {"rows": json.dumps(params)}
        if self.key is None:
            return tx.execute(self.sql, values).changed
        column, name = self.key
        values["keys"] = tuple(each[name] for each in params)
        return tx.execute(f"{self.sql} AND {column} IN :keys", values).changed

    def _few(self, tx: Transaction, params: Sequence[Params]) -> int:
        text, columns, names = with_values(self.sql, len(params))
        values = [each[column] for each in params for column in columns]
        return tx.execute(text, dict(zip(names, values, strict=True))).changed


@lru_cache(maxsize=64)
def with_values(sql: str, count: int) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a statement that takes ``count`` rows as values, its columns, and its parameters."""
    found = _ROWS.search(sql)
    if found is None:
        message = "the statement takes no rows"
        raise ValueError(message)
    columns = tuple(each.split()[0] for each in found[2].split(","))
    rows = [[f"{column}_{row}" for column in columns] for row in range(count)]
    named = ", ".join(f"column{n} AS {column}" for n, column in enumerate(columns, 1))
    values = ", ".join(f"({', '.join(f':{name}' for name in row)})" for row in rows)
    listed = f"(SELECT {named} FROM (VALUES {values})) AS {found[1]}"  # noqa: S608 - names of ours
    names = tuple(name for row in rows for name in row)
    return _ROWS.sub(lambda _: listed, sql), columns, names


def _in_powers(params: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows by powers of two: a database prepares a handful of statements for them."""
    first = 0
    while left := len(params) - first:
        count = min(MOST, 1 << (left.bit_length() - 1))
        yield params[first : first + count]
        first += count
