"""Changes that wait for a second pair of eyes, and what becomes of what an editor asks for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from tipbot.core.audit import Actor
from tipbot.core.changes import TipChange, onto
from tipbot.core.model import require_aware
from tipbot.core.revisions import Revision, RevisionKind

ProposalId = NewType("ProposalId", int)


class Outcome(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """Taken back by its proposer, or replaced by a later one of theirs on the same tip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change that waits for, or had, another editor's word; its content never changes.

    ``change.entry.revision`` is the revision that the proposer saw.
    """

    id: ProposalId
    by: Actor
    change: TipChange
    fields: tuple[str, ...]
    at: datetime
    outcome: Outcome = Outcome.OPEN
    settled_by: Actor | None = None
    settled_at: datetime | None = None
    made: int | None = None
    """The revision that came of it, if it was approved."""
    why: str = ""
    """What whoever turned it down said to it."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.at, self.settled_at)


def proposed(proposal: Proposal, current: Revision) -> TipChange:
    """Return what approving a proposal makes of a tip as it is now.

    An edit changes the fields that its proposer changed and no other: what somebody else has done
    to the rest since is kept.
    """
    change = onto(proposal.change, current)
    if change.kind is not RevisionKind.EDIT or type(change.entry) is not type(current.entry):
        return change
    named = {name: getattr(change.entry, name) for name in proposal.fields}
    return replace(change, entry=replace(current.entry, **named))


@dataclass(frozen=True, slots=True)
class Saved:
    """The change was made (or had been made by this very request): the tip's newest revision."""

    revision: Revision
    replaced: tuple[ProposalId, ...] = ()
    """Earlier changes of the same editor that waited, and were withdrawn for this one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The change waits for another editor."""

    proposal: Proposal
    replaced: tuple[ProposalId, ...] = ()
    """Earlier changes of the same editor that waited, and were withdrawn for this one."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Nothing changed: the tip is not at the revision that was seen; ``current`` is what it is."""

    current: Revision


@dataclass(frozen=True, slots=True)
class Own:
    """Nothing changed: nobody approves what they proposed themselves."""

    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing changed: the proposal was settled before, as it says."""

    proposal: Proposal


Submitted = Saved | Waiting | Overtaken
"""What became of a change that an editor asked for."""
Approved = Saved | Overtaken | Own | Settled
"""What became of an approval."""
