"""Message entities: what a text's formatting says, measured as Telegram measures it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from tipbot.sandbox.errors import Json, bad_request, refuse
from tipbot.sandbox.links import completed, link_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_TEXT = 4096
"""Characters of a text, after entities parsing (core.telegram.org/bots/api#sendmessage)."""
MAX_CAPTION = 1024
"""Characters of a caption, after entities parsing."""
MAX_SOURCE = 1 << 15
"""Bytes of a text before entities parsing (Bot API server, `get_formatted_text`)."""
_FURTHEST = 1_000_000
_ASTRAL = 0xFFFF

_PLAIN_KINDS = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote",
    "expandable_blockquote",
}  # fmt: skip
_FOUND_KINDS = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
}  # fmt: skip
_ORDER = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "bold", "italic"]
_DROPPED = re.compile("[\r\u2028-\u202e]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
_COMMAND = r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"
_TAIL = r"[^\s<>\"]*[^\s<>\".,;:!?)'\]]"
_BARE_HOST = r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|dev|app|info|edu|gov)\b"
_SEARCHES = [
    ("bot_command", re.compile(_COMMAND)),
    (
        "url",
        re.compile(rf"(?<![\w@/])(?:https?://{_TAIL}|{_BARE_HOST}(?:/{_TAIL})?)", re.IGNORECASE),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}\b")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,256}\b")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}\b")),
]


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the measure of every offset."""
    return len(text) + sum(ord(character) > _ASTRAL for character in text)


@total_ordering
@dataclass(frozen=True, slots=True)
class Entity:
    """A span of text with a meaning; `offset` and `length` in UTF-16 code units."""

    offset: int
    length: int
    kind: str
    extra: Json = field(default_factory=dict, hash=False)

    @property
    def end(self) -> int:
        """The offset just past the span."""
        return self.offset + self.length

    def _key(self) -> tuple[int, int, int]:
        rank = _ORDER.index(self.kind) if self.kind in _ORDER else len(_ORDER)
        return self.offset, -self.length, rank

    def __lt__(self, other: Entity) -> bool:
        """Telegram's order: by place, the longer first."""
        return self._key() < other._key()

    def as_json(self, user: Callable[[int], Json]) -> Json:
        """Return the MessageEntity object."""
        extra = dict(self.extra)
        if self.kind == "text_mention":
            extra = {"user": user(int(extra["user_id"]))}
        return {"offset": self.offset, "length": self.length, "type": self.kind, **extra}


def from_json(items: object) -> list[Entity]:
    """Read explicit entities; kinds Telegram finds by itself are ignored, wrong ones raise 400."""
    if not isinstance(items, list):
        return []
    return [entity for item in items if (entity := _one(item)) is not None]


def _one(item: object) -> Entity | None:
    fault = "Can't parse MessageEntity: "
    if not isinstance(item, dict):
        refuse(fault + "expected an Object")
    for name in ("offset", "length"):
        if not isinstance(item.get(name), int):
            refuse(f'{fault}Can\'t find field "{name}"')
    kind = item.get("type")
    if not isinstance(kind, str):
        refuse(f'{fault}Can\'t find field "type"')
    if kind in _FOUND_KINDS:
        return None
    offset, length = item["offset"], item["length"]
    if not 0 <= offset <= _FURTHEST:
        refuse(f"Receive an entity with incorrect offset {offset}")
    if not 0 <= length <= _FURTHEST:
        refuse(f"Receive an entity with incorrect length {length}")
    return _of_kind(offset, length, kind, item)


def _of_kind(offset: int, length: int, kind: str, item: dict[str, Any]) -> Entity | None:
    if kind in _PLAIN_KINDS:
        return Entity(offset, length, kind)
    if kind == "pre":
        language = str(item.get("language") or "")
        return Entity(offset, length, kind, {"language": language} if language else {})
    if kind == "text_link" and isinstance(item.get("url"), str):
        url = item["url"]
        return None if link_fault(url) else Entity(offset, length, kind, {"url": completed(url)})
    if kind == "text_mention" and isinstance(item.get("user"), dict):
        return Entity(offset, length, kind, {"user_id": item["user"].get("id", 0)})
    if kind == "custom_emoji":
        return Entity(
            offset, length, kind, {"custom_emoji_id": str(item.get("custom_emoji_id", ""))}
        )
    fault = "Can't parse MessageEntity: Unsupported type specified"
    raise bad_request(fault)


def cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without control characters, its entities moved along."""
    if _DROPPED.search(text) is None:
        return _CONTROL.sub(" ", text), entities
    moved: list[int] = []
    kept = 0
    for character in text:
        units = utf16_length(character)
        gone = _DROPPED.match(character) is not None
        moved += [kept] * units if gone else [kept + unit for unit in range(units)]
        kept += 0 if gone else units
    moved.append(kept)

    def place(at: int) -> int:
        return moved[min(at, len(moved) - 1)]

    shifted = [
        replace(e, offset=place(e.offset), length=place(e.end) - place(e.offset)) for e in entities
    ]
    return _CONTROL.sub(" ", _DROPPED.sub("", text)), shifted


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Return the text without blank ends, entities cut to fit; what covers only blanks is dropped.

    Leading blanks stay where an entity begins on them, as Telegram leaves them.
    """
    text = text.rstrip()
    total = utf16_length(text)
    spans = encoded(text)
    kept = [
        replace(e, length=min(e.end, total) - e.offset)
        for e in entities
        if e.offset < total and sliced(spans, e.offset, min(e.end, total)).strip()
    ]
    kept.sort()
    first = kept[0].offset if kept else total
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    return text[lead:], [replace(e, offset=e.offset - lead) for e in kept]


def encoded(text: str) -> bytes:
    """Return the text in UTF-16, two bytes to the unit, for slicing by offset."""
    return text.encode("utf-16-le", "surrogatepass")


def sliced(spans: bytes, start: int, end: int) -> str:
    """Return the text between two offsets of what `encoded` made."""
    return spans[2 * start : 2 * end].decode("utf-16-le", "ignore")


def found(text: str, taken: Iterable[Entity] = ()) -> list[Entity]:
    """Return the given entities with those Telegram finds: commands, links, mentions, tags."""
    kept = list(taken)
    for kind, pattern in _SEARCHES:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = Entity(offset, utf16_length(match.group()), kind)
            if not any(_clash(entity, other) for other in kept):
                kept.append(entity)
    return sorted(kept)


def _clash(entity: Entity, other: Entity) -> bool:
    apart = entity.end <= other.offset or other.end <= entity.offset
    styled = other.kind in _PLAIN_KINDS - {"code"}
    return not apart and not styled
