"""The life of a tip in editors' hands: its states, and the revisions that lead from one to another.

    draft -> published <-> retired

Every change makes a revision: the full content, the state after it, who made it and when. A change
names the revision that its editor saw and is made only if that is still the newest one. Cards have
the same life; what is said of tips here holds for both.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from tipbot.core.audit import Actor
from tipbot.core.entries import Entry
from tipbot.core.model import require_aware

TipNumber = NewType("TipNumber", int)
"""A tip's row: short enough for a button, permanent like the id."""


class TipState(StrEnum):
    """Whether subscribers get a tip."""

    DRAFT = "draft"
    """Never published yet."""
    PUBLISHED = "published"
    RETIRED = "retired"


class RevisionKind(StrEnum):
    """What a revision did."""

    ADD = "add"
    EDIT = "edit"
    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"
    """Published again after it was retired."""
    REVERT = "revert"
    """An old revision's content became the newest."""
    SYNC = "sync"
    """The files said so."""
    IMPORT = "import"
    """An archive sent by an editor said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of a tip, as it is kept for good; ``entry.revision`` is its number."""

    number: TipNumber
    entry: Entry
    state: TipState
    kind: RevisionKind
    author: Actor | None
    """Whoever made it; None for the files of the library folder."""
    approved_by: Actor | None = None
    """The second pair of eyes, if there was one."""
    at: datetime
    fields: tuple[str, ...] = ()
    """Names of the fields in which it differs from the revision before, as files name them."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.at)

    @property
    def revision(self) -> int:
        """Return its number among the tip's revisions, from 1."""
        return self.entry.revision
