"""Changes that wait for a second pair of eyes."""

from datetime import datetime

from tipbot.bot.buttons.approvals import (
    Approve,
    AskWhy,
    OpenProposal,
    OpenProposals,
    Reject,
    WantReview,
)
from tipbot.bot.buttons.library import OpenLibrary
from tipbot.bot.views import Button, View, rows, turns
from tipbot.bot.views.admin import back_row, staff_time
from tipbot.bot.views.library import Documents, author, entry_html, to_tip_row
from tipbot.bot.views.notices import why_lines
from tipbot.bot.views.words import diff_html
from tipbot.core.changes import same_content
from tipbot.core.entries import Entry
from tipbot.core.paging import Page
from tipbot.core.proposals import Outcome, Proposal, proposed
from tipbot.core.revisions import Revision
from tipbot.core.worddiff import entry_diff
from tipbot.texts import Text


def proposals_view(text: Text, page: Page[Proposal], zone: str, now: datetime) -> View:
    """Return one page of the changes that wait, oldest first."""
    back = (Button(text.plain("back-to-library"), OpenLibrary()),)
    if not page.items:
        return View(html=text.html("proposals-none"), keyboard=(back,))
    lines = [text.html("proposals-title", count=page.total)]
    lines += [
        text.html(
            "proposal-line",
            number=each.id,
            title=each.change.entry.title,
            who=author(text, each.by),
            when=staff_time(text, each.at, zone, now),
        )
        for each in page.items
    ]
    choices = [
        Button(text.plain("open-proposal", number=each.id), OpenProposal(each.id))
        for each in page.items
    ]
    keyboard = (*rows(choices, 2), *turns(text, page.number, page.pages, OpenProposals), back)
    return View(html="\n".join(lines), keyboard=keyboard)


def proposal_view(  # noqa: PLR0913 - the change, and all it is held against
    text: Text,
    proposal: Proposal,
    current: Revision,
    documents: Documents,
    *,
    seen: Entry | None = None,
    own: bool,
) -> View:
    """Return a waiting change as it would look on top of the live text, and what it changes.

    ``seen`` is the text that its proposer saw.
    """
    wanted = proposed(proposal, current)
    changes = entry_diff(current.entry, wanted.entry)
    kind = text.html(f"proposal-{proposal.change.kind}", who=author(text, proposal.by))
    parts = [entry_html(text, wanted.entry, documents), text.html("tip-rule") + "\n" + kind]
    if changes:
        parts += _newer(text, proposal, current, seen)
        beside = "\n\n".join(parts)
        parts.append(text.html("proposal-diff") + "\n" + diff_html(text, changes, beside))
    way = (
        Button(text.plain("to-proposals"), OpenProposals(0)),
        *to_tip_row(text, current.number),
    )
    if proposal.outcome is not Outcome.OPEN:
        settled = text.html(f"proposal-{proposal.outcome}", who=_settler(text, proposal))
        parts.append("\n".join([settled, *why_lines(text, proposal)]))
        return View(html="\n\n".join(parts), keyboard=(way,))
    if own:
        parts.append(text.html("proposal-own"))
        choices = [Button(text.plain("proposal-withdraw"), Reject(proposal.id))]
    else:
        choices = [
            Button(text.plain("proposal-approve"), Approve(proposal.id, current.revision)),
            Button(text.plain("proposal-reject"), Reject(proposal.id)),
            Button(text.plain("proposal-why"), AskWhy(proposal.id)),
        ]
    return View(html="\n\n".join(parts), keyboard=(*rows(choices, 2), way))


def _newer(text: Text, proposal: Proposal, current: Revision, seen: Entry | None) -> list[str]:
    """Return a warning if the text is newer than what the proposer of an open change saw."""
    if proposal.outcome is not Outcome.OPEN or current.revision == proposal.change.entry.revision:
        return []
    if seen is not None and same_content(seen, current.entry):
        return []
    who = author(text, current.author)
    return [text.html("proposal-newer", revision=current.revision, who=who)]


def why_view(text: Text, proposal: Proposal, longest: int) -> View:
    """Return the question why a change is turned down, in so many characters at most."""
    back = (Button(text.plain("back"), OpenProposal(proposal.id)),)
    who, title = author(text, proposal.by), proposal.change.entry.title
    html = text.html("why-ask", who=who, title=title, limit=longest)
    return View(html=html, keyboard=(back,))


def _settler(text: Text, proposal: Proposal) -> str:
    return author(text, proposal.settled_by) if proposal.settled_by else ""


def settled_toast(text: Text, proposal: Proposal) -> str:
    """Return who settled a change, and how, before somebody else wanted to."""
    return text.plain(f"settled-{proposal.outcome}-toast", who=_settler(text, proposal))


def review_view(text: Text, *, wanted: bool) -> View:
    """Return the owners' choice about the second pair of eyes."""
    key = "review-on" if wanted else "review-off"
    switch = Button(text.plain("review-waive" if wanted else "review-want"), WantReview(not wanted))
    return View(html=text.html(key), keyboard=((switch,), back_row(text)))
