"""The editors' buttons for changes that wait for a second pair of eyes."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipbot.core.proposals import ProposalId


@dataclass(frozen=True, slots=True)
class OpenProposals:
    """Show one page of the changes that wait."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """Show a change that waits."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class Approve:
    """Make a change that waits, seen beside revision ``seen``."""

    proposal: ProposalId
    seen: int


@dataclass(frozen=True, slots=True)
class Reject:
    """Turn a change down, or take one's own back."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class AskWhy:
    """Ask why a change is turned down, then turn it down."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Show whether a second pair of eyes is wanted."""


@dataclass(frozen=True, slots=True)
class WantReview:
    """Switch the second pair of eyes on or off."""

    wanted: bool


PREFIXES: Mapping[str, type] = {
    "jp": OpenProposals, "jo": OpenProposal, "ja": Approve, "jn": Reject, "jw": AskWhy,
    "je": WantReview, "jv": OpenReview,
}  # fmt: skip
