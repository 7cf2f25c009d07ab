"""Stretches of text that are bold or italic, and where such a marking may begin and end."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntFlag
from itertools import groupby, pairwise
from string import punctuation
from typing import NamedTuple


class Mark(IntFlag):
    """What a stretch of text is marked as."""

    NONE = 0
    BOLD = 1
    ITALIC = 2


SIGNS = {Mark.BOLD: "**", Mark.ITALIC: "_"}
"""How each mark is written on both sides."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of plain text with one marking; a newline in it is a line break."""

    text: str
    marks: Mark = Mark.NONE


Spans = tuple[Span, ...]


class Cell(NamedTuple):
    """One plain character, its marking and the line it was read from."""

    char: str
    marks: Mark
    line: int = 0


_DIRECTION_SIGNS = frozenset("\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_forbidden(char: str) -> bool:
    """Tell whether a character may never stand in shown text: controls, direction overrides."""
    refused = unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
    return (refused and char != "\n") or char in _DIRECTION_SIGNS


def is_soft(char: str) -> bool:
    """Tell whether a mark may stand beside this character's outer side: a space or punctuation.

    Symbols such as emoji are left out: dialects of CommonMark differ on them.
    """
    return char.isspace() or char in punctuation or unicodedata.category(char).startswith("P")


def as_spans(cells: Iterable[Cell]) -> Spans:
    """Return characters as spans, each as long as its marking lasts."""
    return tuple(
        Span("".join(cell.char for cell in group), marks)
        for marks, group in groupby(cells, key=lambda cell: cell.marks)
    )


def settle_spaces(cells: Sequence[Cell]) -> list[Cell]:
    """Return the characters with spaces trimmed and marked as both of their sides are."""
    settled: list[Cell] = []
    gap: list[Cell] = []
    for cell in cells:
        if cell.char.isspace():
            gap.append(cell)
            continue
        if settled and gap:
            before = settled[-1].marks
            marks = before if before is cell.marks else before & cell.marks
            settled += [Cell(char, marks, cell.line) for char in _gap_text(gap)]
        settled.append(cell)
        gap.clear()
    return settled


def _gap_text(gap: Sequence[Cell]) -> str:
    """Return white space as it is shown: one line break, or no two plain spaces in a row."""
    text = "".join(cell.char for cell in gap)
    return "\n" if "\n" in text else re.sub(" +", " ", text)


def edges(cells: Sequence[Cell], mark: Mark) -> Iterator[int]:
    """Yield the index of the unmarked character wherever a mark begins or ends."""
    for at, (left, right) in enumerate(pairwise(cells), start=1):
        if left.marks is not right.marks and (mark in left.marks) != (mark in right.marks):
            yield at - 1 if mark in right.marks else at
