"""No text with a fault goes out, whichever way it would: the check stands at each of them."""

from dataclasses import replace

import pytest

from tests.bot.chat import PAPER, SECTION, START, Person
from tests.bot.staff import act, make_editor
from tests.bot.test_editing import number, page
from tests.bot.test_library_files import tagged, taken
from tipbot.bot.buttons.approvals import Approve
from tipbot.bot.buttons.drafts import AddSource, PickClaim
from tipbot.bot.buttons.history import RevertTo
from tipbot.bot.buttons.library import OpenTip, SetState, Wish
from tipbot.bot.buttons.library_files import Decide
from tipbot.core.audit import Deed
from tipbot.core.changes import edit
from tipbot.core.library import Library
from tipbot.core.model import Citation, Claim, Tip
from tipbot.core.proposals import Saved
from tipbot.core.revisions import TipState

GONE = f"{PAPER} has no section '{SECTION}'"
REFUSED = "That does not fit yet, so nothing was changed."


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda, where nobody else's word is asked."""
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await edda.chat.store.sync_library(tagged(), START)
    await edda.sends("/admin")
    return edda


def without_section() -> Library:
    """Return the files after their section was taken out of the document and every text."""
    (document,) = tagged().documents
    kept = (Citation(PAPER, "Breathing Exercises"),)
    return replace(
        tagged(),
        documents=(replace(document, sections=("Breathing Exercises",)),),
        tips=tuple(replace(tip, sources=kept) for tip in tagged().tips),
        cards=tuple(replace(card, sources=kept) for card in tagged().cards),
    )


async def test_a_retired_tip_whose_source_is_gone_is_not_published_again(desk: Person) -> None:
    tip = await number(desk.chat)
    await desk.taps_value(SetState(tip, 1, Wish.RETIRE))
    files = without_section()
    left = tuple(each for each in files.tips if each.id != "sleep-1")
    await desk.chat.store.sync_library(replace(files, tips=left), START)
    await desk.taps_value(OpenTip(tip))
    await desk.taps("Publish again")
    assert desk.alerted
    assert (REFUSED in desk.screen, GONE in desk.screen) == (True, True)
    assert (await page(desk.chat)).current.state is TipState.RETIRED
    assert await taken(desk)


async def test_a_draft_with_a_fault_is_not_published(desk: Person) -> None:
    new = replace(tagged().tips[0], title="t" * 61)
    made = await desk.chat.store.add_tip(
        replace(new, id=type(new.id)("hydration-new")), act(desk, Deed.TIP_ADDED)
    )
    assert made is not None
    await desk.taps_value(SetState(made.number, 1, Wish.PUBLISH))
    assert "61 characters: shorten it to 60" in desk.screen
    assert (await page(desk.chat, "hydration-new")).current.state is TipState.DRAFT


async def test_a_tip_does_not_go_back_to_a_version_whose_source_is_gone(desk: Person) -> None:
    tip = await number(desk.chat)
    await desk.chat.store.sync_library(without_section(), START)
    await desk.taps_value(RevertTo(tip, 1, 2))
    assert GONE in desk.screen
    assert (await page(desk.chat)).versions == 2
    assert await taken(desk)


async def test_a_live_tip_is_retired_whatever_is_wrong_with_it(desk: Person) -> None:
    tip = await number(desk.chat)
    seen = (await page(desk.chat)).current
    bad = edit(seen, title="t" * 61)
    assert isinstance(await desk.chat.store.change_tip(bad, act(desk, Deed.TIP_EDITED), 0), Saved)
    await desk.taps_value(SetState(tip, 2, Wish.RETIRE))
    assert (await page(desk.chat)).current.state is TipState.RETIRED


async def test_two_sound_changes_do_not_make_an_unsound_tip_together(
    edda: Person, olga: Person
) -> None:
    erik = edda.chat.person(902, "Erik")
    await make_editor(erik)
    tip = await number(edda.chat)
    for person, choice in ((edda, PickClaim(tip, 1, Claim.MEDICAL)), (erik, AddSource(tip, 1, 0))):
        await person.sends("/admin")
        await person.taps_value(choice)
        await person.taps("Save")
        assert "second editor" in str(person.toast)
    await olga.sends("/admin")
    first, second = (await edda.chat.store.proposals()).items
    await olga.taps_value(Approve(first.id, 1))
    assert olga.toast == "Approved"
    await olga.taps_value(Approve(second.id, 2))
    assert olga.alerted
    assert "a medical claim has no source: name the document and section" in olga.screen
    entry = (await page(edda.chat)).current.entry
    assert (entry.claim, len(entry.sources)) == (Claim.MEDICAL, 1)
    assert [each.id for each in (await edda.chat.store.proposals()).items] == [second.id]


async def test_a_file_with_a_fault_is_not_taken(desk: Person) -> None:
    store = desk.chat.store
    seen = (await page(desk.chat)).current
    await store.change_tip(edit(seen, title="Live"), act(desk, Deed.TIP_EDITED), 0)
    tips = tuple(_cured(tip) if tip.id == "sleep-1" else tip for tip in tagged().tips)
    await store.sync_library(replace(tagged(), tips=tips), START)
    (conflict,) = (await store.file_conflicts()).items
    await desk.taps_value(Decide(conflict.id, 2, file=True))
    assert "'cures' promises too much" in desk.screen
    assert (await store.file_conflicts()).total == 1
    await desk.taps_value(Decide(conflict.id, 2, file=False))
    assert (await page(desk.chat)).current.entry.title == "Live"


def _cured(tip: Tip) -> Tip:
    return replace(tip, body="Sleep cures all.")


async def test_what_somebody_else_changed_meanwhile_is_said_before_any_fault(
    desk: Person,
) -> None:
    tip = await number(desk.chat)
    await desk.chat.store.sync_library(without_section(), START)
    await desk.taps_value(RevertTo(tip, 1, 1))
    assert "nothing was saved yet" in str(desk.toast)
