"""The second pair of eyes: changes that wait, approved, turned down or taken back."""

import json
from contextlib import suppress

from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.buttons_desk import (
    Approve,
    AskWhy,
    OpenProposal,
    OpenProposals,
    OpenReview,
    Reject,
    WantReview,
)
from tipbot.bot.features.library import open_question, show_tip
from tipbot.bot.features.soundness import refused
from tipbot.bot.views import View
from tipbot.bot.views.approvals import (
    proposal_view,
    proposals_view,
    review_view,
    settled_toast,
    told_view,
    why_view,
)
from tipbot.bot.visit import AdminEntry, Feature, Visit
from tipbot.core.audit import Deed
from tipbot.core.model import Dialog
from tipbot.core.revisions import (
    Outcome,
    Overtaken,
    Own,
    Proposal,
    ProposalId,
    Saved,
    Settled,
    proposed,
)
from tipbot.core.roles import Role

WHY = "desk-why"
_TOLD = (Outcome.APPROVED, Outcome.REJECTED)
"""What a proposer is told of: whatever somebody else decided."""
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
    own = await _is_own(visit, proposal)
    await visit.show(proposal_view(visit.text, proposal, page.current, documents, own=own))
    return True


async def _is_own(visit: Visit, proposal: Proposal) -> bool:
    me = await visit.store.member(visit.who)
    return me is not None and me.actor == proposal.by.number


async def approve(visit: Visit, button: Approve) -> None:
    """Make a waiting change, unless its text has faults by now; whoever proposed it is told."""
    if await _is_refused(visit, button):
        return
    act = visit.act(Deed.TIP_APPROVED)
    came = await visit.store.approve(button.proposal, button.seen, act)
    if isinstance(came, Saved):
        await visit.answer(visit.text.plain("proposal-approved-toast"))
        await _tell(visit, button.proposal, "")
        page = await visit.store.tip_page(came.revision.number)
        if page is not None:
            await show_tip(visit, page)
        return
    keys = {Overtaken: "change-overtaken-toast", Own: "proposal-own-toast"}
    toast = visit.text.plain(keys.get(type(came), "button-expired"))
    if isinstance(came, Settled):
        toast = settled_toast(visit.text, came.proposal)
        await _tell(visit, button.proposal, "")
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
    if not await _settle(visit, button.proposal, ""):
        await visit.expire()


async def _settle(visit: Visit, which: ProposalId, why: str) -> bool:
    """Settle an open change without making it; tell its proposer, unless that is oneself."""
    before = await visit.store.proposal(which)
    settled = await visit.store.reject(which, visit.act(Deed.TIP_REJECTED))
    if before is None or settled is None:
        return False
    await _tell(visit, which, why)
    keys = {Outcome.REJECTED: "proposal-rejected-toast", Outcome.WITHDRAWN: "proposal-gone-toast"}
    toast = settled_toast(visit.text, settled)
    if before.outcome is Outcome.OPEN:
        toast = visit.text.plain(keys[settled.outcome])
    return await _shown(visit, which, toast)


async def _tell(visit: Visit, which: ProposalId, why: str) -> None:
    """Tell whoever proposed a change what became of it, once, in a message of their own.

    They may have blocked the bot or be gone: what was decided stands all the same. After a crash
    between the two it is told when the same tap, or another one, comes.
    """
    proposal = await visit.store.proposal(which)
    if proposal is None or proposal.told or proposal.outcome not in _TOLD:
        return
    members = {member.actor: member.id for member in await visit.store.members()}
    proposer = members.get(proposal.by.number)
    if proposer is not None:
        reader = await visit.store.subscriber(proposer)
        text = visit.house.texts.speak(reader.language if reader else None)
        with suppress(TelegramError):
            await replies.send(visit.bot, proposer, told_view(text, proposal, why))
    await visit.store.mark_told(which, visit.now)


async def ask_why(visit: Visit, button: AskWhy) -> None:
    """Ask why a change is turned down."""
    proposal = await visit.store.proposal(button.proposal)
    if proposal is None or proposal.outcome is not Outcome.OPEN:
        await visit.expire()
        return
    await open_question(visit, WHY, json.dumps({"proposal": button.proposal}))
    await visit.answer()
    await visit.show(why_view(visit.text, proposal))


async def why_typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Turn a change down and pass the reason on; it is kept nowhere."""
    which = ProposalId(json.loads(dialog.payload)["proposal"])
    if not await _settle(visit, which, said[:LONGEST_WHY]):
        await visit.say(View(html=visit.text.html("draft-gone")))
    await visit.store.close_dialog(visit.who)


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
