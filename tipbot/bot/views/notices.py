"""What owners and editors are told without having asked."""

from collections.abc import Sequence

from tipbot.bot.buttons.approvals import OpenProposal, OpenProposals
from tipbot.bot.views import Button, View
from tipbot.bot.views.admin import shown_name
from tipbot.bot.views.library import author, to_tip_row
from tipbot.core.audit import Actor
from tipbot.core.proposals import Proposal
from tipbot.texts import Text


def waits_view(text: Text, changes: Sequence[Proposal]) -> View:
    """Return that changes wait for a second pair of eyes, and the way to them."""
    if len(changes) > 1:
        way = Button(text.plain("to-proposals"), OpenProposals(0))
        return View(html=text.html("told-wait", count=len(changes)), keyboard=((way,),))
    (change,) = changes
    who, title = author(text, change.by), change.change.entry.title
    way = Button(text.plain("open-proposal", number=change.id), OpenProposal(change.id))
    return View(html=text.html("told-waits", who=who, title=title), keyboard=((way,),))


def told_view(text: Text, proposal: Proposal) -> View:
    """Return what a proposer is told about their change."""
    title, who = proposal.change.entry.title, author(text, proposal.settled_by)
    lines = [
        text.html(f"told-{proposal.outcome}", title=title, who=who),
        *why_lines(text, proposal),
    ]
    return View(html="\n".join(lines), keyboard=(to_tip_row(text, proposal.change.number),))


def why_lines(text: Text, proposal: Proposal) -> list[str]:
    """Return what whoever turned a change down said to it, if anything."""
    if not proposal.why:
        return []
    words = text.html("verbatim", words=proposal.why)
    return [text.html("told-why"), f"<blockquote>{words}</blockquote>"]


def removed_view(text: Text) -> View:
    """Return that the reader is an editor no more."""
    return View(html=text.html("no-editor-told"))


def joined_view(text: Text, editor: Actor) -> View:
    """Return that somebody opened an invitation of the reader's."""
    return View(html=text.html("invite-used", name=shown_name(text, editor.number, editor.name)))
