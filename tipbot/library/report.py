"""What a comparison of files and database says, for a terminal: marks and colours, word by word."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from tipbot.core.entries import Entry, home
from tipbot.core.library import Change, ChangeKind, Comparison, Synced
from tipbot.core.worddiff import Fate, FieldDiff, entry_diff

_SAID = {
    ChangeKind.ADD: ("+", "green", "new in the files: will be published"),
    ChangeKind.TAKE: ("~", "cyan", "changed in the files: will be taken"),
    ChangeKind.RETIRE: ("-", "red", "its file is gone: will be retired"),
    ChangeKind.KEEP: ("=", "dim", "changed in the chat alone: the live text is kept"),
    ChangeKind.CONFLICT: ("!", "bold yellow", "changed on both sides: the live text stays"),
}
_STYLES = {Fate.KEPT: "", Fate.REMOVED: "red strike", Fate.ADDED: "green"}
_BRACKETS = {Fate.KEPT: ("", ""), Fate.REMOVED: ("[-", "-]"), Fate.ADDED: ("{+", "+}")}
"""Without colours, as wdiff marks what changed."""


def show_comparison(console: Console, found: Comparison) -> None:
    """Print each tip on which the sides differ, what will be done about it, and how many."""
    for change in found.changes:
        for line in _lines(change):
            console.print(line, highlight=False)
    if found.documents:
        console.print("~ sources.yaml: the documents will be as the files have them", markup=False)
    counts = [f"{len(found.of(kind))} {kind}" for kind in ChangeKind if found.of(kind)]
    said = ", ".join(counts) or ("documents" if found.documents else "")
    console.print(said or "files and database are in step", highlight=False)


def show_synced(console: Console, done: Synced) -> None:
    """Print what a sync did."""
    parts = {
        "added": done.added,
        "changed": done.changed,
        "retired": done.retired,
        "kept as they are live": done.kept,
        "left to decide in the chat": done.conflicts,
    }
    said = ", ".join(f"{len(which)} {what}" for what, which in parts.items() if which)
    console.print(f"done: {said or 'the documents'}", highlight=False)


def _lines(change: Change) -> Iterator[Text]:
    mark, style, said = _SAID[change.kind]
    yield Text(f"{mark} {change.id}: {said}", style=style)
    entry = change.file or change.live
    if change.file is None or change.live is None:
        if entry is not None:
            yield Text(f"    {_where(change)}: {entry.title}")
        return
    old, new = change.live, change.file
    if change.kind is ChangeKind.KEEP:
        old, new = new, old
    for diff in entry_diff(old, new):
        yield _diff_line(diff)


def _where(change: Change) -> str:
    """Return where an entry that only one side has stands."""
    if change.file is not None:
        return home(change.file)
    entry: Entry | None = change.live
    return "no file" if entry is None else f"no file {home(entry)}"


def _diff_line(diff: FieldDiff) -> Text:
    line = Text(f"    {diff.field}: ", style="dim")
    for run in diff.runs:
        opening, closing = _BRACKETS[run.fate]
        shown = run.text.replace("\n", "\n      ")
        line.append(f"{opening}{shown}{closing}", style=_STYLES[run.fate] or "not dim")
    return line
