"""The buttons of the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import Topic


class Page(StrEnum):
    """A page of the settings."""

    HOME = "home"
    TOPICS = "topics"
    QUIET = "quiet"
    BEDTIME = "bedtime"
    ZONE = "zone"
    LANGUAGE = "language"
    PAUSE = "pause"
    DIGEST = "diary"
    DIAGNOSIS = "diagnosis"


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show one page of the settings."""

    page: Page


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """Show the settings of one topic."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SwitchTopic:
    """Switch a topic on or off."""

    topic: Topic
    on: bool


@dataclass(frozen=True, slots=True)
class SwitchDay:
    """Switch a weekday (Monday is 0) of a topic on or off."""

    topic: Topic
    weekday: int
    on: bool


@dataclass(frozen=True, slots=True)
class AskTimes:
    """Ask for a topic's times of day."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SetInterval:
    """Remind every so many minutes between the quiet hours."""

    topic: Topic
    minutes: int


@dataclass(frozen=True, slots=True)
class FullPace:
    """Use every slot of a topic again."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Quiet hours from one local minute of the day to another; equal ones: none."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SetBedtime:
    """Bedtime, a local minute of the day."""

    minute: int


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Messages without a sound, or with one."""

    on: bool


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """A language tag."""

    language: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause for so many days, counted from the tap; 0 until resumed."""

    days: int


@dataclass(frozen=True, slots=True)
class Resume:
    """End a pause."""


PREFIXES: Mapping[str, type] = {
    "os": OpenSettings, "ot": OpenTopic, "so": SwitchTopic, "sd": SwitchDay, "at": AskTimes,
    "iv": SetInterval, "fp": FullPace, "qu": SetQuiet, "be": SetBedtime, "sl": SetSilent,
    "la": SetLanguage, "pa": Pause, "re": Resume,
}  # fmt: skip
