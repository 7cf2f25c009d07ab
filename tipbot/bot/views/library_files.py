"""The library as files: what an archive would change, and tips changed in file and chat alike."""

from collections.abc import Sequence

from tipbot.bot.buttons.library import OpenLibrary
from tipbot.bot.buttons.library_files import (
    AskArchive,
    Decide,
    ExportLibrary,
    OpenConflict,
    OpenConflicts,
    OpenFiles,
    TakeArchive,
)
from tipbot.bot.views import Button, Row, View, rows, turns
from tipbot.bot.views.faults import in_words
from tipbot.bot.views.library import Documents, entry_html, to_tip_row, where_of
from tipbot.bot.views.words import diff_html
from tipbot.core.documents import DocumentChange
from tipbot.core.entries import Fault
from tipbot.core.library import Change, ChangeKind, Comparison, Synced
from tipbot.core.model import Document
from tipbot.core.paging import Page
from tipbot.core.shelf import FileConflict
from tipbot.core.worddiff import entry_diff
from tipbot.texts import Text

_MOST_FAULTS = 6
"""Faults that one message names; how many more there are is said."""
_LONGEST_PROBLEM = 150
_MOST_LISTED = 20
"""Texts and documents that one message names, as many of each kind."""
_MOST_HELD = 3
_LONGEST_HEADING = 60
"""Characters of a document's title in a list."""


def _back(text: Text) -> Row:
    return (Button(text.plain("back-to-files"), OpenFiles()),)


def files_view(text: Text) -> View:
    """Return what can be done with the library as files."""
    choices = (
        Button(text.plain("library-export"), ExportLibrary()),
        Button(text.plain("library-import"), AskArchive()),
    )
    back = (Button(text.plain("back-to-library"), OpenLibrary()),)
    return View(html=text.html("files-title"), keyboard=(choices, back))


def archive_ask_view(text: Text, most: int) -> View:
    """Return the question for an archive; ``most`` is its limit in bytes."""
    html = text.html("archive-ask", megabytes=most // 1024**2)
    return View(html=html, keyboard=(_back(text),))


def faults_view(text: Text, faults: Sequence[Fault]) -> View:
    """Return why an archive cannot be taken, by the name of the file."""
    return _faults_view(text, text.html("archive-refused", count=len(faults)), faults)


def unsound_view(text: Text, faults: Sequence[Fault]) -> View:
    """Return why the library cannot be taken as files, by the name that the text would have."""
    return _faults_view(text, text.html("library-unsound", count=len(faults)), faults)


def _faults_view(text: Text, head: str, faults: Sequence[Fault]) -> View:
    lines = [head, ""]
    lines += [
        text.html(
            "archive-fault",
            file=each.path[-80:],
            field=each.field,
            problem=in_words(text, each.problem)[:_LONGEST_PROBLEM],
            mend=in_words(text, each.mend)[:_LONGEST_PROBLEM],
        )
        for each in faults[:_MOST_FAULTS]
    ]
    lines += _more(text, len(faults), _MOST_FAULTS)
    return View(html="\n".join(lines), keyboard=(_back(text),))


def _more(text: Text, count: int, room: int) -> list[str]:
    return [text.html("and-more", count=count - room)] if count > room else []


def comparison_view(text: Text, found: Comparison, digest: str, *, first: str = "") -> View:
    """Return what the archive of this digest would do, with the ways to go on.

    ``first`` is the key of what is said before: why it is shown instead of done.
    """
    held = _held(text, found.held)
    if found.in_step:
        parts = held or [text.html("archive-in-step")]
        return View(html="\n\n".join(parts), keyboard=(_back(text),))
    parts = [text.html(first)] if first else []
    parts.append(text.html("archive-title"))
    kinds = [kind for kind in ChangeKind if found.of(kind)]
    room = _MOST_LISTED // (len(kinds) + bool(found.documents))
    parts += [_listed(text, kind, found.of(kind), room) for kind in kinds]
    parts += [*_documents(text, found.documents, room), *held]
    conflicts = found.of(ChangeKind.CONFLICT)
    take = [Button(text.plain("archive-apply"), TakeArchive(found.version, digest, files=False))]
    if conflicts:
        words = text.plain("archive-apply-files")
        take.append(Button(words, TakeArchive(found.version, digest, files=True)))
    return View(html="\n\n".join(parts), keyboard=(*rows(take, 1), _back(text)))


def _listed(text: Text, kind: ChangeKind, changes: Sequence[Change], room: int) -> str:
    lines = [text.html(f"archive-{kind}", count=len(changes))]
    for each in changes[:room]:
        entry = each.file or each.live
        lines.append(text.html("archive-line", id=each.id, title=entry.title if entry else ""))
    return "\n".join([*lines, *_more(text, len(changes), room)])


def _documents(text: Text, changes: Sequence[DocumentChange], room: int) -> list[str]:
    """Return a part of the message with what becomes of each source document, if anything does."""
    if not changes:
        return []
    lines = [text.html("archive-documents", count=len(changes))]
    lines += [_document(text, each) for each in changes[:room]]
    return ["\n".join([*lines, *_more(text, len(changes), room)])]


def _document(text: Text, change: DocumentChange) -> str:
    before, after = change.before, change.after
    title = _heading(after)
    if before is None:
        return text.html("archive-document-new", name=change.name, title=title)
    if "title" in change.fields:
        old = _heading(before)
        return text.html("archive-document-title", name=change.name, old=old, title=title)
    return text.html("archive-document-sections", name=change.name, title=title)


def _heading(document: Document | None) -> str:
    return document.title[:_LONGEST_HEADING] if document else ""


def _held(text: Text, changes: Sequence[DocumentChange]) -> list[str]:
    """Return a part of the message with the titles that stay as they are, if any do."""
    if not changes:
        return []
    lines = [text.html("archive-held", count=len(changes))]
    lines += [_document(text, each) for each in changes[:_MOST_HELD]]
    return ["\n".join([*lines, *_more(text, len(changes), _MOST_HELD)])]


def synced_view(text: Text, done: Synced) -> View:
    """Return what an archive did."""
    lines = [
        text.html(
            "archive-done",
            added=len(done.added),
            changed=len(done.changed),
            retired=len(done.retired),
        )
    ]
    if done.documents:
        lines.append(text.html("archive-documents", count=len(done.documents)))
    if done.waiting:
        lines.append(text.html("archive-waiting", count=len(done.waiting)))
    if done.replaced:
        lines.append(text.html("archive-replaced", count=done.replaced))
    if done.conflicts:
        lines.append(text.html("archive-conflicts", count=len(done.conflicts)))
    back = (Button(text.plain("back-to-library"), OpenLibrary()),)
    return View(html="\n".join(lines), keyboard=(back,))


def conflicts_view(text: Text, page: Page[FileConflict]) -> View:
    """Return one page of the tips whose file and live text both changed.

    The words name each by its id, too, in the order of the buttons: two texts may share a title.
    """
    back = (Button(text.plain("back-to-library"), OpenLibrary()),)
    if not page.items:
        return View(html=text.html("conflicts-none"), keyboard=(back,))
    choices = [Button(each.live.entry.title, OpenConflict(each.id)) for each in page.items]
    keyboard = (*rows(choices, 1), *turns(text, page.number, page.pages, OpenConflicts), back)
    lines = [
        text.html("archive-line", id=each.live.entry.id, title=each.live.entry.title)
        for each in page.items
    ]
    head = text.html("conflicts-title", count=page.total)
    return View(html="\n".join((head, *lines)), keyboard=keyboard)


def conflict_view(text: Text, conflict: FileConflict, documents: Documents) -> View:
    """Return both sides of a conflict, how they differ, and the choice."""
    live = conflict.live
    parts = [
        text.html("conflict-live", state=text.plain(f"state-name-{live.state}")),
        entry_html(text, live.entry, documents),
        text.html("tip-place", place=where_of(text, live.entry), id=live.entry.id),
    ]
    if conflict.file is None:
        parts.append(text.html("conflict-file-gone"))
    else:
        changes = diff_html(text, entry_diff(live.entry, conflict.file), parts[1])
        parts.append(text.html("conflict-file") + "\n" + changes)
    seen = live.revision
    choices = (
        Button(text.plain("conflict-keep-live"), Decide(conflict.id, seen, file=False)),
        Button(text.plain("conflict-take-file"), Decide(conflict.id, seen, file=True)),
    )
    return View(html="\n\n".join(parts), keyboard=(choices, to_tip_row(text, live.number)))
