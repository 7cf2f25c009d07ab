from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from tests.sandbox.conftest import MovedClock
from tipbot.sandbox import ActionError, NothingCame, Person

MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go:1")]])


async def tapped(bot: Bot, alice: Person) -> Update:
    await bot.send_message(alice.id, "Press", reply_markup=MARKUP)
    alice.taps_at_once("Go")
    [update] = await bot.get_updates(timeout=5)
    return update


async def test_a_tap_carries_its_message_and_gets_its_answer(bot: Bot, alice: Person) -> None:
    await bot.send_message(alice.id, "Press", reply_markup=MARKUP)
    tap = asyncio.create_task(alice.taps("Go"))
    [update] = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("go:1", alice.id)
    assert isinstance(query.message, Message)
    assert query.message.reply_markup == MARKUP
    assert await query.answer("Done", show_alert=True) is True
    assert await tap == {"text": "Done", "show_alert": True}


async def test_a_query_is_answered_once(bot: Bot, alice: Person) -> None:
    query = (await tapped(bot, alice)).callback_query
    assert query is not None
    await query.answer()
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
        await query.answer()


async def test_a_query_grows_too_old(bot: Bot, alice: Person, clock: MovedClock) -> None:
    query = (await tapped(bot, alice)).callback_query
    assert query is not None
    clock.ahead(minutes=3)
    with pytest.raises(BadRequest, match="query id is invalid"):
        await query.answer()


async def test_an_answer_holds_200_characters(bot: Bot, alice: Person) -> None:
    query = (await tapped(bot, alice)).callback_query
    assert query is not None
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    assert await query.answer("x" * 200) is True


async def test_an_unanswered_tap_says_so(bot: Bot, alice: Person) -> None:
    await bot.send_message(alice.id, "Press", reply_markup=MARKUP)
    with pytest.raises(NothingCame, match="taps without an answer: 1"):
        await alice.taps("Go", timeout=0.05)


async def test_a_button_that_is_gone_cannot_be_tapped(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Press", reply_markup=MARKUP)
    await sent.edit_reply_markup(None)
    with pytest.raises(ActionError, match="no button 'Go' in sight"):
        alice.taps_at_once("Go")
    with pytest.raises(ActionError, match="this button is gone"):
        alice.acts.tap(sent.message_id, "go:1")
