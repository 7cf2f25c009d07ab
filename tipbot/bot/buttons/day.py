"""The buttons about a local day as a whole: its rating, and the facts about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import DeliveryId


class DayField(StrEnum):
    """A fact about a day that the check-in prompt may ask for."""

    SLEEP = "sleep"
    COFFEES = "coffee"
    SCREEN = "screen"
    WATER = "water"
    STRESS = "stress"


@dataclass(frozen=True, slots=True)
class RateDay:
    """Rate a local day (a proleptic ordinal) 0 to 4; 0 is 'none today'.

    ``delivery`` is the prompt under which the button stands, 0 elsewhere.
    """

    day: int
    strength: int
    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class SetDayFact:
    """Say one thing about a local day; -1 takes it away."""

    day: int
    what: DayField
    value: int


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Fold the questions about a local day away."""

    day: int


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Ask about the local day so many days ago, 0 for today, in a message of its own."""

    ago: int


PREFIXES: Mapping[str, type] = {
    "rd": RateDay,
    "df": SetDayFact,
    "cd": CloseDay,
    "od": OpenDay,
}
