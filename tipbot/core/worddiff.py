"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tipbot.core.changes import changed_fields
from tipbot.core.entries import EDITOR, Entry
from tipbot.core.model import Citation

_PIECE = re.compile(r"\n|[^\S\n]+|\w+(?:['\u2019]\w+)*|[^\w\s]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~\n])")
_WIDEST = 4000
"""Pieces; beyond them texts are compared line by line, which bounds the work of one diff."""


class Fate(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate, with the spaces between them."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """How one field changed; its name is that of ``Tip`` or ``Card``."""

    field: str
    runs: tuple[Run, ...]


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that lead from one text to another.

    Kept and removed runs together spell ``old``, kept and added ones ``new``. No two neighbours
    share a fate, and a removal stands before the addition in its place.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > _WIDEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = [
        (tag == "equal", "".join(before[a:b]), "".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    return tuple(_runs(_bridged(steps)))


Step = tuple[bool, str, str]
"""Whether both texts agree, and what each of them says there."""


def _bridged(steps: list[Step]) -> list[Step]:
    """Join changes that read as one: few words stay between them, or nothing but spaces."""
    joined: list[Step] = []
    for place, step in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        bridge = step[0] and inside and _is_bridge(joined[-1], step[1], steps[place + 1])
        if joined and not joined[-1][0] and (bridge or not step[0]):
            joined[-1] = (False, joined[-1][1] + step[1], joined[-1][2] + step[2])
        else:
            joined.append(step)
    return joined


def _is_bridge(before: Step, kept: str, after: Step) -> bool:
    """Tell whether kept words are lost between two changes: they are no longer than either."""
    smaller = min(max(map(len, each[1:])) for each in (before, after))
    return "\n" not in kept and (kept.isspace() or len(kept.strip()) <= smaller)


def _runs(steps: list[Step]) -> Iterator[Run]:
    for same, old, new in steps:
        if same:
            yield Run(Fate.KEPT, old)
            continue
        if old:
            yield Run(Fate.REMOVED, old)
        if new:
            yield Run(Fate.ADDED, new)


def entry_diff(old: Entry, new: Entry) -> tuple[FieldDiff, ...]:
    """Return how each field that differs changed, in the order of the fields.

    A text has its marks, but no backslash that only says that a sign stands for itself.
    """
    return tuple(
        FieldDiff(name, word_diff(_as_read(old, name), _as_read(new, name)))
        for name in changed_fields(old, new)
    )


def _as_read(entry: Entry, name: str) -> str:
    text = field_text(entry, name)
    return _ESCAPE.sub(r"\1", text) if name == "body" else text


def field_text(entry: Entry, name: str) -> str:
    """Return a field as its file shows it: lists with commas, sources a line each."""
    value = getattr(entry, name, "")
    if name == "sources":
        return "\n".join(map(_source_text, value)) or EDITOR
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _source_text(source: Citation) -> str:
    return f"{source.document}: {source.section}"
