"""Sets a report on paper: real fonts, real text, and the same bytes for the same page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from tipbot.core.pages import Band, Block, Page, Panel, Paper, Passage, Timeline
from tipbot.render import timeline
from tipbot.render.glyphs import SHAPING, Glyphs, right_to_left
from tipbot.render.ink import (
    BODY,
    FAINT,
    HEADING,
    INK,
    LINE,
    MARGIN,
    RULE,
    SHADE,
    SMALL,
    TITLE,
)

FONT = "DejaVu"
FILES = Path(mpl.get_data_path()) / "fonts" / "ttf"
_FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_FORMATS = {Paper.A4: "A4", Paper.LETTER: "Letter"}
_FOOT, _ROOM = 12.0, 19.0
"""From the lower edge to the footer, and to where the room for blocks ends."""
_TOP = 13.0
_GAP = 2.4
_BELOW = 0.8
_APART = 1.2
"""Millimetres between a column's words and those of the one before."""
_COLUMNS = 6
_GUTTER = 5.0
_LEAST = 6.0
"""Points: the size below which a line is rather cut."""


def pdf(page: Page) -> bytes:
    """Return a report as a PDF; the same page is always the same bytes."""
    with _set(page) as sheets:
        return bytes(sheets.output())


@contextmanager
def _set(page: Page) -> Iterator["Sheets"]:
    """Set all blocks; the fonts' files are closed when the caller is done."""
    sheets = Sheets(page)
    try:
        sheets.add_page()
        sheets.begin()
        for block in page.blocks:
            sheets.put(block)
        sheets.end()
        yield sheets
    finally:
        for font in sheets.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


class Sheets(FPDF):
    """The pages of one report."""

    def __init__(self, page: Page) -> None:
        """Take the page's words, its paper and the fonts."""
        super().__init__(unit="mm", format=_FORMATS[page.paper])
        self._words = page
        self._broken: dict[str, list[str]] = {}
        """Passages' words as lines: to break them is a third of what a report costs."""
        shaping = SHAPING and right_to_left(repr(page))
        self._glyphs = Glyphs(str(FILES / _FACES[""]), shaping=shaping)
        self.set_creation_date(datetime.combine(page.made, time(), UTC))
        self.set_title(page.title)
        self.set_lang(page.language)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        for style, name in _FACES.items():
            self.add_font(FONT, style, FILES / name)
        self.set_text_shaping(shaping)
        self.set_line_width(0.2)
        self.c_margin = 0
        self.pen(BODY)

    def pen(self, size: float, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        """Write on in a size (points), style and colour."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def shown(self, words: str) -> str:
        """Return words as this font can draw them."""
        return self._glyphs.shown(words)

    def fitted(self, words: str, width: float) -> str:
        """Return words on one line of a width: smaller if need be, cut if even that is too long."""
        return self._squeezed(self.shown(words), width)

    def _squeezed(self, text: str, width: float) -> str:
        while self.font_size_pt > _LEAST and self.get_string_width(text) > width:
            self.set_font_size(self.font_size_pt - 0.25)
        while len(text) > 1 and self.get_string_width(text) > width:
            text = f"{text[:-2].rstrip()}…"
        return text

    def write_in(self, words: str, x: float, width: float, align: str = "L") -> None:
        """Write words into one line of a width at the present height."""
        size = self.font_size_pt
        self.set_x(x)
        self.cell(width, LINE, self.fitted(words, width), align=align)
        self.set_font_size(size)

    @property
    def bottom(self) -> float:
        """Where the room for blocks ends."""
        return float(self.h - _ROOM)

    def _foot(self, number: int, pages: int) -> None:
        """Say below one of the pages what the figures are, and which page it is."""
        self.page = number
        self.pen(BODY)  # each page has fonts of its own, and learns only of what changes
        self.set_y(self.h - _FOOT - LINE)
        self.set_draw_color(*RULE)
        self.line(MARGIN, self.get_y() - 1, self.w - MARGIN, self.get_y() - 1)
        self.pen(SMALL, colour=FAINT)
        self.write_in(self._words.footer, MARGIN, self.epw - 30)
        numbers = self._words.numbers[min(pages, len(self._words.numbers)) - 1]
        self.write_in(numbers[min(number, len(numbers)) - 1], self.w - MARGIN - 28, 28, "R")

    def begin(self) -> None:
        """Put the title, what is filled in by hand, and the notice."""
        self.pen(TITLE, "B")
        self.set_xy(MARGIN, _TOP)
        self.cell(self.epw, 7, self.fitted(self._words.title, self.epw))
        self.pen(HEADING + 1)
        self.set_xy(MARGIN, _TOP + 7.4)
        self.cell(self.epw, 5.4, self.fitted(self._words.period, self.epw))
        self._blanks(_TOP + 15)
        self.set_xy(MARGIN, _TOP + 23)
        self._notice()

    def _blanks(self, y: float) -> None:
        self.pen(BODY, colour=FAINT)
        self.set_draw_color(*RULE)
        width = self.epw / max(1, len(self._words.blanks))
        for number, blank in enumerate(self._words.blanks):
            x = MARGIN + number * width
            words = self.shown(blank)
            self.set_xy(x, y)
            self.cell(width, LINE, words)
            self.line(x + self.get_string_width(words) + 3, y + LINE, x + width - 4, y + LINE)

    def _notice(self) -> None:
        self.pen(SMALL)
        self.set_fill_color(*SHADE)
        words = self.shown(self._words.notice)
        self.multi_cell(self.epw, 3.9, words, fill=True, padding=2, align="L",
                        new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
        self.set_y(self.get_y() + _GAP)

    def put(self, block: Block) -> None:
        """Put a block below what is there, on a new page if it does not fit."""
        height = self._height(block)
        if self.get_y() + height > self.bottom:
            self.add_page()
            self.set_y(MARGIN)
        top = self.get_y()
        if isinstance(block, Band):
            self._band(block, top)
        elif isinstance(block, Timeline):
            timeline.draw(self, block, top)
        else:
            self._passage(block)
        self.set_xy(MARGIN, top + height + _GAP)

    def _height(self, block: Block) -> float:
        if isinstance(block, Band):
            return max(_panel_height(panel) for panel in block.panels)
        if isinstance(block, Timeline):
            return timeline.HEIGHT
        self.pen(BODY)
        return _BELOW + LINE + sum(len(self._lines(line)) for line in block.lines) * LINE

    def _lines(self, words: str) -> list[str]:
        """Return words of a passage in lines as wide as the page, two at most."""
        if words in self._broken:
            return self._broken[words]
        lines = self.multi_cell(self.epw, LINE, self.shown(words), dry_run=True,
                                output=MethodReturnValue.LINES)  # fmt: skip
        found = [str(line) for line in lines]  # type: ignore[union-attr] # lines were asked for
        self._broken[words] = [*found[:1], f"{found[1]}…"] if len(found) > 2 else found
        return self._broken[words]

    def _heading(self, words: str, x: float, width: float, y: float) -> None:
        self.pen(HEADING, "B")
        self.set_xy(x, y)
        self.write_in(words, x, width)
        self.set_draw_color(*RULE)
        self.line(x, y + LINE + 0.2, x + width, y + LINE + 0.2)

    def heading(self, words: str, y: float) -> None:
        """Write a heading across the page."""
        self._heading(words, MARGIN, self.epw, y)

    def _passage(self, passage: Passage) -> None:
        y = self.get_y()
        self.heading(passage.heading, y)
        self.pen(BODY)
        y += LINE + _BELOW
        for line in (part for words in passage.lines for part in self._lines(words)):
            self.pen(BODY)
            self.set_xy(MARGIN, y)
            self.cell(self.epw, LINE, self._squeezed(line, self.epw))
            y += LINE

    def _band(self, band: Band, top: float) -> None:
        column = (self.epw + _GUTTER) / _COLUMNS
        x = MARGIN
        for panel in band.panels:
            self._panel(panel, x, panel.span * column - _GUTTER, top)
            x += panel.span * column

    def _panel(self, panel: Panel, x: float, width: float, top: float) -> None:
        self._heading(panel.heading, x, width, top)
        y = top + LINE + _BELOW
        if panel.head:
            self.pen(SMALL, colour=FAINT)
            self._row(panel.head, panel, x, width, y)
            y += LINE
        for row in panel.rows:
            self.pen(BODY)
            self._row(row, panel, x, width, y)
            y += LINE
        if panel.foot:
            self.pen(SMALL, colour=FAINT)
            self.set_xy(x, y)
            self.write_in(panel.foot, x, width)

    def _row(self, row: tuple[str, ...], panel: Panel, x: float, width: float, y: float) -> None:
        rest = width - sum(panel.widths[: len(row) - 1])
        self.set_xy(x, y)
        self.write_in(row[0], x, rest - 1)
        x += rest
        for words, own in zip(row[1:], panel.widths, strict=False):
            self.set_xy(x, y)
            self.write_in(words, x + _APART, own - _APART, "R")
            x += own

    def end(self) -> None:
        """Explain the sign for what could not be drawn, if there was any, and number the pages."""
        if self._glyphs.missed:
            self.set_y(min(self.get_y(), self.bottom))
            self.pen(SMALL, colour=FAINT)
            self.write_in(self._words.unshown, MARGIN, self.epw)
        pages = self.page
        for number in range(1, pages + 1):
            self._foot(number, pages)


def _panel_height(panel: Panel) -> float:
    lines = 1 + bool(panel.head) + len(panel.rows) + bool(panel.foot)
    return LINE * lines + _BELOW
