"""Tips, cards and documents as JSON: what a revision keeps."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from tipbot.core.model import Card, Citation, Claim, Tip, TipId, Topic


def shelf_of(piece: Tip | Card) -> str:
    """Return where a piece stands: a tip's topic, a card's shelf."""
    return piece.topic.value if isinstance(piece, Tip) else piece.shelf


def kind_of(piece: Tip | Card) -> str:
    """Return ``tip`` or ``card``."""
    return "tip" if isinstance(piece, Tip) else "card"


def text_of(piece: Tip | Card) -> str:
    """Return a piece without its id and revision; equal pieces have equal text."""
    parts = {
        "title": piece.title,
        "body": piece.body,
        "shelf": shelf_of(piece),
        "tags": piece.tags,
        "sources": [[source.document, source.section] for source in piece.sources],
        "claim": piece.claim.value,
        "reviewed": piece.reviewed.isoformat(),
    }
    return json.dumps(parts, sort_keys=True)


def tags_of(text: str) -> Sequence[str]:
    """Return the tags of what ``text_of`` wrote."""
    tags: Sequence[str] = json.loads(text)["tags"]
    return tags


def piece(which: str, kind: str, revision: int, text: str) -> Tip | Card:
    """Return the tip or card that ``text_of`` wrote."""
    parts = json.loads(text)
    shelf = parts.pop("shelf")
    shared: dict[str, Any] = {
        "id": TipId(which),
        "revision": revision,
        "title": parts["title"],
        "body": parts["body"],
        "tags": tuple(parts["tags"]),
        "sources": tuple(Citation(*source) for source in parts["sources"]),
        "claim": Claim(parts["claim"]),
        "reviewed": date.fromisoformat(parts["reviewed"]),
    }
    if kind == "tip":
        return Tip(topic=Topic(shelf), **shared)
    return Card(shelf=shelf, **shared)
