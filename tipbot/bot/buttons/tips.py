"""The buttons under a tip."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tipbot.core.model import DeliveryId


class SnoozeFor(StrEnum):
    """How long a snoozed tip waits."""

    TEN_MINUTES = "10m"
    HOUR = "1h"
    TONIGHT = "eve"


@dataclass(frozen=True, slots=True)
class DidIt:
    """The subscriber did what the tip says."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class SnoozeMenu:
    """Show how long a tip can be put off."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Snooze:
    """Send this tip again later."""

    delivery: DeliveryId
    wait: SnoozeFor


@dataclass(frozen=True, slots=True)
class Vote:
    """Helpful, or not."""

    delivery: DeliveryId
    helpful: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Show where the tip comes from."""

    delivery: DeliveryId


@dataclass(frozen=True, slots=True)
class Less:
    """Less of this topic, if its plan still uses every ``thin``-th slot, as the button says."""

    delivery: DeliveryId
    thin: int


@dataclass(frozen=True, slots=True)
class KeepPace:
    """Use every ``thin``-th slot of the tip's topic, as before."""

    delivery: DeliveryId
    thin: int


@dataclass(frozen=True, slots=True)
class ShowTip:
    """Back to the tip's own buttons."""

    delivery: DeliveryId


PREFIXES: Mapping[str, type] = {
    "di": DidIt, "sm": SnoozeMenu, "sn": Snooze, "vo": Vote, "wy": Why, "le": Less, "kp": KeepPace,
    "sh": ShowTip,
}  # fmt: skip
