"""Editors browse, search, and change the state of what is in the library."""

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.staff import act, make_editor
from tipbot.bot.buttons.library import ListTips, OpenTip, Place, SetState, StateFilter, Wish
from tipbot.bot.callbacks import pack
from tipbot.bot.features.library import searched
from tipbot.core.audit import Deed
from tipbot.core.model import TipId
from tipbot.core.revisions import TipNumber


@pytest.fixture
async def desk(edda: Person) -> Person:
    """Edda with the library open, where nobody else's word is asked."""
    await edda.chat.store.want_review(act(edda, Deed.REVIEW_WAIVED), wanted=False)
    await edda.sends("/admin")
    await edda.taps("Library")
    return edda


async def number(chat: Chat, which: str) -> TipNumber:
    found = await chat.store.tip_number(TipId(which))
    assert found is not None
    return found


async def test_topics_and_shelves_lead_to_their_texts(desk: Person) -> None:
    await desk.taps("Sleep")
    assert "Sleep: 2 texts" in desk.screen
    await desk.taps("Sleep 1")
    assert "A few words & advice no. 1." in desk.screen
    assert "Version 1, by the files" in desk.screen
    assert "Quick Help & Tips" in desk.screen
    await desk.taps("Library")
    await desk.taps("Treatments")
    assert "page 1 of 3" in desk.screen
    await desk.taps("Next page")
    assert "page 2 of 3" in desk.screen
    assert desk.labels.count("Treatments & more 09") == 1


async def test_words_are_found_and_more_words_can_follow(desk: Person) -> None:
    await desk.taps("Search")
    await desk.sends("SLEE: 2")
    assert "Searched for: SLEE 2" in desk.screen
    assert "Sleep 2" in desk.labels
    await desk.sends("zzz <b>")
    assert "Nothing fits" in desk.screen


async def test_hostile_words_are_only_words(desk: Person) -> None:
    for words in ('"', "a OR b", "NEAR(", "'; drop table tips; --", "ß" * 400, "::::", "%_"):
        await desk.taps_value(ListTips(Place.ALL, StateFilter.ANY, 0, ""))
        await desk.taps("Search here")
        await desk.sends(words)
        assert "📚 All of it" in desk.screen


async def test_a_button_of_a_search_fits_telegram() -> None:
    for said in ("é" * 100, "word " * 40, "日本語" * 30):
        pack(ListTips(Place.FOOD_AND_CAFFEINE, StateFilter.PUBLISHED, 999, searched(said)))


async def test_a_tip_is_retired_and_published_again(desk: Person) -> None:
    which = await number(desk.chat, "sleep-1")
    await desk.taps_value(OpenTip(which))
    await desk.taps("Retire")
    assert "Retired" in desk.screen
    assert TipId("sleep-1") not in {tip.id for tip in (await desk.chat.store.library()).tips}
    await desk.taps("Publish again")
    assert "Published" in desk.screen
    assert "Versions (3)" in desk.labels[2]
    assert [e.deed for e in await desk.chat.store.acts(None, 2)] == ["tip_restored", "tip_retired"]


async def test_a_state_that_somebody_else_changed_is_not_changed_blindly(desk: Person) -> None:
    which = await number(desk.chat, "sleep-1")
    await desk.taps_value(OpenTip(which))
    old = desk.screen_message
    await desk.taps("Retire")
    await desk.taps_value(SetState(which, 1, Wish.RESTORE), old)
    assert desk.toast == "Somebody changed it since you looked, so nothing was saved yet."
    assert "Edda changed this text in the meantime: version 2" in desk.screen


@pytest.mark.parametrize("forged", [0, 999_999, -1])
async def test_a_forged_number_has_expired(desk: Person, forged: int) -> None:
    await desk.taps_value(OpenTip(TipNumber(forged)))
    assert "expired" in str(desk.toast) or "start" in str(desk.toast)
    await desk.taps_value(SetState(TipNumber(forged), 1, Wish.RETIRE))
    await desk.taps_value(ListTips(Place.ALL, StateFilter.ANY, forged, ""))
    assert "All of it" in desk.screen


async def test_a_second_editor_is_asked_before_subscribers_get_a_change(
    edda: Person, chat: Chat
) -> None:
    await make_editor(chat.person(902, "Erik"))
    which = await number(chat, "sleep-1")
    await edda.sends("/admin")
    await edda.taps_value(OpenTip(which))
    await edda.taps("Retire")
    assert "Retired" in edda.screen
    await edda.taps("Publish again")
    assert "second editor" in str(edda.toast)
    assert "A change to this text waits" in edda.screen
