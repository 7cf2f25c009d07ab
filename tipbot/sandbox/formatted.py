"""Text with its entities, checked and measured: the one way text enters a message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipbot.sandbox.cleaning import cleaned, is_blank, trimmed
from tipbot.sandbox.entities import MAX_SOURCE, Entity, from_json, utf8_length
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import decoded
from tipbot.sandbox.html import read_html
from tipbot.sandbox.markdown import read_markdown
from tipbot.sandbox.nesting import joined, settled
from tipbot.sandbox.old_markdown import read_old_markdown
from tipbot.sandbox.searching import found

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipbot.sandbox.forms import Form

_SURROGATE = re.compile("[\ud800-\udfff]")
_READERS = {"html": read_html, "markdownv2": read_markdown, "markdown": read_old_markdown}


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities, ready to be sent."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)

    def as_json(self, name: str, user: Callable[[int], Json]) -> Json:
        """Return the message fields: `text` and `entities`, or `caption` and `caption_entities`."""
        if not self.text:
            return {}
        body: Json = {name: self.text}
        if self.entities:
            key = "entities" if name == "text" else f"{name}_entities"
            body[key] = [entity.as_json(user) for entity in self.entities]
        return body


def read_formatted(
    source: str, parse_mode: str, entities: object, *, may_be_empty: bool = False
) -> Formatted:
    """Parse, clean, trim and search a text; raises 400 in Telegram's words."""
    if utf8_length(source) > MAX_SOURCE:
        refuse("Text is too long")
    if _SURROGATE.search(source):
        refuse("Strings must be encoded in UTF-8")
    mode = parse_mode.lower()
    if not source or mode in {"", "none"}:
        plain, spans = source, from_json(entities)
    elif mode in _READERS:
        plain, spans = _READERS[mode](source)
    else:
        refuse("Unsupported parse_mode")
    plain, spans = trimmed(*cleaned(plain, settled(spans)))
    if is_blank(plain):
        if may_be_empty:
            return Formatted()
        refuse("Text must be non-empty")
    return Formatted(plain, joined(settled(spans), found(plain)))


def _entities(form: Form, name: str) -> object:
    try:
        return decoded(form.text(name) or "null")
    except ValueError:
        return None


def read_text(form: Form) -> Formatted:
    """Read `text` with `parse_mode` or `entities`; length is not checked here."""
    if not form.has("text"):
        refuse("Message text is empty")
    return read_formatted(form.text("text"), form.text("parse_mode"), _entities(form, "entities"))


def read_caption(form: Form) -> Formatted:
    """Read `caption` with `parse_mode` or `caption_entities`; length is not checked here."""
    spans = _entities(form, "caption_entities")
    return read_formatted(form.text("caption"), form.text("parse_mode"), spans, may_be_empty=True)
