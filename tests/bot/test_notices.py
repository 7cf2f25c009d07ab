"""Owners and editors are told once what they have to know, and nothing at the wrong volume."""

from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import Bot

from tests.bot.chat import OWNER_ID, Chat, Person
from tests.bot.staff import act, make_editor, remove
from tests.bot.test_editing import edits, number, page
from tipbot.bot import replies
from tipbot.bot.buttons.approvals import Approve, AskWhy, OpenProposal, Reject, WantReview
from tipbot.bot.buttons.drafts import AskField, DraftField
from tipbot.bot.notices import send_notices
from tipbot.bot.views import View
from tipbot.core.audit import Deed
from tipbot.core.changes import edit
from tipbot.core.proposals import ProposalId


@pytest.fixture
async def erik(edda: Person) -> Person:
    """Another editor; everybody has been told of whatever there was before."""
    person = edda.chat.person(902, "Erik")
    await make_editor(person)
    for each in (edda, person):
        await each.sends("/admin")
    await tick(edda.chat)
    edda.chat.telegram.calls.clear()
    return person


async def tick(chat: Chat) -> None:
    await send_notices(chat.application.bot, chat.house)


async def waits(person: Person, title: str = "Edda's title") -> ProposalId:
    """Let a change of somebody's wait."""
    await edits(person, "Title", title)
    await person.taps("Save")
    return (await person.chat.store.proposals()).items[-1].id


def told(chat: Chat, who: int, words: str) -> list[bool]:
    """Return of each message with these words to somebody whether it came without a sound."""
    return [
        bool(each.get("disable_notification"))
        for each in chat.telegram.made("sendMessage")
        if each["chat_id"] == who and words in each["text"]
    ]


async def test_everybody_else_at_the_desk_is_told_once_without_a_sound(
    edda: Person, erik: Person
) -> None:
    which = await waits(edda)
    for _ in range(2):
        await tick(edda.chat)
        for who in (erik.id, OWNER_ID):
            assert told(edda.chat, who, "Edda proposes a change to “Edda's title”") == [True]
        edda.chat.clock.move(timedelta(days=1))
    assert told(edda.chat, edda.id, "proposes a change") == []
    await erik.taps("Change no.")
    assert "Edda wants to change it to this." in erik.screen
    assert f"Change no. {which}" not in erik.screen


async def test_many_changes_at_once_are_one_message(edda: Person, erik: Person) -> None:
    store = edda.chat.store
    for line in (await store.search_tips("sleep")).items[:2]:
        seen = await store.revision(line.number, 1)
        assert seen is not None
        await store.change_tip(edit(seen, title="New"), act(edda, Deed.TIP_EDITED), 1)
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "2 changes wait for a second pair of eyes") == [True]
    await erik.taps("All that wait")
    assert "Changes that wait" in erik.screen


async def test_what_is_settled_by_then_is_told_to_nobody(edda: Person, erik: Person) -> None:
    await edda.taps_value(Reject(await waits(edda)))
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes") == []


async def test_a_change_put_in_place_of_another_is_told_alone(edda: Person, erik: Person) -> None:
    await waits(edda, "First")
    await waits(edda, "Second")
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "“First”") == []
    assert told(edda.chat, erik.id, "“Second”") == [True]


@pytest.mark.parametrize(("code", "tries"), [(429, 2), (None, 1)])
async def test_what_telegram_put_off_is_told_later_and_what_may_have_arrived_is_not(
    edda: Person, erik: Person, code: int | None, tries: int
) -> None:
    await waits(edda)
    edda.chat.telegram.refusals.append(("sendMessage", code, "Too Many Requests: retry after 3"))
    for _ in range(3):
        await tick(edda.chat)
    assert len(told(edda.chat, OWNER_ID, "proposes a change")) == tries
    assert len(told(edda.chat, erik.id, "proposes a change")) == 1


async def test_whoever_cannot_be_reached_keeps_nothing_from_the_others(
    edda: Person, erik: Person, olga: Person
) -> None:
    await waits(edda)
    edda.chat.telegram.blocked_by.add(erik.id)
    await tick(edda.chat)
    assert "proposes a change" in olga.screen
    edda.chat.telegram.blocked_by.clear()
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes a change") == [True]


async def test_whoever_is_an_editor_no_more_is_told_that_alone_and_once(
    edda: Person, erik: Person
) -> None:
    which = await waits(edda)
    await edda.chat.store.reject(which, act(erik, Deed.TIP_REJECTED), "No.")
    await remove(edda)
    for _ in range(2):
        await tick(edda.chat)
    assert told(edda.chat, edda.id, "No.") == []
    assert told(edda.chat, edda.id, "You are no longer an editor of this bot.") == [False]


async def test_whoever_is_back_before_is_not_told_that_they_were_removed(edda: Person) -> None:
    await edda.sends("/admin")
    await remove(edda)
    await make_editor(edda)
    await tick(edda.chat)
    assert told(edda.chat, edda.id, "no longer an editor") == []


async def test_whoever_is_removed_while_they_are_told_something_else_is_told_that_too(
    edda: Person, erik: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await waits(edda)
    usual = replies.send
    removed: list[int] = []

    async def send(bot: Bot, chat: int, view: View, *, silent: bool = False) -> None:
        await usual(bot, chat, view, silent=silent)
        if chat == erik.id and not removed:
            removed.append(chat)
            await remove(erik)

    monkeypatch.setattr(replies, "send", send)
    for _ in range(2):
        await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes a change") == [True]
    assert told(edda.chat, erik.id, "You are no longer an editor of this bot.") == [False]


async def test_an_owner_who_is_an_editor_no_more_is_not_told_so(olga: Person) -> None:
    await olga.sends("/admin")
    await make_editor(olga)
    await remove(olga)
    await tick(olga.chat)
    assert told(olga.chat, OWNER_ID, "no longer an editor") == []


async def test_a_verdict_is_told_once_however_often_it_is_given(
    edda: Person, erik: Person, olga: Person
) -> None:
    which = await waits(edda)
    for _ in range(2):
        await erik.taps_value(Approve(which, 1))
        await erik.repeats()
        edda.chat.clock.move(timedelta(days=3))
        await olga.taps_value(Approve(which, 1))
    assert told(edda.chat, edda.id, "Erik approved your change") == [False]


async def test_the_reason_stands_with_the_change(edda: Person, erik: Person) -> None:
    which = await waits(edda)
    await erik.taps_value(AskWhy(which))
    await erik.sends("Too <short>.")
    await edda.taps_value(OpenProposal(which))
    assert "Erik turned it down.\nThey say:\nToo <short>." in edda.screen


async def test_a_reason_that_comes_too_late_changes_nothing(
    edda: Person, erik: Person, olga: Person
) -> None:
    which = await waits(edda)
    await erik.taps_value(AskWhy(which))
    await olga.sends("/admin")
    await olga.taps_value(Approve(which, 1))
    await erik.sends("Too short.")
    assert "Olga approved it." in erik.screen
    assert told(edda.chat, edda.id, "Too short.") == []
    assert (await page(edda.chat)).current.entry.title == "Edda's title"


async def test_the_page_of_admin_counts_what_waits(edda: Person, erik: Person) -> None:
    await erik.sends("/admin")
    assert "⏳ Waiting changes (0)" in erik.labels
    which = await waits(edda)
    await erik.sends("/admin")
    await erik.taps("⏳ Waiting changes (1)")
    await erik.taps("Change no.")
    assert "Edda wants to change it to this." in erik.screen
    await erik.taps_value(Approve(which, 1))
    await erik.sends("/admin")
    assert "⏳ Waiting changes (0)" in erik.labels


async def test_somebody_alone_is_told_nothing_of_their_own(olga: Person) -> None:
    await olga.sends("/admin")
    await edits(olga, "Title", "Alone")
    await olga.taps("Save")
    await tick(olga.chat)
    assert told(olga.chat, OWNER_ID, "proposes") == []


async def test_what_waits_still_when_review_is_switched_off_is_told_all_the_same(
    edda: Person, erik: Person, olga: Person
) -> None:
    await waits(edda)
    await olga.sends("/admin")
    await olga.taps_value(WantReview(wanted=False))
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes a change") == [True]


async def test_what_comes_in_somebodys_quiet_hours_is_told_when_they_end(
    edda: Person, erik: Person
) -> None:
    await erik.finishes_onboarding("Pacific/Auckland")  # it is 22:07 there
    which = await waits(edda)
    for _ in range(2):
        await tick(edda.chat)
    assert told(edda.chat, OWNER_ID, "proposes a change") == [True]
    assert told(edda.chat, erik.id, "proposes a change") == []
    edda.chat.clock.move(timedelta(hours=10))  # 8:07
    for _ in range(2):
        await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes a change") == [True]
    assert (await edda.chat.store.proposals()).items[0].id == which


async def test_somebody_who_never_said_where_they_are_has_no_quiet_hours(
    edda: Person, erik: Person
) -> None:
    await erik.sends("/start")
    await erik.taps("I agree")
    edda.chat.clock.move(timedelta(hours=14))  # 23:07 UTC
    await waits(edda)
    await tick(edda.chat)
    assert told(edda.chat, erik.id, "proposes a change") == [True]


async def test_whoever_wants_no_sound_hears_no_verdict(edda: Person, erik: Person) -> None:
    await edda.finishes_onboarding("Europe/Berlin")
    await edda.changes(lambda kept: replace(kept, subscriber=replace(kept.subscriber, silent=True)))
    await erik.taps_value(Approve(await waits(edda), 1))
    assert told(edda.chat, edda.id, "Erik approved your change") == [True]


async def test_somebody_who_is_no_subscriber_is_told_in_the_language_they_write_in(
    edda: Person, erik: Person
) -> None:
    greta = edda.chat.person(903, "Greta", "de-AT")
    await make_editor(greta)
    await greta.sends("/admin")
    await greta.taps_value(AskField(await number(edda.chat, "sleep-2"), 1, DraftField.TITLE))
    await greta.sends("Gretas Titel")
    await greta.taps("Sichern")
    await waits(edda)
    again = await edda.chat.restart()
    await tick(again)
    assert told(again, greta.id, "Eine Änderung an „Edda's title“ wartet") == [True]
    assert told(again, erik.id, "2 changes wait") == [True]
