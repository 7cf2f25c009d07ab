"""Draws a report's strength over time: lines and boxes, no picture, so that it prints sharply."""

from typing import TYPE_CHECKING

from tipbot.core.pages import Timeline
from tipbot.render.ink import BAR, FAINT, INK, MARGIN, MARK, RULE, SHADE, SMALL

if TYPE_CHECKING:
    from tipbot.render.pdf import Sheets

_PLOT = 24.0
"""Millimetres from strength 0 to strength 4."""
_HEAD = 7.6
_SCALE = 5.0
HEIGHT = _HEAD + _PLOT + 10.0


def draw(sheets: "Sheets", chart: Timeline, top: float) -> None:
    """Draw bars from zero; a ring is zero, grey is 'nothing logged', dots are 'not rated'."""
    sheets.heading(chart.heading, top)
    left, width = MARGIN + _SCALE, sheets.epw - _SCALE
    floor, step = top + _HEAD + _PLOT, width / max(1, len(chart.bars))
    _grounds(sheets, chart, left, step, floor)
    _scale(sheets, left, width, floor)
    for number, bar in enumerate(chart.bars):
        x = left + number * step
        if bar.strength:
            height = bar.strength * _PLOT / 4
            sheets.set_fill_color(*BAR)
            sheets.rect(x + step * 0.15, floor - height, step * 0.7, height, style="F")
        elif bar.strength is not None:
            _ring(sheets, x + step / 2, floor, min(step * 0.35, 0.9))
        if bar.marked:
            _mark(sheets, x + step / 2, floor)
    _ticks(sheets, chart, (left, width, step, floor))
    _legend(sheets, chart, floor + 5.6)


def _grounds(sheets: "Sheets", chart: Timeline, left: float, step: float, floor: float) -> None:
    for number, bar in enumerate(chart.bars):
        if bar.strength is None and bar.missing:
            sheets.set_fill_color(*SHADE)
            sheets.rect(left + number * step, floor - _PLOT, step, _PLOT, style="F")
        elif bar.strength is None:
            sheets.set_fill_color(*FAINT)
            _dots(sheets, left + (number + 0.5) * step, floor)


def _dots(sheets: "Sheets", x: float, floor: float) -> None:
    for height in (1.5, 3.0, 4.5):
        sheets.ellipse(x - 0.25, floor - height, 0.5, 0.5, style="F")


def _scale(sheets: "Sheets", left: float, width: float, floor: float) -> None:
    sheets.pen(SMALL, colour=FAINT)
    sheets.set_draw_color(*RULE)
    for level in range(5):
        y = floor - level * _PLOT / 4
        sheets.line(left, y, left + width, y)
        sheets.set_xy(left - _SCALE, y - 2)
        sheets.cell(_SCALE - 1.2, 4, str(level), align="R")


def _ring(sheets: "Sheets", x: float, y: float, radius: float) -> None:
    sheets.set_draw_color(*BAR)
    sheets.set_fill_color(255, 255, 255)
    sheets.set_line_width(0.3)
    sheets.ellipse(x - radius, y - radius, 2 * radius, 2 * radius, style="DF")
    sheets.set_line_width(0.2)


def _mark(sheets: "Sheets", x: float, floor: float) -> None:
    sheets.set_draw_color(*MARK)
    sheets.set_fill_color(*MARK)
    sheets.set_line_width(0.4)
    sheets.set_dash_pattern(dash=1.2, gap=0.8)
    sheets.line(x, floor - _PLOT, x, floor)
    sheets.set_dash_pattern()
    sheets.set_line_width(0.2)
    _arrow(sheets, x, floor - _PLOT)


def _arrow(sheets: "Sheets", x: float, y: float) -> None:
    sheets.polygon([(x - 1.2, y - 2.0), (x + 1.2, y - 2.0), (x, y)], style="F")


def _ticks(sheets: "Sheets", chart: Timeline, frame: tuple[float, float, float, float]) -> None:
    left, width, step, floor = frame
    sheets.pen(SMALL, colour=INK)
    for tick in chart.ticks:
        words = sheets.shown(tick.words)
        own = sheets.get_string_width(words) + 1
        x = min(max(left + (tick.at + 0.5) * step - own / 2, left - 2), left + width - own)
        sheets.set_xy(x, floor + 0.9)
        sheets.cell(own, 4, words, align="C")


def _legend(sheets: "Sheets", chart: Timeline, y: float) -> None:
    sheets.pen(SMALL, colour=FAINT)
    x = MARGIN + _SCALE
    signs = (
        (any(bar.strength == 0 for bar in chart.bars), chart.zeros, _ring_sign),
        (any(b.strength is None and b.missing for b in chart.bars), chart.missings, _grey_sign),
        (any(b.strength is None and not b.missing for b in chart.bars), chart.unrated, _dot_sign),
        (any(bar.marked for bar in chart.bars), chart.marked, _mark_sign),
    )
    for there, words, sign in signs:
        if there:
            sign(sheets, x, y)
            shown = sheets.shown(words)
            sheets.set_xy(x + 5, y)
            sheets.cell(sheets.get_string_width(shown) + 2, 4, shown)
            x += sheets.get_string_width(shown) + 11


def _ring_sign(sheets: "Sheets", x: float, y: float) -> None:
    _ring(sheets, x + 2, y + 2, 0.9)


def _grey_sign(sheets: "Sheets", x: float, y: float) -> None:
    sheets.set_fill_color(*SHADE)
    sheets.set_draw_color(*RULE)
    sheets.rect(x, y + 0.6, 4, 2.8, style="DF")


def _dot_sign(sheets: "Sheets", x: float, y: float) -> None:
    sheets.set_fill_color(*FAINT)
    _dots(sheets, x + 2, y + 4.6)


def _mark_sign(sheets: "Sheets", x: float, y: float) -> None:
    sheets.set_fill_color(*MARK)
    _arrow(sheets, x + 2, y + 3)
