"""Telegram's menu of commands: one for everyone, and with /admin for owners and editors.

In a group it holds the one command that is answered there.
"""

from collections.abc import Iterable
from contextlib import suppress

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from tipbot.bot.house import House
from tipbot.core.model import SubscriberId
from tipbot.texts import DEFAULT, Text

MENU = (
    "twitch",
    "tip",
    "relief",
    "diary",
    "report",
    "treatment",
    "settings",
    "signs",
    "learn",
    "help",
    "privacy",
    "export",
    "delete_me",
    "stop",
)
"""Commands of Telegram's menu, in order; ``menu-<command>`` is the text of each."""
GROUP_MENU = ("signs",)
STAFF_MENU = ("admin", *MENU)

log = structlog.get_logger(__name__)


def _commands(words: Text, names: Iterable[str]) -> list[BotCommand]:
    return [BotCommand(name, words.plain(f"menu-{name}")) for name in names]


def _tag(language: str) -> str | None:
    return None if language == DEFAULT else language


async def publish_menu(bot: Bot, house: House) -> None:
    """Set the command menu and, where Telegram takes them, the profile's words, in every language.

    The menu is what people need; a profile that cannot be set keeps nothing from starting, nor does
    that of groups, where the whole one of an earlier version of the bot may stand.
    """
    for language in house.texts.languages:
        words, tag = house.texts.speak(language), _tag(language)
        private = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands(_commands(words, MENU), scope=private, language_code=tag)
        with suppress(TelegramError):
            await bot.delete_my_commands(language_code=tag)
            groups = BotCommandScopeAllGroupChats()
            await bot.set_my_commands(_commands(words, GROUP_MENU), scope=groups, language_code=tag)
        with suppress(TelegramError):
            long, short = words.plain("bot-description"), words.plain("bot-short-description")
            await bot.set_my_description(long, language_code=tag)
            await bot.set_my_short_description(short, language_code=tag)


async def publish_staff_menus(bot: Bot, house: House) -> None:
    """Bring the menus of owners, editors and former ones in step with what they are now."""
    members = await house.store.members()
    current = house.owners | {m.id for m in members if m.id and m.editor_since}
    for who in sorted(current):
        await show_admin(bot, house, SubscriberId(who))
    for who in sorted({m.id for m in members if m.id} - current):
        await hide_admin(bot, house, SubscriberId(who))


async def show_admin(bot: Bot, house: House, who: SubscriberId) -> None:
    """Put /admin first in somebody's own menu; an owner who never wrote to the bot has no chat."""
    try:
        for language in house.texts.languages:
            await bot.set_my_commands(
                _commands(house.texts.speak(language), STAFF_MENU),
                scope=BotCommandScopeChat(who),
                language_code=_tag(language),
            )
    except TelegramError as fault:
        log.info("staff_menu_not_set", kind=type(fault).__name__)


async def hide_admin(bot: Bot, house: House, who: SubscriberId) -> None:
    """Give somebody the menu that everyone has."""
    try:
        for language in house.texts.languages:
            scope = BotCommandScopeChat(who)
            await bot.delete_my_commands(scope=scope, language_code=_tag(language))
    except TelegramError as fault:
        log.info("staff_menu_not_removed", kind=type(fault).__name__)
