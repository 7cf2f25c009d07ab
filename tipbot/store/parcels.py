"""Archives of the library held against the database, and taken over all or nothing."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from tipbot.core.audit import Act, Deed
from tipbot.core.changes import as_file
from tipbot.core.documents import changed_documents, check_documents
from tipbot.core.entries import Entry, LibraryError
from tipbot.core.library import (
    Change,
    Comparison,
    Parcel,
    Synced,
    difference,
)
from tipbot.core.model import Document, TipId
from tipbot.core.proposals import Saved, Waiting
from tipbot.core.revisions import Revision, RevisionKind
from tipbot.store import content, revisions
from tipbot.store.audit import record
from tipbot.store.database import Transaction
from tipbot.store.editing import draft_of, review_wanted, signed, submit
from tipbot.store.records import Records
from tipbot.store.standing import (
    Standing,
    carry_out_all,
    library_of,
    refuse_twins,
    standing_of,
    touched,
    version_of,
    write_documents,
)

_OLD = """
SELECT kind, content FROM tip_versions WHERE number = :number AND revision = :revision"""


class ParcelRecords(Records):
    """Implements the part of ``base_library.LibraryFiles`` that takes archives."""

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
        refuse_twins(parcel.library)

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

            synced = carry_out_all(comparison.changes, prefer_files, carry_out)
            waiting = sorted(which for which, done in came.items() if isinstance(done, Waiting))
            replaced = sum(len(done.replaced) for done in came.values())
            synced = replace(synced, waiting=tuple(waiting), replaced=replaced)
            write_documents(tx, [each.after for each in comparison.documents if each.after])
            _log_import(tx, act, synced, comparison)
            if comparison.documents or touched(synced):
                revisions.turn_library(tx, held, act.at)
            return replace(synced, documents=tuple(each.name for each in comparison.documents))

        return await self._database.write(body)


def _drafted(tx: Transaction, change: Change, act: Act) -> Revision:
    """Return the draft of an entry that is nowhere but in an archive."""
    assert change.file is not None  # noqa: S101 - what is new comes from a file
    made = revisions.add_tip(tx, draft_of(change.file, RevisionKind.IMPORT), signed(tx, act))
    assert made is not None  # noqa: S101 - the library is locked and has no such id
    return made


def _sum(synced: Synced) -> str:
    """Return how many of each a sync touched, for the log."""
    return f"+{len(synced.added)} ~{len(synced.changed)} -{len(synced.retired)}"


def _log_import(tx: Transaction, act: Act, synced: Synced, comparison: Comparison) -> None:
    """Write into the log what an archive did, each document by its name."""
    if touched(synced):
        record(tx, replace(act, deed=Deed.LIBRARY_IMPORTED, thing="", detail=_sum(synced)))
    for change in comparison.documents:
        deed = Deed.DOCUMENT_CHANGED if change.before else Deed.DOCUMENT_ADDED
        detail = ", ".join(change.fields)
        record(tx, replace(act, deed=deed, thing=change.name, detail=detail))


def _compare_parcel(tx: Transaction, parcel: Parcel, others: int) -> tuple[Comparison, Standing]:
    """Hold an archive against the database, on the base of what it was packed from.

    Raises ``LibraryError`` if the two have more documents together than there may be.
    """
    standing = standing_of(tx)
    if parcel.seen is not None:
        packed = [_packed(tx, standing.newest.get(w), n) for w, n in parcel.seen.items()]
        standing = replace(standing, base=library_of([each for each in packed if each]))
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
        version=version_of(tx),
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
