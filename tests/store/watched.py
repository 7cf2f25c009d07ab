"""Holds every statement that the program runs in a test against the indexes of its database.

What ``test_query_plans`` reads of constants is asked here of what is really run: statements that
are put together on the way, with the parameters that they get, on the schema as it stands.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tipbot.store.database import Params, Rows, expand
from tipbot.store.postgres import PostgresTransaction
from tipbot.store.sqlite import SqliteTransaction, _without_locks
from tipbot.store.wire import Wire

BIG = re.compile(
    r"\b(subscribers|plans|deliveries|reactions|check_ins|taps|day_contexts|dialogs"
    r"|relief_sessions|audit_log|tip_versions|proposals|treatments|diary_signs)\b"
)
"""Tables that grow with the people, or with the years."""
_QUERY = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\b")
_BY_INDEX = re.compile(r"USING (COVERING )?INDEX|VIRTUAL TABLE")
_ALIAS = re.compile(rf"{BIG.pattern}(?:\s+AS)?(?:\s+([a-z])\b)?")
ALLOWED = (
    "SELECT t.number, v.kind, v.content\n",  # once a start: tips that were there before the search
    "SELECT v.*, t.tip_id FROM tip_versions v",  # compares the whole library with its files
)
"""How statements begin that may read all of a table, which is the library's."""


class Watch:
    """Remembers what was looked at, and what of it reads a whole table."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.faults: list[str] = []

    def look(self, tx: Any, sql: str, params: Params | None) -> None:
        """Look at a statement that is about to be run, once a kind of database."""
        known = (tx.dialect.value, sql)
        if known in self.seen or not _QUERY.match(sql) or not BIG.search(sql):
            return
        self.seen.add(known)
        if not sql.strip().startswith(tuple(each.strip() for each in ALLOWED)):
            if isinstance(tx, SqliteTransaction):
                found = _sqlite(tx._connection, sql, params or {})
            else:
                found = _postgres(tx._wire, sql, params or {})
            self.faults += [f"{tx.dialect.value}: {each}: {sql.strip()}" for each in found]


def _sqlite(connection: sqlite3.Connection, sql: str, params: Params) -> list[str]:
    """Return the steps that go through a table that grows without an index."""
    text, values = expand(_without_locks(sql), params)
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    names = {match[2] or match[1] for match in _ALIAS.finditer(sql)}
    names |= {match[1] for match in _ALIAS.finditer(sql)}
    return [
        step
        for step in steps
        if step.split()[1] in names and (_is_scan(step) or "AUTOMATIC" in step)
    ]


def _is_scan(step: str) -> bool:
    return step.startswith("SCAN") and not _BY_INDEX.search(step)


def _postgres(wire: Wire, sql: str, params: Params) -> list[str]:
    """Return the tables that grow which are read from end to end although that costs extra."""
    text, values = expand(sql, params)
    wire.ask("SET LOCAL enable_seqscan = off")
    (found,) = wire.ask(f"EXPLAIN (FORMAT JSON) {text}", values).found
    wire.ask("SET LOCAL enable_seqscan = on")
    (node,) = found["QUERY PLAN"]
    return [f"Seq Scan on {name}" for name in _seq_scans(node["Plan"]) if BIG.fullmatch(name)]


def _seq_scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from _seq_scans(inner)


WATCH = Watch()


def _from_the_program() -> bool:
    """Tell whether a statement comes from the program rather than from a test."""
    return str(sys._getframe(2).f_globals["__name__"]).startswith("tipbot.")


@pytest.fixture(autouse=True)
def every_query_has_its_index(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which the program runs a statement that reads a growing table as a whole."""
    for kind in (SqliteTransaction, PostgresTransaction):
        _watch(monkeypatch, kind)
    WATCH.faults.clear()
    yield
    assert WATCH.faults == []


def _watch(monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
    execute, executemany = kind.execute, kind.executemany

    def watched(self: Any, sql: str, params: Params | None = None) -> Rows:
        if _from_the_program():
            WATCH.look(self, sql, params)
        found: Rows = execute(self, sql, params)
        return found

    def watched_many(self: Any, sql: str, params: list[Params]) -> int:
        if _from_the_program() and params:
            WATCH.look(self, sql, params[0])
        changed: int = executemany(self, sql, params)
        return changed

    monkeypatch.setattr(kind, "execute", watched)
    monkeypatch.setattr(kind, "executemany", watched_many)
