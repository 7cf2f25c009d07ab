"""The database's library beside its files and archives, compared and brought in step."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tipbot.core.audit import Act, Deed
from tipbot.core.documents import changed_documents, check_documents
from tipbot.core.entries import Entry, LibraryError
from tipbot.core.library import (
    Change,
    ChangeKind,
    Comparison,
    Library,
    Parcel,
    Synced,
    difference,
    merge_documents,
)
from tipbot.core.model import Card, Document, Tip, TipId
from tipbot.core.revisions import (
    PAGE_SIZE,
    ConflictId,
    FileConflict,
    Overtaken,
    Page,
    ProposalId,
    Revision,
    RevisionKind,
    Saved,
    Submitted,
    TipNumber,
    TipState,
    Waiting,
    as_file,
    page_of,
    same_content,
)
from tipbot.store import conflicts, content, revisions
from tipbot.store.audit import record
from tipbot.store.database import Row, Transaction, one
from tipbot.store.editing import draft_of, review_wanted, signed, submit, withdraw
from tipbot.store.records import Records
from tipbot.store.revisions import Signature

_VERSION = "SELECT value FROM counters WHERE name = 'library'"
_UNFOUND = """
SELECT t.number, t.tip_id, t.revision, v.kind, v.content
FROM tips t JOIN tip_versions v ON v.number = t.number AND v.revision = t.revision
WHERE t.title = ''"""

_BASES = """
SELECT b.number, b.kind, b.content, t.tip_id FROM tip_bases b JOIN tips t ON t.number = b.number"""
_DOCUMENTS = "SELECT name, title, sections FROM documents ORDER BY name"
_NO_DOCUMENTS = "DELETE FROM documents"
_SET_DOCUMENT = """
INSERT INTO documents (name, title, sections) VALUES (:name, :title, :sections)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, sections = excluded.sections"""

_OLD = """
SELECT kind, content FROM tip_versions WHERE number = :number AND revision = :revision"""


@dataclass(frozen=True, slots=True)
class _Standing:
    """The library in the database at one moment; ``newest`` knows every tip there ever was."""

    live: Library
    base: Library
    newest: Mapping[TipId, Revision]


class LibraryRecords(Records):
    """Implements ``base_library.LibraryFiles``."""

    async def library(self) -> Library:
        """Return what is published, with revisions, and the ids of all else as ``hidden``."""
        return await self._database.read(lambda tx: _standing(tx).live)

    async def compare_library(self, files: Library) -> Comparison:
        """Return what ``sync_library`` would do."""

        def body(tx: Transaction) -> Comparison:
            return _comparison(tx, files, _standing(tx))

        return await self._database.read(body)

    async def sync_library(
        self, files: Library, now: datetime, prefer_files: Collection[TipId] | None = ()
    ) -> Synced:
        """Bring the database in step with the files; raise ValueError if an id stands twice."""
        _refuse_twins(files)
        return await self._database.write(lambda tx: _sync(tx, files, now, prefer_files))

    async def keep_live(self, files: Library, which: Collection[TipId]) -> None:
        """Decide conflicts between these files and the live state for the live state."""
        _refuse_twins(files)

        def body(tx: Transaction) -> None:
            revisions.lock_library(tx)
            standing = _standing(tx)
            for change in difference(files, standing.live, standing.base):
                if change.kind is ChangeKind.CONFLICT and change.id in which:
                    conflicts.settle(tx, standing.newest[change.id].number, change.file)

        await self._database.write(body)

    async def file_conflicts(self, page: int = 0) -> Page[FileConflict]:
        """Return a page of the conflicts that wait for a choice, oldest first."""

        def body(tx: Transaction) -> Page[FileConflict]:
            rows = conflicts.rows(tx)
            number = page_of(page, len(rows))
            shown = rows[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
            items = [conflicts.conflict(tx, row) for row in shown]
            return Page(items=items, number=number, total=len(rows))

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

    async def compare_parcel(self, parcel: Parcel, others: int) -> Comparison:
        """Return what ``take_parcel`` would do; raise ``LibraryError`` as that would."""
        return await self._database.read(lambda tx: _compare_parcel(tx, parcel, others)[0])

    async def take_parcel(
        self,
        parcel: Parcel,
        version: int,
        act: Act,
        others: int,
        prefer_files: Collection[TipId] | None = (),
    ) -> Synced | Comparison:
        """Apply an archive, all or nothing, as an editor's changes."""
        if parcel.faults:
            raise LibraryError(parcel.faults)
        _refuse_twins(parcel.library)

        def body(tx: Transaction) -> Synced | Comparison:
            held = revisions.lock_library(tx)
            comparison, standing = _compare_parcel(tx, parcel, others)
            if held != version:
                return comparison
            came: dict[TipId, Saved | Waiting] = {}

            def carry_out(change: Change) -> None:
                current = standing.newest.get(change.id) or _drafted(tx, change, act)
                wanted = as_file(current, change.file, RevisionKind.IMPORT)
                came[change.id] = submit(tx, current, wanted, act, others)

            synced = _carry_out(comparison.changes, prefer_files, carry_out)
            waiting = sorted(which for which, done in came.items() if isinstance(done, Waiting))
            replaced = sum(len(done.replaced) for done in came.values())
            synced = replace(synced, waiting=tuple(waiting), replaced=replaced)
            _write_documents(tx, [each.after for each in comparison.documents if each.after])
            _log_import(tx, act, synced, comparison)
            if comparison.documents or _touched(synced):
                revisions.turn_library(tx, held, act.at)
            return replace(synced, documents=tuple(each.name for each in comparison.documents))

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


def _refuse_twins(library: Library) -> None:
    """Raise ValueError if two entries share an id."""
    seen: set[TipId] = set()
    for entry in library.entries:
        if entry.id in seen:
            message = f"two pieces of the library share the id {entry.id}"
            raise ValueError(message)
        seen.add(entry.id)


def _standing(tx: Transaction) -> _Standing:
    newest = {TipId(each.entry.id): each for each in revisions.all_newest(tx)}
    by_state: dict[TipState, list[Entry]] = {state: [] for state in TipState}
    for which in sorted(newest):
        by_state[newest[which].state].append(newest[which].entry)
    published = by_state.pop(TipState.PUBLISHED)
    live = replace(
        _library(published),
        documents=tuple(map(_document, tx.execute(_DOCUMENTS))),
        hidden=frozenset(entry.id for entries in by_state.values() for entry in entries),
        drafts=tuple(by_state[TipState.DRAFT]),
    )
    bases = [content.piece(b["tip_id"], b["kind"], 1, b["content"]) for b in tx.execute(_BASES)]
    return _Standing(live, _library(bases), newest)


def _library(entries: Collection[Entry]) -> Library:
    return Library(
        tips=tuple(entry for entry in entries if isinstance(entry, Tip)),
        cards=tuple(entry for entry in entries if isinstance(entry, Card)),
    )


def _comparison(tx: Transaction, files: Library, standing: _Standing) -> Comparison:
    changes = difference(files, standing.live, standing.base)
    left = [each for each in standing.live.entries if each.id not in _leaving(changes)]
    documents = merge_documents(files, standing.live, left)
    return Comparison(
        changes=tuple(changes),
        documents=changed_documents(standing.live.documents, documents),
        version=one(tx.execute(_VERSION))["value"],
    )


def _leaving(changes: Collection[Change]) -> set[TipId]:
    taken = {ChangeKind.ADD, ChangeKind.TAKE, ChangeKind.RETIRE}
    return {change.id for change in changes if change.kind in taken}


def _sync(
    tx: Transaction, files: Library, now: datetime, prefer_files: Collection[TipId] | None
) -> Synced:
    version = revisions.lock_library(tx)
    _make_findable(tx)
    standing = _standing(tx)
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
    synced = _carry_out(changes, prefer_files, carry_out)
    after = _standing(tx) if _touched(synced) else standing
    _remember_files(tx, files, after, synced)
    left = [change for change in changes if change.id in synced.conflicts]
    conflicts.note(tx, {after.newest[each.id].number: each.file for each in left}, now)
    documents = merge_documents(files, after.live, after.live.entries)
    changed = changed_documents(standing.live.documents, documents)
    if changed:
        tx.execute(_NO_DOCUMENTS)
        _write_documents(tx, documents)
    if changed or _touched(synced):
        revisions.turn_library(tx, version, now)
    return synced


def _make_findable(tx: Transaction) -> None:
    """Fill in the words of tips that were there before there was a search."""
    for row in tx.execute(_UNFOUND).found:
        entry = content.piece(row["tip_id"], row["kind"], row["revision"], row["content"])
        revisions.make_findable(tx, TipNumber(row["number"]), entry)


def _drafted(tx: Transaction, change: Change, act: Act) -> Revision:
    """Return the draft of an entry that is nowhere but in an archive."""
    assert change.file is not None  # noqa: S101 - what is new comes from a file
    made = revisions.add_tip(tx, draft_of(change.file, RevisionKind.IMPORT), signed(tx, act))
    assert made is not None  # noqa: S101 - the library is locked and has no such id
    return made


def _carry_out(
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


def _touched(synced: Synced) -> bool:
    return bool(synced.added or synced.changed or synced.retired)


def _sum(synced: Synced) -> str:
    """Return how many of each a sync touched, for the log."""
    return f"+{len(synced.added)} ~{len(synced.changed)} -{len(synced.retired)}"


def _remember_files(tx: Transaction, files: Library, after: _Standing, synced: Synced) -> None:
    """Make the base what the files say, but for conflicts that wait: those stay conflicts."""
    base = {entry.id: entry for entry in after.base.entries}
    filed = {entry.id: entry for entry in files.entries}
    for which in (base.keys() | filed.keys()) - set(synced.conflicts):
        file, old = filed.get(which), base.get(which)
        if file is None or old is None or not same_content(file, old):
            conflicts.set_base(tx, after.newest[which].number, file)


def _write_documents(tx: Transaction, documents: Iterable[Document]) -> None:
    for document in documents:
        sections = json.dumps(document.sections)
        values = {"name": document.name, "title": document.title, "sections": sections}
        tx.execute(_SET_DOCUMENT, values)


def _log_import(tx: Transaction, act: Act, synced: Synced, comparison: Comparison) -> None:
    """Write into the log what an archive did, each document by its name."""
    if _touched(synced):
        record(tx, replace(act, deed=Deed.LIBRARY_IMPORTED, thing="", detail=_sum(synced)))
    for change in comparison.documents:
        deed = Deed.DOCUMENT_CHANGED if change.before else Deed.DOCUMENT_ADDED
        detail = ", ".join(change.fields)
        record(tx, replace(act, deed=deed, thing=change.name, detail=detail))


def _document(row: Row) -> Document:
    sections = tuple(json.loads(row["sections"]))
    return Document(name=row["name"], title=row["title"], sections=sections)


def _compare_parcel(tx: Transaction, parcel: Parcel, others: int) -> tuple[Comparison, _Standing]:
    """Hold an archive against the database, on the base of what it was packed from.

    Raises ``LibraryError`` if the two have more documents together than there may be.
    """
    standing = _standing(tx)
    if parcel.seen is not None:
        packed = [_packed(tx, standing.newest.get(w), n) for w, n in parcel.seen.items()]
        standing = replace(standing, base=_library([each for each in packed if each]))
    changes = difference(parcel.library, standing.live, standing.base)
    if parcel.seen is None:
        changes = [change for change in changes if change.file is not None]
    live = standing.live.documents
    wanted = _with_documents(live, parcel.library.documents)
    if faults := [*check_documents(wanted)]:
        raise LibraryError(faults)
    taken = _with_old_titles(live, wanted) if others > 0 and review_wanted(tx) else wanted
    comparison = Comparison(
        changes=tuple(changes),
        documents=changed_documents(live, taken),
        held=changed_documents(taken, wanted),
        version=one(tx.execute(_VERSION))["value"],
    )
    return comparison, standing


def _packed(tx: Transaction, newest: Revision | None, revision: int) -> Entry | None:
    """Return what an entry was when an archive was packed, None if there is no such revision."""
    if newest is None:
        return None
    if newest.revision == revision:
        return newest.entry
    row = tx.execute(_OLD, {"number": newest.number, "revision": revision}).first()
    if row is None:
        return None
    return content.piece(newest.entry.id, row["kind"], revision, row["content"])


def _with_documents(live: Iterable[Document], parcel: Iterable[Document]) -> list[Document]:
    """Return the documents of both: an archive adds and corrects, and takes none away."""
    documents = {document.name: document for document in live}
    for new in parcel:
        old = documents.get(new.name, new)
        more = tuple(section for section in old.sections if section not in new.sections)
        documents[new.name] = replace(new, sections=(*new.sections, *more))
    return [documents[name] for name in sorted(documents)]


def _with_old_titles(live: Iterable[Document], wanted: Iterable[Document]) -> list[Document]:
    """Return documents with the titles that subscribers read now, where they read one."""
    titles = {document.name: document.title for document in live}
    return [replace(each, title=titles.get(each.name, each.title)) for each in wanted]
