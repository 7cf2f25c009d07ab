"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tipbot.core.entries import EDITOR, Entry
from tipbot.core.model import Citation
from tipbot.core.revisions import changed_fields

_PIECE = re.compile(r"\n|[^\S\n]+|\w+(?:['\u2019]\w+)*|[^\w\s]")
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
    """Join changes that nothing but spaces keeps apart: they read as one."""
    joined: list[Step] = []
    for place, (same, old, new) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        bridge = same and inside and old.isspace() and "\n" not in old
        if joined and not joined[-1][0] and (bridge or not same):
            joined[-1] = (False, joined[-1][1] + old, joined[-1][2] + new)
        else:
            joined.append((same, old, new))
    return joined


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
    """Return how each field that differs changed, in the order of the fields."""
    return tuple(
        FieldDiff(name, word_diff(field_text(old, name), field_text(new, name)))
        for name in changed_fields(old, new)
    )


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
