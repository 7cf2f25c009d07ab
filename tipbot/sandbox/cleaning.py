"""What Telegram takes out of a text before it is sent, and how entities move along with it."""

from __future__ import annotations

import re
from dataclasses import replace

from tipbot.sandbox.entities import Entity, utf8_length, utf16_length
from tipbot.sandbox.errors import refuse

_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_BLANK = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
    "\U000e0000-\U000e007f]*"
)
"""Characters that show nothing (TDLib, `strip_empty_characters`)."""


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without control characters, its entities moved along.

    Raises 400 for an entity that does not begin and end between two characters of the text.
    """
    moved = _moves(text) if entities else []
    for entity in entities:
        _check(entity, moved, text)
    spans = [(moved[e.offset], moved[e.end]) for e in entities]
    shifted = [
        replace(entity, offset=start, length=end - start)
        for entity, (start, end) in zip(entities, spans, strict=True)
        if end > start
    ]
    plain = _CONTROL.sub(" ", _DROPPED.sub("", text))
    return _MARKS.sub(lambda run: "\u200c" * len(run[0]), plain), shifted


def _moves(text: str) -> list[int]:
    """Return for each UTF-16 offset where it comes to lie, -1 inside a character."""
    moved, kept = [], 0
    for character in text:
        moved += [kept] + [-1] * (utf16_length(character) - 1)
        kept += 0 if _DROPPED.match(character) else utf16_length(character)
    return [*moved, kept]


def _check(entity: Entity, moved: list[int], text: str) -> None:
    last = len(moved) - 1
    if entity.offset > last:
        refuse(f"Entity begins after the end of the text at UTF-16 offset {entity.offset}")
    begins = f"Entity beginning at UTF-16 offset {entity.offset}"
    if entity.end > last:
        refuse(f"{begins} ends after the end of the text at UTF-16 offset {entity.end}")
    middle = "in a middle of a UTF-16 symbol at byte offset"
    if moved[entity.offset] < 0:
        refuse(f"Entity begins {middle} {_byte(text, entity.offset)}")
    if moved[entity.end] < 0:
        refuse(f"{begins} ends {middle} {_byte(text, entity.end)}")


def _byte(text: str, offset: int) -> int:
    """Return the byte offset behind the character that an offset in UTF-16 units lies in."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (offset + 1)]
    return utf8_length(units.decode("utf-16-le", "surrogatepass"))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without blank ends, entities cut to fit.

    Leading blanks stay where an entity begins on them, as Telegram leaves them.
    """
    text = text.rstrip(" \n")
    total = utf16_length(text)
    kept = sorted(
        replace(e, length=min(e.end, total) - e.offset) for e in entities if e.offset < total
    )
    first = kept[0].offset if kept else total
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    return text[lead:], [replace(e, offset=e.offset - lead) for e in kept]


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing."""
    return _BLANK.fullmatch(text) is not None
