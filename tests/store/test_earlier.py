"""A library that was there before revisions had authors: it comes along whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.store.desk import EDDA, Desk
from tests.store.house import LIBRARY, START, House
from tests.store.whole import connected
from tipbot.clock import TravelClock
from tipbot.core.changes import edit, restore
from tipbot.core.library import Synced
from tipbot.core.revisions import TipState
from tipbot.store import content
from tipbot.store.connect import connect
from tipbot.store.migrations import HISTORY
from tipbot.store.sqlite import take_steps

BEFORE = [step for step in HISTORY if step.name in {"0001_first", "0002_retention", "0003_relief"}]
ROWS = LIBRARY.entries


def _make_earlier(url: str) -> None:
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            take_steps(file, BEFORE)
    else:
        with psycopg.connect(url) as server:
            server.execute(
                "CREATE TABLE schema_steps (name TEXT PRIMARY KEY, taken_at TIMESTAMPTZ)"
            )
            for step in BEFORE:
                for statement in step.postgres:
                    server.execute(statement)
                server.execute("INSERT INTO schema_steps (name) VALUES (%s)", (step.name,))
    with connected(url) as db:
        for number, entry in enumerate(ROWS, start=1):
            kind, shelf = content.kind_of(entry), content.shelf_of(entry)
            state = "retired" if entry.id == "doze" else "published"
            text = content.text_of(entry).replace("'", "''")
            db.execute(
                "INSERT INTO tips (number, tip_id, kind, shelf, state, revision)"  # noqa: S608 - our own
                f" VALUES ({number}, '{entry.id}', '{kind}', '{shelf}', '{state}', 1)"
            )
            db.execute(
                "INSERT INTO tip_versions (number, revision, kind, content, saved_at)"  # noqa: S608 - our own
                f" VALUES ({number}, 1, '{kind}', '{text}', 0)"
            )
        db.execute("INSERT INTO documents VALUES ('a.txt', 'An article', '[\"Water\", \"Sleep\"]')")


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_an_earlier_library_has_its_history_and_its_base(
    kind: str, sqlite_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{sqlite_path}"
    if kind == "postgres":
        url = request.getfixturevalue("empty_postgres")
    _make_earlier(url)
    clock = TravelClock(lambda: START)
    store = connect(url, clock)
    await store.open()
    try:
        await _look(Desk(House(store, clock)))
    finally:
        await store.close()


async def _look(desk: Desk) -> None:
    store = desk.house.store
    first, retired = await desk.seen("sip"), await desk.seen("doze")
    assert (first.kind, first.author, first.state) == ("sync", None, TipState.PUBLISHED)
    assert retired.state is TipState.RETIRED
    await desk.saved(edit(first, body="Live."), EDDA)
    files = LIBRARY.tips[:2]
    library = type(LIBRARY)(documents=LIBRARY.documents, tips=files, cards=LIBRARY.cards)
    assert await store.sync_library(library, START) == Synced(kept=(first.entry.id,))
    assert [line.title for line in (await store.search_tips("doze")).items] == ["Doze"]
    await desk.saved(restore(retired), EDDA)
    assert await store.tip(retired.entry.id) is not None
