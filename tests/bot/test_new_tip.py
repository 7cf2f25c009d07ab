"""A new tip is written step by step; any step may be the last for today."""

from datetime import timedelta

import pytest

from tests.bot.chat import Person
from tests.bot.staff import act
from tipbot.core.audit import Deed
from tipbot.core.model import Tip, TipId
from tipbot.core.revisions import TipState


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda at the desk, where nobody else's word is asked."""
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await edda.sends("/admin")
    await edda.taps("Library")
    return edda


async def writes(person: Person, upto: str = "claim") -> None:
    """Go through the steps of a new tip, up to one of them."""
    steps = ("topic", "title", "body", "sources", "claim")
    await person.taps("New tip")
    for step in steps[: steps.index(upto) + 1]:
        if step == "topic":
            await person.taps("Sleep")
        elif step == "title":
            await person.sends("A cool room")
        elif step == "body":
            await person.sends("Open the window for a while before bed.")
        elif step == "sources":
            await person.taps("➕ A")  # noqa: RUF001 - as the button has it
            await person.taps("B")
        else:
            await person.taps("Practical")


async def kept(person: Person, which: str = "sleep-a-cool-room") -> tuple[Tip, TipState]:
    store = person.chat.store
    number = await store.tip_number(TipId(which))
    assert number is not None
    page = await store.tip_page(number)
    assert page is not None
    assert isinstance(page.current.entry, Tip)
    return page.current.entry, page.current.state


async def test_a_new_tip_is_kept_as_a_draft(desk: Person) -> None:
    await writes(desk)
    assert "not saved yet" in desk.screen
    assert "A cool room" in desk.screen
    await desk.taps("Keep as draft")
    tip, state = await kept(desk)
    assert state is TipState.DRAFT
    assert (tip.title, tip.tags) == ("A cool room", ("sleep",))
    assert tip.sources[0].section == "Breathing Exercises"
    assert "Draft: nobody has got it yet" in desk.screen
    await desk.taps("Publish")
    assert (await kept(desk))[1] is TipState.PUBLISHED


async def test_words_where_a_button_is_waited_for_are_not_told_that_nothing_was_asked(
    desk: Person,
) -> None:
    await writes(desk, "body")
    assert "Which document does it come from?" in desk.screen
    await desk.sends("the first one")
    assert "I am not waiting for words just now" in desk.screen
    await desk.taps("No document", desk.said[-2])
    assert "What kind of statement is it?" in desk.said[-2].text


async def test_a_new_tip_is_published_at_once_where_no_other_word_is_asked(desk: Person) -> None:
    await writes(desk)
    await desk.taps("Publish")
    assert (await kept(desk))[1] is TipState.PUBLISHED


async def test_a_new_tip_waits_for_the_owner_where_a_second_word_is_asked(desk: Person) -> None:
    await desk.chat.store.want_review(act(desk, Deed.REVIEW_WANTED), wanted=True)
    await writes(desk)
    await desk.taps("Publish")
    assert "second editor" in str(desk.toast)
    assert (await kept(desk))[1] is TipState.DRAFT
    assert (await desk.chat.store.proposals()).total == 1


async def test_saving_handed_over_again_on_the_next_day_adds_no_second_tip(desk: Person) -> None:
    await writes(desk)
    keep = str(desk.screen_message and desk.screen_message.data[0])
    desk.chat.faults_expected, desk.chat.switch.away_for = True, "tip_page"
    await desk.taps("Keep as draft")
    desk.chat = await desk.chat.restart()
    desk.chat.clock.move(timedelta(hours=16))
    await desk.repeats()
    await desk.taps_data(keep)
    found = await desk.chat.store.search_tips("cool room")
    assert [line.id for line in found.items] == ["sleep-a-cool-room"]


@pytest.mark.parametrize("step", ["topic", "title", "body", "sources"])
async def test_it_is_left_at_any_step_and_goes_on_there_after_a_restart(
    desk: Person, step: str
) -> None:
    await writes(desk, step)
    before = desk.screen
    await desk.taps("Leave it for now")
    assert "Library" in desk.screen
    again = await desk.chat.restart()
    edda = again.person(desk.id, desk.name)
    await edda.sends("/admin")
    await edda.taps("Library")
    await edda.taps("Go on writing")
    assert edda.screen == before


async def test_a_step_back_asks_again(desk: Person) -> None:
    await writes(desk, "title")
    await desk.taps("Step back")
    assert "title" in desk.screen
    await desk.sends("Another title")
    assert "Another title" in desk.screen


async def test_a_refused_text_is_shown_back_and_asked_for_again(desk: Person) -> None:
    await writes(desk, "title")
    await desk.sends("word " * 70)
    assert "shorten it to 280" in desk.screen
    await desk.sends("Short enough.")
    assert "Which document" in desk.screen


async def test_without_a_source_it_is_marked_as_the_editors_own(desk: Person) -> None:
    await writes(desk, "body")
    await desk.taps("No document")
    await desk.taps("Practical")
    assert "the editors of this bot" in desk.screen
    await desk.taps("Keep as draft")
    assert (await kept(desk))[0].sources == ()


async def test_saving_a_second_time_adds_nothing(desk: Person) -> None:
    await writes(desk)
    await desk.taps("Keep as draft")
    await desk.repeats()
    assert (await desk.chat.store.search_tips("cool room")).total == 1


async def test_an_id_that_is_taken_gives_way(desk: Person) -> None:
    for _ in range(2):
        await desk.sends("/admin")
        await desk.taps("Library")
        await writes(desk)
        await desk.taps("Keep as draft")
    assert (await desk.chat.store.search_tips("cool room")).total == 2


async def test_it_is_thrown_away(desk: Person) -> None:
    await writes(desk, "title")
    await desk.taps("Throw away")
    assert "Thrown away" in desk.screen
    assert desk.labels == ["⬅️ Library"]
    assert await desk.chat.store.tip_draft(desk.who, desk.chat.clock()) is None


async def test_while_another_text_is_edited_no_new_one_begins(desk: Person) -> None:
    await desk.taps("Sleep")
    await desk.taps("Sleep 1")
    await desk.taps("Edit")
    await desk.taps("Title")
    await desk.sends("Half done")
    await desk.sends("/admin")
    await desk.taps("Library")
    await desk.taps("New tip")
    assert "Save it or throw it away first" in str(desk.toast)
    assert "Half done" in desk.screen


async def test_an_answer_that_is_handed_over_again_answers_no_later_question(
    desk: Person,
) -> None:
    await writes(desk, "title")
    await desk.repeats()
    assert "Type the text and send it" in desk.screen
    draft = await desk.chat.store.tip_draft(desk.who, desk.chat.clock())
    assert draft is not None
    assert (draft.title, draft.body) == ("A cool room", None)
