"""What goes together with bad days: which questions a diary can answer, as plain tables.

A trigger can only be ticked on a day with a twitch, and is ticked more easily on a day with many.
So days with a trigger are compared with other days that had a twitch, by the mean strength of
their twitches and among days with as many. Facts about a day are compared over all rated days.
Days are compared within four weeks of each other, so that a slow change of both is no finding.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import fmean

from tipbot.core.diary import Day
from tipbot.core.model import DayContext, Trigger

ENOUGH_DAYS = 14
"""Logged days before anything is compared (product rule)."""
ENOUGH_EACH = 5
"""Days with, and days without, before a question is asked (product rule)."""
_BLOCK = 28
_MANY = 4
"""Days with this many twitches or more are alike."""
ALPHA = 0.05
"""A finding's chance under pure noise, over all questions of a diary together."""
UNTOLD = (0.0, 0.0)
"""Stands for the interval of a difference that may well be chance: nobody is told of it."""


class Measure(StrEnum):
    """What makes a day bad."""

    STRENGTH = "strength"
    """Its worst self-rating, 0 to 4."""
    COUNT = "count"
    """Its number of twitches: for diaries with too few self-ratings."""


class Fact(StrEnum):
    """A yes-or-no fact of a day's context, cut at a fixed value so that nothing is fished for."""

    SLEEP = "sleep"
    """Six hours or less."""
    COFFEES = "coffee"
    """Two or more."""
    SCREEN = "screen"
    """Six hours or more."""
    WATER = "water"
    """Little."""
    STRESS = "stress"
    """Some or much."""


_FACTS: dict[Fact, tuple[Callable[[DayContext], int | None], Callable[[int], bool]]] = {
    Fact.SLEEP: (lambda c: c.sleep_hours, lambda hours: hours <= 6),
    Fact.COFFEES: (lambda c: c.coffees, lambda cups: cups >= 2),
    Fact.SCREEN: (lambda c: c.screen_hours, lambda hours: hours >= 6),
    Fact.WATER: (lambda c: c.water, lambda amount: amount == 0),
    Fact.STRESS: (lambda c: c.stress, lambda amount: amount >= 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One day in a question: its value, and the stratum within which days may be exchanged."""

    value: float
    exposed: bool
    stratum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Days with something against days without; ``about`` is a Trigger or a Fact, by its value."""

    about: str
    is_trigger: bool
    days: tuple[Observation, ...]

    @property
    def exposed(self) -> tuple[float, ...]:
        """The values of the days with it."""
        return tuple(day.value for day in self.days if day.exposed)

    @property
    def others(self) -> tuple[float, ...]:
        """The values of the days without it: the baseline."""
        return tuple(day.value for day in self.days if not day.exposed)

    @property
    def can_be_asked(self) -> bool:
        """Whether there are at least five days on either side."""
        return min(len(self.exposed), len(self.others)) >= ENOUGH_EACH

    @property
    def difference(self) -> float:
        """The mean of the days with it less the mean of the days without."""
        return fmean(self.exposed) - fmean(self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer to one question."""

    about: str
    is_trigger: bool
    low: float
    high: float
    """The 95 % interval of the difference, by bootstrap; ``UNTOLD`` if ``p`` is over ``ALPHA``."""
    p: float
    """Of a permutation test, corrected for the number of questions by Holm's method."""

    @property
    def speaks(self) -> bool:
        """Whether the diary says anything about this."""
        return self.p <= ALPHA and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """All that can be asked of a diary."""

    measure: Measure
    usable: int
    """Days that the measure is known of."""
    questions: tuple[Question, ...]
    """Those with enough days on either side; none before there are enough days at all."""

    @property
    def days_to_go(self) -> int:
        """How many more logged days are needed before anything is compared."""
        return max(0, ENOUGH_DAYS - self.usable)


def together(days: Sequence[Day]) -> Together:
    """Return the questions that a diary can answer."""
    rated = [day for day in days if day.worst is not None]
    counted = [day for day in days if day.count is not None]
    by_strength = len(rated) >= ENOUGH_DAYS or len(rated) >= len(counted)
    measure = Measure.STRENGTH if by_strength else Measure.COUNT
    usable = rated if by_strength else counted
    questions: list[Question] = []
    if len(usable) >= ENOUGH_DAYS:
        questions += [_fact(fact, usable, measure) for fact in Fact]
        if by_strength:
            questions += [_trigger(trigger, days) for trigger in Trigger]
    asked = tuple(question for question in questions if question.can_be_asked)
    return Together(measure=measure, usable=len(usable), questions=asked)


def _fact(fact: Fact, days: Iterable[Day], measure: Measure) -> Question:
    value_of, holds = _FACTS[fact]
    seen = []
    for day in days:
        said = value_of(day.context) if day.context else None
        value = day.worst if measure is Measure.STRENGTH else day.count
        if said is not None and value is not None:
            seen.append(
                Observation(value=value, exposed=holds(said), stratum=str(_block(day.date)))
            )
    return Question(about=fact, is_trigger=False, days=tuple(seen))


def _trigger(trigger: Trigger, days: Iterable[Day]) -> Question:
    seen = tuple(
        Observation(
            value=fmean(day.strengths),
            exposed=trigger in day.triggers,
            stratum=f"{_block(day.date)}/{min(day.twitches, _MANY)}",
        )
        for day in days
        if day.strengths
    )
    return Question(about=trigger, is_trigger=True, days=seen)


def _block(day: date) -> int:
    return day.toordinal() // _BLOCK
