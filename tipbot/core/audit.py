"""What owners and editors did: who, when, what, on which thing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from tipbot.core.model import SubscriberId, require_aware
from tipbot.core.roles import ActorId

ActId = NewType("ActId", int)


class Deed(StrEnum):
    """What was done; the text ``deed-<value>`` says it in one sentence."""

    INVITED = "invited"
    WITHDREW_INVITE = "withdrew_invite"
    JOINED = "joined"
    REMOVED_EDITOR = "removed_editor"
    EXPORTED_LOG = "exported_log"
    ANNOUNCED = "announced"
    STOPPED_ANNOUNCEMENT = "stopped_announcement"
    TIP_ADDED = "tip_added"
    TIP_EDITED = "tip_edited"
    TIP_PUBLISHED = "tip_published"
    TIP_RETIRED = "tip_retired"
    TIP_RESTORED = "tip_restored"
    TIP_REVERTED = "tip_reverted"
    TIP_PROPOSED = "tip_proposed"
    TIP_APPROVED = "tip_approved"
    TIP_REJECTED = "tip_rejected"
    TIP_WITHDRAWN = "tip_withdrawn"
    TOOK_FILE = "took_file"
    KEPT_LIVE = "kept_live"
    LIBRARY_IMPORTED = "library_imported"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_CHANGED = "document_changed"
    LIBRARY_EXPORTED = "library_exported"
    REVIEW_WANTED = "review_wanted"
    REVIEW_WAIVED = "review_waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One deed of an owner or editor, on its way into the log.

    ``thing`` is an id or a number, ``detail`` says more in ids, numbers and the names of fields:
    neither ever holds anything of a subscriber, nor any words that were typed.
    """

    by: SubscriberId
    name: str
    """What Telegram calls whoever acts."""
    deed: Deed
    at: datetime
    thing: str = ""
    detail: str = ""
    about: SubscriberId | None = None
    """The owner or editor who is concerned, if it is about one."""
    language: str = ""
    """What Telegram says they speak, to write to them later; empty leaves it as it is known."""
    as_editor: bool = False
    """They may do it as an editor alone: nothing comes of it if they are none by then."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.at)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in the log; ``name`` is empty once their data was removed."""

    number: ActorId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act as the log keeps it."""

    id: ActId
    at: datetime
    by: Actor
    deed: str
    """The value of a ``Deed``, maybe one that this version no longer has."""
    thing: str
    detail: str
    about: Actor | None
    title: str = ""
    """That of the tip whose id ``thing`` is, as it is now."""
