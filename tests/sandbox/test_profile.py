from __future__ import annotations

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.error import BadRequest

from tipbot.sandbox import Person, Sandbox

MENU = [BotCommand("twitch", "Log a twitch"), BotCommand("help", "What I can do")]


async def test_commands_are_kept_by_scope_and_language(bot: Bot, alice: Person) -> None:
    assert await bot.set_my_commands(MENU) is True
    assert await bot.get_my_commands() == tuple(MENU)
    everywhere = BotCommandScopeAllPrivateChats()
    here = BotCommandScopeChat(alice.id)
    await bot.set_my_commands(MENU[:1], scope=everywhere, language_code="de")
    await bot.set_my_commands(MENU[1:], scope=here)
    assert await bot.get_my_commands(scope=everywhere, language_code="de") == (MENU[0],)
    shown = alice.api.profile.commands_for(alice.id, "de")
    assert [item["command"] for item in shown] == ["help"]
    assert await bot.delete_my_commands(scope=here) is True
    shown = alice.api.profile.commands_for(alice.id, "de")
    assert [item["command"] for item in shown] == ["twitch"]
    assert len(alice.api.profile.commands_for(alice.id, "en")) == 2


@pytest.mark.parametrize(
    ("command", "description", "complaint"),
    [
        ("Help", "a", "Bot_command_invalid"),
        ("x" * 33, "a", "Command length must not exceed 32"),
        ("help", "", "Command description must be non-empty"),
        ("/", "a", "Command must be non-empty"),
        ("help", "a" * 257, "Command description length must not exceed 256"),
    ],
)
async def test_a_bad_command_is_refused(
    bot: Bot, command: str, description: str, complaint: str
) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_my_commands([(command, description)])


async def test_more_than_a_hundred_commands_are_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([(f"c{n}", "a") for n in range(101)])


async def test_names_and_descriptions_fall_back_to_the_default_language(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == "Sandbox bot"
    await bot.set_my_name("tipbot")
    await bot.set_my_description("Short tips")
    await bot.set_my_description("Kurze Tipps", language_code="de")
    await bot.set_my_short_description("Tips")
    assert (await bot.get_my_name("fr")).name == "tipbot"
    assert (await bot.get_my_description("de")).description == "Kurze Tipps"
    assert (await bot.get_my_description("fr")).description == "Short tips"
    assert (await bot.get_my_short_description()).short_description == "Tips"


@pytest.mark.parametrize("name", ["set_my_name", "set_my_description", "set_my_short_description"])
async def test_a_text_too_long_is_refused(bot: Bot, name: str) -> None:
    with pytest.raises(BadRequest):
        await getattr(bot, name)("x" * 513)


async def test_a_language_has_two_letters(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands(MENU, language_code="en-GB")
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_description("Short tips", language_code="eng")


async def test_a_bot_is_never_nameless(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_title_invalid"):
        await bot.set_my_name("")


async def test_the_menu_button_is_set_for_all_and_for_one(bot: Bot, alice: Person) -> None:
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    assert await bot.get_chat_menu_button(alice.id) == MenuButtonDefault()
    assert await bot.set_chat_menu_button(alice.id, MenuButtonCommands()) is True
    assert await bot.get_chat_menu_button(alice.id) == MenuButtonCommands()


async def test_the_bot_knows_itself_and_its_chats(bot: Bot, alice: Person) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (4242, "sandbox_bot", True)
    chat = await bot.get_chat(alice.id)
    assert (chat.first_name, chat.type) == ("Alice", "private")
    member = await bot.get_chat_member(alice.id, alice.id)
    assert (member.user.id, member.status) == (alice.id, "member")
    assert await bot.get_chat_member_count(alice.id) == 2
    photos = await bot.get_user_profile_photos(alice.id)
    assert photos.total_count == 0
    assert await bot.log_out() is True
    assert await bot.close() is True


async def test_a_chat_not_met_is_not_found(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(sandbox.person("Bob").id)
