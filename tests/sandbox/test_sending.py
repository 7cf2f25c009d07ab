from __future__ import annotations

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from tipbot.sandbox import Person, Sandbox


def rows(*widths: int, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton("a", callback_data=data)] * width for width in widths]
    )


async def test_a_text_arrives_formatted(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "😀 <b>Hello</b> /help", parse_mode="HTML")
    assert sent.text == "😀 Hello /help"
    assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [
        (MessageEntity.BOLD, "Hello"),
        (MessageEntity.BOT_COMMAND, "/help"),
    ]
    assert sent.from_user is not None
    assert sent.from_user.is_bot
    assert sent.chat.first_name == "Alice"
    assert alice.last["text"] == "😀 Hello /help"
    assert sent.message_id == alice.last["message_id"]


async def test_entities_may_be_given_instead_of_markup(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "ab", entities=[MessageEntity("bold", 0, 1)])
    assert [e.length for e in sent.entities] == [1]


async def test_4096_characters_after_parsing_pass_and_one_more_does_not(
    bot: Bot, alice: Person
) -> None:
    await bot.send_message(alice.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"^Message is too long$"):
        await bot.send_message(alice.id, "x" * 4097)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "Message text is empty"), (" \n", "Text must be non-empty")],
)
async def test_an_empty_text_is_refused(bot: Bot, alice: Person, text: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_message(alice.id, text)


async def test_an_unknown_chat_is_refused(bot: Bot) -> None:
    for chat in (999_999, "@nobody"):
        with pytest.raises(BadRequest, match=r"^Chat not found$"):
            await bot.send_message(chat, "Hello")


async def test_a_bot_cannot_write_first(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(sandbox.person("Bob").id, "Hello")


@pytest.mark.parametrize("data", ["x" * 65, "é" * 33])
async def test_callback_data_beyond_64_bytes_is_refused(bot: Bot, alice: Person, data: str) -> None:
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(alice.id, "Hello", reply_markup=rows(1, data=data))


async def test_64_bytes_of_callback_data_pass(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Hello", reply_markup=rows(1, data="é" * 32))
    assert sent.reply_markup == rows(1, data="é" * 32)


@pytest.mark.parametrize("widths", [(9,), (1,) * 101])
async def test_a_keyboard_too_big_is_refused(
    bot: Bot, alice: Person, widths: tuple[int, ...]
) -> None:
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(alice.id, "Hello", reply_markup=rows(*widths))


async def test_the_widest_and_the_longest_keyboard_pass(bot: Bot, alice: Person) -> None:
    await bot.send_message(alice.id, "Hello", reply_markup=rows(*[8] * 12, 4))


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://localhost/a", "Wrong http url"),
        ("ftp://example.org", "Unsupported url protocol"),
    ],
)
async def test_a_button_to_nowhere_is_refused(
    bot: Bot, alice: Person, url: str, complaint: str
) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("a", url=url)]])
    with pytest.raises(
        BadRequest, match=f"(?i)inline keyboard button url '{url}' is invalid: {complaint}"
    ):
        await bot.send_message(alice.id, "Hello", reply_markup=markup)


async def test_a_button_without_an_action_is_refused(bot: Bot, alice: Person) -> None:
    with pytest.raises(BadRequest, match=r"(?i)text buttons are unallowed"):
        await bot.send_message(
            alice.id, "a", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("a")]])
        )


async def test_a_reply_keyboard_comes_changes_and_goes(bot: Bot, alice: Person) -> None:
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)], ["Skip"]])
    sent = await bot.send_message(alice.id, "Where?", reply_markup=keyboard)
    assert sent.reply_markup is None
    assert alice.keyboard == ["Here", "Skip"]
    assert alice.presses("Skip")["text"] == "Skip"
    await bot.send_message(alice.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert alice.keyboard == []


async def test_a_one_time_keyboard_goes_with_the_answer(bot: Bot, alice: Person) -> None:
    keyboard = ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True)
    await bot.send_message(alice.id, "Well?", reply_markup=keyboard)
    alice.presses("Yes")
    assert alice.keyboard == []


async def test_a_forced_reply_is_seen(bot: Bot, alice: Person) -> None:
    await bot.send_message(
        alice.id, "City?", reply_markup=ForceReply(input_field_placeholder="A city")
    )
    assert alice.chat.force_reply == {"placeholder": "A city"}


async def test_a_reply_names_its_message(bot: Bot, alice: Person) -> None:
    asked = alice.says("What is this?")
    sent = await bot.send_message(
        alice.id, "That", reply_parameters=ReplyParameters(asked["message_id"])
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "What is this?"


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, alice: Person) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(alice.id, "a", reply_parameters=ReplyParameters(1))
    loose = ReplyParameters(1, allow_sending_without_reply=True)
    assert (await bot.send_message(alice.id, "a", reply_parameters=loose)).reply_to_message is None


async def test_silence_and_previews_are_kept(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(
        alice.id,
        "https://example.org",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert alice.last["silent"] is True


async def test_a_location_is_sent(bot: Bot, alice: Person) -> None:
    sent = await bot.send_location(alice.id, 52.52, 13.405)
    assert sent.location is not None
    assert (sent.location.latitude, sent.location.longitude) == (52.52, 13.405)


async def test_a_place_beyond_the_pole_is_refused(bot: Bot, alice: Person) -> None:
    with pytest.raises(BadRequest):
        await bot.send_location(alice.id, 91, 0)


async def test_typing_is_shown_and_nonsense_refused(bot: Bot, alice: Person) -> None:
    assert await bot.send_chat_action(alice.id, "typing") is True
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(alice.id, "dancing")
