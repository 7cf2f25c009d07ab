"""Text with its entities, checked and measured: the one way text enters a message."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tipbot.sandbox import entities as marks
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.html import read_html
from tipbot.sandbox.markdown import read_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tipbot.sandbox.forms import Form


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities, ready to be sent."""

    text: str = ""
    entities: list[marks.Entity] = field(default_factory=list)

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
    if len(source.encode("utf-8", "surrogatepass")) > marks.MAX_SOURCE:
        refuse("Text is too long")
    mode = parse_mode.lower()
    if not source or mode in {"", "none"}:
        plain, spans = source, marks.from_json(entities)
    elif mode == "html":
        plain, spans = read_html(source)
    elif mode in {"markdown", "markdownv2"}:
        plain, spans = read_markdown(source, version=2 if mode.endswith("v2") else 1)
    else:
        refuse("Unsupported parse_mode")
    plain, spans = marks.trimmed(*marks.cleaned(plain, spans))
    if not plain:
        if may_be_empty:
            return Formatted()
        refuse("Text must be non-empty")
    return Formatted(plain, marks.found(plain, spans))


def _entities(form: Form, name: str) -> object:
    try:
        return json.loads(form.text(name) or "null")
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
