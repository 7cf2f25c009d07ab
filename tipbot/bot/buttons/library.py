"""The editors' buttons for finding a tip and saying what state it shall have."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.revisions import TipNumber


class Place(StrEnum):
    """Where in the library: a topic of tips or a shelf of cards, in few letters."""

    ALL = ""
    HYDRATION = "hy"
    SLEEP = "sl"
    SCREEN_BREAK = "sb"
    RELAXATION = "re"
    FACIAL_EXERCISES = "fe"
    FOOD_AND_CAFFEINE = "fc"
    MOVEMENT = "mo"
    CAUSES = "ca"
    TYPES = "ty"
    TRIGGERS = "tr"
    SIGNS = "si"
    TREATMENTS = "tm"
    RELIEF = "rl"
    LIVING = "li"

    @property
    def shelf(self) -> str | None:
        """The topic or shelf by its own name, None for everywhere."""
        return self.name.lower() if self else None


class StateFilter(StrEnum):
    """Which states a list shows."""

    ANY = ""
    DRAFT = "d"
    PUBLISHED = "p"
    RETIRED = "r"


class Wish(StrEnum):
    """What an editor wants a tip's state to be."""

    PUBLISH = "p"
    RETIRE = "r"
    RESTORE = "s"


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """Show topics, shelves and what waits."""


@dataclass(frozen=True, slots=True)
class ListTips:
    """Show one page of the tips that hold ``words``."""

    place: Place
    state: StateFilter
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class AskWords:
    """Ask for words to search for."""

    place: Place
    state: StateFilter


@dataclass(frozen=True, slots=True)
class OpenTip:
    """Show everything about a tip."""

    tip: TipNumber


@dataclass(frozen=True, slots=True)
class SetState:
    """Publish, retire or restore a tip that was seen at ``seen``."""

    tip: TipNumber
    seen: int
    wish: Wish


PREFIXES: Mapping[str, type] = {
    "kl": OpenLibrary,
    "ks": ListTips,
    "kw": AskWords,
    "kt": OpenTip,
    "kz": SetState,
}
