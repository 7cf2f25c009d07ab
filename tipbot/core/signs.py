"""Warning signs: what a log or a diary must say before somebody is sent to a doctor.

Each sign names its sources. A ticked flag calls for the card at once. What only the course of a
diary shows is said once: twitching that lasts 'more than a few weeks', that 'spreads to other areas
of the face', that 'gets worse'. The sources give these words and no numbers, so the numbers here
are this program's own reading of them; they rather miss something than alarm for nothing, and
whoever is told hears what was counted. A missing day speaks neither for a sign nor against one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import fmean
from types import MappingProxyType

from tipbot.core.model import CheckInKind, Citation, Flag, Place, Side
from tipbot.core.traces import (
    Spot,
    Trace,
    by_day,
    counts,
    days_of,
    higher,
    places_of,
    sides_of,
    strongest,
    twitched,
)

_RED_FLAGS = Citation(
    "002_1ff85e78ad563760.txt", "When to Seek Professional Help for Facial Spasms"
)
_SEE_A_DOCTOR = Citation("004_f6e759b11e4d62df.txt", "When to See a Doctor")
_SEEK_HELP = Citation("000_cf69e9fc4ca9b007.txt", "Recognizing When to Seek Medical Help")
_WORSENING = Citation(
    "004_f6e759b11e4d62df.txt",
    "What to Do About Facial Muscle Twitching: Causes, Treatments, and Relief Options",
)


class Sign(StrEnum):
    """A warning sign, the gravest first; the last three are seen from the diary alone."""

    WEAKNESS = "weakness"
    SIGHT = "sight"
    PAIN = "pain"
    SPREADS = "spreads"
    WORSE = "worse"
    LASTS = "lasts"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that was seen, and where its rule comes from."""

    sign: Sign
    sources: tuple[Citation, ...]


FLAGGED: Mapping[Flag, Finding] = MappingProxyType(
    {
        Flag.WEAKNESS: Finding(Sign.WEAKNESS, (_RED_FLAGS, _SEE_A_DOCTOR)),
        Flag.SIGHT: Finding(Sign.SIGHT, (_RED_FLAGS,)),
        Flag.PAIN: Finding(Sign.PAIN, (_RED_FLAGS, _SEE_A_DOCTOR, _SEEK_HELP)),
    }
)
"""What each flag of a check-in stands for, the gravest first."""


def flagged(flags: frozenset[Flag]) -> tuple[Finding, ...]:
    """Return what the flags of a check-in call for, the gravest first; empty for none."""
    return tuple(finding for flag, finding in FLAGGED.items() if flag in flags)


DIARY_SIGNS: Mapping[Sign, tuple[Citation, ...]] = MappingProxyType(
    {
        Sign.SPREADS: (_SEE_A_DOCTOR,),
        Sign.WORSE: (_RED_FLAGS, _WORSENING),
        # They disagree: one says 'more than a few weeks', one 'keep happening', one 'persistent'.
        Sign.LASTS: (_SEE_A_DOCTOR, _RED_FLAGS, _SEEK_HELP),
    }
)
"""The signs that a diary shows, the gravest first, and where each is said."""

LOOK_BACK = timedelta(days=84)
"""How much of a diary is looked at: twelve weeks."""
A_FEW_WEEKS = timedelta(days=21)
"""'A few weeks' is read as three, the least that the words can mean."""
LONGEST_GAP = timedelta(days=7)
"""Days with a twitch that lie further apart are not the same stretch any more."""
RECENT = timedelta(days=14)
"""What is new or worse is looked for in the last two weeks, so that one bad day is none."""
BEFORE = timedelta(days=28)
"""Worse than in the four weeks before these two."""
TWICE = 2
"""Days on which a new spot must be logged: once may be a slip of the thumb."""
KNOWN_DAYS = 3
"""Days whose spot must be known from before, so that there is something to spread from."""
ENOUGH_RECENT, ENOUGH_BEFORE = 7, 14
"""Days that must be known: half of the last two weeks, and half of the four before."""
A_STEP = 1.0
"""So much of the scale from 0 to 4 the days' strongest must have risen by, in the mean."""
TIMES_MORE, MORE_A_DAY = 2.0, 1.0
"""Or so many times the twitches a day there must be, and at least so many more."""
CLEARLY = 3.3
"""Standard deviations by which the two times must differ in a rank test (Mann and Whitney 1947).

A diary is looked at again and again. At this bound, at most one in twenty diaries of pure noise is
ever called worse in eleven weeks of daily looks; a test simulates it.
"""
SAY_WITHIN = timedelta(minutes=5)
"""A sign that a process took upon itself to say, and has not said by then, may be said by another.

So a process that ends in between keeps nobody from hearing it; if the message had gone out just
before, it comes a second time, which does less harm than none.
"""


@dataclass(frozen=True, slots=True)
class Lasting:
    """Twitches on ``days`` days from ``first`` on, never more than a week apart."""

    first: date
    days: int


@dataclass(frozen=True, slots=True)
class Spreading:
    """Spots that have joined the old ones, the first of them on ``since``."""

    places: tuple[Place, ...]
    sides: tuple[Side, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Worsening:
    """The mean of two weeks (``now``) and that of the four before them.

    It is of the days' strongest self-ratings, or, if not ``stronger``, of the twitches a day.
    """

    stronger: bool
    before: float
    now: float


Seen = Spreading | Worsening | Lasting
Where = tuple[Side | None, Place | None]


@dataclass(frozen=True, slots=True)
class Course:
    """What the rules look at of a diary, and which of its signs were said."""

    traces: Sequence[Trace]
    said: frozenset[Sign] = frozenset()


def seen(traces: Sequence[Trace], today: date, *, diagnosed: bool) -> Mapping[Sign, Seen]:
    """Return what a diary shows up to the local date ``today``, the gravest first.

    Whoever said that they have a diagnosis is not told that it lasts.
    """
    known = [trace for trace in traces if today - LOOK_BACK < trace.day <= today]
    found = ((sign, rule(known, today)) for sign, rule in _RULES.items())
    return {
        sign: what
        for sign, what in found
        if what is not None and not (diagnosed and sign is Sign.LASTS)
    }


def lasting(traces: Sequence[Trace], today: date) -> Lasting | None:
    """Return a stretch of twitching that goes on and is longer than a few weeks."""
    days = sorted({trace.day for trace in traces if twitched(trace)})
    stretch = days[-1:]
    for later, earlier in pairwise(reversed(days)):
        if later - earlier > LONGEST_GAP:
            break
        stretch.append(earlier)
    goes_on = bool(stretch) and today - stretch[0] <= LONGEST_GAP
    if not goes_on or stretch[0] - stretch[-1] <= A_FEW_WEEKS:
        return None
    return Lasting(stretch[-1], len(stretch))


def spreading(traces: Sequence[Trace], today: date) -> Spreading | None:
    """Return places or sides of the last two weeks that were not there before and joined others."""
    start = today - RECENT
    old = [trace for trace in traces if trace.day <= start and twitched(trace)]
    new = [trace for trace in traces if trace.day > start and twitched(trace)]
    places = _joined(days_of(old, places_of), days_of(new, places_of))
    sides = _joined(days_of(old, sides_of), days_of(new, sides_of))
    if not places and not sides:
        return None
    since = min(min(days) for days in (*places.values(), *sides.values()))
    return Spreading(tuple(places), tuple(sides), since)


def worsening(traces: Sequence[Trace], today: date) -> Worsening | None:
    """Return how much worse the last two weeks are than the four before, if they clearly are."""
    start = today - RECENT
    new = by_day(traces, start, today)
    old = by_day(traces, start - BEFORE, start)
    strength = _risen(strongest(old), strongest(new))
    if strength is not None and strength[1] - strength[0] >= A_STEP:
        return Worsening(stronger=True, before=strength[0], now=strength[1])
    count = _risen(counts(old), counts(new))
    if count is None or count[1] < max(TIMES_MORE * count[0], count[0] + MORE_A_DAY):
        return None
    return Worsening(stronger=False, before=count[0], now=count[1])


def settled(course: Course, today: date) -> frozenset[Where]:
    """Return where any number of further twitches today would show nothing that was not said.

    Those are the spots of today, if their number cannot come to be called worse: another twitch
    there brings no new day and no new spot. Without a self-rating, that is; and as long as no other
    entry changes.
    """
    if Sign.WORSE not in course.said and _number_may_rise(course.traces, today):
        return frozenset()
    now = (trace for trace in course.traces if trace.day == today and twitched(trace))
    return frozenset((trace.side, trace.place) for trace in now)


def _number_may_rise(traces: Sequence[Trace], today: date) -> bool:
    """Tell whether with more twitches today the number of each day would clearly be higher."""
    start = today - RECENT
    old = counts(by_day(traces, start - BEFORE, start))
    new = counts(by_day(traces, start, today - timedelta(days=1)))
    now = sum(t.day == today and t.kind is CheckInKind.TWITCH for t in traces)
    beyond_all = int(max([now, *old, *new])) + 1
    return any(_risen(old, [*new, n]) is not None for n in range(now + 1, beyond_all + 1))


_RULES: Mapping[Sign, Callable[[Sequence[Trace], date], Seen | None]] = MappingProxyType(
    {Sign.SPREADS: spreading, Sign.WORSE: worsening, Sign.LASTS: lasting}
)


def _joined(old: Mapping[Spot, set[date]], new: Mapping[Spot, set[date]]) -> dict[Spot, set[date]]:
    """Return new spots that joined old ones; a twitch that only moved has not spread.

    Where a whole side twitched before, no place on it is new; where one does now, all are.
    """
    known = set().union(*old.values()) if old else set()
    stays = bool(old.keys() & new.keys()) or Place.WHOLE_SIDE in new
    if len(known) < KNOWN_DAYS or Place.WHOLE_SIDE in old or not stays:
        return {}
    return {spot: days for spot, days in new.items() if spot not in old and len(days) >= TWICE}


def _risen(old: Sequence[float], new: Sequence[float]) -> tuple[float, float] | None:
    """Return both means if enough days are known and the new ones are clearly higher."""
    enough = len(old) >= ENOUGH_BEFORE and len(new) >= ENOUGH_RECENT
    if not enough or higher(old, new) < CLEARLY:
        return None
    return fmean(old), fmean(new)
