"""A message that an owner writes to everyone, or to whoever gets tips on one topic."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tipbot.core.instants import minute_at, next_time
from tipbot.core.markup import MarkupError, visible_length
from tipbot.core.model import AnnouncementId, Subscriber, SubscriberId, Topic, require_aware
from tipbot.core.pace import SHARE
from tipbot.core.roles import ActorId

SHELF_LIFE = timedelta(days=1)
"""How long an announcement may still be sent: quiet hours end within a day; later it is stale."""
DRAFT_KEPT = timedelta(days=1)
"""How long a text that was not sent can still be: who would get it changes meanwhile."""
LONGEST = 3500
"""Characters as Telegram counts them; a message holds 4096, with the heading in any language."""


class AnnouncementState(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class TextFault(StrEnum):
    """Why a text cannot be an announcement; ``announce-<value>`` says it."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many recipients stand where; ``waiting`` are those for whom it is not over."""

    heads: int = 0
    """People it was meant for when it was started."""
    waiting: int = 0
    sent: int = 0
    unreachable: int = 0
    unknown: int = 0
    failed: int = 0
    expired: int = 0
    """Stopped, paused, or too late."""

    @property
    def over(self) -> int:
        """How many have been dealt with."""
        return self.sent + self.unreachable + self.unknown + self.failed + self.expired


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One announcement; ``body`` is restricted markup (see ``core.markup``)."""

    id: AnnouncementId
    by: ActorId
    author: SubscriberId | None
    """None once the author's data was removed."""
    topic: Topic | None
    """Whose subscribers it is for; None for everyone."""
    body: str
    state: AnnouncementState
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    settled: bool
    """Nothing of it waits or is under way: the figures stay as they are."""
    preparing: bool
    """Not every recipient has a delivery yet."""
    message_id: int | None
    """The message that shows how it goes on, in the author's chat."""
    shown_at: datetime
    last_due: datetime | None = None
    """When the last of those who wait may get it: somebody's quiet hours may end hours from now."""
    figures: Figures = field(default_factory=Figures)

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.created_at, self.started_at, self.ended_at, self.shown_at, self.last_due)


def text_fault(body: str) -> TextFault | None:
    """Return why a text cannot be sent, None if it can."""
    if not body:
        return TextFault.EMPTY
    try:
        length = visible_length(body)
    except MarkupError:
        return TextFault.BROKEN
    return TextFault.TOO_LONG if length > LONGEST else None


def takes(people: int, rate: float) -> timedelta:
    """Return how long it takes at least to send to so many at ``rate`` messages a second."""
    return timedelta(seconds=math.ceil(people / (rate * SHARE)))


def due_for(person: Subscriber, started: datetime, now: datetime) -> datetime | None:
    """Return when somebody may get what was started at ``started``: when their quiet hours end.

    None if that is later than the announcement is kept.
    """
    zone, quiet = ZoneInfo(person.zone), person.quiet
    due = now if not quiet.covers(minute_at(now, zone)) else next_time(quiet.end, zone, now)
    return due if due < started + SHELF_LIFE else None
