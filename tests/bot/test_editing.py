"""Editors change a tip field by field; what does not fit is kept for another try."""

from dataclasses import replace

import pytest

from tests.bot.chat import LIBRARY, START, Chat, Person
from tests.bot.staff import act, make_editor, remove
from tipbot.bot.buttons.drafts import (
    NEW,
    AddSource,
    AskField,
    DraftField,
    EditTip,
    PickSection,
    Rebase,
    SaveDraft,
    ThrowAway,
    TurnSections,
)
from tipbot.bot.buttons.library import OpenTip
from tipbot.core.audit import Deed
from tipbot.core.drafts import short_name
from tipbot.core.model import Citation, Claim, TipId
from tipbot.core.revisions import TipNumber
from tipbot.core.shelf import TipPage


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda, where nobody else's word is asked."""
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await edda.sends("/admin")
    return edda


@pytest.fixture
async def erik(desk: Person) -> Person:
    """Another editor."""
    person = desk.chat.person(902, "Erik")
    await make_editor(person)
    await person.sends("/admin")
    return person


async def number(chat: Chat, which: str = "sleep-1") -> TipNumber:
    found = await chat.store.tip_number(TipId(which))
    assert found is not None
    return found


async def page(chat: Chat, which: str = "sleep-1") -> TipPage:
    found = await chat.store.tip_page(await number(chat, which))
    assert found is not None
    return found


async def edits(person: Person, field: str, said: str, **more: object) -> None:
    """Open a tip's field and type it anew."""
    await person.taps_value(OpenTip(await number(person.chat)))
    await person.taps("Edit")
    await person.taps(field)
    await person.sends(said, **more)


async def test_a_title_is_typed_looked_at_and_saved(desk: Person) -> None:
    await edits(desk, "Title", "  Dim the   light & rest ")
    assert "Dim the light & rest" in desk.screen
    assert "Not saved yet, changed: title" in desk.screen
    assert (await page(desk.chat)).current.entry.title == "Sleep 1"
    await desk.taps("Save")
    assert "Dim the light & rest" in desk.screen
    assert "Version 2, by Edda" in desk.screen
    assert (await page(desk.chat)).current.entry.title == "Dim the light & rest"
    (last,) = await desk.chat.store.acts(None, 1)
    assert (last.deed, last.thing) == ("tip_edited", "sleep-1")


async def test_formatting_that_tips_do_not_have_is_named(desk: Person) -> None:
    entities = [
        {"type": "text_link", "offset": 5, "length": 4, "url": "https://example.org"},
        {"type": "strikethrough", "offset": 0, "length": 4},
        {"type": "bold", "offset": 10, "length": 4},
        {"type": "pre", "offset": 0, "length": 2},
        {"type": "code", "offset": 2, "length": 2},
        {"type": "mention", "offset": 15, "length": 2},
    ]
    await edits(desk, "Text", "Read this page now.", entities=entities)
    said = "left out formatting that texts here do not have: the address behind a link, struck out"
    assert f"{said}, code." in desk.everything
    assert "changed: text" in desk.screen
    await desk.taps("Title")
    await desk.sends("A new title", entities=[{"type": "italic", "offset": 0, "length": 5}])
    assert "do not have: bold and italic." in desk.everything


async def test_kept_formatting_is_not_spoken_of(desk: Person) -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    await edits(desk, "Text", "Rest before you go on.", entities=[bold])
    assert "left out" not in desk.everything


async def test_formatting_typed_in_telegram_stays_formatting(desk: Person) -> None:
    said = "Go to bed early & at one time"
    bold = {"type": "bold", "offset": 10, "length": 5}
    await edits(desk, "Text", said, entities=[bold])
    assert "Go to bed <b>early</b> &amp; at" in str(desk.screen_message)
    await desk.taps("Save")
    assert (await page(desk.chat)).current.entry.body == "Go to bed **early** & at one time"


@pytest.mark.parametrize(
    ("field", "said", "reason"),
    [
        ("Text", "long " * 60, "299 characters as shown: shorten it to 280"),
        ("Title", "t" * 61, "61 characters: shorten it to 60"),
        ("Tags", "Not A-Tag!", "use a-z, 0-9 and single hyphens"),
        ("Tags", "one two three four five six", "6 tags"),
        ("Checked on", "some day", "send it like 2026-03-14"),
        ("Checked on", "2031-01-01", "send it like 2026-03-14"),
    ],
)
async def test_what_does_not_fit_is_refused_with_the_reason_and_shown_back(
    desk: Person, field: str, said: str, reason: str
) -> None:
    await edits(desk, field, said)
    assert "That does not fit yet, so nothing was changed." in desk.screen
    assert reason in desk.screen
    assert said.strip() in desk.screen
    assert await desk.chat.store.tip_draft(desk.who, desk.chat.clock()) is None
    assert await desk.chat.store.dialog(desk.who, desk.chat.clock()) is not None


@pytest.mark.parametrize("field", ["Text", "Title", "Tags", "Checked on"])
async def test_the_longest_text_full_of_signs_is_refused_like_any_other(
    desk: Person, field: str
) -> None:
    await edits(desk, field, "&<>" * 1365)
    assert "That does not fit yet" in desk.screen
    assert "&<>" * 600 in desk.screen


async def test_of_a_hundred_reasons_the_first_are_told(desk: Person) -> None:
    await edits(desk, "Tags", " ".join(f"Ä{n}" for n in range(900)))
    assert "900 tags" in desk.screen
    assert "… and 895 more" in desk.screen


async def archive_of_many_sections(desk: Person) -> TipNumber:
    """Let the one document have more sections than a message has buttons."""
    (document,) = LIBRARY.documents
    more = tuple(f"Part {n:03} {'x' * 110}" for n in range(150))
    longer = replace(document, sections=(*document.sections, *more))
    await desk.chat.store.sync_library(replace(LIBRARY, documents=(longer,)), START)
    return await number(desk.chat)


async def test_a_long_list_of_sections_is_turned_page_by_page(desk: Person) -> None:
    tip = await archive_of_many_sections(desk)
    await desk.taps_value(AddSource(tip, 1, 1))
    assert "B: Breathing Exercises" in desk.screen
    await desk.taps("Next")
    assert "A: Part 006 xxx" in desk.screen
    assert "B: Part 007 xxx" in desk.screen
    assert desk.labels[:8] == list("ABCDEFGH")
    await desk.taps("B")
    draft = await desk.chat.store.tip_draft(desk.who, desk.chat.clock())
    assert draft is not None
    assert draft.sources is not None
    assert draft.sources[-1].section.startswith("Part 007")
    await desk.taps_value(TurnSections(tip, 1, 1, 2**40))
    assert "A: Part 142 xxx" in desk.screen


async def test_a_tip_names_no_more_sources_than_a_message_shows(desk: Person) -> None:
    tip = await archive_of_many_sections(desk)
    (document,) = (await desk.chat.store.documents()).values()
    for section in document.sections[2:12]:
        cited = short_name(Citation(document.name, section))
        await desk.taps_value(PickSection(tip, 1, cited))
    assert desk.toast == "A text can name 10 sources. Take one away first."
    await desk.taps_value(AskField(tip, 1, DraftField.SOURCES))
    assert sum("no. " in label for label in desk.labels) == 10
    await desk.taps("Back")
    await desk.taps("Save")
    assert "characters of titles and sections: name fewer sources" in desk.screen


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("0001-01-01", "0001-01-01 is before 2000"),
        ("1999-12-31", "is before 2000"),
        ("2031-01-01", "that day is still to come"),
        ("03/04/2025", "that can be read as more than one day"),
        ("some day", "this is no date"),
    ],
)
async def test_a_day_that_does_not_fit_is_refused_with_its_own_reason(
    desk: Person, said: str, reason: str
) -> None:
    await edits(desk, "Checked on", said)
    assert reason in desk.screen


async def test_after_a_refusal_the_next_text_is_taken(desk: Person) -> None:
    await edits(desk, "Title", "t" * 61)
    await desk.sends("A better one")
    assert "changed: title" in desk.screen


async def test_several_fields_are_saved_as_one_version(desk: Person) -> None:
    await edits(desk, "Title", "Rest")
    await desk.taps("Tags")
    await desk.sends("night, Quiet")
    await desk.taps("Kind")
    await desk.taps("General")
    await desk.taps("Checked on")
    await desk.taps("Today")
    await desk.taps("Sources")
    await desk.taps("➕ A")  # noqa: RUF001 - as the button has it
    await desk.taps("B")
    assert "changed: title, tags, sources, kind, day of the check" in desk.screen
    await desk.taps("Save")
    current = (await page(desk.chat)).current
    assert current.revision == 2
    assert current.entry.tags == ("night", "quiet")
    assert current.entry.claim is Claim.GENERAL
    assert [each.section for each in current.entry.sources][-1] == "Breathing Exercises"
    assert len(current.entry.sources) == 2


async def test_sources_are_taken_away_and_no_source_is_the_editors_own(desk: Person) -> None:
    await desk.taps_value(AskField(await number(desk.chat), 1, DraftField.SOURCES))
    await desk.taps("no. 1")
    await desk.taps("Save")
    assert (await page(desk.chat)).current.entry.sources == ()
    assert "the editors of this bot" in desk.screen


async def test_a_medical_claim_without_a_source_is_not_saved(desk: Person) -> None:
    await desk.taps_value(AskField(await number(desk.chat), 1, DraftField.SOURCES))
    await desk.taps("No document")
    await desk.taps("Kind")
    await desk.taps("Medical")
    await desk.taps("Save")
    assert "a medical claim has no source" in desk.screen
    assert (await page(desk.chat)).versions == 1


async def test_a_draft_outlives_a_restart_and_other_questions(desk: Person) -> None:
    await edits(desk, "Title", "Kept words")
    await desk.sends("/signs")
    again = await desk.chat.restart()
    edda = again.person(desk.id, desk.name)
    await edda.sends("/admin")
    await edda.taps("Library")
    await edda.taps("Go on writing")
    assert "Kept words" in edda.screen
    await edda.taps("Save")
    assert (await page(again)).current.entry.title == "Kept words"


async def test_a_draft_is_thrown_away(desk: Person) -> None:
    await edits(desk, "Title", "Gone words")
    await desk.taps("Throw away")
    assert "Sleep 1" in desk.screen
    assert await desk.chat.store.tip_draft(desk.who, desk.chat.clock()) is None


async def test_saving_twice_makes_one_version(desk: Person) -> None:
    await edits(desk, "Title", "Once")
    await desk.taps("Save")
    await desk.repeats()
    assert (await page(desk.chat)).versions == 2


async def test_two_editors_who_changed_different_things_keep_both(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Text", "Erik wrote this.")
    await erik.taps("Save")
    await desk.taps("Save")
    assert "Erik saved version 2 while you were writing" in desk.screen
    assert "[+Erik wrote this.+]" in desk.screen
    assert "[+Edda's title+]" in desk.screen
    await desk.taps("Keep both")
    assert "Edda's title" in desk.screen
    assert "Erik wrote this." in desk.screen
    await desk.taps("Save")
    entry = (await page(desk.chat)).current.entry
    assert (entry.title, entry.body, entry.revision) == ("Edda's title", "Erik wrote this.", 3)


async def test_two_editors_who_changed_the_same_choose(desk: Person, erik: Person) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Title", "Erik's title")
    await erik.taps("Save")
    await desk.taps("Save")
    assert "Keep both" not in " ".join(desk.labels)
    await desk.taps("Put mine on top")
    await desk.taps("Save")
    assert (await page(desk.chat)).current.entry.title == "Edda's title"
    history = await desk.chat.store.history(await number(desk.chat))
    assert [each.entry.title for each in history.items] == [
        "Edda's title",
        "Erik's title",
        "Sleep 1",
    ]


async def test_the_second_editor_may_give_way(desk: Person, erik: Person) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Title", "Erik's title")
    await erik.taps("Save")
    await desk.taps("Save")
    await desk.taps("Keep theirs")
    assert "Erik's title" in desk.screen
    assert (await page(desk.chat)).versions == 2


async def test_a_third_change_in_between_is_shown_before_anything_is_put_on_top(
    desk: Person, erik: Person
) -> None:
    await edits(desk, "Title", "Edda's title")
    await edits(erik, "Title", "Erik's first")
    await erik.taps("Save")
    await desk.taps("Save")
    await edits(erik, "Title", "Erik's second")
    await erik.taps("Save")
    await desk.taps("Put mine on top")
    assert "Erik saved version 3" in desk.screen
    assert (await page(desk.chat)).versions == 3


async def test_a_removed_editor_changes_nothing_even_in_the_midst_of_it(desk: Person) -> None:
    await edits(desk, "Title", "t" * 61)
    await remove(desk)
    await desk.sends("Sneaky")
    assert "I am here for people" in desk.screen
    await desk.taps_value(SaveDraft(0, 1, publish=False))
    assert (await page(desk.chat)).versions == 1


async def test_forged_fields_have_expired(desk: Person) -> None:
    for value in (
        AskField(TipNumber(999), 1, DraftField.TITLE),
        AskField(await number(desk.chat), 77, DraftField.TITLE),
        EditTip(TipNumber(-4)),
        AskField(NEW, 4, DraftField.TITLE),
        SaveDraft(77, 1, publish=True),
        ThrowAway(-1, 0),
        Rebase(3, 1, mine=True),
    ):
        await desk.taps_value(value)
        assert any(word in str(desk.toast) for word in ("expired", "/start", "draft is gone"))
