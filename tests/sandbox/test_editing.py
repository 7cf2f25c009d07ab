from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.sandbox.conftest import MovedClock
from tipbot.sandbox import Person

MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
SAME = (
    "^Message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message$"
)


async def test_an_edit_changes_text_and_buttons(bot: Bot, alice: Person, clock: MovedClock) -> None:
    sent = await bot.send_message(alice.id, "One", reply_markup=MARKUP)
    clock.ahead(minutes=1)
    edited = await sent.edit_text("Two")
    assert isinstance(edited, Message)
    assert edited.text == "Two"
    assert edited.reply_markup is None
    assert edited.edit_date == clock()
    assert [m["text"] for m in alice.from_bot] == ["Two"]


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "<b>One</b>", parse_mode="HTML", reply_markup=MARKUP)
    with pytest.raises(BadRequest, match=SAME):
        await sent.edit_text("<strong>One</strong>", parse_mode="HTML", reply_markup=MARKUP)
    with pytest.raises(BadRequest, match=SAME):
        await sent.edit_reply_markup(MARKUP)


async def test_the_same_words_in_another_format_are_a_change(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    edited = await sent.edit_text("<b>One</b>", parse_mode="HTML")
    assert isinstance(edited, Message)
    assert len(edited.entities) == 1


async def test_buttons_alone_can_change(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One", reply_markup=MARKUP)
    await sent.edit_reply_markup(None)
    assert alice.labels == []


async def test_only_what_the_bot_sent_can_be_edited(bot: Bot, alice: Person) -> None:
    said = alice.says("Mine")
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("Yours", alice.id, said["message_id"])
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("Yours", alice.id, 1)


async def test_what_came_with_a_reply_keyboard_cannot_be_edited(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Where?", reply_markup=ReplyKeyboardMarkup([["Here"]]))
    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await sent.edit_text("There?")


async def test_a_reply_keyboard_cannot_come_by_an_edit(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await sent.edit_text("Two", reply_markup=ReplyKeyboardMarkup([["a"]]))  # type: ignore[arg-type]  # wrong on purpose


async def test_an_edit_too_long_is_refused(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await sent.edit_text("x" * 4097)


async def test_a_caption_changes_and_a_text_has_none(bot: Bot, alice: Person) -> None:
    sent = await bot.send_document(alice.id, b"a", caption="One", filename="a.txt")
    edited = await sent.edit_caption("Two")
    assert isinstance(edited, Message)
    assert edited.caption == "Two"
    text = await bot.send_message(alice.id, "One")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("Two")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sent.edit_text("Two")


async def test_a_blocked_bot_edits_nothing(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    alice.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sent.edit_text("Two")


async def test_messages_are_deleted_for_two_days(
    bot: Bot, alice: Person, clock: MovedClock
) -> None:
    sent = await bot.send_message(alice.id, "One")
    said = alice.says("Two")
    assert await sent.delete() is True
    assert await bot.delete_message(alice.id, said["message_id"]) is True
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await sent.delete()
    old = await bot.send_message(alice.id, "Old")
    clock.ahead(hours=49)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()


async def test_several_are_deleted_and_the_missing_skipped(bot: Bot, alice: Person) -> None:
    sent = [await bot.send_message(alice.id, "One") for _ in range(3)]
    assert await bot.delete_messages(alice.id, [1, *[m.message_id for m in sent]]) is True
    assert alice.from_bot == []
