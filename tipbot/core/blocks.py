"""Restricted markup read into blocks; ``core.markup`` says what the markup is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import punctuation

from tipbot.core.spans import (
    SIGNS,
    Cell,
    Mark,
    Spans,
    as_spans,
    edges,
    is_forbidden,
    is_soft,
    settle_spaces,
)

BULLET = "• "
"""What a bullet begins with when it is shown."""


class MarkupError(ValueError):
    """A text is not restricted markup: ``line`` counts from 1, ``reason`` says what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of bullets."""

    items: tuple[Spans, ...]


Block = Paragraph | Bullets


_REFUSED_LINES = (
    (re.compile(r"#"), "headings are not shown; leave out the # or write \\#"),
    (re.compile(r">"), "quotes are not shown; leave out the > or write \\>"),
    (re.compile(r"(\d{1,9})[.)](?=\s|$)"), "numbered lists are not shown; begin with '- ' instead"),
    (re.compile(r"-"), "a bullet is '- ' and then text; write \\- for a dash"),
    (re.compile(r"\+(?=\s|$)"), "begin a bullet with '- ', or write \\+"),
    (re.compile(r"=+$"), "underlined headings are not shown; write \\= for the sign"),
    (re.compile(r"(?=[|: ]*-)[|: -]+$"), "tables are not shown; use bullets"),
)
_REFUSED_SIGNS = (
    (re.compile(r"`"), "code is not shown; leave out the ` or write \\`"),
    (re.compile(r"\["), "links and pictures are not shown; write \\[ for a bracket"),
    (re.compile(r"<(?=\S)"), "HTML is not shown; write \\< for the sign"),
    (re.compile(r"&(#\w+|\w+);"), "write the character itself, or \\& for the sign"),
    (re.compile(r"~~"), "strike-through is not shown; write \\~ for the sign"),
    (re.compile(r"\\"), "a backslash stands before a sign; write \\\\ for the backslash itself"),
    (re.compile(r"\*"), "bold is **two stars** on each side; write \\* for a star"),
    (re.compile(r"_"), "italic is _one underscore_ on each side; write \\_ for the sign"),
)
_MARK = re.compile(r"\*\*(?!\*)|_(?!_)")
_ESCAPE = re.compile(r"\\([" + re.escape(punctuation) + "])")
_SPECIAL = frozenset("`[<&~\\*_")


def refused_line(line: str) -> tuple[int, str] | None:
    """Return where and why a line would begin something else than text, or None."""
    for pattern, reason in _REFUSED_LINES:
        if found := pattern.match(line):
            return found.end(1) if found.lastindex else 0, reason
    return None


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a markup text; raise ``MarkupError`` at the first thing refused.

    The last 1,024 results are kept: a tip goes out many times and changes rarely.
    """
    blocks: list[Block] = []
    for is_bullet, lines in _chunks(text):
        spans = settle(_inline(lines))
        if not spans:
            raise MarkupError(lines[0][0], "nothing is shown of this line; remove it")
        last = blocks[-1] if blocks else None
        if not is_bullet:
            blocks.append(Paragraph(spans))
        elif isinstance(last, Bullets):
            blocks[-1] = Bullets((*last.items, spans))
        else:
            blocks.append(Bullets((spans,)))
    return tuple(blocks)


Line = tuple[int, str]


def _chunks(text: str) -> Iterator[tuple[bool, list[Line]]]:
    """Yield each paragraph and each bullet as its lines, numbered from 1, without their indent."""
    is_bullet = False
    lines: list[Line] = []
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        _require_harmless(number, raw)
        line = raw.strip(" ")
        begins_bullet = re.match(r"- (?=[^ ])", raw) is not None
        if lines and (not line or begins_bullet):
            yield is_bullet, lines
            lines = []
        if not line:
            continue
        if not lines:
            is_bullet = begins_bullet
            if raw.startswith(" "):
                raise MarkupError(number, "the line begins with a space; start it at the margin")
        if raw.endswith(("  ", "\\ ")):
            raise MarkupError(number, "the line ends with spaces; remove them")
        content = line[2:] if begins_bullet else line
        if refused := refused_line(content):
            raise MarkupError(number, refused[1])
        lines.append((number, content))
    if lines:
        yield is_bullet, lines


def _require_harmless(number: int, line: str) -> None:
    """Raise if a line holds a character that may not be shown."""
    if line.isprintable():
        return
    for char in line:
        if is_forbidden(char):
            name = f"U+{ord(char):04X}"
            raise MarkupError(number, f"a control character ({name}) stands here; remove it")


def _inline(lines: Sequence[Line]) -> list[Cell]:
    """Return the characters of one block with their marks."""
    cells: list[Cell] = []
    opened: list[tuple[Mark, int]] = []
    for index, (number, line) in enumerate(lines):
        last = index == len(lines) - 1
        _read_line(line, number, cells, opened, last=last)
    if opened:
        mark, number = opened[-1]
        name, sign = _name(mark), SIGNS[mark]
        raise MarkupError(
            number, f"{name} is not closed; put {sign} at its end or write \\{sign[0]}"
        )
    return cells


def _read_line(
    line: str, number: int, cells: list[Cell], opened: list[tuple[Mark, int]], *, last: bool
) -> None:
    """Append a line's characters, and the break after it, opening and closing marks on the way."""
    at, marks = 0, _marks(opened)
    while at < len(line):
        char = line[at]
        if char not in _SPECIAL:
            cells.append(Cell(char, marks, number))
            at += 1
        elif escaped := _ESCAPE.match(line, at):
            cells.append(Cell(escaped[1], marks, number))
            at = escaped.end()
        elif found := _MARK.match(line, at):
            _turn(line, found, number, opened)
            at, marks = found.end(), _marks(opened)
        elif char == "\\" and at == len(line) - 1 and not last:
            cells.append(Cell("\n", marks, number))
            return
        else:
            _require_plain(line, at, number)
            cells.append(Cell(char, marks, number))
            at += 1
    if not last:
        cells.append(Cell(" ", marks, number))


def _require_plain(line: str, at: int, number: int) -> None:
    """Raise if something else than plain text begins here."""
    for pattern, reason in _REFUSED_SIGNS:
        if pattern.match(line, at):
            raise MarkupError(number, reason)


def _turn(line: str, found: re.Match[str], number: int, opened: list[tuple[Mark, int]]) -> None:
    """Open or close a mark, as the characters on both of its sides allow."""
    mark = next(mark for mark, sign in SIGNS.items() if sign == found[0])
    before = line[found.start() - 1] if found.start() else " "
    after = line[found.end()] if found.end() < len(line) else " "
    is_open = any(mark is other for other, _ in opened)
    name, sign = _name(mark), found[0]
    if is_open and not before.isspace() and is_soft(after):
        if opened[-1][0] is not mark:
            inner = _name(opened[-1][0])
            raise MarkupError(number, f"{name} ends before the {inner} inside it; close that first")
        opened.pop()
    elif is_open:
        raise MarkupError(number, f"{name} inside {name}; close the first with {sign} after a word")
    elif not after.isspace() and is_soft(before):
        opened.append((mark, number))
    else:
        raise MarkupError(
            number, f"{sign} goes round whole words; write \\{sign[0]} for the sign itself"
        )


def _marks(opened: Iterable[tuple[Mark, int]]) -> Mark:
    return Mark(sum(mark for mark, _ in opened))


def _name(mark: Mark) -> str:
    return "bold" if mark is Mark.BOLD else "italic"


def settle(cells: Iterable[Cell]) -> Spans:
    """Return characters as spans: one space for many, a space marked only as both of its sides are.

    Raises ``MarkupError`` if a mark begins or ends inside a word.
    """
    settled = settle_spaces(list(cells))
    for mark in SIGNS:
        for outer in edges(settled, mark):
            if not is_soft(settled[outer].char):
                reason = f"{_name(mark)} begins or ends inside a word; put it round the whole word"
                raise MarkupError(settled[outer].line, reason)
    return as_spans(settled)
