"""Treatment marks: the days of an injection or a change of medicine, as somebody remembers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from tipbot.core.instants import ONE_DAY
from tipbot.core.model import SubscriberId, require_aware

TreatmentId = NewType("TreatmentId", int)

NOTE_LIMIT = 200
"""Characters of a mark's note that are kept."""
EARLIEST = date(1950, 1, 1)
"""No mark lies before this day; a date typed with a slip of the finger often does."""


class TreatmentKind(StrEnum):
    """What was done, in the words of the documents (Botox injections, medications, surgery)."""

    INJECTION = "injection"
    """Botulinum toxin."""
    STARTED = "started"
    CHANGED = "changed"
    STOPPED = "stopped"
    """The last three are about a medicine."""
    SURGERY = "surgery"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One marked local day; ``undone`` marks count nowhere and can be put back."""

    id: TreatmentId
    subscriber: SubscriberId
    kind: TreatmentKind
    local_date: date
    note: str = ""
    undone: bool = False
    marked_at: datetime
    """When the tap was taken."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.marked_at)


def markable(day: date, today: date) -> bool:
    """Tell whether a day can carry a mark: one that is over or going on, in living memory.

    Whoever travelled west may still mark the day of the place they left: one day ahead is allowed.
    """
    return EARLIEST <= day <= today + ONE_DAY


def with_note(treatment: Treatment, note: str) -> Treatment:
    """Return the mark with a note on one line, cut to ``NOTE_LIMIT``; NUL cannot be stored."""
    line = " ".join(note.replace("\0", "").split())
    return replace(treatment, note=line[:NOTE_LIMIT].rstrip())


def latest(marks: Iterable[Treatment], kind: TreatmentKind | None = None) -> Treatment | None:
    """Return the mark of the last day, of one kind or of any; None without any."""
    some = [mark for mark in marks if not mark.undone and kind in (None, mark.kind)]
    return max(some, key=lambda mark: (mark.local_date, mark.id), default=None)


@dataclass(frozen=True, slots=True)
class Cycle:
    """The local days from one mark's day (day 0) to the day before the next of its kind."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days it has, both ends included."""
        return (self.last - self.first).days + 1


def cycles(marks: Sequence[Treatment], kind: TreatmentKind, today: date) -> tuple[Cycle, ...]:
    """Return the cycles of one kind up to ``today``, oldest first; the last one goes on."""
    days = {mark.local_date for mark in marks if mark.kind is kind and not mark.undone}
    starts = sorted(day for day in days if day <= today)
    lasts = (*(start - ONE_DAY for start in starts[1:]), today)
    return tuple(map(Cycle, starts, lasts))


def days_since(mark: Treatment, day: date) -> int:
    """Return how many days lie between a mark and a day; 0 on the day itself."""
    return (day - mark.local_date) // timedelta(days=1)
