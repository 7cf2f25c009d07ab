"""The editors' buttons for the revisions of a tip."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.revisions import TipNumber


@dataclass(frozen=True, slots=True)
class OpenHistory:
    """Show one page of a tip's revisions."""

    tip: TipNumber
    page: int


@dataclass(frozen=True, slots=True)
class OpenRevision:
    """Show one revision of a tip beside the one before."""

    tip: TipNumber
    revision: int


@dataclass(frozen=True, slots=True)
class RevertTo:
    """Make an old revision's content the newest, seen at ``seen``."""

    tip: TipNumber
    revision: int
    seen: int


PREFIXES: Mapping[str, type] = {"jh": OpenHistory, "jr": OpenRevision, "jb": RevertTo}
