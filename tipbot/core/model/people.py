"""Subscribers, with what holds for all of their plans."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from tipbot.core.model.ids import SubscriberId
from tipbot.core.model.times import Minute, require_aware


class Stage(StrEnum):
    """How far a subscriber has come with onboarding; each stage is a question still open."""

    ZONE = "zone"
    PRESET = "preset"
    DONE = "done"


class Presence(StrEnum):
    """Whether messages may go to a subscriber at all."""

    ACTIVE = "active"
    STOPPED = "stopped"
    """They said /stop; only they can come back, with /start."""
    BLOCKED = "blocked"
    """Telegram refused (Forbidden); ``my_chat_member`` or any message brings them back."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local minutes without messages, from ``start`` up to but without ``end``.

    ``start > end`` spans midnight; equal values mean no quiet hours at all.
    """

    start: Minute
    end: Minute

    def covers(self, minute: Minute) -> bool:
        """Tell whether a local minute lies in the quiet hours."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end


NO_QUIET_HOURS = QuietHours(Minute(0), Minute(0))
DEFAULT_QUIET_HOURS = QuietHours(Minute(22 * 60), Minute(8 * 60))
DEFAULT_BEDTIME = Minute(22 * 60 + 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person in a private chat, with the settings that hold for all of their plans."""

    id: SubscriberId
    chat_id: int
    language: str = "en"
    zone: str = "UTC"
    stage: Stage = Stage.ZONE
    presence: Presence = Presence.ACTIVE
    quiet: QuietHours = DEFAULT_QUIET_HOURS
    bedtime: Minute = DEFAULT_BEDTIME
    silent: bool = False
    """Messages arrive without a sound."""
    paused_until: datetime | None = None
    unanswered: int = 0
    """Tips in a row without any reaction."""
    diagnosed: bool = False
    """They said that they have a diagnosis."""
    pad_message_id: int | None = None
    """The pinned log pad."""
    created_at: datetime = field(default=datetime(2000, 1, 1, tzinfo=UTC))

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.paused_until, self.created_at)

    def paused(self, now: datetime) -> bool:
        """Tell whether a pause is on at ``now``."""
        return self.paused_until is not None and now < self.paused_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A question that waits for a typed answer; at most one a person."""

    subscriber: SubscriberId
    kind: str
    payload: str
    """Whatever the feature that asked needs, as JSON; never shown."""
    expires_at: datetime
