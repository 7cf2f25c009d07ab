"""What Telegram finds in a text by itself: commands, links, mentions and tags."""

from __future__ import annotations

import re

from tipbot.sandbox.entities import Entity, utf16_length

_NAMED = r"(?:@[A-Za-z0-9_]{3,32})?"
_COMMAND = rf"(?<![\w/<>])/[A-Za-z0-9_]{{1,64}}{_NAMED}(?![\w/<>@])"
_MENTION = r"(?<!\w)@(?:[A-Za-z0-9_]{4,32}|(?i:gif|pic|vid))(?!\w)"
_LETTERS = r"\w\u00b7\u200c\u0d80-\u0dff"
"""What a tag may be made of (TDLib, `is_hashtag_letter`)."""
_HASHTAG = rf"(?<![{_LETTERS}])#(?=[{_LETTERS}]{{0,255}}[^\W\d_])[{_LETTERS}]{{1,256}}"
_CASHTAG = rf"(?<![${_LETTERS}])\$(?:1INCH|[A-Z]{{1,8}}){_NAMED}(?![${_LETTERS}])"
_TAIL = r"[^\s<>\"]*[^\s<>\".,;:!?)'\]]"
_BARE_HOST = r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|dev|app|info|edu|gov)\b"
_SEARCHES = [
    ("bot_command", re.compile(_COMMAND)),
    (
        "url",
        re.compile(rf"(?<![\w@/])(?:https?://{_TAIL}|{_BARE_HOST}(?:/{_TAIL})?)", re.IGNORECASE),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b", re.ASCII)),
    ("mention", re.compile(_MENTION)),
    ("hashtag", re.compile(rf"{_HASHTAG}{_NAMED}(?![{_LETTERS}]*#)")),
    ("cashtag", re.compile(_CASHTAG)),
]


def found(text: str) -> list[Entity]:
    """Return what is found, in order and apart from each other."""
    kept: list[Entity] = []
    for kind, pattern in _SEARCHES:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = Entity(offset, utf16_length(match.group()), kind)
            if all(entity.end <= other.offset or other.end <= entity.offset for other in kept):
                kept.append(entity)
    return sorted(kept)
