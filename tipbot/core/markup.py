r"""The restricted markup of tips and cards: a strict subset of CommonMark.

``**bold**``, ``_italic_``, lines that begin with ``- `` (bullets), a blank line between paragraphs,
a backslash at the end of a line (line break) and backslash escapes of ASCII punctuation. A single
newline is a space. Whatever else CommonMark or GitHub's dialect of it would give a meaning is
refused, so a file looks the same on any forge and in the chat. Marks go round whole words.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape as escape_html
from itertools import pairwise

from tipbot.core.blocks import (
    BULLET,
    Block,
    Bullets,
    MarkupError,
    Paragraph,
    parse,
    refused_line,
)
from tipbot.core.spans import (
    SIGNS,
    Cell,
    Mark,
    Span,
    Spans,
    as_spans,
    is_forbidden,
    is_soft,
    settle_spaces,
)

__all__ = [
    "Block",
    "Bullets",
    "Mark",
    "MarkupError",
    "Paragraph",
    "Span",
    "clip",
    "escape",
    "from_spans",
    "lost_formatting",
    "parse",
    "render",
    "to_html",
    "to_plain",
    "utf16_length",
    "visible_length",
]

TypedSpan = tuple[str, int, int]
"""A Telegram entity: its type, and its offset and length in UTF-16 code units."""
_KINDS = {"bold": Mark.BOLD, "italic": Mark.ITALIC}
_LOST = {
    "underline": "underline",
    "strikethrough": "strikethrough",
    "spoiler": "spoiler",
    "code": "code",
    "pre": "code",
    "text_link": "link",
    "text_mention": "link",
    "blockquote": "quote",
    "expandable_blockquote": "quote",
    "custom_emoji": "emoji",
}
"""Formatting of Telegram that this markup does not have; what Telegram finds by itself (addresses,
names, numbers) is none."""
_LITERAL = re.compile(r"[\\*_`\[<~]|&(?=[#\w])")
_TYPED_BULLET = re.compile(r"(- +|• *)(?=\S)")


def to_plain(text: str) -> str:
    """Return the text as it reads, without its markup; raise ``MarkupError``."""
    return _show(parse(text), lambda span: span.text)


def to_html(text: str) -> str:
    """Return the text in Telegram's HTML; raise ``MarkupError``."""
    return _show(parse(text), _span_html)


def visible_length(text: str) -> int:
    """Return how many characters Telegram counts: UTF-16 code units of the text as it is shown."""
    return utf16_length(to_plain(text))


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of a plain text."""
    return len(text) + sum(char > "\uffff" for char in text)


def clip(text: str, units: int) -> str:
    """Return the beginning of a plain text that has at most so many UTF-16 code units."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")


def shortened(text: str, longest: int) -> str:
    """Return a plain text of at most so many characters; one that was cut ends with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _show(blocks: Sequence[Block], show: Callable[[Span], str]) -> str:
    """Return blocks as a message: a list follows its paragraph at once, all else a blank line."""
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if index:
            parts.append("\n" if isinstance(block, Bullets) else "\n\n")
        if isinstance(block, Paragraph):
            parts += map(show, block.spans)
        else:
            parts.append("\n".join(BULLET + "".join(map(show, item)) for item in block.items))
    return "".join(parts)


def _span_html(span: Span) -> str:
    shown = escape_html(span.text, quote=False)
    if Mark.ITALIC in span.marks:
        shown = f"<i>{shown}</i>"
    return f"<b>{shown}</b>" if Mark.BOLD in span.marks else shown


def render(blocks: Iterable[Block]) -> str:
    """Return blocks as markup in its one stable form: ``parse`` of it gives the same blocks."""
    parts = [
        _render_spans(block.spans)
        if isinstance(block, Paragraph)
        else "\n".join("- " + _render_spans(item) for item in block.items)
        for block in blocks
    ]
    return "\n\n".join(parts)


def _render_spans(spans: Spans) -> str:
    """Return one block's text with its marks, each opened before a word and closed behind one."""
    cells = [Cell(char, span.marks) for span in spans for char in span.text]
    parts: list[str] = []
    opened: list[Mark] = []
    gap = ""
    for at, (char, marks, _) in enumerate(cells):
        if char.isspace():
            gap += "\\\n" if char == "\n" else char
            continue
        while any(mark not in marks for mark in opened):
            parts.append(SIGNS[opened.pop()])
        parts.append(gap)
        gap = ""
        begun = [mark for mark in SIGNS if mark in marks and mark not in opened]
        for mark in sorted(begun, key=partial(_lasting, cells, at), reverse=True):
            opened.append(mark)
            parts.append(SIGNS[mark])
        parts.append(_literal(cells, at))
    parts += [SIGNS[mark] for mark in reversed(opened)]
    return "\n".join(map(_guard, "".join(parts).split("\n")))


def _lasting(cells: Sequence[Cell], start: int, mark: Mark) -> int:
    """Return the index of the first word character from ``start`` that lacks a mark."""
    for at in range(start, len(cells)):
        if mark not in cells[at].marks and not cells[at].char.isspace():
            return at
    return len(cells)


def _literal(cells: Sequence[Cell], at: int) -> str:
    """Return a character so that it stands for itself wherever it is not first in its line."""
    around = cells[at].char + (cells[at + 1].char if at + 1 < len(cells) else "")
    return "\\" + cells[at].char if _LITERAL.match(around) else cells[at].char


def _guard(line: str) -> str:
    """Return a line that begins with text, whatever sign it begins with."""
    if refused := refused_line(line):
        return line[: refused[0]] + "\\" + line[refused[0] :]
    return line


def escape(text: str) -> str:
    """Return markup that reads as this plain text, line breaks kept.

    Characters that may not be shown are left out; spaces in a row become one, blank lines too.
    """
    return render(_paragraphs([Cell(char, Mark.NONE) for char in _shown_characters(text)]))


def from_spans(text: str, spans: Iterable[TypedSpan]) -> str:
    """Return markup of a text typed in Telegram: its bold, its italic, and ``- `` as bullets.

    Other entity types are dropped. A mark that ends inside a word is widened to the whole word.
    """
    marks = [Mark.NONE] * len(text)
    for kind, offset, length in spans:
        start, end = (_index(text, edge) for edge in (offset, offset + max(0, length)))
        for at in range(start, end):
            marks[at] |= _KINDS.get(kind, Mark.NONE)
    cells = [
        Cell(shown, marking)
        for char, marking in zip(text, marks, strict=True)
        for shown in _shown_characters(char)
    ]
    return render(_typed_blocks(cells))


def lost_formatting(kinds: Iterable[str], *, plain: bool = False) -> tuple[str, ...]:
    """Return which of some Telegram entities' formatting a text cannot keep, each once.

    ``plain``: bold and italic neither.
    """
    lost = {**_LOST, **(dict.fromkeys(_KINDS, "bold_italic") if plain else {})}
    return tuple(dict.fromkeys(lost[kind] for kind in kinds if kind in lost))


def _index(text: str, offset: int) -> int:
    """Return the index of the character at a UTF-16 offset, kept inside the text."""
    units = 0
    for index, char in enumerate(text):
        if units >= offset:
            return index
        units += utf16_length(char)
    return len(text)


def _shown_characters(text: str) -> str:
    """Return text with every kind of line end as a newline, without what may not be shown."""
    lines = re.sub("\r\n|[\r\x0b\x0c\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    return "".join(char for char in lines.replace("\t", " ") if not is_forbidden(char))


def _lines(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Return the characters line by line, without outer spaces."""
    lines: list[list[Cell]] = [[]]
    for cell in cells:
        if cell.char == "\n":
            lines.append([])
        else:
            lines[-1].append(cell)
    return [settle_spaces(line) for line in lines]


def _paragraphs(cells: Sequence[Cell]) -> list[Block]:
    """Return lines of text as paragraphs with line breaks; a blank line ends one."""
    blocks: list[Block] = []
    gathered: list[Cell] = []
    for line in [*_lines(cells), []]:
        if line:
            gathered += [Cell("\n", Mark.NONE), *line]
        elif gathered:
            blocks.append(Paragraph(_widened(gathered)))
            gathered = []
    return blocks


def _typed_blocks(cells: Sequence[Cell]) -> list[Block]:
    """Return lines of a typed text as paragraphs and bullets."""
    blocks: list[Block] = []
    gathered: list[Cell] = []
    for line in _lines(cells):
        found = _TYPED_BULLET.match("".join(cell.char for cell in line))
        if not found:
            gathered += [*line, Cell("\n", Mark.NONE)]
            continue
        blocks += _paragraphs(gathered)
        gathered = []
        item = _widened(line[found.end() :])
        last = blocks[-1] if blocks else None
        if isinstance(last, Bullets):
            blocks[-1] = Bullets((*last.items, item))
        else:
            blocks.append(Bullets((item,)))
    return blocks + _paragraphs(gathered)


def _widened(cells: Sequence[Cell]) -> Spans:
    """Return spans whose marks end beside spaces or punctuation, widened to the word if need be."""
    settled = settle_spaces(cells)
    for mark in SIGNS:
        for left, right in pairwise(range(len(settled))):
            _spread(settled, mark, left, right)
        for right, left in pairwise(reversed(range(len(settled)))):
            _spread(settled, mark, right, left)
    return as_spans(settle_spaces(settled))


def _spread(cells: list[Cell], mark: Mark, marked: int, bare: int) -> None:
    """Hand a mark on to its neighbour if that is part of the same word."""
    neighbour = cells[bare]
    if mark in cells[marked].marks and not is_soft(neighbour.char):
        cells[bare] = neighbour._replace(marks=neighbour.marks | mark)
