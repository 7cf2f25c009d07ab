"""Relief sessions: one person led through one technique, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from tipbot.core import relief
from tipbot.core.model import SubscriberId, require_aware
from tipbot.core.relief import Pace, Position, Technique

SessionId = NewType("SessionId", int)

TICK_WITHIN = timedelta(hours=2)
"""An entry of a twitch no older than this is what a session was for."""
ASK_AGAIN = timedelta(seconds=10)
"""How long after a failed attempt the last message of a session is tried again."""
ASK_WITHIN = timedelta(hours=1)
"""So long after its end a session is still asked about; later it just ends."""
DROPPED = timedelta(seconds=1)
"""How long a message that may not be edited now is left alone."""


class Answer(StrEnum):
    """Whether it helped."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One guided session; it is live until ``ended_at`` is set."""

    id: SessionId
    subscriber: SubscriberId
    message_id: int
    """The message that leads through it."""
    technique: Technique
    pace: Pace
    started_at: datetime
    ended_at: datetime | None = None
    answer: Answer | None = None

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.started_at, self.ended_at)

    def position(self, now: datetime) -> Position | None:
        """Return where a live session stands, None once its time is up."""
        return relief.at(self.technique, self.started_at, now, self.pace)

    @property
    def due_to_end_at(self) -> datetime:
        """The moment at which its last step is over."""
        return self.started_at + relief.length(self.technique, self.pace)

    @property
    def stopped(self) -> bool:
        """Whether it was ended before its last step was over."""
        return self.ended_at is not None and self.ended_at < self.due_to_end_at


def next_edit(session: Session, now: datetime) -> datetime | None:
    """Return when a live session's message is to change next; None if it is to be left as it is.

    Once its time is up the message asks whether it helped: that is tried until it succeeds, but no
    longer than ``ASK_WITHIN``.
    """
    beat = relief.next_beat(session.technique, session.started_at, now, session.pace)
    if beat is not None:
        return beat
    return now + ASK_AGAIN if now - session.due_to_end_at < ASK_WITHIN else None
