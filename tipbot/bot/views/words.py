"""Differences between two texts, readable without colour.

What is gone is struck out behind a minus, what is new is underlined behind a plus.
"""

from collections.abc import Sequence

from tipbot.core.worddiff import Fate, FieldDiff, Run
from tipbot.texts import Text

_LONGEST_KEPT = 160
"""Characters of unchanged words between two changes that are shown; the middle is left out."""
_LONGEST = 1000
"""Characters of one field's difference that are shown."""


def diff_html(text: Text, fields: Sequence[FieldDiff]) -> str:
    """Return how each field changed, as HTML."""
    if not fields:
        return text.html("diff-none")
    return "\n".join(
        text.html("diff-field", field=text.plain(f"field-name-{each.field}"))
        + " "
        + _runs(text, each.runs)
        for each in fields
    )


def _runs(text: Text, runs: Sequence[Run]) -> str:
    shown, room = [], _LONGEST
    for run in runs:
        words = _kept(run.text) if run.fate is Fate.KEPT else run.text
        if room <= 0:
            shown.append("…")
            break
        words = words[:room]
        room -= len(words)
        shown.append(text.html(f"diff-{run.fate}", words=words))
    return "".join(shown)


def _kept(words: str) -> str:
    """Return unchanged words with their middle left out if they are many."""
    if len(words) <= _LONGEST_KEPT:
        return words
    half = _LONGEST_KEPT // 2
    return f"{words[:half]} … {words[-half:]}"
