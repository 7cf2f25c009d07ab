"""One statement for many rows, each with values of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tipbot.store.database import Dialect, Params, Transaction


@dataclass(frozen=True, slots=True)
class ForEach:
    """A statement for each of many sets of values, as each database does it at least cost.

    SQLite runs ``each`` over and over, which costs less there than taking values out of a list. A
    server is handed all of them at once, as JSON in ``:rows``, for ``together``: it would spend
    most of its time on beginning and ending statements.
    """

    each: str
    together: str
    key: str | None = None
    """The value by which ``each`` finds its row: ``together`` gets all of them as ``IN :keys``.
    Without that, a server that has not many rows yet would read them all to find a few."""

    def run(self, tx: Transaction, params: Sequence[Params]) -> int:
        """Run the statement for these values, if there are any; return how many rows changed."""
        if not params:
            return 0
        if tx.dialect is Dialect.SQLITE:
            return tx.executemany(self.each, params)
        values: dict[str, object] = {"rows": json.dumps(params)}
        if self.key is not None:
            values["keys"] = tuple(each[self.key] for each in params)
        return tx.execute(self.together, values).changed
