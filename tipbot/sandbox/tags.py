"""What each HTML tag means to Telegram."""

from __future__ import annotations

from tipbot.sandbox.entities import Entity
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.links import completed, link_fault, user_of

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
}  # fmt: skip
TAGS = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
"""The tags that Telegram knows; any other is refused."""
_Span = tuple[int, int]


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
    return _link(argument, span) if tag == "a" else None


def _link(address: str, span: _Span) -> Entity | None:
    """Return a link or a mention; a link that leads nowhere leaves its words as they are."""
    user = user_of(address)
    if user is not None:
        return Entity(*span, "text_mention", {"user_id": user})
    return None if link_fault(address) else Entity(*span, "text_link", {"url": completed(address)})


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


def argument_of(tag: str, name: str, value: str | None) -> str:
    """Return the part of an attribute that matters to the tag; the rest is ignored."""
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return ""
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return ""
