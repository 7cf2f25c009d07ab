"""The buttons of what a newcomer is asked; those of the zone serve the settings, too."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.presets import Preset


@dataclass(frozen=True, slots=True)
class Agree:
    """The newcomer agrees to what is stored."""


@dataclass(frozen=True, slots=True)
class PickHour:
    """The local hour just now, 0 to 23; ``settings`` tells a change from a newcomer's answer."""

    hour: int
    settings: bool


@dataclass(frozen=True, slots=True)
class AllHours:
    """Back from the zones of one hour to all hours."""

    settings: bool


@dataclass(frozen=True, slots=True)
class PickZone:
    """An IANA zone name; ``settings`` as in ``PickHour``."""

    zone: str
    settings: bool


@dataclass(frozen=True, slots=True)
class PickPreset:
    """One of the presets."""

    preset: Preset


PREFIXES: Mapping[str, type] = {
    "ok": Agree,
    "ho": PickHour, "ah": AllHours, "zo": PickZone, "pr": PickPreset,
}  # fmt: skip
