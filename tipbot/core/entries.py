"""One tip or card as its file says it: fields checked one by one, every fault with its mend."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from tipbot.core.markup import MarkupError, to_plain, utf16_length
from tipbot.core.model import TIP_TOPICS, Card, Citation, Claim, Tip, TipId, Topic
from tipbot.core.spans import is_forbidden

Entry = Tip | Card
"""Whatever has a file of its own in the library."""

EMERGENCY, OVERVIEW, GRAVEST = "warning-signs", "overview", "serious"
"""Tags of the card that a shelf begins with, and of what is read last: rare and frightening."""
EVENING = "evening"
"""Tag of a tip that speaks of the evening ahead: it is not sent in the morning."""
SHELVES = ("signs", "causes", "types", "triggers", "treatments", "relief", "living")
"""Where cards are kept, in the order in which they are offered."""
LONGEST_TITLE = 60
LONGEST_TIP = 280
LONGEST_CARD = 1800
"""Limits in UTF-16 units as shown, the unit in which Telegram counts."""
LONGEST_ID = 64
MOST_TAGS = 5
LONGEST_TAG = 40
MOST_SOURCES = 10
EARLIEST_REVIEW = date(2000, 1, 1)
"""No text of this library was checked before."""
EDITOR = "editor"
"""What stands for the sources of a tip that an editor wrote from no document."""

NO_LINE = "it is empty, or has line breaks, spaces to spare or signs that cannot be shown"
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = ("id", "title", "topic", "shelf", "tags", "sources", "claim", "reviewed")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one field of one file, and what to do about it."""

    path: str
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}: {self.field}: {self.problem}; {self.mend}"


class LibraryError(ValueError):
    """A library cannot be used; ``faults`` are all that were found, in order of path."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def reading_order(card: Card) -> tuple[int, str, str]:
    """Return by what the cards of a shelf are sorted.

    What is an emergency comes first, then an overview; the gravest of what is none comes last.
    """
    ranks = {EMERGENCY: -2, OVERVIEW: -1, GRAVEST: 1}
    rank = next((rank for tag, rank in ranks.items() if tag in card.tags), 0)
    return rank, card.title, card.id


def home(entry: Entry, language: str = "en") -> str:
    """Return the path of an entry's file inside the library folder; the id decides it."""
    folder, prefix = _place(entry)
    return f"{language}/{folder}/{entry.id.removeprefix(prefix)}.md"


def _place(entry: Entry) -> tuple[str, str]:
    """Return an entry's folder and the prefix that its id carries."""
    if isinstance(entry, Card):
        return "cards", "card-"
    folder = entry.topic.replace("_", "-")
    return folder, f"{folder}-"


def entry_from(fields: Mapping[str, object], body: str, path: str) -> Entry:
    """Return the tip or card of one file; ``path`` is its place inside the library folder.

    Raises ``LibraryError`` with every fault of the file. An entry always has revision 1 here.
    """
    reading = _Reading(fields, path)
    common: dict[str, Any] = {
        "id": TipId(reading.text("id")),
        "title": reading.text("title"),
        "body": body.replace("\r\n", "\n").strip(),
        "tags": reading.tags(),
        "sources": reading.sources(),
        "claim": Claim(reading.choice("claim", list(Claim))),
        "reviewed": reading.date("reviewed"),
    }
    reading.refuse_unknown()
    entry: Entry
    if PurePosixPath(path).parent.name == "cards":
        reading.refuse("topic", "a card stands on a shelf, not in a topic")
        entry = Card(shelf=reading.choice("shelf", SHELVES), **common)
    else:
        reading.refuse("shelf", "a tip belongs to a topic, not to a shelf")
        entry = Tip(topic=Topic(reading.choice("topic", TIP_TOPICS)), **common)
    broken = {fault.field for fault in reading.faults}
    later = [fault for fault in check_entry(entry, path) if fault.field not in broken]
    if broken & {"topic", "shelf"}:
        later = [fault for fault in later if fault.field != "id"]
    if reading.faults or later:
        raise LibraryError([*reading.faults, *later])
    return entry


class _Reading:
    """Takes typed values out of untyped fields, noting faults; a faulty one yields a stand-in."""

    def __init__(self, fields: Mapping[str, object], path: str) -> None:
        self.fields = fields
        self.path = path
        self.faults: list[Fault] = []

    def fault(self, field: str, problem: str, mend: str) -> None:
        self.faults.append(Fault(self.path, field, problem, mend))

    def text(self, field: str) -> str:
        found = self.fields.get(field)
        if isinstance(found, str) and found:
            return found
        if found is None or found == "":
            self.fault(field, "it is missing", f"add '{field}: …' between the --- lines")
        else:
            self.fault(field, f"{found!r:.40} is not text", "put it in quotes")
        return "none"

    def choice(self, field: str, choices: Collection[str]) -> str:
        faults = len(self.faults)
        found = self.text(field)
        if found in choices:
            return str(found)
        if len(self.faults) == faults:
            self.fault(field, f"'{found:.40}' is not one of them", f"use {', '.join(choices)}")
        return next(iter(choices))

    def tags(self) -> tuple[str, ...]:
        found = self.fields.get("tags")
        if isinstance(found, list) and all(isinstance(tag, str) for tag in found):
            return tuple(found)
        self.fault("tags", "this is no list of words", "write it as [water, habit]")
        return ("none",)

    def sources(self) -> tuple[Citation, ...]:
        found = self.fields.get("sources")
        if found == EDITOR:
            return ()
        if not isinstance(found, list) or not found:
            mend = f"list document and section, or write 'sources: {EDITOR}' if there is none"
            self.fault("sources", "this is no list of sources", mend)
            return ()
        return tuple(citation for one in found if (citation := self._citation(one)))

    def _citation(self, found: object) -> Citation | None:
        if isinstance(found, dict) and found.keys() == {"document", "section"}:
            document, section = found["document"], found["section"]
            if isinstance(document, str) and isinstance(section, str):
                return Citation(document, section)
        mend = "give each source a 'document:' and a 'section:', both text"
        self.fault("sources", f"{found!r:.60} is not a source", mend)
        return None

    def date(self, field: str) -> date:
        found = self.fields.get(field)
        if type(found) is date:
            return found
        self.fault(field, f"{found!r:.40} is not a date", "write it as 2026-11-21")
        return date.min

    def refuse(self, field: str, problem: str) -> None:
        if field in self.fields:
            self.fault(field, problem, "remove the line")

    def refuse_unknown(self) -> None:
        for field in self.fields:
            if field not in _FIELDS:
                self.fault(f"{field!s:.40}", "there is no such field", f"use {', '.join(_FIELDS)}")


def check_entry(entry: Entry, path: str | None = None) -> list[Fault]:
    """Return every fault of one entry that needs no other: form, lengths, markup and place.

    ``path`` is where the file really lies; without it the entry is taken to come from the database.
    """
    here = path or home(entry)
    folder, prefix = _place(entry)
    name = entry.id.removeprefix(prefix)
    faults: list[Fault] = []
    if not _KEBAB.fullmatch(entry.id) or len(entry.id) > LONGEST_ID:
        mend = f"use a-z, 0-9 and single hyphens, {LONGEST_ID} characters at most"
        faults.append(Fault(here, "id", f"'{entry.id:.80}' is no id", mend))
    elif not entry.id.startswith(prefix):
        faults.append(Fault(here, "id", f"it does not begin with '{prefix}'", "name it so"))
    elif path and PurePosixPath(path).parts[-2:] != (folder, f"{name}.md"):
        mend = f"move the file to {folder}/{name}.md, or correct the id or topic if it is new"
        faults.append(Fault(here, "id", f"'{entry.id}' belongs into another file", mend))
    return [
        *faults,
        *_check_title(entry, here),
        *_check_tags(entry, here),
        *_check_sources(entry, here),
        *_check_review(entry, here),
        *_check_body(entry, here),
    ]


def _check_title(entry: Entry, path: str) -> Iterable[Fault]:
    title = entry.title
    if not is_one_line(title):
        yield Fault(path, "title", NO_LINE, "write it on one line")
    if "**" in title or "`" in title:
        yield Fault(path, "title", "a title is plain text", "leave out the marks")
    if (length := utf16_length(title)) > LONGEST_TITLE:
        yield Fault(path, "title", f"{length} characters", f"shorten it to {LONGEST_TITLE}")


def is_one_line(text: str) -> bool:
    """Tell whether a text is one line without spaces to spare, all of it fit to be shown."""
    return bool(text) and text == " ".join(text.split()) and not any(map(is_forbidden, text))


def _check_tags(entry: Entry, path: str) -> Iterable[Fault]:
    if not 1 <= len(entry.tags) <= MOST_TAGS or len(set(entry.tags)) < len(entry.tags):
        problem = f"{len(entry.tags)} tags, or one of them twice"
        yield Fault(path, "tags", problem, f"give 1 to {MOST_TAGS} different ones")
    for tag in entry.tags:
        if not _KEBAB.fullmatch(tag) or len(tag) > LONGEST_TAG:
            mend = f"use a-z, 0-9 and single hyphens, {LONGEST_TAG} characters at most"
            yield Fault(path, "tags", f"'{tag:.40}' is no tag", mend)


def _check_sources(entry: Entry, path: str) -> Iterable[Fault]:
    if (count := len(entry.sources)) > MOST_SOURCES:
        yield Fault(path, "sources", f"{count} sources", f"name {MOST_SOURCES} at most")
    if len(set(entry.sources)) < len(entry.sources):
        yield Fault(path, "sources", "a source is listed twice", "list it once")
    if entry.claim is Claim.MEDICAL and not entry.sources:
        yield Fault(
            path, "sources", "a medical claim has no source", "name the document and section"
        )


def _check_review(entry: Entry, path: str) -> Iterable[Fault]:
    if entry.reviewed < EARLIEST_REVIEW:
        problem = f"{entry.reviewed.isoformat()} is before {EARLIEST_REVIEW.year}"
        yield Fault(path, "reviewed", problem, "give the day on which it was last checked")


def _check_body(entry: Entry, path: str) -> Iterable[Fault]:
    if entry.body != entry.body.strip() or "\r" in entry.body:
        yield Fault(path, "body", "it has line breaks or spaces to spare", "trim both ends")
    try:
        shown = to_plain(entry.body)
    except MarkupError as refused:
        yield Fault(path, "body", f"line {refused.line} cannot be shown", refused.reason)
        return
    limit = LONGEST_CARD if isinstance(entry, Card) else LONGEST_TIP
    if not any(char.isalnum() for char in shown):
        yield Fault(path, "body", "there is no text", "write at least one word")
    elif (length := utf16_length(shown)) > limit:
        yield Fault(path, "body", f"{length} characters as shown", f"shorten it to {limit}")
