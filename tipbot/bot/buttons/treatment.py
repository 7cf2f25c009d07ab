"""The buttons of treatment marks and of the charts that count the days since one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.treatments import TreatmentId, TreatmentKind


@dataclass(frozen=True, slots=True)
class OpenTreatments:
    """Show one page, counted from 0, of the marks: ``here``, or in a message of its own."""

    page: int
    here: bool


@dataclass(frozen=True, slots=True)
class OpenTreatment:
    """Show one mark."""

    treatment: TreatmentId


@dataclass(frozen=True, slots=True)
class AskTreatmentDay:
    """Ask for the day of a mark; ``treatment`` 0 is a new one of this kind."""

    treatment: TreatmentId
    kind: TreatmentKind


@dataclass(frozen=True, slots=True)
class TypeTreatmentDay:
    """Ask for a typed day; ``treatment`` and ``kind`` as in ``AskTreatmentDay``."""

    treatment: TreatmentId
    kind: TreatmentKind


@dataclass(frozen=True, slots=True)
class MarkTreatment:
    """Mark a local day (a proleptic ordinal)."""

    kind: TreatmentKind
    day: int


@dataclass(frozen=True, slots=True)
class SetTreatmentDay:
    """Move a mark to a local day (a proleptic ordinal)."""

    treatment: TreatmentId
    day: int


@dataclass(frozen=True, slots=True)
class AskTreatmentKind:
    """Show the kinds that a mark can have."""

    treatment: TreatmentId


@dataclass(frozen=True, slots=True)
class SetTreatmentKind:
    """Give a mark another kind."""

    treatment: TreatmentId
    kind: TreatmentKind


@dataclass(frozen=True, slots=True)
class WriteTreatmentNote:
    """Ask for a mark's note."""

    treatment: TreatmentId


@dataclass(frozen=True, slots=True)
class KeepTreatment:
    """Take a mark away (``on`` False), or put it back."""

    treatment: TreatmentId
    on: bool


class SinceLook(StrEnum):
    """What a chart of the time after a treatment shows."""

    DAYS = "days"
    """The last cycle, day by day."""
    CYCLES = "cycles"
    """The last cycles side by side, week by week."""


@dataclass(frozen=True, slots=True)
class OpenSince:
    """Show a chart of the time after the marks of one kind."""

    kind: TreatmentKind
    look: SinceLook
    dark: bool


PREFIXES: Mapping[str, type] = {
    "tl": OpenTreatments, "to": OpenTreatment, "ta": AskTreatmentDay, "ty": TypeTreatmentDay,
    "tm": MarkTreatment, "td": SetTreatmentDay, "tk": AskTreatmentKind, "ts": SetTreatmentKind,
    "tn": WriteTreatmentNote, "tx": KeepTreatment, "sc": OpenSince,
}  # fmt: skip
