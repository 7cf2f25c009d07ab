"""The library as the database holds it at one moment, and what is carried out on it."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tipbot.core.entries import Entry
from tipbot.core.library import (
    Change,
    ChangeKind,
    Library,
    Synced,
)
from tipbot.core.model import Card, Document, Tip, TipId
from tipbot.core.revisions import Revision, TipState
from tipbot.store import content, revisions
from tipbot.store.database import Row, Transaction, one

_VERSION = "SELECT value FROM counters WHERE name = 'library'"
_BASES = """
SELECT b.number, b.kind, b.content, t.tip_id FROM tip_bases b JOIN tips t ON t.number = b.number"""
_DOCUMENTS = "SELECT name, title, sections FROM documents ORDER BY name"
_SET_DOCUMENT = """
INSERT INTO documents (name, title, sections) VALUES (:name, :title, :sections)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, sections = excluded.sections"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The library in the database at one moment; ``newest`` knows every tip there ever was."""

    live: Library
    base: Library
    newest: Mapping[TipId, Revision]


def standing_of(tx: Transaction) -> Standing:
    """Return the library as it is now."""
    newest = {TipId(each.entry.id): each for each in revisions.all_newest(tx)}
    by_state: dict[TipState, list[Entry]] = {state: [] for state in TipState}
    for which in sorted(newest):
        by_state[newest[which].state].append(newest[which].entry)
    published = by_state.pop(TipState.PUBLISHED)
    live = replace(
        library_of(published),
        documents=tuple(map(_document, tx.execute(_DOCUMENTS))),
        hidden=frozenset(entry.id for entries in by_state.values() for entry in entries),
        drafts=tuple(by_state[TipState.DRAFT]),
    )
    bases = [content.piece(b["tip_id"], b["kind"], 1, b["content"]) for b in tx.execute(_BASES)]
    return Standing(live, library_of(bases), newest)


def library_of(entries: Collection[Entry]) -> Library:
    """Return tips and cards as a library without documents."""
    return Library(
        tips=tuple(entry for entry in entries if isinstance(entry, Tip)),
        cards=tuple(entry for entry in entries if isinstance(entry, Card)),
    )


def carry_out_all(
    changes: Collection[Change],
    prefer_files: Collection[TipId] | None,
    carry_out: Callable[[Change], None],
) -> Synced:
    """Carry out what is to be taken, in this order; return what was done and what was left."""
    done: dict[ChangeKind, list[TipId]] = {kind: [] for kind in ChangeKind}
    for change in changes:
        kind = change.kind
        if kind is ChangeKind.CONFLICT and (prefer_files is None or change.id in prefer_files):
            taken = ChangeKind.TAKE if change.live else ChangeKind.ADD
            kind = taken if change.file else ChangeKind.RETIRE
        if kind not in {ChangeKind.KEEP, ChangeKind.CONFLICT}:
            carry_out(change)
        done[kind].append(change.id)
    return Synced(
        added=tuple(sorted(done[ChangeKind.ADD])),
        changed=tuple(sorted(done[ChangeKind.TAKE])),
        retired=tuple(sorted(done[ChangeKind.RETIRE])),
        kept=tuple(sorted(done[ChangeKind.KEEP])),
        conflicts=tuple(sorted(done[ChangeKind.CONFLICT])),
    )


def touched(synced: Synced) -> bool:
    """Tell whether anything that is published changed."""
    return bool(synced.added or synced.changed or synced.retired)


def write_documents(tx: Transaction, documents: Iterable[Document]) -> None:
    """Keep documents, each in place of the one of its name."""
    for document in documents:
        sections = json.dumps(document.sections)
        values = {"name": document.name, "title": document.title, "sections": sections}
        tx.execute(_SET_DOCUMENT, values)


def _document(row: Row) -> Document:
    sections = tuple(json.loads(row["sections"]))
    return Document(name=row["name"], title=row["title"], sections=sections)


def refuse_twins(library: Library) -> None:
    """Raise ValueError if two entries share an id."""
    seen: set[TipId] = set()
    for entry in library.entries:
        if entry.id in seen:
            message = f"two pieces of the library share the id {entry.id}"
            raise ValueError(message)
        seen.add(entry.id)


def version_of(tx: Transaction) -> int:
    """Return the library's version, which every change counts up."""
    version: int = one(tx.execute(_VERSION))["value"]
    return version
