"""MarkdownV2, read the way Telegram reads it, with its complaints and byte offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from tipbot.sandbox.entities import Entity, utf8_length, utf16_length
from tipbot.sandbox.errors import refuse
from tipbot.sandbox.links import custom_emoji_of, target_of, time_of

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
_ENDS = {"bold": "*", "code": "`", "pre": "```", "link": "]", "symbol": "]", "underline": "__",
         "strikethrough": "~", "spoiler": "||"}  # fmt: skip
_STARTS = {"__": "underline", "_": "italic", "*": "bold", "~": "strikethrough", "||": "spoiler",
           "```": "pre", "`": "code", "[": "link", "![": "symbol"}  # fmt: skip
"""What each mark begins; a longer mark stands before the shorter one that it begins with."""
_NAMES = {"bold": "Bold", "italic": "Italic", "underline": "Underline", "spoiler": "Spoiler",
          "strikethrough": "Strikethrough", "code": "Code", "pre": "Pre", "link": "TextUrl",
          "symbol": "CustomEmoji", "blockquote": "BlockQuote"}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A span that has begun: where in the plain text, where in the source, after which pieces."""

    kind: str
    offset: int
    at: int
    start: int
    language: str = ""

    @property
    def name(self) -> str:
        return "PreCode" if self.language else _NAMES[self.kind]


class MarkdownReader:
    """One reading of one text; `read` returns the plain text and its entities, or raises 400."""

    def __init__(self, source: str) -> None:
        # The closing NULs stand for the end, so that looking ahead needs no bounds check.
        self._source = source + "\0\0\0"
        self._end = len(source)
        self._at = 0
        self._plain: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._quoted = False
        self._may_quote = True

    def read(self) -> tuple[str, list[Entity]]:
        """Return the text without markup, and its entities sorted by place."""
        while self._at < self._end:
            self._step()
        if self._quoted:
            self._end_last_quote()
        if self._open:
            self._unended(self._open[-1])
        return "".join(self._plain), sorted(self._entities)

    @staticmethod
    def _refuse(reason: str) -> NoReturn:
        refuse(f"can't parse entities: {reason}")

    def _unended(self, opened: _Open) -> NoReturn:
        place = self._byte(opened.at)
        self._refuse(f"Can't find end of {opened.name} entity at byte offset {place}")

    def _reserved(self, character: str) -> NoReturn:
        self._refuse(
            f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
        )

    def _byte(self, at: int) -> int:
        return utf8_length(self._source[:at])

    def _put(self, character: str) -> None:
        self._plain.append(character)
        self._offset += utf16_length(character)
        self._at += 1
        if character != "\r":
            self._may_quote = character == "\n"

    def _step(self) -> None:
        character = self._source[self._at]
        if character == "\\" and self._escapes(self._at):
            self._at += 1
            self._put(self._source[self._at])
        elif character not in self._special():
            self._put(character)
        elif self._ends_here(character):
            self._close(character)
        elif character == "\n":
            self._put(character)
        elif character == ">":
            self._quote()
        else:
            self._start(character)

    def _escapes(self, at: int) -> bool:
        """Tell whether a backslash stands before one of the characters it can escape: any ASCII."""
        return "\0" < self._source[at + 1] < "\x7f"

    def _special(self) -> frozenset[str]:
        in_code = self._open and self._open[-1].kind in {"code", "pre"}
        return frozenset("`") if in_code else _RESERVED

    def _ends_here(self, character: str) -> bool:
        if not self._open:
            return False
        following = self._source[self._at + 1]
        if self._quoted and character == "\n" and following != ">":
            return True
        kind = self._open[-1].kind
        if kind == "italic":
            return character == "_" and following != "_"
        return kind in _ENDS and self._source.startswith(_ENDS[kind], self._at)

    # --- beginnings -----------------------------------------------------------------------

    def _quote(self) -> None:
        if not self._may_quote:
            self._reserved(">")
        if not self._quoted:
            self._quoted = True
            self._begin("blockquote", ">")
        else:
            self._at += 1

    def _start(self, character: str) -> None:
        for mark, kind in _STARTS.items():
            if self._source.startswith(mark, self._at):
                self._begin(kind, mark)
                if kind == "pre":
                    self._open[-1].language = self._language()
                return
        self._reserved(character)

    def _begin(self, kind: str, mark: str) -> None:
        # What a longer mark begins is blamed, should it not end, on the first of its characters.
        self._open.append(_Open(kind, self._offset, self._at, len(self._plain)))
        self._at += len(mark)

    def _language(self) -> str:
        """Step over what follows ``` and return the language; one line break goes with it."""
        language, self._at = code_language(self._source, self._at, self._end)
        return language

    # --- ends -----------------------------------------------------------------------------

    def _close(self, character: str) -> None:
        if character == "\n" and self._quoted and self._source[self._at + 1] != ">":
            self._end_quote()
            return
        opened = self._open.pop()
        span = opened.offset, self._offset - opened.offset
        if opened.kind == "link":
            self._end_link(opened, span)
            return
        if opened.kind == "symbol":
            self._end_symbol(span)
            return
        self._at += len(_ENDS.get(opened.kind, "_"))
        if span[1]:
            extra = {"language": opened.language} if opened.language else {}
            self._entities.append(Entity(*span, opened.kind, extra))

    def _end_quote(self) -> None:
        """End a quote at the end of its last line; `||` before that makes it expandable."""
        opened, kind = self._open.pop(), "blockquote"
        if opened.kind != "blockquote":
            marks = self._source[opened.at : self._at].rstrip("\r")
            if opened.kind != "spoiler" or marks != "||":
                self._unended(opened)
            opened, kind = self._open.pop(), "expandable_blockquote"
        if opened.kind != "blockquote":
            self._unended(opened)
        self._quoted = False
        self._put("\n")
        self._entities.append(Entity(opened.offset, self._offset - opened.offset, kind))

    def _end_last_quote(self) -> None:
        """End a quote that the text ends with."""
        kind = "blockquote"
        if self._open[-1].kind == "spoiler" and self._open[-1].at == self._end - 2:
            self._open.pop()
            kind = "expandable_blockquote"
        if self._open[-1].kind == "blockquote":
            opened = self._open.pop()
            if self._offset > opened.offset:
                self._entities.append(Entity(opened.offset, self._offset - opened.offset, kind))

    def _end_link(self, opened: _Open, span: tuple[int, int]) -> None:
        self._at += 1
        if self._source[self._at] == "(":
            address = self._address()
        else:
            address = "".join(self._plain[opened.start :])
        made = target_of(address)
        if made is not None and span[1]:
            self._entities.append(Entity(*span, *made))

    def _end_symbol(self, span: tuple[int, int]) -> None:
        self._at += 1
        if self._source[self._at] != "(":
            self._refuse("The entity must contain a tg://emoji or tg://time URL")
        address = self._address()
        made = custom_emoji_of(address) or time_of(address)
        if made is None:
            self._refuse("Invalid tg://emoji or tg://time URL specified")
        if span[1]:
            self._entities.append(Entity(*span, *made))

    def _address(self) -> str:
        """Step over an address in parentheses and return it."""
        self._at += 1
        begin, found = self._at, []
        while self._at < self._end and self._source[self._at] != ")":
            self._at += self._source[self._at] == "\\" and self._escapes(self._at)
            found.append(self._source[self._at])
            self._at += 1
        if self._at >= self._end:
            self._refuse(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self._at += 1
        return "".join(found)


def code_language(source: str, at: int, end: int) -> tuple[str, int]:
    """Return the language that stands at `at`, after ```, and where the code begins.

    One line break before the code goes; `source` has NULs behind its `end`.
    """
    stop = at
    while source[stop] not in " \t\r\n\v\0`":
        stop += 1
    named = at < stop < end and source[stop] != "`"
    language, at = (source[at:stop], stop) if named else ("", at)
    if source[at] in "\r\n":
        at += 2 if source[at + 1] in "\r\n" and source[at] != source[at + 1] else 1
    return language, at


def read_markdown(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of MarkdownV2; raises 400 as Telegram does."""
    return MarkdownReader(source).read()
