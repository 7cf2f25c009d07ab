"""The buttons about what the diary says or asks: its signs, the weekly digest, how a day was."""

from collections.abc import Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class OpenDay:
    """Ask about the local day so many days ago, 0 for today, in a message of its own."""

    ago: int


PREFIXES: Mapping[str, type] = {
    "dg": SetDiagnosed, "wo": OpenDigest, "ws": SwitchDigest, "wd": SetDigestDay,
    "wt": SetDigestTime, "sg": CiteSigns, "od": OpenDay,
}  # fmt: skip
