"""HTML markup, read the way Telegram reads it, with its complaints and byte offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from tipbot.sandbox.entities import Entity, utf8_length, utf16_length
from tipbot.sandbox.errors import refuse
from tipbot.sandbox.tags import TAGS, argument_of, close_tag

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\v\0"
_LAST_CHARACTER = 0x10FFFF
_LONGEST_REFERENCE = 10


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class HtmlReader:
    """One reading of one text; `read` returns the plain text and its entities, or raises 400."""

    def __init__(self, source: str) -> None:
        # The closing NUL stands for the end, so that looking ahead needs no bounds check.
        self._source = source + "\0"
        self._end = len(source)
        self._at = 0
        self._plain: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        """Return the text without markup, and its entities sorted by place."""
        while self._at < self._end:
            character = self._source[self._at]
            if character == "<":
                self._tag()
            elif character == "&":
                self._put(self._reference())
            else:
                self._at += 1
                self._put(character)
        if self._open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        plain = "".join(self._plain)
        if any("\ud800" <= character <= "\udfff" for character in plain):
            self._refuse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return plain, sorted(self._entities)

    @staticmethod
    def _refuse(reason: str) -> NoReturn:
        refuse(f"can't parse entities: {reason}")

    def _byte(self, at: int) -> int:
        return utf8_length(self._source[:at])

    def _put(self, text: str) -> None:
        self._plain.append(text)
        self._offset += utf16_length(text)

    def _reference(self) -> str:
        """Step over one character reference; an unknown one stands for itself."""
        source, start = self._source, self._at
        end = start + 1
        if source[end] == "#":
            base, end = (16, end + 2) if source[end + 1] == "x" else (10, end + 1)
            digits = end
            while source[end] in "0123456789abcdefABCDEF"[: 22 if base == 16 else 10]:
                end += 1
            code = int(source[digits:end] or "0", base)
            known = 0 < code < _LAST_CHARACTER and end - start < _LONGEST_REFERENCE
            found = chr(code) if known else ""
        else:
            while source[end].isascii() and source[end].isalpha():
                end += 1
            found = _NAMED.get(source[start + 1 : end], "")
        if not found:
            self._at += 1
            return "&"
        self._at = end + (source[end] == ";")
        return found

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._source[self._at] == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _word(self, stops: str) -> str:
        start = self._at
        while self._source[self._at] not in stops:
            self._at += 1
        return self._source[start : self._at]

    def _skip_space(self) -> None:
        while self._at < self._end and self._source[self._at] in _SPACE:
            self._at += 1

    def _start_tag(self, begin: int) -> None:
        tag = self._word(_SPACE + ">").lower()
        if self._at >= self._end:
            self._refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            self._refuse(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            offset = self._byte(begin)
            self._refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self._at += 1
        self._open.append(_Open(tag, argument, self._offset, len(self._plain)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while self._source[self._at] != ">":
            self._skip_space()
            if self._source[self._at] == ">":
                break
            name = self._word(_SPACE + "=>/\"'")
            if not name:
                offset = self._byte(begin)
                self._refuse(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
            self._skip_space()
            value = self._value(tag, begin)
            argument = argument_of(tag, name, value, argument)
        return argument

    def _value(self, tag: str, begin: int) -> str | None:
        unclosed = f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}'
        if self._source[self._at] != "=":
            if self._at >= self._end:
                self._refuse(unclosed)
            return None
        self._at += 1
        self._skip_space()
        if self._at >= self._end:
            self._refuse(unclosed)
        value = self._quoted() if self._source[self._at] in "\"'" else self._name_token()
        if self._at >= self._end:
            self._refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _name_token(self) -> str:
        start = self._at
        while self._source[self._at].isascii() and (
            self._source[self._at].isalnum() or self._source[self._at] in ".-"
        ):
            self._at += 1
        if self._source[self._at] not in _SPACE + ">":
            self._refuse(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self._source[start : self._at].lower()

    def _quoted(self) -> str:
        quote = self._source[self._at]
        self._at += 1
        found: list[str] = []
        while self._at < self._end and self._source[self._at] != quote:
            if self._source[self._at] == "&":
                found.append(self._reference())
            else:
                found.append(self._source[self._at])
                self._at += 1
        self._at += self._source[self._at] == quote
        return "".join(found)

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            self._refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self._at += 1
        name = self._word(_SPACE + ">").lower()
        self._skip_space()
        if self._source[self._at] != ">":
            self._refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self._open.pop()
        if name and name != opened.tag:
            self._refuse(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self._at += 1
        if self._offset > opened.offset:
            span = opened.offset, self._offset - opened.offset
            inside = "".join(self._plain[opened.start :])
            close_tag(
                self._entities, opened.tag, opened.argument or inside * (opened.tag == "a"), span
            )


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of HTML markup; raises 400 as Telegram does."""
    plain, entities = HtmlReader(source).read()
    kept = [Entity(e.offset, e.length, e.kind) if e.kind == "code" else e for e in entities]
    return plain, kept
