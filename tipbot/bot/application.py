"""Builds PTB's Application: one visible list of what the chat answers to, in order."""

import re
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from tipbot.bot.callbacks import class_of
from tipbot.bot.errors import Faults
from tipbot.bot.feature import Feature
from tipbot.bot.features import (
    admin,
    announcements,
    approvals,
    checkin,
    course,
    deletion,
    diary,
    digest,
    editing,
    entry,
    export,
    figures,
    history,
    joining,
    learn,
    library,
    library_files,
    log,
    new_tip,
    notes,
    onboarding,
    pace,
    privacy,
    prompt,
    relief,
    report,
    saving,
    settings,
    settings_topics,
    settings_typed,
    signs,
    since,
    talk,
    team,
    tips,
    treatment,
    treatment_typed,
    zone,
)
from tipbot.bot.house import House
from tipbot.bot.switchboard import Switchboard

STAFF: Sequence[Feature] = (
    library.FEATURE,
    editing.FEATURE,
    new_tip.FEATURE,
    saving.FEATURE,
    history.FEATURE,
    approvals.FEATURE,
    library_files.FEATURE,
    approvals.OWNERS,
    announcements.FEATURE,
    log.FEATURE,
    team.FEATURE,
    figures.FEATURE,
)
"""What owners and editors have; each says which role it needs and what it puts on /admin's page."""
FEATURES: Sequence[Feature] = (
    onboarding.FEATURE,
    zone.FEATURE,
    checkin.FEATURE,
    entry.FEATURE,
    notes.FEATURE,
    prompt.FEATURE,
    course.FEATURE,
    digest.FEATURE,
    relief.FEATURE,
    tips.FEATURE,
    pace.FEATURE,
    settings.FEATURE,
    settings_topics.FEATURE,
    settings_typed.FEATURE,
    signs.FEATURE,
    diary.FEATURE,
    report.FEATURE,
    treatment.FEATURE,
    treatment_typed.FEATURE,
    since.FEATURE,
    privacy.FEATURE,
    export.FEATURE,
    deletion.FEATURE,
    learn.FEATURE,
    talk.FEATURE,
    joining.FEATURE,
    *STAFF,
    admin.page_of(STAFF),
)
_URGENT_COMMANDS = frozenset(name for f in FEATURES for name in f.always)
_UNHURRIED_COMMANDS = frozenset(name for f in FEATURES if f.unhurried for name in f.commands)
_UNHURRIED_BUTTONS = frozenset(kind for f in FEATURES if f.unhurried for kind in f.buttons)
_COMMAND = re.compile(r"/(\w+)")

App = Application[Any, Any, Any, Any, Any, Any]


def is_urgent(update: Update) -> bool:
    """Tell whether an update is a command that needs no look at the store: nothing holds it up."""
    return _command_of(update) in _URGENT_COMMANDS


def is_unhurried(update: Update) -> bool:
    """Tell whether an update waits for a turn before it is answered: that takes long."""
    if update.callback_query is not None:
        return class_of(update.callback_query.data) in _UNHURRIED_BUTTONS
    return _command_of(update) in _UNHURRIED_COMMANDS


def _command_of(update: Update) -> str | None:
    found = _COMMAND.match((update.message.text if update.message else None) or "")
    return found[1].lower() if found else None


def handlers(board: Switchboard) -> list[BaseHandler[Any, Any, Any]]:
    """Return every handler, first match first."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
    commands = [
        CommandHandler(name, answer, filters=private) for name, answer in board.commands.items()
    ]
    groups = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
    commands += [
        CommandHandler(name, answer, filters=groups)
        for name, answer in board.group_commands.items()
    ]
    return [
        CallbackQueryHandler(board.button),
        *commands,
        MessageHandler(private & filters.LOCATION, board.location),
        MessageHandler(private, board.words),
        ChatMemberHandler(board.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, board.grown),
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
    application.add_handlers(handlers(Switchboard(house, FEATURES)))
    application.add_error_handler(faults.handle)
    return application
