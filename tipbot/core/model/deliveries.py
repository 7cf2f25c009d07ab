"""Deliveries: what was, or is to be, sent, and what was answered to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tipbot.core.model.ids import AnnouncementId, DeliveryId, PlanId, SubscriberId
from tipbot.core.model.people import Subscriber
from tipbot.core.model.plans import Slot
from tipbot.core.model.times import require_aware
from tipbot.core.model.tips import Tip, Topic


class DeliveryState(StrEnum):
    """The states that ``tipbot.delivery`` draws."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    """Too late to be of use, or no longer wanted, and never sent."""


class Reaction(StrEnum):
    """What a subscriber answered to a tip with a button."""

    DONE = "done"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"
    SNOOZED = "snoozed"
    WHY = "why"
    LESS = "less"
    TWITCH = "twitch"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A delivery about to be written; unique on (plan, slot, repeat)."""

    plan: PlanId
    subscriber: SubscriberId
    topic: Topic
    slot: Slot
    repeat: int = 0
    """0 for the slot itself, n for its n-th snooze."""
    tip_number: int | None
    """The chosen tip's row; None for a check-in prompt."""
    tip_revision: int | None
    due_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.due_at, self.expires_at)


@dataclass(frozen=True, slots=True)
class Notice:
    """What an announcement says, in restricted markup, and whether it is still to be sent."""

    id: AnnouncementId
    body: str
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was, or is to be, sent for a slot, with the subscriber's state read beside it."""

    id: DeliveryId
    plan: PlanId
    topic: Topic
    slot: Slot
    repeat: int
    state: DeliveryState
    attempt: int
    """Calls made so far."""
    due_at: datetime
    expires_at: datetime
    tip: Tip | None
    """The very revision that was chosen; None for a check-in prompt and for an announcement."""
    notice: Notice | None = None
    """The announcement that this is; ``topic`` then says nothing, and there is no plan."""
    tip_number: int | None = None
    """The row of ``tip``, which a snoozed delivery takes along."""
    subscriber: Subscriber
    plan_enabled: bool
    thin: int
    last_check_in_at: datetime | None
    """The subscriber's newest check-in that was not undone."""
    message_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that a worker holds, and what must be known while it waits for its turn.

    Everything else is read when its sending begins, for it may have changed by then.
    """

    id: DeliveryId
    subscriber: SubscriberId
    chat_id: int
    topic: Topic | None
    """None for an announcement."""
