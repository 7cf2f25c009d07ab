"""What the library holds: tips and cards, what they are about and where they come from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tipbot.core.model.ids import TipId


class Topic(StrEnum):
    """What a plan is about: one of seven kinds of tip, the check-in prompt, the weekly digest."""

    HYDRATION = "hydration"
    SLEEP = "sleep"
    SCREEN_BREAK = "screen_break"
    RELAXATION = "relaxation"
    FACIAL_EXERCISES = "facial_exercises"
    FOOD_AND_CAFFEINE = "food_and_caffeine"
    MOVEMENT = "movement"
    CHECK_IN = "check_in"
    DIGEST = "digest"


CORE_TOPICS = (Topic.HYDRATION, Topic.SLEEP, Topic.SCREEN_BREAK, Topic.RELAXATION)
OFFERED_TOPICS = (Topic.FACIAL_EXERCISES, Topic.FOOD_AND_CAFFEINE, Topic.MOVEMENT)
TIP_TOPICS = CORE_TOPICS + OFFERED_TOPICS


class Claim(StrEnum):
    """What kind of statement a tip or card makes."""

    PRACTICAL = "practical"
    GENERAL = "general"
    MEDICAL = "medical"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence comes from: a document of ``sources.yaml`` and its section heading."""

    document: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One revision of a tip; ``body`` is restricted markup (see ``core.markup``)."""

    id: TipId
    title: str
    body: str
    topic: Topic
    tags: tuple[str, ...]
    sources: tuple[Citation, ...]
    claim: Claim
    reviewed: date
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Longer reading, kept on one of the shelves that ``core.library`` names."""

    id: TipId
    title: str
    body: str
    shelf: str
    tags: tuple[str, ...]
    sources: tuple[Citation, ...]
    claim: Claim
    reviewed: date
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source document: ``name`` is the file's own name, ``title`` the article's."""

    name: str
    title: str
    sections: tuple[str, ...]
