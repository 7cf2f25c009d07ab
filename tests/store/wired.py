"""A wire of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tipbot.store.database import Params, expand
from tipbot.store.wire import Wire


@contextmanager
def wired(url: str) -> Iterator[Wire]:
    """Open a wire to a database; nothing of what it says is committed unless it says so."""
    wire = Wire(psycopg.connect(url, autocommit=True))
    try:
        yield wire
    finally:
        wire.close()


def plan_of(wire: Wire, sql: str, params: Params) -> str:
    """Return how PostgreSQL would go about a statement."""
    text, values = expand(sql, params)
    return "\n".join(row["QUERY PLAN"] for row in wire.ask(f"EXPLAIN {text}", values).found)
