"""The tip library at rest: what is published, and every revision there ever was."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from tipbot.core.library import Library, Synced
from tipbot.core.model import Card, Document, Tip, TipId, Topic
from tipbot.store import columns, content
from tipbot.store.database import Row, Rows, Transaction, one
from tipbot.store.records import Records

P = TypeVar("P", Tip, Card)

# The lock keeps a second sync waiting until the first is done.
_LOCK = "SELECT value FROM counters WHERE name = 'library' FOR UPDATE"
_TURN = "UPDATE counters SET value = :version WHERE name = 'library'"

_STANDING = """
SELECT t.number, t.tip_id, t.state, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision"""
_ONE = """
SELECT t.tip_id, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.tip_id = :tip_id AND t.kind = :kind AND t.state = 'published'"""
_SHELF = """
SELECT t.tip_id, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.kind = 'tip' AND t.shelf = :shelf AND t.state = 'published'"""
_CARDS = """
SELECT t.tip_id, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.kind = 'card' AND t.state = 'published'"""

_ADD = """
INSERT INTO tips (tip_id, kind, shelf, state, revision)
VALUES (:tip_id, :kind, :shelf, 'published', 1) RETURNING number"""
_PUBLISH = """
UPDATE tips SET kind = :kind, shelf = :shelf, state = 'published', revision = :revision
WHERE number = :number"""
_RETIRE = "UPDATE tips SET state = 'retired' WHERE number = :number"
_SAVE = """
INSERT INTO tip_versions (number, revision, kind, content, saved_at)
VALUES (:number, :revision, :kind, :content, :saved_at)"""

_DOCUMENTS = "SELECT name, title, sections FROM documents"
_NO_DOCUMENTS = "DELETE FROM documents"
_ADD_DOCUMENT = """
INSERT INTO documents (name, title, sections) VALUES (:name, :title, :sections)"""


class TipRecords(Records):
    """Implements ``base.Tips``."""

    async def sync_library(self, library: Library, now: datetime) -> Synced:
        """Make the published content equal to ``library``; raise ValueError if an id is twice."""
        pieces = _by_id(library)
        return await self._database.write(lambda tx: _sync(tx, library, pieces, now))

    async def tip(self, which: TipId) -> Tip | None:
        """Return the current revision of a published tip."""
        found = await self._find(which, "tip")
        return found if isinstance(found, Tip) else None

    async def card(self, which: TipId) -> Card | None:
        """Return the current revision of a published card."""
        found = await self._find(which, "card")
        return found if isinstance(found, Card) else None

    async def tips(self, topic: Topic) -> list[Tip]:
        """Return the published tips of a topic in order of id."""
        found = await self._all(lambda tx: tx.execute(_SHELF, {"shelf": topic.value}))
        return sorted((piece for piece in found if isinstance(piece, Tip)), key=lambda tip: tip.id)

    async def cards(self) -> list[Card]:
        """Return the published cards by shelf, then title."""
        found = await self._all(lambda tx: tx.execute(_CARDS))
        cards = [piece for piece in found if isinstance(piece, Card)]
        return sorted(cards, key=lambda card: (card.shelf, card.title, card.id))

    async def documents(self) -> Mapping[str, Document]:
        """Return the source documents by file name."""
        found = await self._database.read(lambda tx: tx.execute(_DOCUMENTS))
        return {row["name"]: _document(row) for row in found}

    async def _find(self, which: TipId, kind: str) -> Tip | Card | None:
        params = {"tip_id": which, "kind": kind}
        row = await self._database.read(lambda tx: tx.execute(_ONE, params).first())
        return None if row is None else _piece(row)

    async def _all(self, query: Callable[[Transaction], Rows]) -> list[Tip | Card]:
        return [_piece(row) for row in await self._database.read(query)]


def _by_id(library: Library) -> dict[TipId, Tip | Card]:
    pieces: dict[TipId, Tip | Card] = {}
    every: tuple[Tip | Card, ...] = (*library.tips, *library.cards)
    for piece in every:
        if piece.id in pieces:
            message = f"two pieces of the library share the id {piece.id}"
            raise ValueError(message)
        pieces[piece.id] = piece
    return pieces


def _sync(
    tx: Transaction, library: Library, pieces: Mapping[TipId, Tip | Card], now: datetime
) -> Synced:
    version = one(tx.execute(_LOCK))["value"]
    standing = {TipId(row["tip_id"]): row for row in tx.execute(_STANDING)}
    published = {which for which, row in standing.items() if row["state"] == "published"}
    moment = columns.micros(now)
    added = [which for which in pieces if which not in published]
    changed = [
        which for which in pieces if which in published and _differs(pieces, standing, which)
    ]
    retired = published - pieces.keys()
    for which in (*added, *changed):
        _publish(tx, pieces[which], standing.get(which), moment)
    for which in retired:
        tx.execute(_RETIRE, {"number": standing[which]["number"]})
    if _sync_documents(tx, library) or added or changed or retired:
        # By time, not by one: a version whose commit failed never comes again.
        tx.execute(_TURN, {"version": max(version + 1, moment)})
    return Synced(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(retired)))


def _differs(
    pieces: Mapping[TipId, Tip | Card], standing: Mapping[TipId, Row], which: TipId
) -> bool:
    piece, row = pieces[which], standing[which]
    return bool(content.text_of(piece) != row["content"] or content.kind_of(piece) != row["kind"])


def _publish(tx: Transaction, piece: Tip | Card, row: Row | None, moment: int) -> None:
    """Publish a piece: new, changed, or back from retirement."""
    text, kind = content.text_of(piece), content.kind_of(piece)
    values: dict[str, Any] = {"kind": kind, "shelf": content.shelf_of(piece)}
    if row is None:
        number, revision = one(tx.execute(_ADD, {"tip_id": piece.id, **values}))["number"], 1
    else:
        same = row["content"] == text and row["kind"] == kind
        number, revision = row["number"], row["revision"] + (0 if same else 1)
        tx.execute(_PUBLISH, {"number": number, "revision": revision, **values})
        if same:
            return
    saved = {"number": number, "revision": revision, "kind": kind, "content": text}
    tx.execute(_SAVE, {**saved, "saved_at": moment})


def _sync_documents(tx: Transaction, library: Library) -> bool:
    held = {row["name"]: _document(row) for row in tx.execute(_DOCUMENTS)}
    wanted = {document.name: document for document in library.documents}
    if held == wanted:
        return False
    tx.execute(_NO_DOCUMENTS)
    for document in wanted.values():
        sections = json.dumps(document.sections)
        values = {"name": document.name, "title": document.title, "sections": sections}
        tx.execute(_ADD_DOCUMENT, values)
    return True


def _document(row: Row) -> Document:
    return Document(
        name=row["name"], title=row["title"], sections=tuple(json.loads(row["sections"]))
    )


def _piece(row: Row) -> Tip | Card:
    return content.piece(row["tip_id"], row["kind"], row["revision"], row["content"])
