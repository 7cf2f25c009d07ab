"""What each HTML tag means to Telegram."""

from __future__ import annotations

import re

from tipbot.sandbox.entities import Entity
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.links import date_time, target_of

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
"""The tags that Telegram knows; any other is refused."""
_MEANT = {
    ("a", "href"): "", ("tg-emoji", "emoji-id"): "",
    ("code", "class"): "language-", ("span", "class"): "tg-",
}  # fmt: skip
"""The attributes that matter, and what their value begins with."""
_Span = tuple[int, int]
_LEADING = re.compile(r"-?\d+", re.ASCII)


def close_tag(entities: list[Entity], tag: str, argument: str, span: _Span) -> None:
    """Add what a closed tag made of its span, offset and length in UTF-16 units.

    `<pre><code class="language-x">` is one entity, whichever of the two is outside.
    """
    if tag in {"pre", "code"}:
        _close_code(entities, tag, argument, span)
    elif (made := _entity(tag, argument, span)) is not None:
        entities.append(made)


def _entity(tag: str, argument: str, span: _Span) -> Entity | None:
    if tag in _SIMPLE:
        return Entity(*span, _SIMPLE[tag])
    if tag == "blockquote":
        return Entity(*span, "expandable_blockquote" if argument else "blockquote")
    if tag == "tg-emoji":
        if not argument.isdecimal() or int(argument) == 0:
            refuse("can't parse entities: Invalid custom emoji identifier specified")
        return Entity(*span, "custom_emoji", {"custom_emoji_id": argument})
    if tag == "tg-time":
        return _moment(argument, span)
    made = target_of(argument) if tag == "a" else None
    return Entity(*span, *made) if made else None


def _moment(argument: str, span: _Span) -> Entity | None:
    unix, _, form = argument.partition(" ")
    found = _LEADING.match(unix)
    made = date_time(int(found[0]) if found else 0, form)
    return Entity(*span, "date_time", made) if made["unix_time"] > 0 else None


def _close_code(entities: list[Entity], tag: str, argument: str, span: _Span) -> None:
    last = entities[-1] if entities else None
    inner = last if last and (last.offset, last.length) == span else None
    language: Json = {"language": argument} if argument else {}
    if tag == "pre" and inner and inner.kind == "code" and inner.extra:
        entities[-1] = Entity(*span, "pre", inner.extra)
    elif tag == "pre":
        entities.append(Entity(*span, "pre"))
    elif inner and inner.kind == "pre" and not inner.extra and argument:
        entities[-1] = Entity(*span, "pre", language)
    else:
        entities.append(Entity(*span, "code", language))


def argument_of(tag: str, name: str, value: str | None, before: str) -> str:
    """Return what a tag's attributes say once another is read; those without meaning are ignored.

    `before` is what those before it said; of tg-time it is the moment and, after a blank, the form.
    """
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    if value is None:
        return before
    prefix = _MEANT.get((tag, name))
    if prefix is not None and value.startswith(prefix):
        return value.removeprefix(prefix)
    if tag != "tg-time":
        return before
    said = dict(zip(("unix", "format"), before.partition(" ")[::2], strict=True)) | {name: value}
    return f"{said['unix']} {said['format']}"
