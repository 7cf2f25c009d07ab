"""Buttons of every age at the desk: each means the draft under which it stood, and no other."""

from dataclasses import replace

import pytest

from tests.bot.chat import LIBRARY, PAPER, SECTION, START, Person
from tests.bot.staff import act, make_editor
from tests.bot.telegram import Shown
from tests.bot.test_editing import edits, number, page
from tests.bot.test_new_tip import writes
from tipbot.bot.buttons.drafts import (
    NEW,
    AddSource,
    AskField,
    DraftField,
    DropSource,
    PickClaim,
    PickSection,
    PickTopic,
    ReviewToday,
    SaveDraft,
    StepBack,
    ThrowAway,
    TurnSections,
)
from tipbot.core.audit import Deed
from tipbot.core.drafts import Draft, short_name
from tipbot.core.model import Citation, Claim, TipId, Topic

GONE = "That draft is gone"
BREATHING = short_name(Citation(PAPER, "Breathing Exercises"))


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda at the desk, where nobody else's word is asked."""
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await library(edda)
    return edda


@pytest.fixture
async def erik(desk: Person) -> Person:
    """Another editor."""
    person = desk.chat.person(902, "Erik")
    await make_editor(person)
    await person.sends("/admin")
    return person


async def library(person: Person) -> None:
    await person.sends("/admin")
    await person.taps("Library")


async def in_hand(person: Person) -> Draft | None:
    return await person.chat.store.tip_draft(person.who, person.chat.clock())


def screen(person: Person) -> Shown:
    assert person.screen_message is not None
    return person.screen_message


async def another(person: Person, upto: str) -> Shown:
    """Write a new tip, throw it away and begin another; return the message of the first."""
    await writes(person)
    old = screen(person)
    await library(person)
    await person.taps("Go on writing")
    await person.taps("Throw away")
    await library(person)
    await writes(person, upto)
    return old


@pytest.mark.parametrize("upto", ["topic", "body", "claim"])
@pytest.mark.parametrize("label", ["Publish", "Keep as draft", "Throw away", "Kind", "Sources"])
async def test_an_old_button_of_a_new_tip_leaves_the_present_one_alone(
    desk: Person, upto: str, label: str
) -> None:
    old = await another(desk, upto)
    before = await in_hand(desk)
    await desk.taps(label, old)
    assert GONE in str(desk.toast)
    assert await in_hand(desk) == before
    assert (await desk.chat.store.search_tips("cool room")).total == 0
    assert "saved or thrown away" in desk.screen
    await desk.taps("Go on writing")
    assert "🗑 Throw away" in desk.labels


async def test_no_step_of_an_older_new_tip_answers_for_the_present_one(desk: Person) -> None:
    await writes(desk, "topic")
    old = await in_hand(desk)
    assert old is not None
    await desk.taps("Throw away")
    await library(desk)
    await writes(desk, "body")
    before, mark = await in_hand(desk), old.mark
    for value in (
        PickTopic(mark, Topic.MOVEMENT),
        StepBack(mark, "sources"),
        AskField(NEW, mark, DraftField.TITLE),
        AddSource(NEW, mark, 0),
        TurnSections(NEW, mark, 1, 0),
        PickSection(NEW, mark, BREATHING),
        PickClaim(NEW, mark, Claim.MEDICAL),
        ReviewToday(NEW, mark),
    ):
        await desk.taps_value(value)
        assert GONE in str(desk.toast)
        assert await in_hand(desk) == before


async def test_a_tip_that_is_half_written_is_not_published(desk: Person) -> None:
    await writes(desk, "body")
    draft = await in_hand(desk)
    assert draft is not None
    await desk.taps_value(SaveDraft(draft.mark, 0, publish=True))
    assert "expired" in str(desk.toast) or "/start" in str(desk.toast)
    assert (await desk.chat.store.search_tips("cool room")).total == 0


async def test_an_old_topic_is_not_picked_once_the_tip_has_one(desk: Person) -> None:
    await writes(desk, "title")
    draft = await in_hand(desk)
    assert draft is not None
    await desk.taps_value(PickTopic(draft.mark, Topic.MOVEMENT))
    assert await in_hand(desk) == draft


@pytest.mark.parametrize("kind", ["another tip", "the same tip", "a new tip"])
async def test_an_old_throw_away_leaves_a_newer_draft_alone(desk: Person, kind: str) -> None:
    await edits(desk, "Title", "First title")
    old = screen(desk)
    await library(desk)
    await desk.taps("Go on writing")
    await desk.taps("Throw away")
    if kind == "a new tip":
        await library(desk)
        await writes(desk, "body")
    else:
        which = await number(desk.chat, "sleep-1" if kind == "the same tip" else "sleep-2")
        await desk.taps_value(AskField(which, 1, DraftField.TITLE))
        await desk.sends("Second title")
    before = await in_hand(desk)
    assert before is not None
    await desk.taps("Throw away", old)
    assert GONE in str(desk.toast)
    assert await in_hand(desk) == before


async def test_keeping_theirs_from_an_old_clash_leaves_a_newer_draft_alone(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Text", "Erik wrote this.")
    await erik.taps("Save")
    await desk.taps("Save")
    clash = replace(screen(desk))
    await library(desk)
    await desk.taps("Go on writing")
    await desk.taps("Throw away")
    await edits(desk, "Title", "Another title")
    before = await in_hand(desk)
    assert before is not None
    for choice in clash.data:
        await desk.taps_data(choice, clash)
        assert GONE in str(desk.toast)
        assert await in_hand(desk) == before


async def test_keeping_theirs_after_putting_both_together_throws_nothing_away(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Text", "Erik wrote this.")
    await erik.taps("Save")
    await desk.taps("Save")
    first = await in_hand(desk)
    assert first is not None
    await desk.taps("Keep both")
    await desk.taps_value(ThrowAway(first.mark, first.seen))
    assert GONE in str(desk.toast)
    assert await in_hand(desk) is not None


async def test_a_double_tap_on_save_says_nothing_the_second_time(desk: Person) -> None:
    await edits(desk, "Title", "Once")
    draft = await in_hand(desk)
    assert draft is not None
    for _ in range(2):
        await desk.taps_value(SaveDraft(draft.mark, 1, publish=False))
    assert desk.toast is None
    assert "Version 2, by Edda" in desk.screen
    desk.waits(minutes=1)
    await desk.taps_value(SaveDraft(draft.mark, 1, publish=False))
    assert GONE in str(desk.toast)


async def test_while_a_tip_is_written_no_button_of_another_takes_its_place(desk: Person) -> None:
    which = await number(desk.chat)
    await writes(desk, "body")
    before = await in_hand(desk)
    for value in (
        AskField(which, 1, DraftField.TITLE),
        AskField(which, 1, DraftField.SOURCES),
        AddSource(which, 1, 0),
        TurnSections(which, 1, 1, 0),
        DropSource(which, 1, short_name(Citation(PAPER, SECTION))),
        PickSection(which, 1, BREATHING),
        PickClaim(which, 1, Claim.MEDICAL),
        ReviewToday(which, 1),
    ):
        await desk.taps_value(value)
        assert "Save it or throw it away first" in str(desk.toast)
        assert "Which document" in desk.screen
        assert await in_hand(desk) == before


async def test_a_tip_that_is_edited_is_shown_instead_of_another(desk: Person) -> None:
    await edits(desk, "Title", "Half done")
    await desk.taps_value(PickClaim(await number(desk.chat, "sleep-2"), 1, Claim.GENERAL))
    assert "Half done" in desk.screen
    await desk.taps("Throw away")
    await desk.taps_value(PickClaim(await number(desk.chat, "sleep-2"), 1, Claim.GENERAL))
    draft = await in_hand(desk)
    assert draft is not None
    assert (draft.claim, draft.title) == (Claim.GENERAL, None)


async def test_a_new_tip_of_which_nothing_is_written_is_in_nobodys_way(desk: Person) -> None:
    await desk.taps("New tip")
    await desk.taps("Leave it for now")
    assert "Go on writing" not in " ".join(desk.labels)
    await edits(desk, "Title", "At once")
    await desk.taps("Save")
    assert (await page(desk.chat)).current.entry.title == "At once"


async def test_a_double_tap_takes_one_source_away(desk: Person) -> None:
    which = await number(desk.chat)
    await desk.taps_value(PickSection(which, 1, BREATHING))
    await desk.taps_value(AskField(which, 1, DraftField.SOURCES))
    first, *_ = screen(desk).data
    for _ in range(2):
        await desk.taps_data(first)
        draft = await in_hand(desk)
        assert draft is not None
        assert draft.sources == (Citation(PAPER, "Breathing Exercises"),)


async def test_a_double_tap_goes_one_step_back(desk: Person) -> None:
    await writes(desk, "body")
    step_back = screen(desk).data[desk.labels.index("⬅️ Step back")]
    for _ in range(2):
        await desk.taps_data(step_back)
        draft = await in_hand(desk)
        assert draft is not None
        assert (draft.title, draft.body) == ("A cool room", None)
    await desk.sends("Another text for the same title.")
    draft = await in_hand(desk)
    assert draft is not None
    assert draft.body == "Another text for the same title."


async def test_a_field_that_was_set_back_leaves_the_colleagues_change(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await desk.taps("Title")
    await desk.sends("Sleep 1")
    await desk.taps("Text")
    await desk.sends("Go to bed on time.")
    await edits(erik, "Title", "Erik's title")
    await erik.taps("Save")
    await desk.taps("Save")
    await desk.taps("Keep both")
    await desk.taps("Save")
    entry = (await page(desk.chat)).current.entry
    assert (entry.title, entry.body) == ("Erik's title", "Go to bed on time.")


@pytest.mark.parametrize("field", [DraftField.SOURCES, DraftField.CLAIM, DraftField.TITLE])
async def test_back_from_a_question_about_an_untouched_tip_leads_to_its_fields(
    desk: Person, field: DraftField
) -> None:
    await desk.taps_value(AskField(await number(desk.chat), 1, field))
    assert "Throw away" not in " ".join(desk.labels)
    await desk.taps("Back")
    assert "What do you want to change?" in desk.screen


async def test_a_refused_text_repeats_the_buttons_of_its_step(desk: Person) -> None:
    await writes(desk, "title")
    steps = desk.labels
    await desk.sends("word " * 70)
    assert "shorten it to 280" in desk.screen
    assert desk.labels == steps
    await desk.taps("Step back")
    assert "title" in desk.screen


async def test_a_typed_answer_to_a_draft_that_is_gone_is_kept_out_of_others(desk: Person) -> None:
    await writes(desk, "topic")
    asked = await desk.chat.store.dialog(desk.who, desk.chat.clock())
    assert asked is not None
    await desk.taps("Throw away")
    await library(desk)
    await desk.taps("New tip")
    before = await in_hand(desk)
    await desk.chat.store.open_dialog(asked)
    await desk.sends("A title for the first")
    assert "Your words are above" in desk.screen
    assert await in_hand(desk) == before
    assert await desk.chat.store.dialog(desk.who, desk.chat.clock()) is None


async def test_a_new_tip_begun_twice_by_one_update_is_one(desk: Person) -> None:
    await desk.taps("New tip")
    first = await in_hand(desk)
    await desk.repeats()
    assert await in_hand(desk) == first
    assert await desk.chat.store.tip_number(TipId("sleep-new")) is None


async def test_an_old_button_cites_the_section_whose_name_it_bears(desk: Person) -> None:
    store, which = desk.chat.store, await number(desk.chat)
    await desk.taps_value(AddSource(which, 1, 1))
    sections = replace(screen(desk))
    other = replace(LIBRARY.documents[0], name="000_a.txt", title="Another paper")
    library = replace(LIBRARY, documents=(other, *LIBRARY.documents))
    await store.sync_library(library, START)
    assert "B: Breathing Exercises" in sections.text
    await desk.taps("B", sections)
    draft = await in_hand(desk)
    assert draft is not None
    assert draft.sources == (Citation(PAPER, SECTION), Citation(PAPER, "Breathing Exercises"))
    await desk.taps_value(PickSection(which, 1, "0123456789ab"))
    assert "expired" in str(desk.toast) or "/start" in str(desk.toast)


async def test_a_field_set_back_leaves_nothing_that_ties_to_the_old_version(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await desk.taps("Title")
    await desk.sends("Sleep 1")
    await edits(erik, "Text", "Erik wrote this.")
    await erik.taps("Save")
    await edits(desk, "Title", "Edda's second")
    await desk.taps("Save")
    entry = (await page(desk.chat)).current.entry
    assert (entry.title, entry.body) == ("Edda's second", "Erik wrote this.")
