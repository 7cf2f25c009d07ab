"""What a printed report shows, in finished words and plain values: the process adds nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Paper(StrEnum):
    """The size of a page."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A small table; ``span`` of the six columns of a page are its own.

    The first column has what is left; the others stand to the right, ``widths`` (mm) apart.
    """

    span: int
    heading: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = (14.0,)
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Panels side by side, six columns in all."""

    kind: Literal["band"] = "band"
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Lines of text below a heading, each at most two lines long on paper."""

    kind: Literal["passage"] = "passage"
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A day or a week: its strength if that is known, else whether nothing was logged at all."""

    strength: float | None
    missing: bool
    marked: bool = False
    """A treatment was marked then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Words below the bar of that number."""

    at: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Strength (0 to 4) over the period."""

    kind: Literal["timeline"] = "timeline"
    heading: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    zeros: str
    missings: str
    unrated: str
    marked: str


Block = Band | Passage | Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole report; it is the same file wherever and whenever it is made from the same values."""

    kind: Literal["report"] = "report"
    paper: Paper
    language: str
    made: date
    title: str
    period: str
    blanks: tuple[str, ...]
    """What is left to be filled in by hand."""
    notice: str
    blocks: tuple[Block, ...]
    unshown: str
    """Says what the sign for a character without a drawing means, where there is one."""
    footer: str
    numbers: tuple[tuple[str, ...], ...]
    """The words for each page's number: of one page, of two, of three."""
