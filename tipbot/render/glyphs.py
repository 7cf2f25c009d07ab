"""Words in any script, as one font can draw them: what it lacks becomes one open box.

HarfBuzz joins the letters of words from right to left and puts them in order. Where there is no
build of it for a machine, such words are turned round, and their letters stand apart.
"""

import unicodedata
from functools import lru_cache
from importlib.util import find_spec

from fontTools.ttLib import TTFont
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

BOX = "\N{WHITE VERTICAL RECTANGLE}"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_JOINING = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""They say how the signs beside them look, and are nothing by themselves."""


SHAPING = find_spec("uharfbuzz") is not None


def right_to_left(words: str) -> bool:
    """Tell whether anything in a text is written from right to left."""
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in words)


@lru_cache(maxsize=4)
def _drawable(font: str) -> frozenset[int]:
    """Return the characters that a font has a drawing for."""
    with TTFont(font, lazy=True) as file:
        return frozenset(file.getBestCmap())


class Glyphs:
    """Knows what a font can draw; ``missed`` tells whether anything could not be."""

    def __init__(self, font: str, *, shaping: bool = False) -> None:
        """Look into the font's file, once a process; with ``shaping``, words keep their order."""
        self._known, self._shaping = _drawable(font), shaping
        self.missed = False

    def shown(self, words: str) -> str:
        """Return words on one line, drawable, in the order in which they are handed to the font."""
        line = " ".join(words.split())
        kept: list[str] = []
        for char in line:
            if ord(char) in self._known and not unicodedata.category(char).startswith("C"):
                kept.append(char)
            elif not (char in _JOINING or unicodedata.category(char) in {"Cc", "Cf"}):
                self.missed = True
                if kept[-1:] != [BOX]:
                    kept.append(BOX)
        shown = "".join(kept)
        return shown if self._shaping else _ordered(shown)


def _ordered(line: str) -> str:
    """Return a line with what is written from right to left turned round."""
    if not right_to_left(line):
        return line
    return BidiParagraph(text=line, base_direction=TextDirection.LTR).get_reordered_string()
