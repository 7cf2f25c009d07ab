"""Both histories end in one logical schema, which is read back from the databases themselves."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tipbot.store.base import NewerSchemaError, StoreUnavailableError
from tipbot.store.connect import connect

_OWN = ("_sqlite_migrations", "schema_steps", "sqlite_sequence")
_SEARCH = "tip_words"
"""SQLite's tables for the search, and how they begin; PostgreSQL's index is called tips_words."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index or a uniqueness: its table, columns in order, and the rows it is about."""

    table: str
    columns: tuple[str, ...]
    unique: bool
    where: str


@dataclass(frozen=True, slots=True)
class Schema:
    """What the two databases must agree on: columns are (table, name, type, may be NULL)."""

    columns: frozenset[tuple[str, str, str, bool]]
    indexes: frozenset[Index]
    references: frozenset[tuple[str, tuple[str, ...], str, bool]]


def _plain(where: str) -> str:
    return re.sub(r"::text|[()\s]", "", where).lower()


def sqlite_schema(path: Path) -> Schema:
    with closing(sqlite3.connect(path)) as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in _OWN and not name.startswith(_SEARCH)
        ]
        return Schema(
            frozenset(row for table in tables for row in _sqlite_columns(db, table)),
            frozenset(index for table in tables for index in _sqlite_indexes(db, table)),
            frozenset(row for table in tables for row in _sqlite_references(db, table)),
        )


def _sqlite_columns(db: sqlite3.Connection, table: str) -> Iterator[tuple[str, str, str, bool]]:
    for _, name, kind, not_null, _, key in db.execute(f"PRAGMA table_info({table})"):
        yield table, name, kind, not (not_null or key)


def _sqlite_indexes(db: sqlite3.Connection, table: str) -> Iterator[Index]:
    for _, name, unique, _, _ in db.execute(f"PRAGMA index_list({table})").fetchall():
        columns = tuple(row[2] for row in db.execute(f"PRAGMA index_info({name})"))
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        yield Index(table, columns, bool(unique), _plain((sql or "").partition("WHERE")[2]))
    info = db.execute(f"PRAGMA table_info({table})").fetchall()
    key = [row[1] for row in info if row[5]]
    if len(key) == 1 and next(row[2] for row in info if row[5]) == "INTEGER":
        yield Index(table, tuple(key), unique=True, where="")


def _sqlite_references(
    db: sqlite3.Connection, table: str
) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for number, _, target, column, _, _, on_delete, _ in db.execute(
        f"PRAGMA foreign_key_list({table})"
    ):
        found.setdefault(number, []).append((column, target, on_delete))
    for parts in found.values():
        columns = tuple(part[0] for part in parts)
        yield table, columns, parts[0][1], parts[0][2] == "CASCADE"


_PG_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable = 'YES'
FROM information_schema.columns WHERE table_schema = 'public'"""
_PG_INDEXES = """
SELECT c.relname, i.indisunique, coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
    ARRAY(SELECT a.attname::text FROM unnest(i.indkey::int[]) WITH ORDINALITY k (number, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
          ORDER BY k.place)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 'public'::regnamespace AND i.indexrelid::regclass::text <> 'tips_words'"""
_PG_REFERENCES = """
SELECT c.relname,
    ARRAY(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY k (number, place)
          JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number
          ORDER BY k.place), t.relname, f.confdeltype = 'c'
FROM pg_constraint f
JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid
WHERE f.contype = 'f'"""
_TYPES = {"bigint": "INTEGER", "text": "TEXT"}


def postgres_schema(url: str) -> Schema:
    with psycopg.connect(url) as db:
        return Schema(
            frozenset(
                (table, name, _TYPES[kind], null)
                for table, name, kind, null in db.execute(_PG_COLUMNS)
                if table not in _OWN
            ),
            frozenset(
                Index(table, tuple(columns), unique, _plain(where))
                for table, unique, where, columns in db.execute(_PG_INDEXES)
                if table not in _OWN
            ),
            frozenset(
                (table, tuple(columns), target, cascade)
                for table, columns, target, cascade in db.execute(_PG_REFERENCES)
            ),
        )


async def made(url: str) -> None:
    store = connect(url)
    await store.open()
    await store.close()


async def test_both_histories_end_in_one_logical_schema(
    sqlite_path: Path, empty_postgres: str
) -> None:
    await made(f"sqlite:///{sqlite_path}")
    await made(empty_postgres)
    ours, theirs = sqlite_schema(sqlite_path), postgres_schema(empty_postgres)
    assert ours.columns == theirs.columns
    assert ours.indexes == theirs.indexes
    assert ours.references == theirs.references
    assert len({table for table, *_ in ours.columns}) >= 20


async def test_whatever_names_a_subscriber_goes_with_them(sqlite_path: Path) -> None:
    """Dialogs, staff, the inbox and so on stand apart: they may be of a person who is none."""
    await made(f"sqlite:///{sqlite_path}")
    schema = sqlite_schema(sqlite_path)
    personal = {table for table, column, *_ in schema.columns if column == "subscriber_id"}
    bound = {
        table
        for table, columns, target, cascade in schema.references
        if (columns, target, cascade) == (("subscriber_id",), "subscribers", True)
    }
    assert personal - bound == {
        "subscribers", "dialogs", "staff", "invites", "drafts", "notices", "inbox",
    }  # fmt: skip


async def test_opening_again_changes_nothing(url: str, sqlite_path: Path) -> None:
    await made(url)
    first = sqlite_schema(sqlite_path) if url.startswith("sqlite") else postgres_schema(url)
    await made(url)
    again = sqlite_schema(sqlite_path) if url.startswith("sqlite") else postgres_schema(url)
    assert again == first


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_many_that_open_an_empty_database_at_once_all_succeed(
    kind: str, sqlite_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{sqlite_path}"
    if kind == "postgres":
        url = request.getfixturevalue("empty_postgres")
    await asyncio.gather(*(made(url) for _ in range(6)))


async def test_a_sqlite_file_of_a_newer_version_is_refused(sqlite_path: Path) -> None:
    await made(f"sqlite:///{sqlite_path}")
    with closing(sqlite3.connect(sqlite_path)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('tipbot', '9999_future', '')"
        )
    with pytest.raises(NewerSchemaError, match=r"newer version of tipbot .*9999_future"):
        await made(f"sqlite:///{sqlite_path}")


def test_a_sqlite_file_of_another_program_is_refused_and_left_as_it_is(sqlite_path: Path) -> None:
    with closing(sqlite3.connect(sqlite_path)) as db, db:
        db.execute("CREATE TABLE letters (text TEXT)")
    before = sqlite_path.read_bytes()
    with pytest.raises(StoreUnavailableError, match="another program's"):
        asyncio.run(made(f"sqlite:///{sqlite_path}"))
    assert sqlite_path.read_bytes() == before
    assert not list(sqlite_path.parent.glob("*-wal"))


async def test_a_postgres_database_of_a_newer_version_is_refused(empty_postgres: str) -> None:
    await made(empty_postgres)
    with psycopg.connect(empty_postgres) as db:
        db.execute("INSERT INTO schema_steps (name) VALUES ('9999_future')")
    with pytest.raises(NewerSchemaError, match=r"newer version of tipbot .*9999_future"):
        await made(empty_postgres)
