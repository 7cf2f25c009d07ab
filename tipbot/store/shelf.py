"""The library as editors browse it: search, one tip's page, its history."""

from collections.abc import Mapping
from typing import Any

from tipbot.core.entries import SHELVES
from tipbot.core.model import TIP_TOPICS, TipId, Topic
from tipbot.core.paging import PAGE_SIZE, Page, page_of
from tipbot.core.revisions import Revision, TipNumber, TipState
from tipbot.core.search import asked_words
from tipbot.core.shelf import FileConflict, TipFigures, TipLine, TipPage
from tipbot.core.tip_ids import free_ids
from tipbot.store import revisions
from tipbot.store.database import Dialect, Row, Transaction, one
from tipbot.store.records import Records

_SHELVES = (*(topic.value for topic in TIP_TOPICS), *SHELVES)

_NUMBER = "SELECT number FROM tips WHERE tip_id = :tip_id"
_TAKEN = "SELECT tip_id FROM tips WHERE tip_id IN :ids"
_REVISIONS = "SELECT count(*) AS n FROM tip_versions WHERE number = :number"
_CONFLICT = "SELECT * FROM tip_conflicts WHERE number = :number"

_SENT = "SELECT count(*) AS n FROM deliveries WHERE tip_number = :number AND state = 'sent'"
_ANSWERS = """
SELECT r.reaction, count(*) AS n FROM deliveries d
JOIN reactions r ON r.delivery_id = d.delivery_id
WHERE d.tip_number = :number AND d.state = 'sent' GROUP BY r.reaction"""
_ANSWERED = """
SELECT count(DISTINCT d.delivery_id) AS n FROM deliveries d
JOIN reactions r ON r.delivery_id = d.delivery_id
WHERE d.tip_number = :number AND d.state = 'sent'"""

_LINE = """
t.number, t.tip_id, t.title, t.kind, t.shelf, t.state, t.revision,
    EXISTS (SELECT 1 FROM proposals p WHERE p.number = t.number AND p.outcome = 'open') AS waiting,
    EXISTS (SELECT 1 FROM tip_conflicts c WHERE c.number = t.number) AS in_conflict
FROM tips t"""
_WANTED = "t.state IN :states AND t.shelf IN :shelves"
# What differs: how each database is asked for the tips that hold all words, which come begun.
_HOLDS = {
    Dialect.SQLITE: "t.number IN (SELECT rowid FROM tip_words WHERE tip_words MATCH :all_words)",
    Dialect.POSTGRES: (
        "array_to_tsvector(string_to_array(t.words, ' ')) @@ CAST(:all_words AS tsquery)"
    ),
}
_IN_TITLE = {
    Dialect.SQLITE: "t.number IN (SELECT rowid FROM tip_words WHERE tip_words MATCH :title_words)",
    Dialect.POSTGRES: (
        "array_to_tsvector(string_to_array(t.title_words, ' ')) @@ CAST(:title_words AS tsquery)"
    ),
}
_HOW_MANY = "count(*) AS n FROM tips t"
COUNT = f"SELECT {_HOW_MANY} WHERE {_WANTED}"
BROWSE = f"""
SELECT {_LINE}
WHERE {_WANTED} ORDER BY t.title, t.tip_id LIMIT :limit OFFSET :offset"""
COUNT_FOUND = {
    dialect: f"SELECT {_HOW_MANY} WHERE {holds} AND {_WANTED}" for dialect, holds in _HOLDS.items()
}
FIND = {
    dialect: f"""
SELECT {_LINE}
WHERE {holds} AND {_WANTED}
ORDER BY CASE WHEN {_IN_TITLE[dialect]} THEN 0 ELSE 1 END, t.title, t.tip_id
LIMIT :limit OFFSET :offset"""
    for dialect, holds in _HOLDS.items()
}


class ShelfRecords(Records):
    """Implements ``base_library.Shelf``."""

    async def search_tips(
        self,
        text: str = "",
        *,
        shelf: str | None = None,
        state: TipState | None = None,
        page: int = 0,
    ) -> Page[TipLine]:
        """Return a page of the tips that hold every word of ``text``, begun words included."""
        params = {
            "states": tuple(each.value for each in TipState if state in {None, each}),
            "shelves": _SHELVES if shelf is None else (str(shelf),),
            "limit": PAGE_SIZE,
        }
        words = asked_words(text)
        return await self._database.read(lambda tx: _search(tx, words, params, page))

    async def tip_page(self, which: TipNumber) -> TipPage | None:
        """Return everything about one tip."""
        return await self._database.read(lambda tx: _tip_page(tx, which))

    async def tip_number(self, which: TipId) -> TipNumber | None:
        """Return the number of a tip that exists or ever existed."""
        row = await self._database.read(lambda tx: tx.execute(_NUMBER, {"tip_id": which}).first())
        return None if row is None else TipNumber(row["number"])

    async def revision(self, which: TipNumber, revision: int) -> Revision | None:
        """Return one revision of a tip."""
        return await self._database.read(lambda tx: revisions.revision(tx, which, revision))

    async def history(self, which: TipNumber, page: int = 0) -> Page[Revision]:
        """Return a page of a tip's revisions, newest first."""

        def body(tx: Transaction) -> Page[Revision]:
            total = _versions(tx, which)
            number = page_of(page, total)
            items = revisions.history(tx, which, PAGE_SIZE, number * PAGE_SIZE)
            return Page(items=items, number=number, total=total)

        return await self._database.read(body)

    async def free_tip_id(self, topic: Topic, title: str) -> TipId:
        """Return an id for a new tip that no tip has or ever had."""

        def body(tx: Transaction) -> TipId:
            for ids in free_ids(topic, title):
                taken = {row["tip_id"] for row in tx.execute(_TAKEN, {"ids": ids})}
                if free := [each for each in ids if each not in taken]:
                    return free[0]
            raise AssertionError  # ``free_ids`` never ends

        return await self._database.read(body)


def _search(
    tx: Transaction, words: list[str], params: Mapping[str, Any], page: int
) -> Page[TipLine]:
    count, find = COUNT, BROWSE
    if words:
        count, find = COUNT_FOUND[tx.dialect], FIND[tx.dialect]
        params = {**params, **_asked(tx.dialect, words)}
    total = one(tx.execute(count, params))["n"]
    number = page_of(page, total)
    rows = tx.execute(find, {**params, "offset": number * PAGE_SIZE})
    return Page(items=[_line(row) for row in rows], number=number, total=total)


def _asked(dialect: Dialect, words: list[str]) -> dict[str, str]:
    """Return words, which hold letters and digits alone, as each database is asked for them."""
    if dialect is Dialect.POSTGRES:
        query = " & ".join(f"'{word}':*" for word in words)
        return {"all_words": query, "title_words": query}
    query = " AND ".join(f'"{word}" *' for word in words)
    return {"all_words": query, "title_words": f"title_words : ({query})"}


def _line(row: Row) -> TipLine:
    return TipLine(
        number=TipNumber(row["number"]),
        id=TipId(row["tip_id"]),
        title=row["title"],
        shelf=row["shelf"],
        is_card=row["kind"] == "card",
        state=TipState(row["state"]),
        revision=row["revision"],
        waiting=bool(row["waiting"]),
        in_conflict=bool(row["in_conflict"]),
    )


def _tip_page(tx: Transaction, which: TipNumber) -> TipPage | None:
    current = revisions.newest(tx, which)
    if current is None:
        return None
    return TipPage(
        current=current,
        versions=_versions(tx, which),
        figures=_figures(tx, which),
        proposals=tuple(revisions.open_proposals_of(tx, which)),
        conflict=_conflict(tx, current),
    )


def _versions(tx: Transaction, which: TipNumber) -> int:
    found: int = one(tx.execute(_REVISIONS, {"number": which}))["n"]
    return found


def _figures(tx: Transaction, which: TipNumber) -> TipFigures:
    params = {"number": which}
    sent = one(tx.execute(_SENT, params))["n"]
    answers = {row["reaction"]: row["n"] for row in tx.execute(_ANSWERS, params)}
    return TipFigures(
        sent=sent,
        skipped=sent - one(tx.execute(_ANSWERED, params))["n"],
        done=answers.get("done", 0),
        helpful=answers.get("helpful", 0),
        not_helpful=answers.get("not_helpful", 0),
        snoozed=answers.get("snoozed", 0),
        less=answers.get("less", 0),
    )


def _conflict(tx: Transaction, current: Revision) -> FileConflict | None:
    row = tx.execute(_CONFLICT, {"number": current.number}).first()
    return None if row is None else revisions.file_conflict(row, current)
