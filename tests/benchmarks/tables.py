"""What was measured, as tables: values with their spread, for people and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some rounds between the lowest and the highest."""

    middle: float
    lowest: float
    highest: float
    digits: int = 0

    def __str__(self) -> str:
        """Return the median, and the spread if there is any to be seen."""
        middle, low, high = (
            f"{v:,.{self.digits}f}" for v in (self.middle, self.lowest, self.highest)
        )
        return middle if low == high else f"{middle} ({low} to {high})"


def spread(values: Sequence[float], digits: int = 0) -> Spread:
    """Return what some rounds found."""
    return Spread(median(values), min(values), max(values), digits)


def cut(values: Sequence[float], percent: int) -> float:
    """Return a percentile."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


Cell = str | int | Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a part, and the command that makes it again."""

    part: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    figures: dict[str, object] = field(default_factory=dict)
    """What else was counted, for programs."""
