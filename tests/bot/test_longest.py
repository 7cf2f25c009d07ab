"""The longest text that the checks let through fits every message that shows it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from tests.bot.chat import START
from tipbot.bot.views.approvals import proposal_view
from tipbot.bot.views.drafts import clash_view, sources_view
from tipbot.bot.views.history import Version, revision_view
from tipbot.bot.views.learn import card_html
from tipbot.bot.views.library import tip_page_view
from tipbot.bot.views.library_files import conflict_view
from tipbot.core.audit import Actor
from tipbot.core.changes import edit
from tipbot.core.drafts import Draft
from tipbot.core.entries import (
    LONGEST_CARD,
    LONGEST_ID,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_SOURCES,
    MOST_TAGS,
    check_entry,
)
from tipbot.core.library import LONGEST_CITED, check_citations
from tipbot.core.markup import escape, utf16_length
from tipbot.core.model import Card, Citation, Claim, Document, TipId
from tipbot.core.proposals import Proposal, ProposalId
from tipbot.core.revisions import Revision, RevisionKind, TipNumber, TipState
from tipbot.core.roles import ActorId
from tipbot.core.shelf import ConflictId, FileConflict, TipFigures, TipPage
from tipbot.texts import load_texts

EDDA = Actor(ActorId(1), "N" * 128)
HEADING = "T" * 80
ROOM = LONGEST_CITED // MOST_SOURCES - len(HEADING) - 5
SECTIONS = tuple(f"{n:0>{ROOM}}" for n in range(2 * MOST_SOURCES))
DOCUMENTS = {"a.txt": Document(name="a.txt", title=HEADING, sections=SECTIONS)}


def card(sign: str, first: int) -> Card:
    """Return a card with nothing left to add anywhere."""
    return Card(
        id=TipId("card-" + "x" * (LONGEST_ID - 5)),
        title=sign * (LONGEST_TITLE // utf16_length(sign)),
        body=escape(sign * (LONGEST_CARD // utf16_length(sign) - 1) + "x"),
        shelf="treatments",
        tags=tuple(f"{n}{'t' * (LONGEST_TAG - 3)}{first:02}" for n in range(MOST_TAGS)),
        sources=tuple(Citation("a.txt", each) for each in SECTIONS[first : first + MOST_SOURCES]),
        claim=Claim.MEDICAL,
        reviewed=date(2026, 9, 21 + first // 10),
    )


OLD, NEW = card("😀", 0), card("<", MOST_SOURCES)


def revision(entry: Card, number: int) -> Revision:
    return Revision(
        number=TipNumber(1),
        entry=replace(entry, revision=number),
        state=TipState.PUBLISHED,
        kind=RevisionKind.EDIT,
        author=EDDA,
        approved_by=EDDA,
        at=START,
        fields=("title", "body", "tags", "sources", "claim", "reviewed"),
    )


def length(html: str) -> int:
    return utf16_length(unescape(re.sub("<[^>]+>", "", html)))


def test_the_cards_are_sound_and_as_long_as_can_be() -> None:
    for each in (OLD, NEW):
        assert [f.problem for f in check_entry(each)] == []
        assert check_citations(each, DOCUMENTS, "x.md") == []


@pytest.mark.parametrize("language", load_texts().languages)
def test_every_page_that_shows_it_fits_a_message(language: str) -> None:
    text = load_texts().speak(language)
    before, current = revision(OLD, 1), revision(NEW, 2)
    change = edit(current, **{f: getattr(OLD, f) for f in ("title", "body", "tags", "sources")})
    proposal = Proposal(
        id=ProposalId(1), by=EDDA, change=change, fields=("title", "body", "tags"), at=START
    )
    older = replace(proposal, change=replace(change, entry=replace(change.entry, revision=1)))
    conflict = FileConflict(ConflictId(1), current, OLD, START)
    page = TipPage(
        current=current,
        versions=2,
        figures=TipFigures(),
        proposals=(proposal, proposal),
        conflict=conflict,
    )
    draft = Draft(number=TipNumber(1), seen=1, title=NEW.title, body=NEW.body, sources=NEW.sources)
    cited = Draft(number=TipNumber(1), seen=1)
    many = {f"{n:02}.txt": replace(DOCUMENTS["a.txt"], name=f"{n:02}.txt") for n in range(40)}
    most = {"a.txt": DOCUMENTS["a.txt"], **many}
    shown = [
        sources_view(text, cited, NEW.sources, most).html,
        card_html(text, NEW, DOCUMENTS),
        tip_page_view(text, page, DOCUMENTS, "UTC", START).html,
        revision_view(text, Version(current, before, 3), DOCUMENTS, "UTC", START).html,
        proposal_view(text, proposal, current, DOCUMENTS, own=False).html,
        proposal_view(text, older, current, DOCUMENTS, own=True).html,
        conflict_view(text, conflict, DOCUMENTS).html,
        clash_view(text, draft, OLD, current, together=False).html,
    ]
    assert [length(html) for html in shown if length(html) > 4096] == []
