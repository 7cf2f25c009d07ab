"""Warning signs: what a log or a diary must say before the card about doctors is shown.

Each sign names its sources. Flags call for the card at once; signs that only a diary can show join
here as further members of ``Sign`` with a rule of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tipbot.core.model import CheckIn, Citation, Flag

_RED_FLAGS = Citation(
    "002_1ff85e78ad563760.txt", "When to Seek Professional Help for Facial Spasms"
)
_SEE_A_DOCTOR = Citation("004_f6e759b11e4d62df.txt", "When to See a Doctor")
_SEEK_HELP = Citation("000_cf69e9fc4ca9b007.txt", "Recognizing When to Seek Medical Help")


class Sign(StrEnum):
    """A warning sign, the gravest first."""

    WEAKNESS = "weakness"
    SIGHT = "sight"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that was seen, and where its rule comes from."""

    sign: Sign
    sources: tuple[Citation, ...]


FLAGGED: Mapping[Flag, Finding] = MappingProxyType(
    {
        Flag.WEAKNESS: Finding(Sign.WEAKNESS, (_RED_FLAGS, _SEE_A_DOCTOR)),
        Flag.SIGHT: Finding(Sign.SIGHT, (_RED_FLAGS,)),
        Flag.PAIN: Finding(Sign.PAIN, (_RED_FLAGS, _SEE_A_DOCTOR, _SEEK_HELP)),
    }
)
"""What each flag of a check-in stands for, the gravest first."""


def flagged(flags: frozenset[Flag]) -> tuple[Finding, ...]:
    """Return what the flags of a check-in call for, the gravest first; empty for none."""
    return tuple(finding for flag, finding in FLAGGED.items() if flag in flags)


def newly_flagged(before: CheckIn, after: CheckIn) -> tuple[Finding, ...]:
    """Return what an edit calls for at once: the signs that it ticked and that stood not before."""
    return flagged(after.flags - before.flags)
