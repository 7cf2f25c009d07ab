"""What owners may know of all subscribers together: counts, never anything of one person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tipbot.core.instants import ONE_DAY, date_at, instant_of
from tipbot.core.model import TipId, require_aware

SPANS = (7, 30)
"""Days that figures can be asked for."""
CLOSED_AFTER = timedelta(days=2)
"""How long after its end a day's figures hardly change any more: all that was due is over."""
ENOUGH_VOTES = 5
"""Votes from which on a tip's share of 'helpful' is worth comparing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many subscribers there are; each is counted in one of the kinds."""

    active: int = 0
    """They get messages."""
    paused: int = 0
    stopped: int = 0
    blocked: int = 0
    starting: int = 0
    """Not through onboarding yet."""

    @property
    def total(self) -> int:
        """All of them."""
        return self.active + self.paused + self.stopped + self.blocked + self.starting


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a tip was sent, and the votes it got."""

    sent: int = 0
    helpful: int = 0
    not_helpful: int = 0

    @property
    def votes(self) -> int:
        """All votes."""
        return self.helpful + self.not_helpful

    @property
    def share(self) -> float:
        """The part of the votes that says 'helpful'; 0 without votes."""
        return self.helpful / self.votes if self.votes else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        """Count both."""
        return Tally(
            self.sent + other.sent,
            self.helpful + other.helpful,
            self.not_helpful + other.not_helpful,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """What came of the messages due between two moments, and of those who joined."""

    joined: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    unreachable: int = 0
    expired: int = 0
    tips: Mapping[int, Tally] = field(default_factory=dict)
    """By the tips' numbers."""

    @property
    def votes(self) -> Tally:
        """Return the votes for all tips together."""
        return sum(self.tips.values(), Tally())


@dataclass(frozen=True, slots=True, kw_only=True)
class TipVotes:
    """A tip in the list of votes."""

    number: int
    id: TipId
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Bounds:
    """A local day and its first moment and that of the next one, in UTC."""

    day: date
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.start, self.end)


def days_back(count: int, now: datetime, zone: ZoneInfo) -> tuple[Bounds, ...]:
    """Return so many local days up to today, oldest first."""
    today = date_at(now, zone)
    days = [today - (count - 1 - n) * ONE_DAY for n in range(count)]
    return tuple(
        Bounds(day, instant_of(day, 0, zone), instant_of(day + ONE_DAY, 0, zone)) for day in days
    )


def together(days: Iterable[DayFigures]) -> DayFigures:
    """Return the sum of some days."""
    sums: Counter[str] = Counter()
    tips: dict[int, Tally] = {}
    for day in days:
        for name in ("joined", "sent", "failed", "unknown", "unreachable", "expired"):
            sums[name] += getattr(day, name)
        for number, tally in day.tips.items():
            tips[number] = tips.get(number, Tally()) + tally
    return DayFigures(**sums, tips=tips)


def ranked(tips: Mapping[int, Tally]) -> Sequence[tuple[int, Tally]]:
    """Return the tips with votes, the most helpful first; those with few votes come after."""
    voted = [(number, tally) for number, tally in tips.items() if tally.votes]
    return sorted(
        voted,
        key=lambda each: (each[1].votes < ENOUGH_VOTES, -each[1].share, -each[1].votes, each[0]),
    )
