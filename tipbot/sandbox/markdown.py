"""Markdown and MarkdownV2, read the way Telegram reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from tipbot.sandbox.entities import Entity, utf16_length
from tipbot.sandbox.errors import refuse
from tipbot.sandbox.links import completed, link_fault, user_of

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
}
_NAMES = {"*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler",
          "`": "Code", "```": "Pre", "[": "TextUrl", ">": "BlockQuote"}  # fmt: skip


@dataclass(slots=True)
class _Open:
    mark: str
    offset: int
    at: int
    language: str = ""


class MarkdownReader:
    """One reading of one text; `read` returns the plain text and its entities, or raises 400."""

    def __init__(self, source: str, *, version: int) -> None:
        self._source = source
        self._old = version == 1
        self._at = 0
        self._plain: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """Return the text without markup, and its entities sorted by place."""
        while self._at < len(self._source):
            self._step()
        self._end_quote()
        if self._open:
            last = self._open[-1]
            place = self._byte(last.at)
            self._refuse(f"Can't find end of {_NAMES[last.mark]} entity at byte offset {place}")
        return "".join(self._plain), sorted(self._entities)

    @staticmethod
    def _refuse(reason: str) -> NoReturn:
        refuse(f"can't parse entities: {reason}")

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    def _put(self, text: str) -> None:
        self._plain.append(text)
        self._offset += utf16_length(text)
        self._at += len(text)

    def _inside(self, mark: str) -> bool:
        return bool(self._open) and self._open[-1].mark == mark

    def _step(self) -> None:
        source, at = self._source, self._at
        character = source[at]
        if character == "\\" and self._escaped(at + 1):
            self._at += 1
            self._put(source[at + 1])
        elif self._inside("`") or self._inside("```"):
            self._in_code()
        elif character == "\n":
            self._end_quote(unless_next=True)
            self._put("\n")
        elif mark := self._mark_here():
            self._toggle(mark)
        elif character in _RESERVED and not self._old:
            self._refuse(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._put(character)

    def _escaped(self, at: int) -> bool:
        if at >= len(self._source):
            return False
        character = self._source[at]
        return character in "_*`[" if self._old else character.isascii() and not character.isalnum()

    def _in_code(self) -> None:
        mark = self._open[-1].mark
        if self._source.startswith(mark, self._at):
            self._toggle(mark)
        else:
            self._put(self._source[self._at])

    def _mark_here(self) -> str:
        source, at = self._source, self._at
        marks = ("```", "`", "*", "_", "[", "]") if self._old else (
            "```", "`", "||", "__", "*", "_", "~", "[", "]", ">",
        )  # fmt: skip
        for mark in marks:
            if source.startswith(mark, at):
                if mark == ">" and at and source[at - 1] != "\n":
                    return ""
                if mark == "]" and not self._inside("["):
                    return ""
                return mark
        return ""

    def _toggle(self, mark: str) -> None:
        if mark == "]":
            self._end_link()
            return
        if mark == ">":
            if not any(opened.mark == ">" for opened in self._open):
                self._open.append(_Open(">", self._offset, self._at))
            self._at += 1
            return
        if self._inside(mark):
            self._close()
            self._at += len(mark)
            return
        if any(opened.mark == mark for opened in self._open) or (self._old and self._open):
            last = self._open[-1]
            place = self._byte(last.at)
            self._refuse(f"Can't find end of {_NAMES[last.mark]} entity at byte offset {place}")
        self._open.append(_Open(mark, self._offset, self._at))
        self._at += len(mark)
        if mark == "```":
            self._language()

    def _language(self) -> None:
        end = self._at
        while (
            end < len(self._source) and not self._source[end].isspace() and self._source[end] != "`"
        ):
            end += 1
        if end < len(self._source) and self._source[end] == "\n":
            self._open[-1].language = self._source[self._at : end]
            self._at = end + 1

    def _close(self) -> None:
        opened = self._open.pop()
        length = self._offset - opened.offset
        if length == 0:
            return
        kind = {"```": "pre", ">": "blockquote"}.get(opened.mark) or _MARKS[opened.mark]
        extra = {"language": opened.language} if opened.language else {}
        self._entities.append(Entity(opened.offset, length, kind, extra))

    def _end_quote(self, *, unless_next: bool = False) -> None:
        follows = self._source.startswith(">", self._at + 1)
        if self._inside(">") and not (unless_next and follows):
            self._close()

    def _end_link(self) -> None:
        opened = self._open.pop()
        self._at += 1
        label = self._source[opened.at + 1 : self._at - 1]
        link = label
        if self._source.startswith("(", self._at):
            end = self._source.find(")", self._at)
            if end < 0:
                place = self._byte(self._at)
                self._refuse(f"Can't find end of a URL at byte offset {place}")
            link = self._source[self._at + 1 : end]
            self._at = end + 1
        length = self._offset - opened.offset
        user = user_of(link)
        if length and user is not None:
            self._entities.append(Entity(opened.offset, length, "text_mention", {"user_id": user}))
        elif length and not link_fault(link):
            self._entities.append(
                Entity(opened.offset, length, "text_link", {"url": completed(link)})
            )


def read_markdown(source: str, *, version: int) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of Markdown (1) or MarkdownV2 (2); raises 400."""
    return MarkdownReader(source, version=version).read()
