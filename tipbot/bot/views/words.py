"""Differences between two texts, readable without colour.

What is gone is struck out behind a minus, what is new is underlined behind a plus.
"""

import re
from collections.abc import Sequence
from html import unescape

from tipbot.bot.views import View
from tipbot.core.markup import clip, utf16_length
from tipbot.core.worddiff import Fate, FieldDiff, Run
from tipbot.texts import Text

_LONGEST_KEPT = 160
"""Characters of unchanged words between two changes that are shown; the middle is left out."""
_LONGEST = 1200
"""UTF-16 units of the differences of one text that are shown; two of them fit a message."""
_LEAST = 200
_MESSAGE = 3700
"""UTF-16 units of a message that may be filled; the rest is for the words between."""
_TAG = re.compile("<[^>]+>")


def lost_view(text: Text, kinds: Sequence[str]) -> View:
    """Return which formatting was left out of a typed text."""
    names = ", ".join(text.plain(f"formatting-{kind}") for kind in kinds)
    return View(html=text.html("formatting-lost", kinds=names))


def diff_html(text: Text, fields: Sequence[FieldDiff], beside: str = "") -> str:
    """Return how each field changed, as HTML; what has no room in a message is left out.

    ``beside`` is the HTML that stands in the same message.
    """
    if not fields:
        return text.html("diff-none")
    filled = utf16_length(unescape(_TAG.sub("", beside)))
    lines, room = [], min(_LONGEST, max(_LEAST, _MESSAGE - filled))
    for each in fields:
        runs, room = _runs(text, each.runs, room)
        name = text.html("diff-field", field=text.plain(f"field-name-{each.field}"))
        lines.append(f"{name} {runs}")
    return "\n".join(lines)


def _runs(text: Text, runs: Sequence[Run], room: int) -> tuple[str, int]:
    """Return runs as HTML as far as they have room, and the room that is left."""
    shown = []
    for run in runs:
        if room <= 0:
            shown.append("…")
            break
        words = clip(_kept(run.text) if run.fate is Fate.KEPT else run.text, room)
        room -= utf16_length(words)
        shown.append(text.html(f"diff-{run.fate}", words=words))
    return "".join(shown), room


def _kept(words: str) -> str:
    """Return unchanged words with their middle left out if they are many."""
    if len(words) <= _LONGEST_KEPT:
        return words
    half = _LONGEST_KEPT // 2
    return f"{words[:half]} … {words[-half:]}"
