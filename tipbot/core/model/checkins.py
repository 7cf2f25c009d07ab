"""Check-ins: what was logged, and what was said about a day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tipbot.core.model.ids import CheckInId, SubscriberId
from tipbot.core.model.times import require_aware


class CheckInKind(StrEnum):
    """What a check-in says."""

    TWITCH = "twitch"
    """One moment with a twitch."""
    DAY = "day"
    """A rating of a whole day, from the evening prompt; strength 0 is 'none today'."""


class Side(StrEnum):
    """Which side of the face, seen from its owner."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Place(StrEnum):
    """Where on the face."""

    EYELID = "eyelid"
    CHEEK = "cheek"
    MOUTH = "mouth"
    JAW = "jaw"
    FOREHEAD = "forehead"
    WHOLE_SIDE = "whole_side"


class Duration(StrEnum):
    """How long it lasted, in steps a tap can tell apart."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HALF_HOUR = "half_hour"
    HOURS = "hours"
    ON_AND_OFF = "on_and_off"


class Trigger(StrEnum):
    """What may have set it off, in the words of the log pad."""

    STRESS = "stress"
    TIRED = "tired"
    LITTLE_SLEEP = "little_sleep"
    CAFFEINE = "caffeine"
    ALCOHOL = "alcohol"
    SCREEN = "screen"
    MEDICINE = "medicine"
    FOOD = "food"


class Relief(StrEnum):
    """What helped."""

    BREATHING = "breathing"
    MASSAGE = "massage"
    COMPRESS = "compress"
    PRESSURE = "pressure"
    EXERCISE = "exercise"
    EYE_BREAK = "eye_break"
    REST = "rest"
    WATER = "water"


class Flag(StrEnum):
    """A sign that asks for the warning card at once."""

    PAIN = "pain"
    WEAKNESS = "weakness"
    """Weakness or drooping."""
    SIGHT = "sight"
    """A change in sight."""


STRENGTHS = range(5)
"""A self-rating from 0 (none) to 4, never called a clinical score."""
NOTE_LIMIT = 1000
"""Characters of a note that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """A logged twitch, or a day's rating ('none today' counts)."""

    id: CheckInId
    subscriber: SubscriberId
    kind: CheckInKind
    at: datetime
    """When it happened."""
    local_date: date
    zone: str
    """The subscriber's zone when it was logged: ``local_date`` is the date there."""
    strength: int | None = None
    side: Side | None = None
    place: Place | None = None
    duration: Duration | None = None
    ended_at: datetime | None = None
    triggers: frozenset[Trigger] = frozenset()
    helped: frozenset[Relief] = frozenset()
    flags: frozenset[Flag] = frozenset()
    note: str = ""
    undone: bool = False
    logged_at: datetime
    """When the tap was taken."""

    def __post_init__(self) -> None:
        """Refuse naive moments and a strength off the scale."""
        require_aware(self.at, self.ended_at, self.logged_at)
        if self.strength is not None and self.strength not in STRENGTHS:
            message = f"strength is 0 to 4, not {self.strength}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One press of a button that logs something, as Telegram handed it over.

    ``key`` is the callback query's or the message's own id: the same tap handed over again after a
    crash has the same key. ``message_id`` and ``nonce`` name the button: two presses of one button
    within ``core.checkins.DOUBLE_TAP`` are one wish.
    """

    key: str
    message_id: int
    nonce: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext:
    """Optional facts about one local day, each set by one tap; None is 'not said'."""

    subscriber: SubscriberId
    local_date: date
    sleep_hours: int | None = None
    coffees: int | None = None
    screen_hours: int | None = None
    water: int | None = None
    """0 little, 1 some, 2 plenty: the documents name no volume, so neither does the bot."""
    stress: int | None = None
    """0 calm, 1 some, 2 a lot."""
