"""What an examination finds."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """The bot runs, but something may go wrong, or does not do what it looks like."""
    FAULT = "fault"
    """The bot does not start, or does not do its work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, how it is, and what mends it unless it is in order."""

    level: Level
    subject: str
    said: str
    mend: str = ""


def ok(subject: str, said: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(Level.OK, subject, said)


def warning(subject: str, said: str, mend: str) -> Finding:
    """Return a finding that the bot can live with."""
    return Finding(Level.WARNING, subject, said, mend)


def fault(subject: str, said: str, mend: str) -> Finding:
    """Return a finding that keeps the bot from its work."""
    return Finding(Level.FAULT, subject, said, mend)
