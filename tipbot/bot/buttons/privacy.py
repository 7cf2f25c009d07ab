"""The buttons about what is kept of somebody."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPrivacy:
    """Show what is kept, in a message of its own."""


@dataclass(frozen=True, slots=True)
class DeleteMe:
    """Remove everything of whoever taps; ``asked`` (Unix seconds) is when the button was made."""

    asked: int


PREFIXES: Mapping[str, type] = {"pv": OpenPrivacy, "dm": DeleteMe}
