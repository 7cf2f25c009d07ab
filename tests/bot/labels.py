"""Whether the words on buttons have room on a phone 390 points wide."""

from fpdf import FPDF

from tipbot.bot.views import Keyboard

_ROOM = {1: 325, 2: 154, 3: 97, 4: 69}
"""Points for the words of each of so many buttons in a row."""
_EMOJI, _MINUS, _DOTS = 19, 9, 15
_PAPER = FPDF(unit="pt")
_PAPER.set_font("helvetica", size=15.2)


def width(label: str) -> float:
    """Return how wide a label is, in points."""
    plain = "".join(sign for sign in label if ord(sign) < 0x100)
    pictures = sum(ord(sign) > 0x2300 and sign != "\N{VARIATION SELECTOR-16}" for sign in label)
    others = _MINUS * sum(map(label.count, "\N{MINUS SIGN}\N{EN DASH}")) + _DOTS * label.count("…")
    return float(_PAPER.get_string_width(plain)) + others + _EMOJI * pictures


def cut(keyboard: Keyboard) -> list[str]:
    """Return the labels that would be cut."""
    return [b.label for row in keyboard for b in row if width(b.label) > _ROOM[len(row)]]
