"""Changes that editors make to the library, each on top of the revision that was seen."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from tipbot.core.audit import Act, Deed
from tipbot.core.changes import (
    TipChange,
    changed_fields,
    is_made,
    needs_review,
    replaces,
    same_content,
)
from tipbot.core.entries import Entry
from tipbot.core.paging import PAGE_SIZE, Page, page_of
from tipbot.core.proposals import (
    Approved,
    Outcome,
    Overtaken,
    Own,
    Proposal,
    ProposalId,
    Saved,
    Settled,
    Submitted,
    Waiting,
    proposed,
)
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.store import columns, conflicts, content, notices, revisions
from tipbot.store.audit import actor_of, record
from tipbot.store.database import Transaction, one
from tipbot.store.records import Records
from tipbot.store.revisions import Signature

_NUMBER = "SELECT number FROM tips WHERE tip_id = :tip_id"
# 1 while changes go live without a second pair of eyes; there is no row before an owner says so.
_UNREVIEWED = "SELECT value FROM counters WHERE name = 'unreviewed'"
_SET_UNREVIEWED = """
INSERT INTO counters (name, value) VALUES ('unreviewed', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value"""

_PROPOSE = """
INSERT INTO proposals (
    number, base, kind, content, state, deed, fields, actor_id, proposed_at, outcome
) VALUES (
    :number, :base, :kind, :content, :state, :deed, :fields, :actor, :now, 'open'
) RETURNING proposal_id"""
_SETTLE = """
UPDATE proposals SET outcome = :outcome, settled_by = :actor, settled_at = :now, made = :made,
    why = :why
WHERE proposal_id = :which"""
_HOW_MANY_OPEN = "SELECT count(*) AS n FROM proposals WHERE outcome = 'open'"

_DEEDS = {
    RevisionKind.ADD: Deed.TIP_ADDED,
    RevisionKind.EDIT: Deed.TIP_EDITED,
    RevisionKind.PUBLISH: Deed.TIP_PUBLISHED,
    RevisionKind.RETIRE: Deed.TIP_RETIRED,
    RevisionKind.RESTORE: Deed.TIP_RESTORED,
    RevisionKind.REVERT: Deed.TIP_REVERTED,
    RevisionKind.SYNC: Deed.TOOK_FILE,
    RevisionKind.IMPORT: Deed.LIBRARY_IMPORTED,
}


class EditingRecords(Records):
    """Implements ``base_library.Editing``."""

    async def add_tip(self, entry: Entry, act: Act) -> Revision | None:
        """Keep a new draft as revision 1; None if the id is taken by something else."""

        def body(tx: Transaction) -> Revision | None:
            version = revisions.lock_library(tx)
            signature = signed(tx, act)
            made = revisions.add_tip(tx, draft_of(entry, RevisionKind.ADD), signature)
            if made is None:
                return _added_before(tx, entry, signature)
            record(tx, replace(act, deed=Deed.TIP_ADDED, thing=entry.id, detail=""))
            revisions.turn_library(tx, version, act.at)
            return made

        return await self._database.write(body)

    async def change_tip(self, change: TipChange, act: Act, others: int) -> Submitted | None:
        """Make a change, or let it wait; None for a tip that does not exist."""

        def body(tx: Transaction) -> Submitted | None:
            version = revisions.lock_library(tx)
            current = revisions.newest(tx, change.number)
            if current is None:
                return None
            if change.entry.revision != current.revision:
                return _again(tx, current, change, signed(tx, act)) or Overtaken(current)
            done = submit(tx, current, change, act, others)
            if isinstance(done, Saved) and done.revision != current:
                _log(tx, act, _DEEDS[change.kind], change, done.revision.fields)
                revisions.turn_library(tx, version, act.at)
            return done

        return await self._database.write(body)

    async def proposals(self, page: int = 0) -> Page[Proposal]:
        """Return a page of the open proposals, oldest first."""

        def body(tx: Transaction) -> Page[Proposal]:
            total = one(tx.execute(_HOW_MANY_OPEN))["n"]
            number = page_of(page, total)
            items = revisions.open_proposals(tx, PAGE_SIZE, number * PAGE_SIZE)
            return Page(items=items, number=number, total=total)

        return await self._database.read(body)

    async def proposal(self, which: ProposalId) -> Proposal | None:
        """Return a proposal, settled or not."""
        return await self._database.read(lambda tx: revisions.proposal(tx, which))

    async def approve(self, which: ProposalId, seen: int, act: Act) -> Approved | None:
        """Make a proposed change as the proposer's revision; None for an unknown proposal."""

        def body(tx: Transaction) -> Approved | None:
            version = revisions.lock_library(tx)
            proposal = revisions.proposal(tx, which)
            if proposal is None:
                return None
            done = _approve(tx, proposal, seen, signed(tx, act))
            if isinstance(done, Saved) and proposal.outcome is Outcome.OPEN:
                _log(tx, act, Deed.TIP_APPROVED, proposal.change, proposal.fields)
                notices.tell_proposer(tx, proposal, act.at)
                revisions.turn_library(tx, version, act.at)
            return done

        return await self._database.write(body)

    async def reject(self, which: ProposalId, act: Act, why: str = "") -> Proposal | None:
        """Settle an open proposal without a change: WITHDRAWN by its proposer, else REJECTED."""

        def body(tx: Transaction) -> Proposal | None:
            revisions.lock_library(tx)
            proposal = revisions.proposal(tx, which)
            if proposal is None or proposal.outcome is not Outcome.OPEN:
                return proposal
            signature = signed(tx, act)
            own = proposal.by.number == signature.author
            if own:
                withdraw(tx, [proposal], act, signature)
            else:
                _settle(tx, replace(proposal, outcome=Outcome.REJECTED, why=why), signature)
                notices.tell_proposer(tx, proposal, act.at)
                _log(tx, act, Deed.TIP_REJECTED, proposal.change, proposal.fields)
            return revisions.proposal(tx, which)

        return await self._database.write(body)

    async def review_wanted(self) -> bool:
        """Tell whether a second pair of eyes is wanted."""
        return await self._database.read(review_wanted)

    async def want_review(self, act: Act, *, wanted: bool) -> None:
        """Keep an owner's choice about the second pair of eyes."""

        def body(tx: Transaction) -> None:
            revisions.lock_library(tx)
            if wanted is not review_wanted(tx):
                tx.execute(_SET_UNREVIEWED, {"value": int(not wanted)})
                deed = Deed.REVIEW_WANTED if wanted else Deed.REVIEW_WAIVED
                record(tx, replace(act, deed=deed, thing="", detail=""))

        await self._database.write(body)


def signed(tx: Transaction, act: Act) -> Signature:
    """Return the signature of whoever acts."""
    return Signature(act.at, actor_of(tx, act))


def draft_of(entry: Entry, kind: RevisionKind) -> TipChange:
    """Return what makes an entry a new draft."""
    return TipChange(number=TipNumber(0), entry=entry, state=TipState.DRAFT, kind=kind)


def submit(
    tx: Transaction, current: Revision, change: TipChange, act: Act, others: int
) -> Saved | Waiting:
    """Make a change on top of the newest revision, or let it wait; the library is locked.

    What the same editor let wait before, and this takes the place of, is withdrawn.
    """
    if is_made(change, current):
        return Saved(current)
    signature = signed(tx, act)
    own = [
        each
        for each in revisions.open_proposals_of(tx, current.number)
        if each.by.number == signature.author
    ]
    if others > 0 and needs_review(change, current) and review_wanted(tx):
        same = next((each for each in own if each.change == change), None)
        if same is not None:
            return Waiting(same)
        replaced = withdraw(tx, own, act, signature)
        return Waiting(_propose(tx, current, change, act, signature), replaced)
    earlier = [each for each in own if replaces(change.kind, each.change.kind)]
    replaced = withdraw(tx, earlier, act, signature)
    return Saved(revisions.write(tx, current, change, signature), replaced)


def withdraw(
    tx: Transaction, proposals: Iterable[Proposal], act: Act, signature: Signature
) -> tuple[ProposalId, ...]:
    """Take back open proposals of whoever acts, each with a line in the log; return which."""
    gone = []
    for each in proposals:
        _settle(tx, replace(each, outcome=Outcome.WITHDRAWN), signature)
        _log(tx, act, Deed.TIP_WITHDRAWN, each.change, each.fields)
        gone.append(each.id)
    return tuple(gone)


def review_wanted(tx: Transaction) -> bool:
    """Tell whether a second pair of eyes is wanted."""
    row = tx.execute(_UNREVIEWED).first()
    return row is None or row["value"] == 0


def _added_before(tx: Transaction, entry: Entry, signature: Signature) -> Revision | None:
    """Return the newest revision of a tip that this very request added before, else None."""
    number = TipNumber(one(tx.execute(_NUMBER, {"tip_id": entry.id}))["number"])
    first = revisions.revision(tx, number, 1)
    mine = first and first.author and first.author.number == signature.author
    if first is None or not mine or not same_content(first.entry, entry):
        return None
    return revisions.newest(tx, number)


def _again(
    tx: Transaction, current: Revision, change: TipChange, signature: Signature
) -> Saved | None:
    """Return what the same change came to when it was asked for before, else None."""
    made = revisions.revision(tx, current.number, change.entry.revision + 1)
    if made is None or made.author is None or made.author.number != signature.author:
        return None
    return Saved(current) if is_made(change, made) and made.kind is change.kind else None


def _propose(
    tx: Transaction, current: Revision, change: TipChange, act: Act, signature: Signature
) -> Proposal:
    params = {
        "number": current.number,
        "actor": signature.author,
        "now": columns.micros(signature.at),
        "base": current.revision,
        "kind": content.kind_of(change.entry),
        "content": content.text_of(change.entry),
        "state": change.state.value,
        "deed": change.kind.value,
        "fields": " ".join(changed_fields(current.entry, change.entry)),
    }
    which = ProposalId(one(tx.execute(_PROPOSE, params))["proposal_id"])
    proposal = revisions.proposal(tx, which)
    assert proposal is not None  # noqa: S101 - it was written just now
    _log(tx, act, Deed.TIP_PROPOSED, change, proposal.fields)
    return proposal


def _approve(tx: Transaction, proposal: Proposal, seen: int, signature: Signature) -> Approved:
    current = revisions.newest(tx, proposal.change.number)
    assert current is not None  # noqa: S101 - a proposal refers to its tip
    if proposal.outcome is not Outcome.OPEN:
        return Settled(proposal)
    if proposal.by.number == signature.author:
        return Own(proposal)
    if current.revision != seen:
        return Overtaken(current)
    change, made = proposed(proposal, current), current
    if not is_made(change, current):
        pair = Signature(signature.at, proposal.by.number, approver=signature.author)
        made = revisions.write(tx, current, change, pair)
    _settle(tx, replace(proposal, outcome=Outcome.APPROVED, made=made.revision), signature)
    conflicts.settle_if_taken(tx, made)
    return Saved(made)


def _settle(tx: Transaction, settled: Proposal, signature: Signature) -> None:
    """Write what became of a proposal, as it says."""
    params = {
        "which": settled.id,
        "outcome": settled.outcome.value,
        "actor": signature.author,
        "now": columns.micros(signature.at),
        "made": settled.made,
        "why": columns.storable(settled.why),
    }
    tx.execute(_SETTLE, params)


def _log(tx: Transaction, act: Act, deed: Deed, change: TipChange, fields: Collection[str]) -> None:
    """Write what was done with a change into the log, with the fields that it is about."""
    detail = ", ".join(fields) or change.kind.value
    record(tx, replace(act, deed=deed, thing=change.entry.id, detail=detail))
