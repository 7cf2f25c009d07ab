"""Markdown as bots wrote it before MarkdownV2, read the way Telegram still reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tipbot.sandbox.entities import Entity, utf8_length, utf16_length
from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.links import target_of
from tipbot.sandbox.markdown import code_language

_KINDS = {"_": "italic", "*": "bold", "`": "code", "```": "pre", "[": "link"}
_ENDS = {"[": "]"}


@dataclass(slots=True)
class OldMarkdownReader:
    """One reading of one text; spans do not nest, and nothing inside of one is escaped."""

    source: str
    _at: int = 0
    _plain: list[str] = field(default_factory=list)
    _entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        """Return the text without markup, and its entities; raises 400."""
        while self._at < len(self.source):
            character = self.source[self._at]
            if character == "\\" and self.source[self._at + 1 : self._at + 2] in set("_*`["):
                self._plain.append(self.source[self._at + 1])
                self._at += 2
            elif character in "_*`[":
                self._span("```" if self.source.startswith("```", self._at) else character)
            else:
                self._plain.append(character)
                self._at += 1
        return "".join(self._plain), self._entities

    def _span(self, mark: str) -> None:
        begin, language = self._at, ""
        self._at += len(mark)
        if mark == "```":
            padded = self.source + "\0\0"
            language, self._at = code_language(padded, self._at, len(self.source))
        end = self.source.find(_ENDS.get(mark, mark), self._at)
        if end < 0:
            place = utf8_length(self.source[:begin])
            refuse(
                "can't parse entities: Can't find end of the entity starting at byte offset"
                f" {place}"
            )
        inside = self.source[self._at : end]
        self._at = end + len(mark)
        span = utf16_length("".join(self._plain)), utf16_length(inside)
        self._plain.append(inside)
        if inside:
            self._add(span, mark, inside, {"language": language} if language else {})

    def _add(self, span: tuple[int, int], mark: str, inside: str, extra: Json) -> None:
        if mark != "[":
            self._entities.append(Entity(*span, _KINDS[mark], extra))
        elif (made := target_of(self._address(inside))) is not None:
            self._entities.append(Entity(*span, *made))

    def _address(self, inside: str) -> str:
        if self.source[self._at : self._at + 1] != "(":
            return inside
        end = self.source.find(")", self._at)
        end = len(self.source) if end < 0 else end
        address = self.source[self._at + 1 : end]
        self._at = end + 1
        return address


def read_old_markdown(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of Markdown; raises 400 as Telegram does."""
    return OldMarkdownReader(source).read()
