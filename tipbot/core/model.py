"""The values that the whole house speaks in: frozen, keyword-only, checked when they are made.

Moments are aware datetimes in UTC. A local date or a minute of the day belongs to the
subscriber's zone (an IANA name) and never stands without one.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NewType

SubscriberId = NewType("SubscriberId", int)
"""A Telegram user id; in a private chat it is the chat's id too."""
PlanId = NewType("PlanId", int)
DeliveryId = NewType("DeliveryId", int)
CheckInId = NewType("CheckInId", int)
AnnouncementId = NewType("AnnouncementId", int)
TipId = NewType("TipId", str)
"""The permanent id in a tip's file."""
Minute = NewType("Minute", int)
"""A wall-clock minute of a local day, 0 (00:00) to 1439 (23:59)."""

MINUTES_A_DAY = 24 * 60
EVERY_DAY = frozenset(range(7))
"""Weekdays as ``date.weekday`` counts them: Monday is 0."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""``paused_until`` of someone who paused until they resume."""


def require_aware(*moments: datetime | None) -> None:
    """Raise ValueError if a moment carries no UTC offset."""
    for moment in moments:
        if moment is not None and moment.utcoffset() is None:
            message = "moments are aware datetimes"
            raise ValueError(message)


class Topic(StrEnum):
    """What a plan is about: one of seven kinds of tip, the check-in prompt, the weekly digest."""

    HYDRATION = "hydration"
    SLEEP = "sleep"
    SCREEN_BREAK = "screen_break"
    RELAXATION = "relaxation"
    FACIAL_EXERCISES = "facial_exercises"
    FOOD_AND_CAFFEINE = "food_and_caffeine"
    MOVEMENT = "movement"
    CHECK_IN = "check_in"
    DIGEST = "digest"


CORE_TOPICS = (Topic.HYDRATION, Topic.SLEEP, Topic.SCREEN_BREAK, Topic.RELAXATION)
OFFERED_TOPICS = (Topic.FACIAL_EXERCISES, Topic.FOOD_AND_CAFFEINE, Topic.MOVEMENT)
TIP_TOPICS = CORE_TOPICS + OFFERED_TOPICS


class Claim(StrEnum):
    """What kind of statement a tip or card makes."""

    PRACTICAL = "practical"
    GENERAL = "general"
    MEDICAL = "medical"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence comes from: a document of ``sources.yaml`` and its section heading."""

    document: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One revision of a tip; ``body`` is restricted markup (see ``core.markup``)."""

    id: TipId
    title: str
    body: str
    topic: Topic
    tags: tuple[str, ...]
    sources: tuple[Citation, ...]
    claim: Claim
    reviewed: date
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Longer reading, kept on one of the shelves that ``core.library`` names."""

    id: TipId
    title: str
    body: str
    shelf: str
    tags: tuple[str, ...]
    sources: tuple[Citation, ...]
    claim: Claim
    reviewed: date
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source document: ``name`` is the file's own name, ``title`` the article's."""

    name: str
    title: str
    sections: tuple[str, ...]


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
    bedtime: Minute = Minute(22 * 60 + 30)
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


@dataclass(frozen=True, slots=True)
class AtTimes:
    """A schedule of fixed local minutes, ascending and unique."""

    minutes: tuple[Minute, ...]

    def __post_init__(self) -> None:
        """Refuse an empty, unsorted or impossible list."""
        ordered = tuple(sorted(set(self.minutes)))
        if not ordered or ordered != self.minutes or ordered[0] < 0 or ordered[-1] >= MINUTES_A_DAY:
            message = f"times are ascending minutes of a day, not {self.minutes}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Every:
    """A schedule of every ``step`` minutes from ``start`` to ``end``, both included.

    ``start > end`` spans midnight: the later part belongs to the next local date.
    """

    step: int
    start: Minute
    end: Minute

    def __post_init__(self) -> None:
        """Refuse a step below 15 minutes or a window outside the day."""
        low, high = min(self.start, self.end), max(self.start, self.end)
        if not (15 <= self.step <= MINUTES_A_DAY and low >= 0 and high < MINUTES_A_DAY):
            message = f"not a schedule: every {self.step} min from {self.start} to {self.end}"
            raise ValueError(message)


Schedule = AtTimes | Every


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One due moment of a plan, named by the local date and minute it was scheduled for.

    With the plan it is the identity of a delivery, so a change of zone, a clock that jumps or a
    second process cannot make two of one.
    """

    date: date
    minute: Minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One subscriber's reminder for one topic; there is at most one a topic."""

    id: PlanId
    subscriber: SubscriberId
    topic: Topic
    schedule: Schedule
    days: frozenset[int] = EVERY_DAY
    enabled: bool = True
    thin: int = 1
    """Only every ``thin``-th slot is used; a power of two, 1 for all."""
    next_slot: Slot | None = None
    next_due_at: datetime | None = None
    """The moment of ``next_slot``; None while nothing will ever be due."""
    bag: tuple[int, ...] = ()
    """Numbers of the tips seen since the bag was last refilled, oldest first."""

    def __post_init__(self) -> None:
        """Refuse naive moments and impossible days."""
        require_aware(self.next_due_at)
        if not self.days <= EVERY_DAY or self.thin < 1:
            message = f"not a plan: days {sorted(self.days)}, every {self.thin}. slot"
            raise ValueError(message)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """A question that waits for a typed answer; at most one a person."""

    subscriber: SubscriberId
    kind: str
    payload: str
    """Whatever the feature that asked needs, as JSON; never shown."""
    expires_at: datetime
