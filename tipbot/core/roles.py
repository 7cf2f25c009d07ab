"""Who may do what beside receiving tips: owners, the editors whom they invite, and everyone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from hashlib import sha256
from typing import NewType

from tipbot.core.model import SubscriberId, require_aware

InviteId = NewType("InviteId", int)
ActorId = NewType("ActorId", int)
"""The number of somebody who acted; it stays when all that names the person is removed."""

INVITE_KEPT = timedelta(hours=48)
"""How long an invitation can be opened."""
MOST_EDITORS = 40
"""Editors and open invitations together: as many as one message can list."""


class Role(IntEnum):
    """What somebody may do; a greater role may do all that a smaller one may."""

    ANYONE = 0
    EDITOR = 1
    """Invited by an owner, until removed."""
    OWNER = 2
    """Named in the setting ``TIPBOT_OWNERS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who is, or was, an owner or editor; ``id`` is None once their data was removed."""

    actor: ActorId
    id: SubscriberId | None
    name: str
    editor_since: datetime | None
    """None for someone who is no editor, or not any more."""
    language: str = ""
    """What Telegram said they speak when they last did something."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.editor_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation that nobody has opened yet."""

    id: InviteId
    by: SubscriberId
    created_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.created_at, self.expires_at)


def token_hash(token: str) -> str:
    """Return what is kept of an invitation's token: enough to know it again, not to use it.

    A plain hash is enough for a token of 192 random bits: there is no dictionary to try.
    """
    return sha256(token.encode()).hexdigest()
