"""The buttons of owners and editors; ``bot.buttons`` takes them into its table."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenAdmin:
    """Show the page of /admin."""


PREFIXES: Mapping[str, type] = {
    "ad": OpenAdmin,
}  # fmt: skip
