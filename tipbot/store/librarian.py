"""The database's library beside its files, compared and brought in step."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tipbot.core.audit import Act, Deed
from tipbot.core.changes import as_file, same_content
from tipbot.core.documents import changed_documents
from tipbot.core.library import (
    Change,
    ChangeKind,
    Comparison,
    Library,
    Synced,
    difference,
    merge_documents,
)
from tipbot.core.model import TipId
from tipbot.core.paging import Page, paged
from tipbot.core.proposals import Overtaken, ProposalId, Saved, Submitted
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.core.shelf import ConflictId, FileConflict
from tipbot.store import conflicts, content, revisions
from tipbot.store.audit import record
from tipbot.store.database import Transaction
from tipbot.store.editing import draft_of, signed, submit, withdraw
from tipbot.store.records import Records
from tipbot.store.revisions import Signature
from tipbot.store.standing import (
    Standing,
    carry_out_all,
    refuse_twins,
    standing_of,
    touched,
    version_of,
    write_documents,
)

_UNFOUND = """
SELECT t.number, t.tip_id, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.title = ''"""
_NO_DOCUMENTS = "DELETE FROM documents"


class LibraryRecords(Records):
    """Implements ``base_library.LibraryFiles``."""

    async def library(self) -> Library:
        """Return what is published, with revisions, and the ids of all else as ``hidden``."""
        return await self._database.read(lambda tx: standing_of(tx).live)

    async def compare_library(self, files: Library) -> Comparison:
        """Return what ``sync_library`` would do."""

        def body(tx: Transaction) -> Comparison:
            return _comparison(tx, files, standing_of(tx))

        return await self._database.read(body)

    async def sync_library(
        self, files: Library, now: datetime, prefer_files: Collection[TipId] | None = ()
    ) -> Synced:
        """Bring the database in step with the files; raise ValueError if an id stands twice."""
        refuse_twins(files)
        return await self._database.write(lambda tx: _sync(tx, files, now, prefer_files))

    async def keep_live(self, files: Library, which: Collection[TipId]) -> None:
        """Decide conflicts between these files and the live state for the live state."""
        refuse_twins(files)

        def body(tx: Transaction) -> None:
            revisions.lock_library(tx)
            standing = standing_of(tx)
            for change in difference(files, standing.live, standing.base):
                if change.kind is ChangeKind.CONFLICT and change.id in which:
                    conflicts.settle(tx, standing.newest[change.id].number, change.file)

        await self._database.write(body)

    async def file_conflicts(self, page: int = 0) -> Page[FileConflict]:
        """Return a page of the conflicts that wait for a choice, oldest first."""

        def body(tx: Transaction) -> Page[FileConflict]:
            shown = paged(conflicts.rows(tx), page)
            items = [conflicts.conflict(tx, row) for row in shown.items]
            return Page(items=items, number=shown.number, total=shown.total)

        return await self._database.read(body)

    async def file_conflict(self, which: ConflictId) -> FileConflict | None:
        """Return a conflict that still waits for a choice, or None."""
        return await self._database.read(lambda tx: conflicts.find(tx, which))

    async def decide_conflict(
        self, which: ConflictId, seen: int, act: Act, others: int, *, take_file: bool
    ) -> Submitted | None:
        """Take the file's side, as an editor's change, or keep the live one; None if it is over."""

        def body(tx: Transaction) -> Submitted | None:
            version = revisions.lock_library(tx)
            conflict = conflicts.find(tx, which)
            if conflict is None:
                return None
            if conflict.live.revision != seen:
                return Overtaken(conflict.live)
            done = _decide(tx, conflict, act, others, take_file=take_file)
            revisions.turn_library(tx, version, act.at)
            return done

        return await self._database.write(body)


def _decide(
    tx: Transaction, conflict: FileConflict, act: Act, others: int, *, take_file: bool
) -> Submitted:
    """Choose a side of a conflict; while the file's side waits for approval, it stays open."""
    live = conflict.live
    if take_file:
        change = as_file(live, conflict.file, RevisionKind.SYNC)
        done = submit(tx, live, change, act, others)
    else:
        done = Saved(live, _give_up_file(tx, live, act))
    if isinstance(done, Saved):
        conflicts.settle(tx, live.number, conflict.file)
        deed = Deed.TOOK_FILE if take_file else Deed.KEPT_LIVE
        record(tx, replace(act, deed=deed, thing=live.entry.id, detail=""))
    return done


def _give_up_file(tx: Transaction, live: Revision, act: Act) -> tuple[ProposalId, ...]:
    """Take back what whoever acts proposed when they chose the file before."""
    signature = signed(tx, act)
    files = [
        each
        for each in revisions.open_proposals_of(tx, live.number)
        if each.by.number == signature.author and each.change.kind is RevisionKind.SYNC
    ]
    return withdraw(tx, files, act, signature)


def _comparison(tx: Transaction, files: Library, standing: Standing) -> Comparison:
    changes = difference(files, standing.live, standing.base)
    left = [each for each in standing.live.entries if each.id not in _leaving(changes)]
    documents = merge_documents(files, standing.live, left)
    return Comparison(
        changes=tuple(changes),
        documents=changed_documents(standing.live.documents, documents),
        version=version_of(tx),
    )


def _leaving(changes: Collection[Change]) -> set[TipId]:
    taken = {ChangeKind.ADD, ChangeKind.TAKE, ChangeKind.RETIRE}
    return {change.id for change in changes if change.kind in taken}


def _sync(
    tx: Transaction, files: Library, now: datetime, prefer_files: Collection[TipId] | None
) -> Synced:
    version = revisions.lock_library(tx)
    _make_findable(tx)
    standing = standing_of(tx)
    changes = difference(files, standing.live, standing.base)
    signature = Signature(now)

    def carry_out(change: Change) -> None:
        current = standing.newest.get(change.id)
        if current is None and change.file is not None:
            fresh = replace(draft_of(change.file, RevisionKind.SYNC), state=TipState.PUBLISHED)
            revisions.add_tip(tx, fresh, signature)
        elif current is not None:
            wanted = as_file(current, change.file, RevisionKind.SYNC)
            revisions.write(tx, current, wanted, signature)

    # New tips get their numbers in the order of the files.
    places = {entry.id: place for place, entry in enumerate(files.entries)}
    changes.sort(key=lambda change: places.get(change.id, -1))
    synced = carry_out_all(changes, prefer_files, carry_out)
    after = standing_of(tx) if touched(synced) else standing
    _remember_files(tx, files, after, synced)
    left = [change for change in changes if change.id in synced.conflicts]
    conflicts.note(tx, {after.newest[each.id].number: each.file for each in left}, now)
    documents = merge_documents(files, after.live, after.live.entries)
    changed = changed_documents(standing.live.documents, documents)
    if changed:
        tx.execute(_NO_DOCUMENTS)
        write_documents(tx, documents)
    if changed or touched(synced):
        revisions.turn_library(tx, version, now)
    return synced


def _make_findable(tx: Transaction) -> None:
    """Fill in the words of tips that were there before there was a search."""
    for row in tx.execute(_UNFOUND).found:
        entry = content.piece(row["tip_id"], row["kind"], row["revision"], row["content"])
        revisions.make_findable(tx, TipNumber(row["number"]), entry)


def _remember_files(tx: Transaction, files: Library, after: Standing, synced: Synced) -> None:
    """Make the base what the files say, but for conflicts that wait: those stay conflicts."""
    base = {entry.id: entry for entry in after.base.entries}
    filed = {entry.id: entry for entry in files.entries}
    for which in (base.keys() | filed.keys()) - set(synced.conflicts):
        file, old = filed.get(which), base.get(which)
        if file is None or old is None or not same_content(file, old):
            conflicts.set_base(tx, after.newest[which].number, file)
