"""The buttons of /report. Each says all that its report is made of, whatever was tapped before."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.pages import Paper
from tipbot.core.reports import ReportSpan


@dataclass(frozen=True, slots=True)
class OpenReport:
    """Ask for the period; ``notes`` tells whether notes on entries go into the report."""

    paper: Paper
    notes: bool


@dataclass(frozen=True, slots=True)
class TypePeriod:
    """Ask for a typed period; the fields as in ``OpenReport``."""

    paper: Paper
    notes: bool


@dataclass(frozen=True, slots=True)
class MakeReport:
    """Make a report; ``first`` and ``last`` are proleptic ordinals if the span is RANGE, else 0."""

    span: ReportSpan
    first: int
    last: int
    paper: Paper
    notes: bool


PREFIXES: Mapping[str, type] = {"ro": OpenReport, "rp": TypePeriod, "rm": MakeReport}
