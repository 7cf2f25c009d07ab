"""Editors change a tip field by field; what does not fit is kept for another try."""

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.staff import act, make_editor, remove
from tipbot.bot.buttons_desk import AskField, DraftField, EditTip, OpenTip, SaveDraft
from tipbot.core.audit import Deed
from tipbot.core.model import Claim, TipId
from tipbot.core.revisions import TipNumber, TipPage


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
    await desk.taps("Quick Help & Tips")
    await desk.taps("Breathing Exercises")
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
    assert "a medical claim has none" in desk.screen
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
    assert "[+Erik wrote this+]" in desk.screen
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
    await desk.taps_value(SaveDraft(await number(desk.chat), 1, publish=False))
    assert (await page(desk.chat)).versions == 1


async def test_forged_fields_have_expired(desk: Person) -> None:
    for value in (
        AskField(TipNumber(999), 1, DraftField.TITLE),
        AskField(await number(desk.chat), 77, DraftField.TITLE),
        EditTip(TipNumber(-4)),
        SaveDraft(await number(desk.chat), 1, publish=True),
    ):
        await desk.taps_value(value)
        assert "expired" in str(desk.toast) or "/start" in str(desk.toast)
