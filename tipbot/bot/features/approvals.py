"""The second pair of eyes: changes that wait, approved, turned down or taken back."""

import json

from tipbot.bot.buttons.approvals import (
    Approve,
    AskWhy,
    OpenProposal,
    OpenProposals,
    OpenReview,
    Reject,
    WantReview,
)
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.features.library import open_question, show_tip
from tipbot.bot.features.soundness import refused
from tipbot.bot.notices import send_notices
from tipbot.bot.views import View
from tipbot.bot.views.approvals import (
    proposal_view,
    proposals_view,
    review_view,
    settled_toast,
    why_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.entries import Entry
from tipbot.core.markup import shortened
from tipbot.core.model import Dialog
from tipbot.core.proposals import (
    Approved,
    Outcome,
    Overtaken,
    Own,
    Proposal,
    ProposalId,
    Saved,
    Settled,
    proposed,
)
from tipbot.core.revisions import Revision
from tipbot.core.roles import Role

WHY = "desk-why"
LONGEST_WHY = 500
"""Characters of a reason that are passed on."""


async def open_proposals(visit: Visit, button: OpenProposals) -> None:
    """Show one page of the changes that wait."""
    page = await visit.store.proposals(max(button.page, 0))
    await visit.answer()
    await visit.show(proposals_view(visit.text, page, visit.zone, visit.now))


async def open_proposal(visit: Visit, button: OpenProposal) -> None:
    """Show a change as it would look, beside what is live now."""
    if await _shown(visit, button.proposal, None):
        return
    await visit.expire()


async def _shown(visit: Visit, which: ProposalId, toast: str | None) -> bool:
    """Show a change, answering the tap; False if there is no such thing."""
    proposal = await visit.store.proposal(which)
    page = await visit.store.tip_page(proposal.change.number) if proposal else None
    if proposal is None or page is None:
        return False
    documents = await visit.store.documents()
    await visit.answer(toast, alert=toast is not None)
    own, seen = await _is_own(visit, proposal), await _seen(visit, proposal, page.current)
    view = proposal_view(visit.text, proposal, page.current, documents, seen=seen, own=own)
    await visit.show(view)
    return True


async def _seen(visit: Visit, proposal: Proposal, current: Revision) -> Entry | None:
    """Return the text that the proposer of a change saw."""
    number, revision = proposal.change.number, proposal.change.entry.revision
    if revision == current.revision:
        return current.entry
    found = await visit.store.revision(number, revision)
    return None if found is None else found.entry


async def _is_own(visit: Visit, proposal: Proposal) -> bool:
    me = await visit.store.member(visit.who)
    return me is not None and me.actor == proposal.by.number


async def approve(visit: Visit, button: Approve) -> None:
    """Make a waiting change, unless its text has faults by now; whoever proposed it is told."""
    if visit.pressed_twice():
        await visit.answer()
        return
    if await _is_refused(visit, button):
        return
    act = visit.act(Deed.TIP_APPROVED)
    came = await visit.store.approve(button.proposal, button.seen, act)
    if isinstance(came, Saved):
        visit.served()
        await visit.answer(visit.text.plain("proposal-approved-toast"))
        page = await visit.store.tip_page(came.revision.number)
        if page is not None:
            await show_tip(visit, page)
    else:
        await _not_approved(visit, button, came)
    await send_notices(visit.bot, visit.house)


async def _not_approved(visit: Visit, button: Approve, came: Approved | None) -> None:
    """Say why a change was not made by this tap, and show it as it is now."""
    keys = {Overtaken: "change-overtaken-toast", Own: "proposal-own-toast"}
    toast = visit.text.plain(keys.get(type(came), "button-expired"))
    if isinstance(came, Settled):
        toast = settled_toast(visit.text, came.proposal)
    if not await _shown(visit, button.proposal, toast):
        await visit.expire()


async def _is_refused(visit: Visit, button: Approve) -> bool:
    proposal = await visit.store.proposal(button.proposal)
    page = await visit.store.tip_page(proposal.change.number) if proposal else None
    if proposal is None or page is None or proposal.outcome is not Outcome.OPEN:
        return False
    return await refused(visit, proposed(proposal, page.current), button.seen)


async def reject(visit: Visit, button: Reject) -> None:
    """Turn a change down, or take one's own back."""
    if visit.pressed_twice():
        await visit.answer()
    elif not await _settle(visit, button.proposal, ""):
        await visit.expire()


async def _settle(visit: Visit, which: ProposalId, why: str) -> bool:
    """Settle an open change without making it; whoever proposed it is told, if it is another."""
    before = await visit.store.proposal(which)
    settled = await visit.store.reject(which, visit.act(Deed.TIP_REJECTED), why)
    if before is None or settled is None:
        return False
    keys = {Outcome.REJECTED: "proposal-rejected-toast", Outcome.WITHDRAWN: "proposal-gone-toast"}
    toast = settled_toast(visit.text, settled)
    if before.outcome is Outcome.OPEN:
        visit.served()
        toast = visit.text.plain(keys[settled.outcome])
    shown = await _shown(visit, which, toast)
    await send_notices(visit.bot, visit.house)
    return shown


async def ask_why(visit: Visit, button: AskWhy) -> None:
    """Ask why a change is turned down."""
    proposal = await visit.store.proposal(button.proposal)
    if proposal is None or proposal.outcome is not Outcome.OPEN:
        await visit.expire()
        return
    await open_question(visit, WHY, json.dumps({"proposal": button.proposal}))
    await visit.answer()
    await visit.show(why_view(visit.text, proposal, LONGEST_WHY))


async def why_typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Turn a change down and pass the reason on; the question is closed once that is kept."""
    which = ProposalId(json.loads(dialog.payload)["proposal"])
    if not await _settle(visit, which, shortened(said, LONGEST_WHY)):
        await visit.say(View(html=visit.text.html("draft-gone")))
    await visit.store.close_dialog(visit.who)


async def waiting(visit: Visit) -> int:
    """Return how many changes wait."""
    return (await visit.store.proposals()).total


async def open_review(visit: Visit, _: OpenReview) -> None:
    """Show whether a second pair of eyes is wanted."""
    wanted = await visit.store.review_wanted()
    await visit.answer()
    await visit.show(review_view(visit.text, wanted=wanted))


async def want_review(visit: Visit, button: WantReview) -> None:
    """Keep an owner's choice."""
    deed = Deed.REVIEW_WANTED if button.wanted else Deed.REVIEW_WAIVED
    await visit.store.want_review(visit.act(deed), wanted=button.wanted)
    await visit.answer(visit.text.plain("kept-toast"))
    await visit.show(review_view(visit.text, wanted=button.wanted))


FEATURE = Feature(
    needs=Role.EDITOR,
    admin=(AdminEntry("open-proposals", OpenProposals(0), waiting),),
    buttons={
        OpenProposals: open_proposals,
        OpenProposal: open_proposal,
        Approve: approve,
        Reject: reject,
        AskWhy: ask_why,
    },
    dialogs={WHY: why_typed},
)
OWNERS = Feature(
    needs=Role.OWNER,
    admin=(AdminEntry("admin-review", OpenReview()),),
    buttons={OpenReview: open_review, WantReview: want_review},
)
