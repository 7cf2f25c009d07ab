"""What owners and editors are told without having asked: each thing once, over any restart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tipbot.core.audit import Actor
from tipbot.core.model import SubscriberId, require_aware
from tipbot.core.proposals import Proposal


class NoticeKind(StrEnum):
    """What a notice is about."""

    WAITS = "waits"
    """A change waits for a second pair of eyes; to everybody who may approve it."""
    SETTLED = "settled"
    """A change was approved or turned down; to whoever proposed it."""
    JOINED = "joined"
    """Somebody became an editor; to the owner who had invited them."""
    REMOVED = "removed"
    """An owner removed an editor; to them, unless they are at the desk again by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that somebody at the desk is to be told; ``to`` is a Telegram user id."""

    to: SubscriberId
    kind: NoticeKind
    made_at: datetime
    proposal: Proposal | None = None
    """The change as it stands when the notice is taken; None for JOINED and REMOVED."""
    about: Actor | None = None
    """The new editor, for JOINED."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.made_at)
