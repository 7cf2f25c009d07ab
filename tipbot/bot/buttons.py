"""Every button of the chat, as a typed value, with the prefix that it is packed under.

A prefix never changes its meaning; one that was renamed stays in ``ALIASES`` so that old messages
keep working. Ids in a button are claims, to be checked against whoever taps.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.bot import buttons_desk, buttons_diary, buttons_report, buttons_staff, buttons_treatment
from tipbot.core.diary import Span
from tipbot.core.model import (
    CheckInId,
    DeliveryId,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    TipId,
    Topic,
    Trigger,
)
from tipbot.core.presets import Preset
from tipbot.core.relief import Pace, Technique
from tipbot.core.sessions import Answer, SessionId


class SnoozeFor(StrEnum):
    """How long a snoozed tip waits."""

    TEN_MINUTES = "10m"
    HOUR = "1h"
    TONIGHT = "eve"


class EarlierBy(StrEnum):
    """How far an entry is moved back; NOT moves it to its tap again, TYPED asks for a time."""

    NOT = "now"
    TEN_MINUTES = "10m"
    HOUR = "1h"
    MORNING = "morn"
    YESTERDAY = "yday"
    TYPED = "typed"


class DayField(StrEnum):
    """A fact about a day that the check-in prompt may ask for."""

    SLEEP = "sleep"
    COFFEES = "coffee"
    SCREEN = "screen"
    WATER = "water"
    STRESS = "stress"


class Page(StrEnum):
    """A page of the settings."""

    HOME = "home"
    TOPICS = "topics"
    QUIET = "quiet"
    BEDTIME = "bedtime"
    ZONE = "zone"
    LANGUAGE = "language"
    PAUSE = "pause"
    DIGEST = "diary"
    DIAGNOSIS = "diagnosis"


@dataclass(frozen=True, slots=True)
class Agree:
    """The newcomer agrees to what is stored."""


@dataclass(frozen=True, slots=True)
class PickHour:
    """The local hour just now, 0 to 23; ``settings`` tells a change from a newcomer's answer."""

    hour: int
    settings: bool


@dataclass(frozen=True, slots=True)
class AllHours:
    """Back from the zones of one hour to all hours."""

    settings: bool


@dataclass(frozen=True, slots=True)
class PickZone:
    """An IANA zone name; ``settings`` as in ``PickHour``."""

    zone: str
    settings: bool


@dataclass(frozen=True, slots=True)
class PickPreset:
    """One of the presets."""

    preset: Preset


@dataclass(frozen=True, slots=True)
class OpenPrivacy:
    """Show what is kept, in a message of its own."""


@dataclass(frozen=True, slots=True)
class DidIt:
    """The subscriber did what the tip says."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class SnoozeMenu:
    """Show how long a tip can be put off."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send this tip again later."""

    delivery: DeliveryId
    wait: SnoozeFor


@dataclass(frozen=True, slots=True)
class Vote:
    """Helpful, or not."""

    delivery: DeliveryId
    helpful: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Show where the tip comes from."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Less:
    """Less of this topic, if its plan still uses every ``thin``-th slot, as the button says."""

    delivery: DeliveryId
    thin: int


@dataclass(frozen=True, slots=True)
class KeepPace:
    """Use every ``thin``-th slot of the tip's topic, as before."""

    delivery: DeliveryId
    thin: int


@dataclass(frozen=True, slots=True)
class ShowTip:
    """Back to the tip's own buttons."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class LogTwitch:
    """Store a twitch. ``nonce`` grows with every entry that the same message made.

    ``delivery`` is the tip under which the button stands, 0 on the log pad.
    """

    nonce: int
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Undo:
    """Take an entry back; ``nonce`` as in ``LogTwitch``, -1 on the entry's own message."""

    entry: CheckInId
    nonce: int
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class PutBack:
    """Undo the undo. ``nonce`` and ``delivery`` as in ``Undo``."""

    entry: CheckInId
    nonce: int
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Details:
    """Open an entry's details: ``here``, or in a message of their own."""

    entry: CheckInId
    here: bool


@dataclass(frozen=True, slots=True)
class SetStrength:
    """Rate an entry 0 to 4; -1 takes the rating away."""

    entry: CheckInId
    strength: int


@dataclass(frozen=True, slots=True)
class SetSide:
    """Which side; ``on`` False takes it away.

    Every button of an entry says what it makes true, so that a second press changes nothing.
    """

    entry: CheckInId
    side: Side
    on: bool


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Where on the face; ``on`` as in ``SetSide``."""

    entry: CheckInId
    place: Place
    on: bool


@dataclass(frozen=True, slots=True)
class SetDuration:
    """How long it lasted; ``on`` as in ``SetSide``."""

    entry: CheckInId
    duration: Duration
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleTrigger:
    """Tick or untick a possible trigger."""

    entry: CheckInId
    trigger: Trigger
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleHelped:
    """Tick or untick what helped."""

    entry: CheckInId
    relief: Relief
    on: bool


@dataclass(frozen=True, slots=True)
class ToggleFlag:
    """Tick or untick a warning sign."""

    entry: CheckInId
    flag: Flag
    on: bool


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Ask for a note."""

    entry: CheckInId


@dataclass(frozen=True, slots=True)
class Earlier:
    """Move an entry back in time."""

    entry: CheckInId
    by: EarlierBy


@dataclass(frozen=True, slots=True)
class StartTimer:
    """The twitch goes on: offer one large button for its end."""

    entry: CheckInId


@dataclass(frozen=True, slots=True)
class StopTimer:
    """The twitch is over now: its length is measured from the entry's time."""

    entry: CheckInId


class Fold(StrEnum):
    """A group of an entry's details of which only the common ones are in sight."""

    PLACE = "place"
    DURATION = "duration"
    HELPED = "helped"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Unfold:
    """Show all of a group of details, until the next tap."""

    entry: CheckInId
    fold: Fold


@dataclass(frozen=True, slots=True)
class CloseEntry:
    """Fold the details away."""

    entry: CheckInId


@dataclass(frozen=True, slots=True)
class RateDay:
    """Rate a local day (a proleptic ordinal) 0 to 4; 0 is 'none today'.

    ``delivery`` is the prompt under which the button stands, 0 elsewhere.
    """

    day: int
    strength: int
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class SetDayFact:
    """Say one thing about a local day; -1 takes it away."""

    day: int
    what: DayField
    value: int


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Fold the questions about a local day away."""

    day: int


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show one page of the settings."""

    page: Page


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """Show the settings of one topic."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SwitchTopic:
    """Switch a topic on or off."""

    topic: Topic
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchDay:
    """Switch a weekday (Monday is 0) of a topic on or off."""

    topic: Topic
    weekday: int
    on: bool


@dataclass(frozen=True, slots=True)
class AskTimes:
    """Ask for a topic's times of day."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SetInterval:
    """Remind every so many minutes between the quiet hours."""

    topic: Topic
    minutes: int


@dataclass(frozen=True, slots=True)
class FullPace:
    """Use every slot of a topic again."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Quiet hours from one local minute of the day to another; equal ones: none."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SetBedtime:
    """Bedtime, a local minute of the day."""

    minute: int


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Messages without a sound, or with one."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """A language tag."""

    language: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause for so many days, counted from the tap; 0 until resumed."""

    days: int


@dataclass(frozen=True, slots=True)
class Resume:
    """End a pause."""


@dataclass(frozen=True, slots=True)
class OpenShelves:
    """Show the shelves of the reading cards."""


@dataclass(frozen=True, slots=True)
class OpenShelf:
    """Show one page, counted from 0, of the cards of a shelf."""

    shelf: str
    page: int


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Show a reading card."""

    card: TipId


@dataclass(frozen=True, slots=True)
class DeleteMe:
    """Remove everything of whoever taps; ``asked`` (Unix seconds) is when the button was made."""

    asked: int


@dataclass(frozen=True, slots=True)
class OpenRelief:
    """List what can be tried for relief: ``here``, or in a message of its own."""

    here: bool


@dataclass(frozen=True, slots=True)
class OpenTechnique:
    """Show what a technique is, before anything starts."""

    technique: Technique


@dataclass(frozen=True, slots=True)
class StartRelief:
    """Begin a session in this message."""

    technique: Technique
    pace: Pace


@dataclass(frozen=True, slots=True)
class StopRelief:
    """End a session now."""

    session: SessionId


@dataclass(frozen=True, slots=True)
class RateRelief:
    """Say whether a session helped."""

    session: SessionId
    answer: Answer


class Look(StrEnum):
    """What a chart of the diary shows."""

    DAYS = "days"
    HOURS = "hours"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class OpenChart:
    """Show a chart of the local days up to today."""

    look: Look
    span: Span
    dark: bool


@dataclass(frozen=True, slots=True)
class OpenCalendar:
    """Show a month, counted from January of the year 0."""

    month: int
    dark: bool


@dataclass(frozen=True, slots=True)
class OpenEntries:
    """Show one page, counted from 0, of the entries: ``here``, or in a message of its own."""

    page: int
    here: bool


@dataclass(frozen=True, slots=True)
class OpenTogether:
    """Show what goes together with bad days, in a message of its own."""


@dataclass(frozen=True, slots=True)
class OpenHelped:
    """Show what helped, in a message of its own."""


def joined(*groups: Mapping[str, type]) -> Mapping[str, type]:
    """Return all prefixes; raise ValueError if two groups claim the same one."""
    claimed = Counter(prefix for group in groups for prefix in group)
    twice = [prefix for prefix, count in claimed.items() if count > 1]
    if twice:
        message = f"claimed twice: {twice}"
        raise ValueError(message)
    return {prefix: kind for group in groups for prefix, kind in group.items()}


_OWN: Mapping[str, type] = {
    "ok": Agree, "pv": OpenPrivacy,
    "ho": PickHour, "ah": AllHours, "zo": PickZone, "pr": PickPreset,
    "di": DidIt, "sm": SnoozeMenu, "sn": Snooze, "vo": Vote, "wy": Why, "le": Less, "kp": KeepPace,
    "sh": ShowTip,
    "tw": LogTwitch, "un": Undo, "pb": PutBack, "de": Details, "st": SetStrength, "si": SetSide,
    "pl": SetPlace, "du": SetDuration, "tr": ToggleTrigger, "he": ToggleHelped, "fl": ToggleFlag,
    "no": WriteNote, "ea": Earlier, "t1": StartTimer, "t0": StopTimer,
    "cl": CloseEntry, "uf": Unfold, "rd": RateDay, "df": SetDayFact, "cd": CloseDay,
    "os": OpenSettings, "ot": OpenTopic, "so": SwitchTopic, "sd": SwitchDay, "at": AskTimes,
    "iv": SetInterval, "fp": FullPace, "qu": SetQuiet, "be": SetBedtime, "sl": SetSilent,
    "la": SetLanguage, "pa": Pause, "re": Resume, "lv": OpenShelves, "ls": OpenShelf,
    "rl": OpenRelief, "rt": OpenTechnique, "rs": StartRelief, "rx": StopRelief, "rr": RateRelief,
    "dc": OpenChart, "ca": OpenCalendar, "en": OpenEntries, "tg": OpenTogether, "hp": OpenHelped,
    "oc": OpenCard, "dm": DeleteMe,
}  # fmt: skip
PREFIXES = joined(
    _OWN,
    buttons_staff.PREFIXES,
    buttons_desk.PREFIXES,
    buttons_treatment.PREFIXES,
    buttons_report.PREFIXES,
    buttons_diary.PREFIXES,
)
ALIASES: Mapping[str, str] = {}
"""Old prefix -> the one that took its place."""
