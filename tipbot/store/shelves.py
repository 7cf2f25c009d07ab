"""What is kept in memory of the library, and thrown away whenever the library changes.

The counter ``library`` is read in the very transaction that uses what is kept, so an edit by
another process is seen at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tipbot.core.entries import EVENING
from tipbot.core.model import TIP_TOPICS, Card, Tip, Topic
from tipbot.core.planning import Shelf, Shelves, TipChoice
from tipbot.store import content
from tipbot.store.database import Transaction, one

_VERSION = "SELECT value FROM counters WHERE name = 'library'"

_PUBLISHED = """
SELECT t.number, t.shelf, t.revision, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.kind = 'tip' AND t.state = 'published' ORDER BY t.number"""

_VERSIONS = """
SELECT v.number, v.revision, v.kind, v.content, t.tip_id
FROM tip_versions v JOIN tips t ON t.number = v.number
WHERE v.number IN :numbers AND v.revision IN :revisions"""

Edition = tuple[int, int]
"""A piece's number and revision."""


@dataclass(slots=True)
class _Kept:
    version: int
    shelves: Shelves | None = None
    pieces: dict[Edition, Tip | Card] = field(default_factory=dict)


class ShelfMemory:
    """Shelves and parsed revisions as of one version of the library; safe between threads."""

    def __init__(self) -> None:
        self._kept = _Kept(-1)

    def shelves(self, tx: Transaction) -> Shelves:
        """Return the published tips by topic, in order of number."""
        kept = self._current(version(tx))
        if kept.shelves is None:
            kept.shelves = _read_shelves(tx)
        return kept.shelves

    def pieces(
        self, tx: Transaction, version: int, wanted: Iterable[Edition]
    ) -> Mapping[Edition, Tip | Card]:
        """Return at least the wanted revisions; ``version`` is the library's in ``tx``."""
        kept = self._current(version)
        missing = {edition for edition in wanted if edition not in kept.pieces}
        if missing:
            kept.pieces |= _read_pieces(tx, missing)
        return kept.pieces

    def _current(self, version: int) -> _Kept:
        kept = self._kept
        if kept.version != version:
            kept = self._kept = _Kept(version)
        return kept


def version(tx: Transaction) -> int:
    """Return the library's version; it differs after every change that was committed."""
    found: int = one(tx.execute(_VERSION))["value"]
    return found


def _read_shelves(tx: Transaction) -> Shelves:
    shelves: dict[Topic, list[TipChoice]] = {topic: [] for topic in TIP_TOPICS}
    for row in tx.execute(_PUBLISHED):
        evening = EVENING in content.tags_of(row["content"])
        shelves[Topic(row["shelf"])].append(TipChoice(row["number"], row["revision"], evening))
    return {topic: Shelf(choices) for topic, choices in shelves.items()}


def _read_pieces(tx: Transaction, wanted: Collection[Edition]) -> dict[Edition, Tip | Card]:
    """Return at least these revisions: all others of a tip, maybe hundreds, stay unread."""
    numbers = tuple({number for number, _ in wanted})
    revisions = tuple({revision for _, revision in wanted})
    return {
        (row["number"], row["revision"]): content.piece(
            row["tip_id"], row["kind"], row["revision"], row["content"]
        )
        for row in tx.execute(_VERSIONS, {"numbers": numbers, "revisions": revisions})
    }
