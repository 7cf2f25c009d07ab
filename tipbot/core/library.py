"""The tip library as one value: what its files say, what the database holds, how they differ."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum

from tipbot.core.documents import LONGEST_HEADING, DocumentChange, check_documents
from tipbot.core.entries import (
    EDITOR,
    LONGEST_CARD,
    LONGEST_TIP,
    LONGEST_TITLE,
    MOST_SOURCES,
    SHELVES,
    Entry,
    Fault,
    LibraryError,
    check_entry,
    entry_from,
    home,
)
from tipbot.core.markup import utf16_length
from tipbot.core.model import Card, Citation, Document, Tip, TipId

__all__ = [
    "EDITOR",
    "LONGEST_CARD",
    "LONGEST_CITED",
    "LONGEST_TIP",
    "LONGEST_TITLE",
    "SHELVES",
    "Change",
    "ChangeKind",
    "Comparison",
    "Entry",
    "Fault",
    "Library",
    "LibraryError",
    "Parcel",
    "Synced",
    "check_citations",
    "check_entry",
    "check_library",
    "check_reviews",
    "difference",
    "entry_from",
    "home",
    "merge",
]

LONGEST_CITED = 1100
"""UTF-16 units of all that is shown of an entry's sources: with the longest card they fit one
message of Telegram (4096)."""


@dataclass(frozen=True, slots=True)
class Synced:
    """Ids that a sync or an archive added, changed and retired, and those left as they were."""

    added: tuple[TipId, ...] = ()
    changed: tuple[TipId, ...] = ()
    retired: tuple[TipId, ...] = ()
    kept: tuple[TipId, ...] = ()
    """Changed in the database alone."""
    conflicts: tuple[TipId, ...] = ()
    """Changed on both sides and not decided."""
    waiting: tuple[TipId, ...] = ()
    """Those of the added, changed and retired that wait for another editor's approval."""
    replaced: int = 0
    """Earlier changes of whoever brought the archive that waited and were taken back for these."""
    documents: tuple[str, ...] = ()
    """Names of the source documents that an archive added or changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The whole content of a library folder or of the database."""

    documents: tuple[Document, ...] = ()
    tips: tuple[Tip, ...] = ()
    cards: tuple[Card, ...] = ()
    hidden: frozenset[TipId] = field(default_factory=frozenset)
    """Retired ones and drafts (database only)."""
    drafts: tuple[Entry, ...] = ()
    """Those never published (database only)."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All tips and all cards."""
        return (*self.tips, *self.cards)


def check_library(library: Library, language: str = "en") -> list[Fault]:
    """Return every fault of a library's documents and entries, alone and together.

    The paths of entries follow from their ids.
    """
    documents = {document.name: document for document in library.documents}
    counts = Counter(entry.id for entry in library.entries)
    faults = [*check_documents(library.documents)]
    for entry in library.entries:
        path = home(entry, language)
        faults += [replace(fault, path=path) for fault in check_entry(entry)]
        if counts[entry.id] > 1:
            problem = f"'{entry.id}' stands {counts[entry.id]} times"
            faults.append(Fault(path, "id", problem, "give each entry an id of its own"))
        faults += check_citations(entry, documents, path)
    return faults


def check_citations(entry: Entry, documents: Mapping[str, Document], path: str) -> list[Fault]:
    """Return the faults of sources that lead nowhere or fill the message that shows them.

    ``documents`` are known by name. What is told elsewhere is not told again: sources past those
    that an entry may have, and a heading that is too long itself.
    """
    sources = entry.sources[:MOST_SOURCES]
    faults = [fault for each in sources for fault in _check_citation(each, documents, path)]
    shown = [
        (documents[each.document].title, each.section, each.document)
        for each in sources
        if each.document in documents
    ]
    lengths = [min(utf16_length(part), LONGEST_HEADING) for parts in shown for part in parts]
    if (length := sum(lengths)) > LONGEST_CITED:
        problem = f"{length} characters of titles and sections"
        faults.append(Fault(path, "sources", problem, "name fewer sources"))
    return faults


def check_reviews(
    library: Library, live: Library, today: date, language: str = "en"
) -> list[Fault]:
    """Return a fault for each entry that says it was reviewed on a day that is still to come.

    ``today`` may be that of any zone: the next day is one already somewhere. A day that the live
    library has is none of the archive's: a clock that is behind refuses no one their own export.
    """
    mend = "give the day on which it was last checked"
    known = {(entry.id, entry.reviewed) for entry in (*live.entries, *live.drafts)}
    return [
        Fault(home(entry, language), "reviewed", f"{entry.reviewed} lies in the future", mend)
        for entry in library.entries
        if entry.reviewed > today + timedelta(days=1) and (entry.id, entry.reviewed) not in known
    ]


def _check_citation(
    citation: Citation, documents: Mapping[str, Document], path: str
) -> list[Fault]:
    """Return the fault of a citation that leads nowhere."""
    document = documents.get(citation.document)
    if document is None:
        problem = f"document '{citation.document:.80}' is not in sources.yaml"
        return [Fault(path, "sources", problem, _nearest(citation.document, documents))]
    if citation.section not in document.sections:
        problem = f"{document.name} has no section '{citation.section:.80}'"
        return [Fault(path, "sources", problem, _nearest(citation.section, document.sections))]
    return []


def _nearest(wrong: str, known: Collection[str]) -> str:
    near = get_close_matches(wrong[: 2 * LONGEST_HEADING], known, n=1)
    return f"did you mean '{near[0]}'?" if near else "name one that sources.yaml lists"


class ChangeKind(StrEnum):
    """What is to be done about an entry on which files and database differ."""

    ADD = "add"
    """Only the files have it: publish it."""
    TAKE = "take"
    """Only the file changed: publish its text."""
    RETIRE = "retire"
    """The file is gone and the live text is as it was: retire it."""
    KEEP = "keep"
    """Only the live text changed, was added or was retired: leave it so, and say it."""
    CONFLICT = "conflict"
    """Both changed: the live state stays until an editor chooses."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry on which files and database differ; None stands for gone or retired."""

    id: TipId
    kind: ChangeKind
    file: Entry | None
    live: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All changes between files and database, in order of id."""

    changes: tuple[Change, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    """The source documents that will be as the files have them."""
    held: tuple[DocumentChange, ...] = ()
    """Those whose new titles are not taken: subscribers would read what one person alone saw."""
    version: int = 0
    """The library's in the database, by which a later call knows that nothing happened since."""

    def of(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of some kinds."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def in_step(self) -> bool:
        """Tell whether a sync would change nothing and ask nothing."""
        return not self.documents and not self.changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A library that came as an archive; with faults it is shown and never applied."""

    library: Library = field(default_factory=Library)
    seen: Mapping[TipId, int] | None = None
    """The revision of each tip when the archive was packed; None if it does not say."""
    digest: str = ""
    """Tells its bytes from those of another archive, in 12 letters."""
    faults: tuple[Fault, ...] = ()
    """Everything wrong in it, by the name of the file."""


def difference(files: Library, live: Library, base: Library) -> list[Change]:
    """Return what to do about each entry, in order of id, from a three-way comparison.

    ``base`` is the library as the files had it at the last sync; revisions are not compared. A
    draft that is in the files too is a conflict: it stays a draft until an editor chooses.
    """
    drafts = {one.id: one for one in live.drafts}
    sides = [{one.id: one for one in side.entries} for side in (files, live, base)]
    ids = sorted(set().union(*sides))
    changes = (
        _draft_change(which, sides[0].get(which), drafts[which], sides[2].get(which))
        if which in drafts
        else _change(which, *(side.get(which) for side in sides))
        for which in ids
    )
    return [change for change in changes if change]


def _draft_change(
    which: TipId, file: Entry | None, draft: Entry, base: Entry | None
) -> Change | None:
    """Return the change of an entry that is a draft in the database, or None."""
    return None if _same(file, base) else Change(which, ChangeKind.CONFLICT, file, draft)


def _change(
    which: TipId, file: Entry | None, live: Entry | None, base: Entry | None
) -> Change | None:
    """Return the change of one entry, or None if files and database agree."""
    if _same(file, live):
        return None
    if _same(file, base):
        kind = ChangeKind.KEEP
    elif not _same(live, base):
        kind = ChangeKind.CONFLICT
    elif file is None:
        kind = ChangeKind.RETIRE
    else:
        kind = ChangeKind.TAKE if live else ChangeKind.ADD
    return Change(which, kind, file, live)


def _same(one: Entry | None, other: Entry | None) -> bool:
    """Tell whether two entries say the same, whatever their revisions."""
    if one is None or other is None:
        return one is other
    return replace(one, revision=1) == replace(other, revision=1)


def merge(
    files: Library, live: Library, base: Library, prefer_files: Collection[TipId] = ()
) -> Library:
    """Return the library to publish: what ``difference`` says, applied to the live one.

    Conflicts keep the live state, but for the ids in ``prefer_files``. Documents are those of the
    files and, besides, those that a kept live entry cites.
    """
    entries = {entry.id: entry for entry in live.entries}
    for change in difference(files, live, base):
        chosen = change.kind is ChangeKind.CONFLICT and change.id in prefer_files
        if change.kind in {ChangeKind.ADD, ChangeKind.TAKE, ChangeKind.RETIRE} or chosen:
            entries.pop(change.id, None)
            if change.file:
                entries[change.id] = change.file
    merged = [entries[which] for which in sorted(entries)]
    return Library(
        documents=merge_documents(files, live, merged),
        tips=tuple(entry for entry in merged if isinstance(entry, Tip)),
        cards=tuple(entry for entry in merged if isinstance(entry, Card)),
        drafts=live.drafts,
    )


def merge_documents(
    files: Library, live: Library, entries: Collection[Entry]
) -> tuple[Document, ...]:
    """Return the documents that go with merged entries, in order of name.

    They are those of the files; a text that is not in the files keeps the documents and sections
    that it cites, be it published or a draft.
    """
    filed = {entry.id: entry for entry in files.entries}
    kept = [one for one in (*entries, *live.drafts) if not _same(one, filed.get(one.id))]
    cited = {citation for entry in kept for citation in entry.sources}
    documents = {document.name: document for document in files.documents}
    for document in live.documents:
        wanted = [one for one in document.sections if Citation(document.name, one) in cited]
        if wanted and document.name in documents:
            of_files = documents[document.name]
            more = tuple(one for one in wanted if one not in of_files.sections)
            documents[document.name] = replace(of_files, sections=(*of_files.sections, *more))
        elif any(citation.document == document.name for citation in cited):
            documents[document.name] = document
    return tuple(documents[name] for name in sorted(documents))
