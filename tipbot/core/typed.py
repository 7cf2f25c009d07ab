"""Reads times of day as people type them: ``9``, ``9.30``, ``9am``, ``21:15``, ``0930``.

Whatever is not certainly a time is None: the caller asks again, nothing is guessed.
"""

import re

from tipbot.core.model import Minute, QuietHours

LONGEST = 200
"""Characters of an answer that are looked at; a longer one is no list of times."""
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<packed>\d{2}))?"
    r"\s*(?:(?P<half>[ap])\.?\s?m\.?|h|uhr)?",
    re.IGNORECASE,
)
_BETWEEN_TIMES = re.compile(r"\s*(?:[,;/&+\n]|\s(?:and|und|y)\s)\s*", re.IGNORECASE)
_BETWEEN_ENDS = re.compile(
    r"\s*(?:[-\u2013\u2014]|\s(?:to|until|till|bis|a|hasta)\s)\s*", re.IGNORECASE
)
_NOON = 12


def read_time(said: str) -> Minute | None:
    """Return the minute of the day that was typed, or None; ``24:00`` is midnight."""
    found = _TIME.fullmatch(said[:LONGEST].strip())
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["packed"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return Minute(60 * hour + minute) if hour < 24 and minute < 60 else None


def read_times(said: str) -> tuple[Minute, ...] | None:
    """Return the times of a list, ascending and each once; None unless every part is a time.

    Times are parted by commas, semicolons, lines or 'and'; by spaces alone where that is certain.
    """
    if len(said) > LONGEST:
        return None
    parts = [part for part in _BETWEEN_TIMES.split(said.strip()) if part]
    if len(parts) == 1 and read_time(parts[0]) is None:
        parts = parts[0].split()
    minutes = [read_time(part) for part in parts]
    known = [minute for minute in minutes if minute is not None]
    return tuple(sorted(set(known))) if known and len(known) == len(minutes) else None


def read_span(said: str) -> QuietHours | None:
    """Return the two ends of ``22:00-08:00`` or ``10 pm to 8 am``, or None."""
    ends = _BETWEEN_ENDS.split(said[:LONGEST].strip())
    minutes = [read_time(end) for end in ends]
    if len(minutes) != 2 or minutes[0] is None or minutes[1] is None:
        return None
    return QuietHours(minutes[0], minutes[1])
