"""The buttons of the diary: its charts and lists, its signs, the weekly digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.diary import Span


class Look(StrEnum):
    """What a chart of the diary shows."""

    DAYS = "days"
    HOURS = "hours"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class OpenChart:
    """Show a chart of the local days up to today."""

    look: Look
    span: Span
    dark: bool


@dataclass(frozen=True, slots=True)
class OpenCalendar:
    """Show a month, counted from January of the year 0."""

    month: int
    dark: bool


@dataclass(frozen=True, slots=True)
class OpenEntries:
    """Show one page, counted from 0, of the entries: ``here``, or in a message of its own."""

    page: int
    here: bool


@dataclass(frozen=True, slots=True)
class OpenTogether:
    """Show what goes together with bad days, in a message of its own."""


@dataclass(frozen=True, slots=True)
class OpenHelped:
    """Show what helped, in a message of its own."""


@dataclass(frozen=True, slots=True)
class SetDiagnosed:
    """Say that there is a diagnosis, or that there is none, on the settings' page or elsewhere."""

    on: bool
    settings: bool


@dataclass(frozen=True, slots=True)
class CiteSigns:
    """Say where the warning signs come from."""


@dataclass(frozen=True, slots=True)
class OpenDigest:
    """Show the settings of the weekly digest in a message of their own."""


@dataclass(frozen=True, slots=True)
class SwitchDigest:
    """Switch the weekly digest on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetDigestDay:
    """Let the weekly digest come on a weekday; Monday is 0."""

    weekday: int


@dataclass(frozen=True, slots=True)
class SetDigestTime:
    """Let the weekly digest come at a local minute of the day."""

    minute: int


PREFIXES: Mapping[str, type] = {
    "dc": OpenChart, "ca": OpenCalendar, "en": OpenEntries, "tg": OpenTogether, "hp": OpenHelped,
    "dg": SetDiagnosed, "sg": CiteSigns,
    "wo": OpenDigest, "ws": SwitchDigest, "wd": SetDigestDay, "wt": SetDigestTime,
}  # fmt: skip
