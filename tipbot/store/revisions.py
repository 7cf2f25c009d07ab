"""Revisions and proposals as rows: read with the names of who made them, written one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tipbot.core.audit import Actor
from tipbot.core.changes import TipChange, changed_fields
from tipbot.core.entries import Entry
from tipbot.core.proposals import Outcome, Proposal, ProposalId
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.core.roles import ActorId
from tipbot.core.search import entry_words, search_words
from tipbot.core.shelf import ConflictId, FileConflict
from tipbot.store import columns, content
from tipbot.store.database import Dialect, Params, Row, Transaction, one

# The lock lets one change of the library go on at a time.
_LOCK = "SELECT value FROM counters WHERE name = 'library' FOR UPDATE"
_TURN = "UPDATE counters SET value = :version WHERE name = 'library'"

# CROSS: SQLite goes from the tip to its revisions then, never the other way round.
_REVISION = """
t.tip_id, v.*, a.name AS author_name, b.name AS approver_name
FROM tips t CROSS JOIN tip_versions v
LEFT JOIN staff a ON a.actor_id = v.actor_id
LEFT JOIN staff b ON b.actor_id = v.approved_by
WHERE v.number = t.number"""
_NEWEST = f"""
SELECT {_REVISION}
    AND t.number = :number AND v.revision = t.revision"""
_ONE = f"""
SELECT {_REVISION}
    AND t.number = :number AND v.revision = :revision"""
_HISTORY = f"""
SELECT {_REVISION}
    AND t.number = :number ORDER BY v.revision DESC LIMIT :limit OFFSET :offset"""
_ALL_NEWEST = f"""
SELECT {_REVISION}
    AND v.revision = t.revision"""

_PROPOSAL = """
t.tip_id, p.*, a.name AS author_name, s.name AS settler_name
FROM proposals p JOIN tips t ON t.number = p.number
JOIN staff a ON a.actor_id = p.actor_id
LEFT JOIN staff s ON s.actor_id = p.settled_by"""
_PROPOSED = f"""
SELECT {_PROPOSAL}
WHERE p.proposal_id = :which"""
_OPEN_OF_TIP = f"""
SELECT {_PROPOSAL}
WHERE p.number = :number AND p.outcome = 'open' ORDER BY p.proposal_id"""
_OPEN = f"""
SELECT {_PROPOSAL}
WHERE p.outcome = 'open' ORDER BY p.proposal_id LIMIT :limit OFFSET :offset"""

_INSERT_TIP = """
INSERT INTO tips (tip_id, kind, shelf, state, revision, title, title_words, words)
VALUES (:tip_id, :kind, :shelf, :state, 1, :title, :title_words, :words)
ON CONFLICT (tip_id) DO NOTHING RETURNING number"""
_UPDATE_TIP = """
UPDATE tips SET kind = :kind, shelf = :shelf, state = :state, revision = :revision,
    title = :title, title_words = :title_words, words = :words
WHERE number = :number"""
# SQLite's full-text index is told of each change; PostgreSQL's index follows by itself.
_UNINDEX = """
INSERT INTO tip_words (tip_words, rowid, title_words, words)
SELECT 'delete', number, title_words, words FROM tips WHERE number = :number"""
_INDEX = """
INSERT INTO tip_words (rowid, title_words, words)
SELECT number, title_words, words FROM tips WHERE number = :number"""
_SET_WORDS = """
UPDATE tips SET title = :title, title_words = :title_words, words = :words
WHERE number = :number"""
_INSERT_VERSION = """
INSERT INTO tip_versions (
    number, revision, kind, content, saved_at, state, deed, fields, actor_id, approved_by
) VALUES (
    :number, :revision, :kind, :content, :saved_at, :state, :deed, :fields, :actor, :approver
)"""


@dataclass(frozen=True, slots=True)
class Signature:
    """When a revision is made and by whom; no author are the files."""

    at: datetime
    author: ActorId | None = None
    approver: ActorId | None = None


def lock_library(tx: Transaction) -> int:
    """Keep every other change of the library waiting; return the library's version."""
    version: int = one(tx.execute(_LOCK))["value"]
    return version


def turn_library(tx: Transaction, version: int, now: datetime) -> int:
    """Count a change of the library, after ``lock_library`` returned ``version``; return the new.

    By time, not by one: a version whose commit failed never comes again.
    """
    turned = max(version + 1, columns.micros(now))
    tx.execute(_TURN, {"version": turned})
    return turned


def newest(tx: Transaction, number: TipNumber) -> Revision | None:
    """Return the newest revision of a tip, or None."""
    row = tx.execute(_NEWEST, {"number": number}).first()
    return None if row is None else _revision(row)


def revision(tx: Transaction, number: TipNumber, revision: int) -> Revision | None:
    """Return one revision of a tip, or None."""
    row = tx.execute(_ONE, {"number": number, "revision": revision}).first()
    return None if row is None else _revision(row)


def history(tx: Transaction, number: TipNumber, limit: int, offset: int) -> list[Revision]:
    """Return revisions of a tip, newest first."""
    params = {"number": number, "limit": limit, "offset": offset}
    return [_revision(row) for row in tx.execute(_HISTORY, params)]


def all_newest(tx: Transaction) -> list[Revision]:
    """Return the newest revision of every tip there ever was."""
    return [_revision(row) for row in tx.execute(_ALL_NEWEST)]


def proposal(tx: Transaction, which: ProposalId) -> Proposal | None:
    """Return a proposal, or None."""
    row = tx.execute(_PROPOSED, {"which": which}).first()
    return None if row is None else _proposal(row)


def open_proposals(tx: Transaction, limit: int, offset: int) -> list[Proposal]:
    """Return open proposals, oldest first."""
    return [_proposal(row) for row in tx.execute(_OPEN, {"limit": limit, "offset": offset})]


def open_proposals_of(tx: Transaction, number: TipNumber) -> list[Proposal]:
    """Return the open proposals of one tip, oldest first."""
    return [_proposal(row) for row in tx.execute(_OPEN_OF_TIP, {"number": number})]


def add_tip(tx: Transaction, change: TipChange, signature: Signature) -> Revision | None:
    """Write a new tip and its revision 1, whatever number it brings; None if the id is taken."""
    head = _head(change.entry, change.state) | {"tip_id": change.entry.id}
    added = tx.execute(_INSERT_TIP, head).first()
    if added is None:
        return None
    number = TipNumber(added["number"])
    if tx.dialect is Dialect.SQLITE:
        tx.execute(_INDEX, {"number": number})
    entry = replace(change.entry, revision=1)
    _save(tx, replace(change, number=number, entry=entry), (), signature)
    return newest(tx, number)


def write(tx: Transaction, seen: Revision, change: TipChange, signature: Signature) -> Revision:
    """Write a change on top of the newest revision ``seen``; return the one that it makes."""
    entry = replace(change.entry, revision=seen.revision + 1)
    params = {**_head(entry, change.state), "number": seen.number, "revision": entry.revision}
    _set_words(tx, _UPDATE_TIP, params)
    fields = changed_fields(seen.entry, entry)
    _save(tx, replace(change, number=seen.number, entry=entry), fields, signature)
    made = newest(tx, seen.number)
    assert made is not None  # noqa: S101 - it was written just now
    return made


def _save(tx: Transaction, change: TipChange, fields: Sequence[str], signature: Signature) -> None:
    params = {
        "number": change.number,
        "revision": change.entry.revision,
        "kind": content.kind_of(change.entry),
        "content": content.text_of(change.entry),
        "saved_at": columns.micros(signature.at),
        "state": change.state.value,
        "deed": change.kind.value,
        "fields": " ".join(fields),
        "actor": signature.author,
        "approver": signature.approver,
    }
    tx.execute(_INSERT_VERSION, params)


def _head(entry: Entry, state: TipState) -> dict[str, str]:
    return {
        "kind": content.kind_of(entry),
        "shelf": content.shelf_of(entry),
        "state": state.value,
        **_words(entry),
    }


def _words(entry: Entry) -> dict[str, str]:
    """Return the columns of ``tips`` by which an entry is shown in lists and found."""
    return {
        "title": entry.title,
        "title_words": " ".join(search_words(entry.title)),
        "words": " ".join(entry_words(entry)),
    }


def make_findable(tx: Transaction, number: TipNumber, entry: Entry) -> None:
    """Write the words by which a tip is found."""
    _set_words(tx, _SET_WORDS, {"number": number, **_words(entry)})


def _set_words(tx: Transaction, sql: str, params: Params) -> None:
    """Run a statement that sets a tip's words, and let the full-text index follow."""
    number = {"number": params["number"]}
    if tx.dialect is Dialect.SQLITE:
        tx.execute(_UNINDEX, number)
    tx.execute(sql, params)
    if tx.dialect is Dialect.SQLITE:
        tx.execute(_INDEX, number)


def _revision(row: Row) -> Revision:
    return Revision(
        number=TipNumber(row["number"]),
        entry=content.piece(row["tip_id"], row["kind"], row["revision"], row["content"]),
        state=TipState(row["state"]),
        kind=RevisionKind(row["deed"]),
        author=_actor(row["actor_id"], row["author_name"]),
        approved_by=_actor(row["approved_by"], row["approver_name"]),
        at=columns.moment(row["saved_at"]),
        fields=tuple(row["fields"].split()),
    )


def _proposal(row: Row) -> Proposal:
    change = TipChange(
        number=TipNumber(row["number"]),
        entry=content.piece(row["tip_id"], row["kind"], row["base"], row["content"]),
        state=TipState(row["state"]),
        kind=RevisionKind(row["deed"]),
    )
    return Proposal(
        id=ProposalId(row["proposal_id"]),
        by=Actor(ActorId(row["actor_id"]), row["author_name"]),
        change=change,
        fields=tuple(row["fields"].split()),
        at=columns.moment(row["proposed_at"]),
        outcome=Outcome(row["outcome"]),
        settled_by=_actor(row["settled_by"], row["settler_name"]),
        settled_at=columns.maybe_moment(row["settled_at"]),
        made=row["made"],
        why=row["why"],
    )


def _actor(number: int | None, name: str | None) -> Actor | None:
    return None if number is None else Actor(ActorId(number), name or "")


def file_conflict(row: Row, live: Revision) -> FileConflict:
    """Return the conflict of a row of ``tip_conflicts``."""
    file = None
    if row["content"] is not None:
        file = content.piece(live.entry.id, row["kind"], 1, row["content"])
    found = columns.moment(row["found_at"])
    return FileConflict(ConflictId(row["conflict_id"]), live, file, found)
