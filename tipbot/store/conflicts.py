"""Tips whose file and live text both changed, and what the files said when last in step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tipbot.core.changes import same_content
from tipbot.core.entries import Entry
from tipbot.core.revisions import Revision, TipNumber, TipState
from tipbot.core.shelf import ConflictId, FileConflict
from tipbot.store import columns, content, revisions
from tipbot.store.database import Row, Transaction

_ALL = "SELECT * FROM tip_conflicts ORDER BY conflict_id"
_ONE = "SELECT * FROM tip_conflicts WHERE conflict_id = :which"
_OF_TIP = "SELECT * FROM tip_conflicts WHERE number = :number"
_ADD = """
INSERT INTO tip_conflicts (number, kind, content, found_at)
VALUES (:number, :kind, :content, :now)"""
_REMOVE = "DELETE FROM tip_conflicts WHERE number = :number"

_SET_BASE = """
INSERT INTO tip_bases (number, kind, content) VALUES (:number, :kind, :content)
ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, content = excluded.content"""
_NO_BASE = "DELETE FROM tip_bases WHERE number = :number"


def rows(tx: Transaction) -> Sequence[Row]:
    """Return the conflicts that wait for a choice, oldest first, for ``conflict``."""
    return tx.execute(_ALL).found


def find(tx: Transaction, which: ConflictId) -> FileConflict | None:
    """Return a conflict that still waits for a choice, or None."""
    row = tx.execute(_ONE, {"which": which}).first()
    return None if row is None else conflict(tx, row)


def conflict(tx: Transaction, row: Row) -> FileConflict:
    """Return the conflict of a row, with the live text as it is now."""
    live = revisions.newest(tx, TipNumber(row["number"]))
    assert live is not None  # noqa: S101 - a conflict refers to its tip
    return revisions.file_conflict(row, live)


def note(tx: Transaction, found: Mapping[TipNumber, Entry | None], now: datetime) -> None:
    """Keep exactly the conflicts of these tips with their files, None for a file that is gone.

    One whose file says the same as before keeps its id.
    """
    known = {TipNumber(row["number"]): row for row in rows(tx)}
    for number, file in found.items():
        old, text = known.pop(number, None), _text(file)
        if old is not None and (old["kind"], old["content"]) == tuple(text.values()):
            continue
        tx.execute(_REMOVE, {"number": number})
        tx.execute(_ADD, {"number": number, "now": columns.micros(now), **text})
    for number in known:
        tx.execute(_REMOVE, {"number": number})


def settle(tx: Transaction, number: TipNumber, file: Entry | None) -> None:
    """Take a conflict as decided: from now on only a new change of the file counts."""
    set_base(tx, number, file)
    tx.execute(_REMOVE, {"number": number})


def settle_if_taken(tx: Transaction, made: Revision) -> None:
    """Take the conflict of a tip as decided if its newest revision is what the file says."""
    row = tx.execute(_OF_TIP, {"number": made.number}).first()
    file = None if row is None else revisions.file_conflict(row, made).file
    if file and made.state is TipState.PUBLISHED and same_content(file, made.entry):
        settle(tx, made.number, file)


def set_base(tx: Transaction, number: TipNumber, file: Entry | None) -> None:
    """Keep what the file of a tip says as that from which changes are counted."""
    if file is None:
        tx.execute(_NO_BASE, {"number": number})
    else:
        tx.execute(_SET_BASE, {"number": number, **_text(file)})


def _text(file: Entry | None) -> dict[str, Any]:
    if file is None:
        return {"kind": None, "content": None}
    return {"kind": content.kind_of(file), "content": content.text_of(file)}
