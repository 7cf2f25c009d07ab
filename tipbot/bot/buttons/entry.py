"""The buttons of a logged twitch: it is made, taken back, and told more of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import CheckInId, DeliveryId, Duration, Flag, Place, Relief, Side, Trigger


class EarlierBy(StrEnum):
    """How far an entry is moved back; NOT moves it to its tap again, TYPED asks for a time."""

    NOT = "now"
    TEN_MINUTES = "10m"
    HOUR = "1h"
    MORNING = "morn"
    YESTERDAY = "yday"
    TYPED = "typed"


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


PREFIXES: Mapping[str, type] = {
    "tw": LogTwitch, "un": Undo, "pb": PutBack, "de": Details, "st": SetStrength, "si": SetSide,
    "pl": SetPlace, "du": SetDuration, "tr": ToggleTrigger, "he": ToggleHelped, "fl": ToggleFlag,
    "no": WriteNote, "ea": Earlier, "t1": StartTimer, "t0": StopTimer,
    "cl": CloseEntry, "uf": Unfold,
}  # fmt: skip
