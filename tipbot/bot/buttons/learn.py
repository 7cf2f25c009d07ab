"""The buttons of the reading cards."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.model import TipId


@dataclass(frozen=True, slots=True)
class OpenShelves:
    """Show the shelves of the reading cards."""


@dataclass(frozen=True, slots=True)
class OpenShelf:
    """Show one page, counted from 0, of the cards of a shelf."""

    shelf: str
    page: int


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Show a reading card."""

    card: TipId


PREFIXES: Mapping[str, type] = {"lv": OpenShelves, "ls": OpenShelf, "oc": OpenCard}
