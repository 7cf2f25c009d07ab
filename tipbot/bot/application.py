"""Builds PTB's Application: one visible list of what the chat answers to, in order."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from telegram import BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)

from tipbot.bot import replies
from tipbot.bot.callbacks import parse
from tipbot.bot.errors import Faults
from tipbot.bot.features import (
    checkin,
    deletion,
    diary,
    entry,
    export,
    learn,
    membership,
    notes,
    onboarding,
    pace,
    privacy,
    prompt,
    relief,
    settings,
    settings_topics,
    settings_typed,
    signs,
    talk,
    tips,
    zone,
)
from tipbot.bot.guards import bare_visit, in_private, visit_of
from tipbot.bot.views import expired
from tipbot.bot.visit import CommandHandler as Answer
from tipbot.bot.visit import Feature, House
from tipbot.texts import DEFAULT

FEATURES: Sequence[Feature] = (
    onboarding.FEATURE,
    zone.FEATURE,
    checkin.FEATURE,
    entry.FEATURE,
    notes.FEATURE,
    prompt.FEATURE,
    relief.FEATURE,
    tips.FEATURE,
    pace.FEATURE,
    settings.FEATURE,
    settings_topics.FEATURE,
    settings_typed.FEATURE,
    signs.FEATURE,
    diary.FEATURE,
    privacy.FEATURE,
    export.FEATURE,
    deletion.FEATURE,
    learn.FEATURE,
    talk.FEATURE,
)
MENU = (
    "twitch",
    "tip",
    "relief",
    "diary",
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

_COMMAND = re.compile(r"/(\w+)")

App = Application[Any, Any, Any, Any, Any, Any]


def is_urgent(update: Update) -> bool:
    """Tell whether an update is a command that needs no look at the store: nothing holds it up."""
    message = update.message
    command = _COMMAND.match((message.text if message else None) or "")
    return command is not None and any(command[1].lower() in f.always for f in FEATURES)


def _merged(tables: Iterable[Any]) -> dict[Any, Any]:
    """Join the features' tables; raise ValueError if two features claim the same thing."""
    joined: dict[Any, Any] = {}
    for table in tables:
        if joined.keys() & table.keys():
            message = f"claimed twice: {joined.keys() & table.keys()}"
            raise ValueError(message)
        joined.update(table)
    return joined


class Switchboard:
    """Takes each update to the one feature that answers it."""

    def __init__(self, house: House, features: Sequence[Feature] = FEATURES) -> None:
        """Join what the features answer to."""
        self._house = house
        commands = _merged(f.commands for f in features)
        always = _merged(f.always for f in features)
        self.commands = _merged(
            (
                {name: self._command(answer) for name, answer in commands.items()},
                {name: self._always(answer) for name, answer in always.items()},
            )
        )
        self._buttons = _merged(f.buttons for f in features)
        self._dialogs = _merged(f.dialogs for f in features)
        self._location = next(f.location for f in features if f.location)

    def _command(self, answer: Answer) -> Any:
        """Return a PTB callback that answers one command and closes any open question."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            visit = await visit_of(update, self._house)
            if visit is not None:
                await self._house.store.close_dialog(visit.who)
                await answer(visit)

        return run

    def _always(self, answer: Answer) -> Any:
        """Return a PTB callback that answers one command without the store."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            visit = bare_visit(update, self._house)
            if visit is not None:
                await answer(visit)

        return run

    async def button(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a tap: by its value's type, or 'this button has expired'."""
        query = update.callback_query
        value = parse(query.data) if query else None
        handler = self._buttons.get(type(value))
        if query is None:
            return
        if value is None or handler is None or not in_private(update):
            text = self._house.texts.speak(query.from_user.language_code)
            await replies.answer(query, expired(text), alert=True)
            return
        visit = await visit_of(update, self._house)
        if visit is not None:
            await handler(visit, value)

    async def words(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Give typed words to the question that is open, or say what the bot understands."""
        visit = await visit_of(update, self._house)
        if visit is None or visit.message is None:
            return
        said = visit.message.text
        if said and said.startswith("/"):
            await talk.unknown_command(visit)
            return
        dialog = await self._house.store.dialog(visit.who, visit.now)
        handler = self._dialogs.get(dialog.kind) if dialog else None
        if dialog is None or handler is None:
            await talk.unasked(visit)
        elif said:
            await handler(visit, dialog, said)
        else:
            await talk.not_typed(visit)

    async def location(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a shared location."""
        visit = await visit_of(update, self._house)
        if visit is not None:
            await self._location(visit)

    async def membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow blocks, returns and groups."""
        await membership.changed(update, self._house)


def handlers(board: Switchboard) -> list[BaseHandler[Any, Any, Any]]:
    """Return every handler, first match first."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    commands = [
        CommandHandler(name, answer, filters=private) for name, answer in board.commands.items()
    ]
    return [
        CallbackQueryHandler(board.button),
        *commands,
        MessageHandler(private & filters.LOCATION, board.location),
        MessageHandler(private, board.words),
        ChatMemberHandler(board.membership, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def build_application(bot: ExtBot[Any], house: House, faults: Faults) -> App:
    """Return an Application without updater and job queue: ``bot.receive`` feeds it."""
    application = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(concurrent_updates=False)
        .build()
    )
    application.add_handlers(handlers(Switchboard(house)))
    application.add_error_handler(faults.handle)
    return application


async def publish_menu(bot: ExtBot[Any], house: House) -> None:
    """Set the command menu and, where Telegram takes them, the profile's words, in every language.

    The menu is what people need; a profile that cannot be set keeps nothing from starting.
    """
    for language in house.texts.languages:
        words = house.texts.speak(language)
        tag = None if language == DEFAULT else language
        commands = [BotCommand(name, words.plain(f"menu-{name}")) for name in MENU]
        await bot.set_my_commands(commands, language_code=tag)
        with suppress(TelegramError):
            long, short = words.plain("bot-description"), words.plain("bot-short-description")
            await bot.set_my_description(long, language_code=tag)
            await bot.set_my_short_description(short, language_code=tag)
