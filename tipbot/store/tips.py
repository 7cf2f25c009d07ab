"""The tip library as subscribers get it: what is published."""

import json
from collections.abc import Callable, Mapping

from tipbot.core.entries import reading_order
from tipbot.core.model import Card, Document, Tip, TipId, Topic
from tipbot.store import content
from tipbot.store.database import Row, Rows, Transaction
from tipbot.store.records import Records

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

_DOCUMENTS = "SELECT name, title, sections FROM documents"


class TipRecords(Records):
    """Implements ``base.Tips``."""

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
        """Return the published cards by shelf, each shelf in its reading order."""
        found = await self._all(lambda tx: tx.execute(_CARDS))
        cards = [piece for piece in found if isinstance(piece, Card)]
        return sorted(cards, key=lambda card: (card.shelf, *reading_order(card)))

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


def _document(row: Row) -> Document:
    return Document(
        name=row["name"], title=row["title"], sections=tuple(json.loads(row["sections"]))
    )


def _piece(row: Row) -> Tip | Card:
    return content.piece(row["tip_id"], row["kind"], row["revision"], row["content"])
