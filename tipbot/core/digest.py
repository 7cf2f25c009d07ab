"""The weekly digest: seven whole days in a few figures, beside the seven days before them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean

from tipbot.core.diary import Day, Summary, summary
from tipbot.core.helped import Record
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import Relief

WEEK = timedelta(days=7)
COMPARABLE = 4
"""Days whose twitches must be known of each of two weeks to compare them: more than half."""
ALIKE = 0.25
"""Weeks whose means differ by less are as good as equal: it is less than two twitches a week."""
MOST_HELPED = 3
"""So much of what helped is named."""


def digest_week(slot: date) -> tuple[date, date]:
    """Return the first and last day of the week of a digest that is due on the local date ``slot``.

    It ends the day before: of the day itself, the evening is not known yet.
    """
    return slot - WEEK, slot - ONE_DAY


class Change(StrEnum):
    """A week beside the week before it."""

    MORE = "more"
    FEWER = "fewer"
    ALIKE = "alike"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is told of a week; ``now`` and ``before`` are twitches on a known day, in the mean."""

    first: date
    last: date
    week: Summary
    median_before: float | None
    change: Change
    now: float = 0.0
    before: float = 0.0
    helped: tuple[tuple[Relief, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was logged in the week."""
        return self.week.logged == 0


def digest(days: Sequence[Day], records: Mapping[Relief, Record]) -> Digest | None:
    """Return the digest of the last seven of fourteen days; ``records`` are of these seven.

    None if nothing was logged in all the fourteen: whoever stopped is told so once, after the
    first empty week, and no more.
    """
    earlier, week = days[:-7], days[-7:]
    if not any(day.logged for day in days):
        return None
    change, now, before = _compared(week, earlier)
    return Digest(
        first=week[0].date,
        last=week[-1].date,
        week=summary(week),
        median_before=summary(earlier).median,
        change=change,
        now=now,
        before=before,
        helped=_most_helped(records),
    )


def _compared(week: Sequence[Day], earlier: Sequence[Day]) -> tuple[Change, float, float]:
    """Compare the mean number of twitches of the known days; missing days count nowhere."""
    now = [day.count for day in week if day.count is not None]
    before = [day.count for day in earlier if day.count is not None]
    if min(len(now), len(before)) < COMPARABLE:
        return Change.UNKNOWN, 0.0, 0.0
    mean, mean_before = fmean(now), fmean(before)
    if abs(mean - mean_before) < ALIKE:
        return Change.ALIKE, mean, mean_before
    return (Change.MORE if mean > mean_before else Change.FEWER), mean, mean_before


def _most_helped(records: Mapping[Relief, Record]) -> tuple[tuple[Relief, int], ...]:
    order = list(Relief)
    found = [(relief, record.helped) for relief, record in records.items() if record.helped]
    return tuple(sorted(found, key=lambda one: (-one[1], order.index(one[0]))))[:MOST_HELPED]
