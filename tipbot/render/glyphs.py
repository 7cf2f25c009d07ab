"""Words in any script, as one font can draw them: what it lacks becomes one open box."""

import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

BOX = "\N{WHITE VERTICAL RECTANGLE}"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_JOINING = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""They say how the signs beside them look, and are nothing by themselves."""


@lru_cache(maxsize=4)
def _drawable(font: str) -> frozenset[int]:
    """Return the characters that a font has a drawing for."""
    with TTFont(font, lazy=True) as file:
        return frozenset(file.getBestCmap())


class Glyphs:
    """Knows what a font can draw; ``missed`` tells whether anything could not be."""

    def __init__(self, font: str) -> None:
        """Look into the font's file, once a process."""
        self._known = _drawable(font)
        self.missed = False

    def shown(self, words: str) -> str:
        """Return words on one line, drawable, in the order in which they are read on paper."""
        line = " ".join(words.split())
        kept: list[str] = []
        for char in line:
            if ord(char) in self._known and not unicodedata.category(char).startswith("C"):
                kept.append(char)
            elif not (char in _JOINING or unicodedata.category(char) in {"Cc", "Cf"}):
                self.missed = True
                if kept[-1:] != [BOX]:
                    kept.append(BOX)
        return _ordered("".join(kept))


def _ordered(line: str) -> str:
    """Return a line with what is written from right to left turned round."""
    if not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line):
        return line
    return BidiParagraph(text=line, base_direction=TextDirection.LTR).get_reordered_string()
