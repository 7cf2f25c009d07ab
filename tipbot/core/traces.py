"""What the entries of a diary say by day and by spot, for the rules that look at its course."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import TypeVar

from tipbot.core.model import CheckInKind, Place, Side


@dataclass(frozen=True, slots=True)
class Trace:
    """What the rules look at of one entry that was not taken back."""

    day: date
    kind: CheckInKind
    strength: int | None = None
    side: Side | None = None
    place: Place | None = None


def twitched(trace: Trace) -> bool:
    """Tell whether an entry says that there was a twitch; a rating above 0 does."""
    return trace.strength != 0


Spot = TypeVar("Spot", Place, Side)
"""Where a twitch was: a place, or a side."""


def days_of(
    traces: Sequence[Trace], spots: Callable[[Trace], Collection[Spot]]
) -> dict[Spot, set[date]]:
    """Return on which days each spot twitched."""
    found: dict[Spot, set[date]] = {}
    for trace in traces:
        for spot in spots(trace):
            found.setdefault(spot, set()).add(trace.day)
    return found


def places_of(trace: Trace) -> Collection[Place]:
    """Return the place that an entry names, if it names one."""
    return () if trace.place is None else (trace.place,)


def sides_of(trace: Trace) -> Collection[Side]:
    """Return the sides that an entry names."""
    if trace.side is Side.BOTH:
        return (Side.LEFT, Side.RIGHT)
    return () if trace.side is None else (trace.side,)


def by_day(traces: Sequence[Trace], after: date, last: date) -> dict[date, list[Trace]]:
    """Return the entries of each day after ``after`` and up to ``last``."""
    found: dict[date, list[Trace]] = {}
    for trace in traces:
        if after < trace.day <= last:
            found.setdefault(trace.day, []).append(trace)
    return found


def strongest(days: Mapping[date, Sequence[Trace]]) -> list[float]:
    """Return the greatest self-rating of each day that has one."""
    said = ([t.strength for t in traces if t.strength is not None] for traces in days.values())
    return [float(max(strengths)) for strengths in said if strengths]


def counts(days: Mapping[date, Sequence[Trace]]) -> list[float]:
    """Return the twitches of each day; a day that was only rated above 0 has an unknown number."""
    found = []
    for traces in days.values():
        kinds = Counter(trace.kind for trace in traces)
        free = any(trace.strength == 0 for trace in traces)
        if kinds[CheckInKind.TWITCH] or free:
            found.append(float(kinds[CheckInKind.TWITCH]))
    return found


def higher(old: Sequence[float], new: Sequence[float]) -> float:
    """Return the z-score of the rank test that the new values are higher, corrected for ties."""
    pairs, days = len(old) * len(new), len(old) + len(new)
    wins = sum((a < b) + (a == b) / 2 for a in old for b in new)
    ties = sum(n**3 - n for n in Counter((*old, *new)).values())
    variance = pairs / 12 * (days + 1 - ties / (days * (days - 1)))
    return (wins - pairs / 2) / sqrt(variance) if variance > 0 else 0.0
