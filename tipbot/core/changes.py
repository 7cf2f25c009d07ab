"""What an editor wants a tip to be, made on top of the revision that they saw."""

from dataclasses import dataclass, fields, replace
from typing import Any

from tipbot.core.entries import Entry
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState


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
