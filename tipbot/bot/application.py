"""Builds PTB's Application: one visible list of what the chat answers to, in order."""

from collections.abc import Iterable, Sequence
from typing import Any

from telegram import BotCommand, Update
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

from tipbot.bot.callbacks import parse
from tipbot.bot.errors import Faults
from tipbot.bot.features import (
    checkin,
    entry,
    membership,
    notes,
    onboarding,
    pace,
    privacy,
    prompt,
    settings,
    signs,
    talk,
    tips,
)
from tipbot.bot.guards import visit_of
from tipbot.bot.visit import CommandHandler as Answer
from tipbot.bot.visit import Feature, House

FEATURES: Sequence[Feature] = (
    onboarding.FEATURE,
    checkin.FEATURE,
    entry.FEATURE,
    notes.FEATURE,
    prompt.FEATURE,
    tips.FEATURE,
    pace.FEATURE,
    settings.FEATURE,
    signs.FEATURE,
    privacy.FEATURE,
    talk.FEATURE,
)
MENU = ("twitch", "tip", "settings", "signs", "learn", "help", "privacy", "stop")
"""Commands of Telegram's menu, in order; ``menu-<command>`` is the text of each."""

App = Application[Any, Any, Any, Any, Any, Any]


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
        self.commands = _merged(f.commands for f in features)
        self._buttons = _merged(f.buttons for f in features)
        self._dialogs = _merged(f.dialogs for f in features)
        self._location = next(f.location for f in features if f.location)

    def command(self, answer: Answer) -> Any:
        """Return a PTB callback that answers one command and closes any open question."""

        async def run(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            visit = await visit_of(update, self._house)
            if visit is not None:
                await self._house.store.close_dialog(visit.who)
                await answer(visit)

        return run

    async def button(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a tap: by its value's type, or 'this button has expired'."""
        visit = await visit_of(update, self._house)
        if visit is None or visit.query is None:
            return
        value = parse(visit.query.data)
        handler = self._buttons.get(type(value))
        if value is None or handler is None:
            await visit.expire()
            return
        await handler(visit, value)

    async def words(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Give typed words to the question that is open, or say what the bot understands."""
        visit = await visit_of(update, self._house)
        if visit is None:
            return
        dialog = await self._house.store.dialog(visit.who, visit.now)
        handler = self._dialogs.get(dialog.kind) if dialog else None
        said = visit.message.text if visit.message else None
        if dialog is None or handler is None or not said:
            await talk.unknown(visit)
            return
        await handler(visit, dialog, said)

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
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    commands = [
        CommandHandler(name, board.command(answer), filters=private)
        for name, answer in board.commands.items()
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
        .concurrent_updates(False)
        .build()
    )
    application.add_handlers(handlers(Switchboard(house)))
    application.add_error_handler(faults.handle)
    return application


async def publish_menu(bot: ExtBot[Any], house: House) -> None:
    """Set the command menu in every language."""
    for language in house.texts.languages:
        words = house.texts.speak(language)
        commands = [BotCommand(name, words.plain(f"menu-{name}")) for name in MENU]
        await bot.set_my_commands(commands, language_code=None if language == "en" else language)
