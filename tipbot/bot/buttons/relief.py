"""The buttons of guided relief."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.relief import Pace, Technique
from tipbot.core.sessions import Answer, SessionId


@dataclass(frozen=True, slots=True)
class OpenRelief:
    """List what can be tried for relief: ``here``, or in a message of its own."""

    here: bool


@dataclass(frozen=True, slots=True)
class OpenTechnique:
    """Show what a technique is, before anything starts."""

    technique: Technique


@dataclass(frozen=True, slots=True)
class StartRelief:
    """Begin a session in this message."""

    technique: Technique
    pace: Pace


@dataclass(frozen=True, slots=True)
class StopRelief:
    """End a session now."""

    session: SessionId


@dataclass(frozen=True, slots=True)
class RateRelief:
    """Say whether a session helped."""

    session: SessionId
    answer: Answer


PREFIXES: Mapping[str, type] = {
    "rl": OpenRelief, "rt": OpenTechnique, "rs": StartRelief, "rx": StopRelief, "rr": RateRelief,
}  # fmt: skip
