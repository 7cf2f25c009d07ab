"""Message entities: what a text's formatting says, measured as Telegram measures it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from tipbot.sandbox.errors import Json, bad_request, refuse
from tipbot.sandbox.forms import required_integer
from tipbot.sandbox.links import date_time, target_of

if TYPE_CHECKING:
    from collections.abc import Callable

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
_RANKS = {
    "blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "date_time": 30,
    "text_link": 49, "text_mention": 49, "bold": 90, "italic": 91, "underline": 92,
    "strikethrough": 93, "spoiler": 94, "custom_emoji": 99,
}  # fmt: skip
_ELSE = 50


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the measure of every offset."""
    return len(text) + sum(ord(character) > _ASTRAL for character in text)


def utf8_length(text: str) -> int:
    """Return the length of `text` in bytes, the measure of places in complaints about a source."""
    return len(text.encode("utf-8", "surrogatepass"))


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
        return self.offset, -self.length, _RANKS.get(self.kind, _ELSE)

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
    offset, length = (required_integer(item, name, fault) for name in ("offset", "length"))
    kind = item.get("type")
    if not isinstance(kind, str):
        refuse(f'{fault}Can\'t find field "type"')
    if kind in _FOUND_KINDS:
        return None
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
        made = target_of(item["url"])
        return Entity(offset, length, *made) if made else None
    if kind == "text_mention" and isinstance(item.get("user"), dict):
        user = required_integer(item["user"], "id", "Can't parse MessageEntity: ")
        return Entity(offset, length, kind, {"user_id": user})
    if kind == "custom_emoji":
        return Entity(
            offset, length, kind, {"custom_emoji_id": str(item.get("custom_emoji_id", ""))}
        )
    if kind == "date_time" and isinstance(item.get("unix_time"), int):
        made_of = date_time(item["unix_time"], str(item.get("date_time_format") or ""))
        return Entity(offset, length, kind, made_of)
    fault = "Can't parse MessageEntity: Unsupported type specified"
    raise bad_request(fault)
