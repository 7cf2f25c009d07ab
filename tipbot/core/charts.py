"""What a chart shows, in plain values and finished words: the drawing process adds nothing.

None stands for missing and is drawn as missing, never as zero.
"""

from dataclasses import dataclass
from typing import Literal

from tipbot.core.insights import Finding, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """A day or a week: twitches a day, median and worst strength, None where it is not known."""

    label: str
    """Empty where the axis says nothing."""
    count: float | None
    median: float | None
    worst: int | None
    missing: bool
    few: bool = False
    """Little is known of a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysChart:
    """Twitches a day above, their strength (0 to 4) below; a bar stands for a day or a week."""

    kind: Literal["days"] = "days"
    title: str
    counts: str
    strengths: str
    medians: str
    worsts: str
    missings: str
    nones: str
    uncounted: str
    """Names a day that was rated above 0 without a twitch: how many there were is not known."""
    few: str
    bars: tuple[DayBar, ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursChart:
    """Twitches by local hour; 24 counts and 24 labels."""

    kind: Literal["hours"] = "hours"
    title: str
    counts: str
    labels: tuple[str, ...]
    bars: tuple[int, ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBar:
    """One place: twitches left, right, on both sides, and without a side."""

    label: str
    parts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesChart:
    """Twitches by place, split by side; ``sides`` names the four parts."""

    kind: Literal["places"] = "places"
    title: str
    counts: str
    sides: tuple[str, str, str, str]
    bars: tuple[PlaceBar, ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day of the calendar; ``worst`` None with ``missing`` False is 'logged, not rated'."""

    label: str
    worst: int | None
    missing: bool
    future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChart:
    """A month in weeks from Monday; ``levels`` names 0 to 4.

    A week of which nothing is known is drawn folded, one that is still to come not at all.
    """

    kind: Literal["calendar"] = "calendar"
    title: str
    weekdays: tuple[str, ...]
    levels: tuple[str, ...]
    unrated: str
    missings: str
    weeks: tuple[tuple[Cell | None, ...], ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceWeek:
    """A week after a treatment; ``few`` tells that little is known of it."""

    median: float | None
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceChart:
    """Strength (0 to 4) by days since a treatment: each day, and the median of each week."""

    kind: Literal["since"] = "since"
    title: str
    strengths: str
    across: str
    strongest: str
    middle: str
    few: str
    missings: str
    unrated: str
    others: str
    days: tuple[int | None, ...]
    """Each day's greatest strength."""
    missing: tuple[bool, ...]
    """Of which days nothing is known; other days without a strength were logged, not rated."""
    weeks: tuple[SinceWeek, ...]
    marks: tuple[int, ...]
    """Days on which another treatment was marked."""
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleLine:
    """One cycle week by week; the newest stands first."""

    label: str
    weeks: tuple[SinceWeek, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclesChart:
    """Cycles side by side: the median strength of each week since the treatment."""

    kind: Literal["cycles"] = "cycles"
    title: str
    strengths: str
    across: str
    few: str
    lines: tuple[CycleLine, ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBar:
    """One day's messages: how many arrived, and what became of the others, in parts."""

    label: str
    """Empty where the axis says nothing."""
    sent: int
    parts: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresChart:
    """Messages per day above, those that did not arrive below; ``names`` are of their parts."""

    kind: Literal["figures"] = "figures"
    title: str
    sents: str
    others: str
    names: tuple[str, str, str]
    bars: tuple[FigureBar, ...]
    dark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteBar:
    """One tip's votes."""

    label: str
    helpful: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesChart:
    """Votes by tip, in the order given; ``names`` are of the two kinds of votes."""

    kind: Literal["votes"] = "votes"
    title: str
    counts: str
    names: tuple[str, str]
    bars: tuple[VoteBar, ...]
    dark: bool = False


Chart = (
    DaysChart
    | HoursChart
    | PlacesChart
    | CalendarChart
    | SinceChart
    | CyclesChart
    | FiguresChart
    | VotesChart
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Questions to be answered by statistics, with the seed of their chance."""

    kind: Literal["compare"] = "compare"
    questions: tuple[Question, ...]
    seed: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The answers, one a question, in the same order."""

    found: tuple[Finding, ...]
