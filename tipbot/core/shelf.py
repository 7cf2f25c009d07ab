"""The library as editors see it: a tip in a list, and everything about one."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from tipbot.core.entries import Entry
from tipbot.core.model import TipId
from tipbot.core.proposals import Proposal
from tipbot.core.revisions import Revision, TipNumber, TipState

ConflictId = NewType("ConflictId", int)


@dataclass(frozen=True, slots=True)
class FileConflict:
    """Both a tip's file and its live text changed: the live text stays until an editor chooses."""

    id: ConflictId
    live: Revision
    file: Entry | None
    """None if the file is gone."""
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLine:
    """A tip in a list."""

    number: TipNumber
    id: TipId
    title: str
    shelf: str
    """A tip's topic, a card's shelf."""
    is_card: bool
    state: TipState
    revision: int
    waiting: bool = False
    """A proposal waits."""
    in_conflict: bool = False
    """An editor has to choose between file and live text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipFigures:
    """What became of a tip's deliveries, over the records that are still kept (90 days)."""

    sent: int = 0
    skipped: int = 0
    """Sent, and nothing was tapped on it."""
    done: int = 0
    helpful: int = 0
    not_helpful: int = 0
    snoozed: int = 0
    less: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TipPage:
    """Everything about one tip."""

    current: Revision
    """The newest revision; what subscribers get if its state is PUBLISHED."""
    versions: int
    figures: TipFigures
    proposals: tuple[Proposal, ...] = ()
    """Those that are open, oldest first."""
    conflict: FileConflict | None = None
