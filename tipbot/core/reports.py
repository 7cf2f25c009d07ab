"""The figures of a report for a doctor, each counted from single entries of a period."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median
from typing import TypeVar

from tipbot.core.diary import (
    Day,
    Spot,
    Summary,
    by_place,
    diary_days,
    helped,
    summary,
)
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import (
    STRENGTHS,
    CheckIn,
    CheckInKind,
    DayContext,
    Duration,
    Flag,
    Relief,
    Trigger,
)
from tipbot.core.treatments import EARLIEST, Treatment, latest

_BY_WEEK = 14 * 7
_BY_MONTH = 14
"""Up to so many weeks, months, or quarters are told; else years."""
_One = TypeVar("_One", bound=StrEnum)


class ReportSpan(StrEnum):
    """The period of a report."""

    MONTH = "30"
    """The last 30 local days, today included."""
    QUARTER = "90"
    SINCE = "since"
    """From the day of the last treatment mark."""
    ALL = "all"
    RANGE = "range"
    """From one named day to another."""


_LENGTHS = {ReportSpan.MONTH: 30, ReportSpan.QUARTER: 90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything of a person's that a report may be made from, oldest first."""

    entries: Sequence[CheckIn]
    contexts: Sequence[DayContext]
    marks: Sequence[Treatment]

    @property
    def first(self) -> date | None:
        """The first day of which anything is known."""
        days = [entry.local_date for entry in self.entries]
        days += [context.local_date for context in self.contexts]
        return min(days, default=None)

    def within(self, first: date, last: date) -> "Material":
        """Return what lies in a period, and every mark up to its end."""
        return Material(
            entries=[each for each in self.entries if first <= each.local_date <= last],
            contexts=[each for each in self.contexts if first <= each.local_date <= last],
            marks=[mark for mark in self.marks if mark.local_date <= last],
        )

    def without_notes(self) -> "Material":
        """Return the same without a word that the person typed: on entries and on marks alike."""
        return Material(
            entries=[replace(each, note="") for each in self.entries],
            contexts=self.contexts,
            marks=[replace(mark, note="") for mark in self.marks],
        )


def period_of(
    span: ReportSpan, marks: Iterable[Treatment], today: date
) -> tuple[date, date] | None:
    """Return the first and last day of a span that ends today; None if there is no such span.

    ALL begins at the earliest day that anything can be known of.
    """
    if span in _LENGTHS:
        return today - (_LENGTHS[span] - 1) * ONE_DAY, today
    if span is ReportSpan.SINCE:
        mark = latest(each for each in marks if each.local_date <= today)
        return None if mark is None else (mark.local_date, today)
    return (EARLIEST, today) if span is ReportSpan.ALL else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One fact about days: of how many it is known, its median, least and greatest value."""

    days: int
    median: float
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some days of the period in a row, in short."""

    first: date
    last: date
    known: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All figures of a period; counts of ticks say on how many twitches."""

    first: date
    last: date
    days: tuple[Day, ...]
    known: Summary
    rated: int
    """Twitches with a self-rating."""
    levels: tuple[int, ...]
    """Days by their greatest strength, 0 to 4."""
    unrated: int
    """Days that were logged without any strength."""
    day_median: float | None
    """Of the days' greatest strengths."""
    spots: tuple[Spot, ...]
    durations: tuple[tuple[Duration, int], ...]
    untimed: int
    triggers: tuple[tuple[Trigger, int], ...]
    helped: tuple[tuple[Relief, int], ...]
    flags: tuple[tuple[Flag, int, date], ...]
    """Each warning sign with how often and when last it was ticked."""
    sleep: Measure | None
    coffees: Measure | None
    screen: Measure | None
    water: tuple[int, ...]
    """Days with little, some and plenty."""
    stress: tuple[int, ...]
    """Calm days, days with some and with a lot."""
    stretches: tuple[Stretch, ...]
    marks: tuple[Treatment, ...]
    """Within the period."""
    before: Treatment | None
    """The last one before the period."""
    notes: tuple[CheckIn, ...]
    """Entries with a note."""

    @property
    def weekly(self) -> float | None:
        """Twitches in seven counted days: other days count on neither side."""
        return per_week(self.known)

    @property
    def last_mark(self) -> Treatment | None:
        """The last treatment up to the period's end."""
        return latest(self.marks) or self.before


def per_week(known: Summary) -> float | None:
    """Return the twitches in seven days on which their number is known, None without any."""
    return None if known.mean is None else 7 * known.mean


def report(material: Material, first: date, last: date) -> Report:
    """Return the figures of the local days ``first`` to ``last``, both included."""
    some = material.within(first, last)
    days = diary_days(some.entries, some.contexts, first, last)
    entries = [entry for entry in some.entries if not entry.undone]
    twitches = [entry for entry in entries if entry.kind is CheckInKind.TWITCH]
    worst = [day.worst for day in days if day.worst is not None]
    timed = _counted(Duration, (t.duration for t in twitches if t.duration is not None))
    return Report(
        first=first,
        last=last,
        days=days,
        known=summary(days),
        rated=sum(twitch.strength is not None for twitch in twitches),
        levels=tuple(worst.count(level) for level in STRENGTHS),
        unrated=sum(day.logged and day.worst is None for day in days),
        day_median=median(worst) if worst else None,
        spots=by_place(entries),
        durations=timed,
        untimed=len(twitches) - sum(count for _, count in timed),
        triggers=_ranked(Trigger, (one for twitch in twitches for one in twitch.triggers)),
        helped=helped(entries),
        flags=_flags(entries),
        sleep=_measure(some.contexts, lambda c: c.sleep_hours),
        coffees=_measure(some.contexts, lambda c: c.coffees),
        screen=_measure(some.contexts, lambda c: c.screen_hours),
        water=tuple(sum(c.water == level for c in some.contexts) for level in range(3)),
        stress=tuple(sum(c.stress == level for c in some.contexts) for level in range(3)),
        stretches=_stretches(days),
        marks=tuple(mark for mark in some.marks if mark.local_date >= first),
        before=latest(mark for mark in some.marks if mark.local_date < first),
        notes=tuple(entry for entry in entries if entry.note),
    )


def _counted(every: Iterable[_One], some: Iterable[_One]) -> tuple[tuple[_One, int], ...]:
    """Return how often each occurs, in the order of ``every``, without those that do not."""
    counts = Counter(some)
    return tuple((one, counts[one]) for one in every if counts[one])


def _ranked(every: Iterable[_One], some: Iterable[_One]) -> tuple[tuple[_One, int], ...]:
    return tuple(sorted(_counted(every, some), key=lambda each: -each[1]))


def _flags(entries: Sequence[CheckIn]) -> tuple[tuple[Flag, int, date], ...]:
    found = []
    for flag in Flag:
        days = [entry.local_date for entry in entries if flag in entry.flags]
        if days:
            found.append((flag, len(days), max(days)))
    return tuple(found)


def _measure(
    contexts: Iterable[DayContext], read: Callable[[DayContext], int | None]
) -> Measure | None:
    values = [value for context in contexts if (value := read(context)) is not None]
    if not values:
        return None
    return Measure(days=len(values), median=median(values), least=min(values), most=max(values))


def _stretches(days: Sequence[Day]) -> tuple[Stretch, ...]:
    """Cut a period into weeks from its first day, a long one by calendar: months to years."""
    months = {(day.date.year, day.date.month) for day in days}
    runs: Sequence[Sequence[Day]]
    if len(days) <= _BY_WEEK:
        runs = [days[at : at + 7] for at in range(0, len(days), 7)]
    elif len(months) <= _BY_MONTH:
        runs = _runs(days, lambda day: (day.year, day.month))
    elif len(months) <= 3 * _BY_MONTH - 2:
        runs = _runs(days, lambda day: (day.year, (day.month - 1) // 3))
    else:
        runs = _runs(days, lambda day: (day.year, 0))
    return tuple(Stretch(first=run[0].date, last=run[-1].date, known=summary(run)) for run in runs)


def _runs(days: Sequence[Day], key: Callable[[date], tuple[int, int]]) -> list[list[Day]]:
    found: dict[tuple[int, int], list[Day]] = {}
    for day in days:
        found.setdefault(key(day.date), []).append(day)
    return list(found.values())
