"""Guided techniques as timed steps, and where a session stands at a given moment.

What is done in a step is what the cited documents say. They give no counts and no times: the paces
here are practical wording, gentle by default, and can be made slower or faster. Where a session
stands follows from its start alone, so a restart loses nothing and repeats nothing.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import accumulate
from math import ceil
from types import MappingProxyType

from tipbot.core.model import Citation, Relief


class Technique(StrEnum):
    """What a session can guide through, in the order in which it is offered."""

    BREATHING = "breathing"
    PRESSURE = "pressure"
    COMPRESS = "compress"
    MASSAGE = "massage"
    FOREHEAD = "forehead"
    JAW = "jaw"
    CHEEKS = "cheeks"
    EYE_SQUEEZES = "eye_squeezes"
    EYE_BREAK = "eye_break"


class Pace(StrEnum):
    """How long the steps take."""

    SLOWER = "slower"
    GENTLE = "gentle"
    FASTER = "faster"


_STRETCH = {Pace.SLOWER: 1.5, Pace.GENTLE: 1.0, Pace.FASTER: 0.75}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do for so many seconds; ``round`` is 0 outside rounds, else 1 to ``rounds``."""

    key: str
    seconds: int
    round: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """How a technique goes: what comes first, what is repeated, what comes last."""

    first: tuple[Step, ...] = ()
    cycle: tuple[Step, ...] = ()
    rounds: int = 0
    last: tuple[Step, ...] = ()
    sources: tuple[Citation, ...]
    helped: Relief
    """What is ticked on an entry when this made it better."""
    exercise: bool = False
    """The documents ask for a health professional's word before it is begun."""


_QUICK = "000_cf69e9fc4ca9b007.txt"
_SIGNS = "002_1ff85e78ad563760.txt"
_CAUSES = "003_26bec29665007ff5.txt"
ASK_FIRST = Citation(_CAUSES, "Facial Spasm Exercises")
"""Where it is said to ask a health professional before new exercises or treatment."""
_HOME = Citation(_SIGNS, "Home Remedies for Facial Spasms")
_AT_ONCE = Citation(_QUICK, "Immediate Techniques for Relief")

GUIDES: Mapping[Technique, Guide] = MappingProxyType(
    {
        Technique.BREATHING: Guide(
            first=(Step("settle", 6),),
            cycle=(Step("in", 4), Step("hold", 2), Step("out", 6)),
            rounds=6,
            sources=(
                Citation(_QUICK, "Breathing Exercises"),
                Citation(_CAUSES, "Stress Management"),
            ),
            helped=Relief.BREATHING,
        ),
        Technique.PRESSURE: Guide(
            first=(Step("place", 6),),
            cycle=(Step("press", 15), Step("release", 8)),
            rounds=3,
            sources=(_AT_ONCE,),
            helped=Relief.PRESSURE,
        ),
        Technique.COMPRESS: Guide(
            first=(Step("test", 15),),
            last=(Step("rest", 180), Step("lift", 8)),
            sources=(Citation(_CAUSES, "Warm Compress"), _AT_ONCE, _HOME),
            helped=Relief.COMPRESS,
        ),
        Technique.MASSAGE: Guide(
            first=(Step("hands", 6), Step("eyes", 20), Step("jaw", 20), Step("temples", 20)),
            last=(Step("cheekbones", 20), Step("tight", 15)),
            sources=(Citation(_QUICK, "Gentle Massage Techniques"), _HOME),
            helped=Relief.MASSAGE,
        ),
        Technique.FOREHEAD: Guide(
            first=(Step("hands", 6), Step("middle", 20), Step("sides", 20), Step("across", 20)),
            sources=(Citation(_CAUSES, "Forehead Massage"), ASK_FIRST),
            helped=Relief.MASSAGE,
            exercise=True,
        ),
        Technique.JAW: Guide(
            cycle=(Step("open", 4), Step("hold", 4), Step("release", 6)),
            rounds=5,
            sources=(Citation(_CAUSES, "Jaw Relaxation"), ASK_FIRST),
            helped=Relief.EXERCISE,
            exercise=True,
        ),
        Technique.CHEEKS: Guide(
            cycle=(Step("smile", 5), Step("relax", 6)),
            rounds=5,
            sources=(Citation(_CAUSES, "Cheek Stretches"), ASK_FIRST),
            helped=Relief.EXERCISE,
            exercise=True,
        ),
        Technique.EYE_SQUEEZES: Guide(
            cycle=(Step("close", 3), Step("squeeze", 4), Step("release", 6)),
            rounds=5,
            sources=(Citation(_CAUSES, "Eye Squeezes"), ASK_FIRST),
            helped=Relief.EXERCISE,
            exercise=True,
        ),
        Technique.EYE_BREAK: Guide(
            first=(Step("away", 5), Step("far", 20), Step("blink", 10), Step("light", 10)),
            sources=(
                Citation(_CAUSES, "Eye Care"),
                Citation("004_f6e759b11e4d62df.txt", "When to See a Doctor"),
            ),
            helped=Relief.EYE_BREAK,
        ),
    }
)
"""How each technique goes, and where that is said."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a session stands: its step, the step's number from 1, and the seconds left of it.

    ``left`` is counted at the last beat, so that it changes only when the message does.
    """

    step: Step
    number: int
    of: int
    left: int


@cache
def steps(technique: Technique, pace: Pace = Pace.GENTLE) -> tuple[Step, ...]:
    """Return the steps in order, rounds written out, each at least two seconds long."""
    guide = GUIDES[technique]
    turns = (
        Step(step.key, step.seconds, turn, guide.rounds)
        for turn in range(1, guide.rounds + 1)
        for step in guide.cycle
    )
    return tuple(
        Step(step.key, max(2, ceil(step.seconds * _STRETCH[pace])), step.round, step.rounds)
        for step in (*guide.first, *turns, *guide.last)
    )


def length(technique: Technique, pace: Pace = Pace.GENTLE) -> timedelta:
    """Return how long a whole session takes."""
    return timedelta(seconds=sum(step.seconds for step in steps(technique, pace)))


def at(
    technique: Technique, started_at: datetime, now: datetime, pace: Pace = Pace.GENTLE
) -> Position | None:
    """Return where a session stands, None once it is over; before its start it is at the first."""
    if now - started_at >= length(technique, pace):
        return None
    beats, positions = _score(technique, pace)
    elapsed = max(0.0, (now - started_at).total_seconds())
    return positions[bisect_right(beats, elapsed) - 1]


def next_beat(
    technique: Technique, started_at: datetime, now: datetime, pace: Pace = Pace.GENTLE
) -> datetime | None:
    """Return when ``at`` next answers something else, None once the session is over.

    The last beat is the session's end. Two beats are at least two seconds apart.
    """
    whole = length(technique, pace)
    if now - started_at >= whole:
        return None
    beats, _ = _score(technique, pace)
    following = bisect_right(beats, max(0.0, (now - started_at).total_seconds()))
    return started_at + (timedelta(seconds=beats[following]) if following < len(beats) else whole)


@cache
def _score(technique: Technique, pace: Pace) -> tuple[tuple[int, ...], tuple[Position, ...]]:
    """Return every beat in seconds after the start, and where a session stands from it on."""
    every = steps(technique, pace)
    starts = (0, *accumulate(step.seconds for step in every))
    found = [
        (starts[number] + gone, Position(step, number + 1, len(every), step.seconds - gone))
        for number, step in enumerate(every)
        for gone in _beats_within(step.seconds)
    ]
    return tuple(beat for beat, _ in found), tuple(position for _, position in found)


def _beats_within(seconds: int) -> range:
    """Return when a step is shown anew: every 10 s, or every 30 s in one longer than a minute."""
    return range(0, max(1, seconds - 4), 10 if seconds <= 60 else 30)
