"""What a fault says: an id to the person, ids and places in the code to the log, never content."""

import secrets
import traceback
from contextlib import suppress

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from tipbot.bot.guards import in_private
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.store.base import StoreUnavailableError
from tipbot.texts import Texts

log = structlog.get_logger(__name__)


def whereabouts(fault: BaseException, depth: int = 4) -> list[str]:
    """Return where an exception was raised as ``module:line``, innermost last; no message text."""
    frames = traceback.extract_tb(fault.__traceback__)[-depth:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]


class Faults:
    """PTB's error handler; remembers which updates must be handed over once more."""

    def __init__(self, texts: Texts, measures: Measures = UNMEASURED) -> None:
        """Speak to people in their own language."""
        self._texts = texts
        self._measures = measures
        self._again: set[int] = set()

    def wants_again(self, update_id: int) -> bool:
        """Tell, once, whether the store was away while this update was handled."""
        wanted = update_id in self._again
        self._again.discard(update_id)
        return wanted

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log a fault by ids, and tell the person what to do; an unavailable store is retried."""
        fault = context.error
        if not isinstance(update, Update) or fault is None:
            return
        if isinstance(fault, StoreUnavailableError):
            self._again.add(update.update_id)
            return
        self._measures.stumbled()
        code = secrets.token_hex(3)
        log.error(
            "handler_failed",
            code=code,
            update_id=update.update_id,
            kind=type(fault).__name__,
            where=whereabouts(fault),
        )
        await self._apologise(update, code)

    async def _apologise(self, update: Update, code: str) -> None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or not in_private(update):
            return
        words = self._texts.speak(user.language_code)
        with suppress(TelegramError):
            if update.callback_query:
                toast = words.plain("something-failed", code=code)
                await update.callback_query.answer(toast, show_alert=True)
            else:
                await chat.send_message(words.html("something-failed", code=code))
