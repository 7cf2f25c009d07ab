"""A diary as plain tables: by day, by hour, by place, and in short.

A day without an entry is missing, which is never the same as zero; a day rated 0 is zero.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from zoneinfo import ZoneInfo

from tipbot.core.instants import ONE_DAY
from tipbot.core.model import CheckIn, CheckInKind, DayContext, Place, Relief, Side, Trigger


class Span(StrEnum):
    """How far back a look at the diary goes, today included."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


_LENGTHS = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 30, Span.QUARTER: 90}


def first_day(span: Span, last: date) -> date:
    """Return the first of the 1, 7, 30 or 90 local days that end with ``last``."""
    return last - timedelta(days=_LENGTHS[span] - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is known of one local day."""

    date: date
    twitches: int = 0
    strengths: tuple[int, ...] = ()
    """The self-ratings of its twitches, ascending; a twitch may have none."""
    rating: int | None = None
    """The rating of the day as a whole, 0 for 'none today'."""
    triggers: frozenset[Trigger] = frozenset()
    """Ticked on any of its twitches."""
    context: DayContext | None = None

    @property
    def logged(self) -> bool:
        """Whether anything was said about twitches; else the day is missing."""
        return self.twitches > 0 or self.rating is not None

    @property
    def count(self) -> int | None:
        """The number of twitches; None if the day is missing, or rated above 0 without any."""
        return self.twitches if self.twitches or self.rating == 0 else None

    @property
    def median(self) -> float | None:
        """The median of the twitches' self-ratings."""
        return median(self.strengths) if self.strengths else None

    @property
    def worst(self) -> int | None:
        """The greatest of the day's rating and its twitches' self-ratings."""
        said = (*self.strengths, *(() if self.rating is None else (self.rating,)))
        return max(said, default=None)

    @property
    def free(self) -> bool:
        """Whether the day was said to be without a twitch, and no twitch speaks against it."""
        return self.twitches == 0 and self.rating == 0


def diary_days(
    entries: Iterable[CheckIn], contexts: Iterable[DayContext], first: date, last: date
) -> tuple[Day, ...]:
    """Return every day from ``first`` to ``last``, missing ones too; undone entries count not."""
    by_date: dict[date, list[CheckIn]] = {}
    for entry in entries:
        if not entry.undone:
            by_date.setdefault(entry.local_date, []).append(entry)
    said = {context.local_date: context for context in contexts}
    dates = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return tuple(_day(each, by_date.get(each, ()), said.get(each)) for each in dates)


def _day(when: date, entries: Sequence[CheckIn], context: DayContext | None) -> Day:
    twitches = [entry for entry in entries if entry.kind is CheckInKind.TWITCH]
    ratings = [entry.strength for entry in entries if entry.kind is CheckInKind.DAY]
    return Day(
        date=when,
        twitches=len(twitches),
        strengths=tuple(sorted(e.strength for e in twitches if e.strength is not None)),
        rating=ratings[-1] if ratings else None,
        triggers=frozenset().union(*(entry.triggers for entry in twitches)),
        context=context,
    )


def by_hour(entries: Iterable[CheckIn]) -> tuple[int, ...]:
    """Return how many twitches began in each of the 24 local hours."""
    counts = Counter(entry.at.astimezone(ZoneInfo(entry.zone)).hour for entry in _twitches(entries))
    return tuple(counts[hour] for hour in range(24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """How often a place twitched, by side; ``place`` None is 'not said', so is ``unsaid``."""

    place: Place | None
    left: int
    right: int
    both: int
    unsaid: int

    @property
    def total(self) -> int:
        """All twitches there."""
        return self.left + self.right + self.both + self.unsaid


def by_place(entries: Iterable[CheckIn]) -> tuple[Spot, ...]:
    """Return the places that twitched, most often first, 'not said' at the end."""
    counts = Counter((entry.place, entry.side) for entry in _twitches(entries))
    spots = [
        Spot(
            place=place,
            left=counts[place, Side.LEFT],
            right=counts[place, Side.RIGHT],
            both=counts[place, Side.BOTH],
            unsaid=counts[place, None],
        )
        for place in (*Place, None)
    ]
    there = [spot for spot in spots if spot.total]
    return tuple(sorted(there, key=lambda spot: (spot.place is None, -spot.total)))


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a calendar month; ValueError if there is none."""
    first = date(year, month, 1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def weeks(days: Sequence[Day]) -> tuple[tuple[Day | None, ...], ...]:
    """Lay a run of days out in weeks from Monday to Sunday, None outside of the run."""
    if not days:
        return ()
    before = days[0].date.weekday()
    cells = [*[None] * before, *days]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[i : i + 7]) for i in range(0, len(cells), 7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Some days in a few figures."""

    days: int
    logged: int
    free: int
    counted: int
    """Days whose number of twitches is known."""
    twitches: int
    median: float | None
    """Of all the self-ratings of single twitches."""
    worst: int | None

    @property
    def missing(self) -> int:
        """Days without any entry."""
        return self.days - self.logged

    @property
    def mean(self) -> float | None:
        """Twitches on a counted day: missing days make it neither more nor less."""
        return self.twitches / self.counted if self.counted else None


def summary(days: Sequence[Day]) -> Summary:
    """Return the figures of some days."""
    strengths = [strength for day in days for strength in day.strengths]
    return Summary(
        days=len(days),
        logged=sum(day.logged for day in days),
        free=sum(day.free for day in days),
        counted=sum(day.count is not None for day in days),
        twitches=sum(day.twitches for day in days),
        median=median(strengths) if strengths else None,
        worst=max((day.worst for day in days if day.worst is not None), default=None),
    )


def helped(entries: Iterable[CheckIn]) -> tuple[tuple[Relief, int], ...]:
    """Return what was ticked as helpful with how often, most often first."""
    counts = Counter(relief for entry in entries if not entry.undone for relief in entry.helped)
    order = list(Relief)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], order.index(one[0]))))


def _twitches(entries: Iterable[CheckIn]) -> Iterable[CheckIn]:
    return (e for e in entries if e.kind is CheckInKind.TWITCH and not e.undone)
