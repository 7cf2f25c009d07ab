"""The editors' buttons for changing a tip or writing a new one.

A tip is named by its number, a revision by its own, a draft by its mark; all are claims until the
store knows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import Claim, Topic
from tipbot.core.revisions import TipNumber

NEW = TipNumber(0)
"""Stands for the new tip that is being written; what was ``seen`` is then its draft's mark."""


class DraftField(StrEnum):
    """A field of a tip that an editor may change."""

    TITLE = "title"
    BODY = "body"
    TAGS = "tags"
    SOURCES = "sources"
    CLAIM = "claim"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class EditTip:
    """Show what of a tip can be changed."""

    tip: TipNumber


@dataclass(frozen=True, slots=True)
class AskField:
    """Ask for one field of a tip; ``seen`` is the revision that the editor looks at."""

    tip: TipNumber
    seen: int
    field: DraftField


@dataclass(frozen=True, slots=True)
class AddSource:
    """Show the sections of a document, by its place in the list; 0 is none, the editors' own."""

    tip: TipNumber
    seen: int
    document: int


@dataclass(frozen=True, slots=True)
class PickSection:
    """Cite a section of a document, by ``core.drafts.short_name``."""

    tip: TipNumber
    seen: int
    source: str


@dataclass(frozen=True, slots=True)
class TurnSections:
    """Show another page, from 0, of the sections of a document, by its place in the list."""

    tip: TipNumber
    seen: int
    document: int
    page: int


@dataclass(frozen=True, slots=True)
class DropSource:
    """Take a source away, by ``core.drafts.short_name``."""

    tip: TipNumber
    seen: int
    source: str


@dataclass(frozen=True, slots=True)
class PickClaim:
    """Say what kind of statement a tip is."""

    tip: TipNumber
    seen: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class ReviewToday:
    """Say that a tip was checked against its source today."""

    tip: TipNumber
    seen: int


@dataclass(frozen=True, slots=True)
class NewTip:
    """Begin a new tip, or go on with the one begun."""


@dataclass(frozen=True, slots=True)
class PickTopic:
    """The new tip's topic."""

    draft: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class StepBack:
    """Ask for the new tip's answer before ``step`` again."""

    draft: int
    step: str


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Show what the editor is writing."""


@dataclass(frozen=True, slots=True)
class ThrowAway:
    """Forget a draft, on top of revision ``seen``."""

    draft: int
    seen: int


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Save a draft, on top of revision ``seen``; publish a new tip."""

    draft: int
    seen: int
    publish: bool


@dataclass(frozen=True, slots=True)
class Rebase:
    """Put a draft on top of a colleague's revision; ``mine`` wins where both changed a field."""

    draft: int
    current: int
    mine: bool


PREFIXES: Mapping[str, type] = {
    "ke": EditTip, "kf": AskField, "kd": AddSource, "kx": PickSection, "kq": TurnSections,
    "ku": DropSource, "kc": PickClaim, "kr": ReviewToday,
    "kn": NewTip, "kk": PickTopic, "kb": StepBack, "ko": OpenDraft, "ka": ThrowAway,
    "kv": SaveDraft, "km": Rebase,
}  # fmt: skip
