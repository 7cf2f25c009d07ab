"""The life of a tip in editors' hands: its revisions, its states, and changes that wait.

    draft -> published <-> retired

Every change makes a revision: the full content, the state after it, who made it and when. A change
names the revision that its editor saw and is made only if that is still the newest one. Cards have
the same life; what is said of tips here holds for both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any, Generic, NewType, TypeVar

from tipbot.core.audit import Actor
from tipbot.core.entries import LONGEST_ID, Entry
from tipbot.core.model import TipId, Topic, require_aware
from tipbot.core.search import search_words

TipNumber = NewType("TipNumber", int)
"""A tip's row: short enough for a button, permanent like the id."""
ProposalId = NewType("ProposalId", int)
ConflictId = NewType("ConflictId", int)

PAGE_SIZE = 8
"""Lines of one page of a list in the chat."""

_AT_ONCE = 20
"""Ids that are tried together."""

T = TypeVar("T")


class TipState(StrEnum):
    """Whether subscribers get a tip."""

    DRAFT = "draft"
    """Never published yet."""
    PUBLISHED = "published"
    RETIRED = "retired"


class RevisionKind(StrEnum):
    """What a revision did."""

    ADD = "add"
    EDIT = "edit"
    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"
    """Published again after it was retired."""
    REVERT = "revert"
    """An old revision's content became the newest."""
    SYNC = "sync"
    """The files said so."""
    IMPORT = "import"
    """An archive sent by an editor said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of a tip, as it is kept for good; ``entry.revision`` is its number."""

    number: TipNumber
    entry: Entry
    state: TipState
    kind: RevisionKind
    author: Actor | None
    """Whoever made it; None for the files of the library folder."""
    approved_by: Actor | None = None
    """The second pair of eyes, if there was one."""
    at: datetime
    fields: tuple[str, ...] = ()
    """Names of the fields in which it differs from the revision before, as files name them."""

    def __post_init__(self) -> None:
        """Refuse naive moments."""
        require_aware(self.at)

    @property
    def revision(self) -> int:
        """Return its number among the tip's revisions, from 1."""
        return self.entry.revision


@dataclass(frozen=True, slots=True, kw_only=True)
class TipChange:
    """What an editor wants a tip to be: its full content and state.

    ``entry.revision`` is the revision that they saw; the change is made only on top of that one.
    """

    number: TipNumber
    entry: Entry
    state: TipState
    kind: RevisionKind


def edit(seen: Revision, **changed: Any) -> TipChange:
    """Return the change of some fields of a tip, named as ``Tip`` and ``Card`` name them."""
    entry = replace(seen.entry, **changed)
    return _change(seen, RevisionKind.EDIT, entry=entry, state=seen.state)


def publish(seen: Revision) -> TipChange:
    """Return the change that shows a draft to subscribers."""
    return _change(seen, RevisionKind.PUBLISH, state=TipState.PUBLISHED)


def retire(seen: Revision) -> TipChange:
    """Return the change that keeps a tip from subscribers from now on."""
    return _change(seen, RevisionKind.RETIRE, state=TipState.RETIRED)


def restore(seen: Revision) -> TipChange:
    """Return the change that shows a retired tip again."""
    return _change(seen, RevisionKind.RESTORE, state=TipState.PUBLISHED)


def revert(seen: Revision, old: Revision) -> TipChange:
    """Return the change back to an older revision's content; the state stays as it is."""
    entry = replace(old.entry, revision=seen.revision)
    return _change(seen, RevisionKind.REVERT, entry=entry, state=seen.state)


def as_file(current: Revision, file: Entry | None, kind: RevisionKind) -> TipChange:
    """Return the change that makes a tip what its file says; without a file it is retired."""
    entry = replace(file or current.entry, revision=current.revision)
    state = TipState.RETIRED if file is None else TipState.PUBLISHED
    return TipChange(number=current.number, entry=entry, state=state, kind=kind)


def _change(
    seen: Revision, kind: RevisionKind, *, state: TipState, entry: Entry | None = None
) -> TipChange:
    return TipChange(number=seen.number, entry=entry or seen.entry, state=state, kind=kind)


def onto(change: TipChange, current: Revision) -> TipChange:
    """Return a change as it is made on top of a revision that its author may not have seen.

    What changes the text alone leaves the state of now, what changes the state leaves the text.
    """
    if change.kind in {RevisionKind.EDIT, RevisionKind.REVERT}:
        entry = replace(change.entry, revision=current.revision)
        return replace(change, entry=entry, state=current.state)
    if change.kind in {RevisionKind.PUBLISH, RevisionKind.RETIRE, RevisionKind.RESTORE}:
        return replace(change, entry=current.entry)
    return replace(change, entry=replace(change.entry, revision=current.revision))


def is_made(change: TipChange, current: Revision) -> bool:
    """Tell whether a revision already says all that a change asks for."""
    return change.state is current.state and same_content(change.entry, current.entry)


def needs_review(change: TipChange, current: Revision) -> bool:
    """Tell whether a change wants a second pair of eyes: whatever subscribers would get by it.

    Taking a tip away does not: a text that is wrong must not go on until somebody else is awake.
    """
    return change.state is TipState.PUBLISHED and not is_made(change, current)


_TEXT_ALONE = frozenset({RevisionKind.EDIT, RevisionKind.REVERT})
_STATE_ALONE = frozenset({RevisionKind.PUBLISH, RevisionKind.RETIRE, RevisionKind.RESTORE})


def replaces(later: RevisionKind, earlier: RevisionKind) -> bool:
    """Tell whether an editor's later change, once made, takes the place of one that waits.

    It does unless one of the two changes the text alone and the other the state alone.
    """
    pair = {later, earlier}
    return not (pair & _TEXT_ALONE and pair & _STATE_ALONE)


def same_content(one: Entry, other: Entry) -> bool:
    """Tell whether two entries say the same, whatever their revisions."""
    return type(one) is type(other) and not changed_fields(one, other)


def changed_fields(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return the names of the fields in which two entries differ, whatever their revisions."""
    names = dict.fromkeys(each.name for entry in (new, old) for each in fields(entry))
    return tuple(
        name
        for name in names
        if name not in {"id", "revision"} and getattr(old, name, None) != getattr(new, name, None)
    )


def combine(base: Entry, mine: Entry, theirs: Entry) -> Entry | None:
    """Return both editors' changes of one base together, on top of ``theirs``.

    None if they changed the same field differently, or if a tip became a card: someone must choose.
    """
    if not type(base) is type(mine) is type(theirs):
        return None
    ours = {name: getattr(mine, name) for name in changed_fields(base, mine)}
    clashes = ours.keys() & set(changed_fields(base, theirs))
    if any(getattr(theirs, name) != ours[name] for name in clashes):
        return None
    combined: Entry = replace(theirs, **ours)
    return combined


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


@dataclass(frozen=True, slots=True)
class FileConflict:
    """Both a tip's file and its live text changed: the live text stays until an editor chooses."""

    id: ConflictId
    live: Revision
    file: Entry | None
    """None if the file is gone."""
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLine:
    """A tip in a list."""

    number: TipNumber
    id: TipId
    title: str
    shelf: str
    """A tip's topic, a card's shelf."""
    is_card: bool
    state: TipState
    revision: int
    waiting: bool = False
    """A proposal waits."""
    in_conflict: bool = False
    """An editor has to choose between file and live text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipFigures:
    """What became of a tip's deliveries, over the records that are still kept (90 days)."""

    sent: int = 0
    skipped: int = 0
    """Sent, and nothing was tapped on it."""
    done: int = 0
    helpful: int = 0
    not_helpful: int = 0
    snoozed: int = 0
    less: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TipPage:
    """Everything about one tip."""

    current: Revision
    """The newest revision; what subscribers get if its state is PUBLISHED."""
    versions: int
    figures: TipFigures
    proposals: tuple[Proposal, ...] = ()
    """Those that are open, oldest first."""
    conflict: FileConflict | None = None


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list; ``number`` counts from 0 and is never past the last page."""

    items: Sequence[T] = field(default=())
    number: int = 0
    total: int = 0
    """Items on all pages together."""

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))


def page_of(wanted: int, total: int) -> int:
    """Return the page to show for a wanted one, which may lie outside."""
    return min(max(wanted, 0), max(0, (total - 1) // PAGE_SIZE))


def paged(items: Sequence[T], wanted: int) -> Page[T]:
    """Return one page of a list that is there as a whole; see ``page_of`` for which."""
    number = page_of(wanted, len(items))
    shown = items[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    return Page(items=shown, number=number, total=len(items))


def free_ids(topic: Topic, title: str) -> Iterator[tuple[TipId, ...]]:
    """Yield ids for a new tip, some at a time and without end: its title's words, then numbered.

    What has no a-z or 0-9 in its title is called 'tip'.
    """
    prefix = f"{topic.replace('_', '-')}-"
    words = [word for word in search_words(title) if word.isascii()]
    name = "-".join(words) or "tip"
    yield (_shortened(prefix, name, ""),)
    for start in count(2, _AT_ONCE):
        yield tuple(_shortened(prefix, name, f"-{n}") for n in range(start, start + _AT_ONCE))


def _shortened(prefix: str, name: str, end: str) -> TipId:
    room = LONGEST_ID - len(prefix) - len(end)
    return TipId(f"{prefix}{name[:room].rstrip('-')}{end}")
