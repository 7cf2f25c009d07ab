"""The way out: a message as a value, the port that sends it, and Telegram's errors as outcomes."""

from dataclasses import dataclass
from typing import Protocol

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tipbot.core.outcomes import Outcome, OutcomeKind
from tipbot.delivery.replies import wait_of

Keyboard = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each a label and its callback data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text in Telegram's HTML for one chat, with buttons; links in it show no preview."""

    chat_id: int
    text: str
    keyboard: Keyboard = ()
    silent: bool = False
    """Arrives without a sound."""


class Sender(Protocol):
    """Sends one message, once, and says what is known about it. Pacing is the caller's."""

    async def send(self, message: Message) -> Outcome:
        """Make one call; never raise for what Telegram or the network did."""
        ...


class TelegramSender:
    """Sends through a plain PTB ``Bot`` (one without a rate limiter, which would send again).

    ``never_left`` names the errors with which the bot's request class proves that nothing was
    sent; every other trouble with the network counts as in doubt.
    """

    def __init__(self, bot: Bot, never_left: type[TelegramError]) -> None:
        self._bot = bot
        self._never_left = never_left

    async def send(self, message: Message) -> Outcome:
        """Make one call of ``sendMessage``."""
        try:
            sent = await self._bot.send_message(
                message.chat_id,
                message.text,
                parse_mode=ParseMode.HTML,
                disable_notification=message.silent,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_markup(message.keyboard),
            )
        except self._never_left:
            return Outcome(kind=OutcomeKind.NOT_SENT, code="not_sent")
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(kind=OutcomeKind.SENT, message_id=sent.message_id)


def outcome_of(error: TelegramError) -> Outcome:
    """Return what an error of PTB proves; what proves nothing is DOUBTFUL."""
    if isinstance(error, RetryAfter):
        return Outcome(kind=OutcomeKind.FLOODED, retry_after=wait_of(error), code="flooded")
    if isinstance(error, Forbidden):
        return Outcome(kind=OutcomeKind.FORBIDDEN, code=_code(error, _GONE, "forbidden"))
    if isinstance(error, ChatMigrated):
        return Outcome(kind=OutcomeKind.MOVED, new_chat=error.new_chat_id, code="moved")
    if isinstance(error, BadRequest):
        return _refusal(error)
    if isinstance(error, InvalidToken | Conflict):
        return Outcome(kind=OutcomeKind.NOT_SENT, code="token")
    return Outcome(
        kind=OutcomeKind.DOUBTFUL, code="timeout" if isinstance(error, TimedOut) else "network"
    )


def _refusal(error: BadRequest) -> Outcome:
    """Tell a person who is gone (400 says so too, in words only) from a message that is wrong."""
    gone = _code(error, _GONE, "")
    if gone:
        return Outcome(kind=OutcomeKind.FORBIDDEN, code=gone)
    return Outcome(kind=OutcomeKind.REFUSED, code=_code(error, _WRONG, "bad_request"))


_GONE = {
    "blocked by the user": "blocked",
    "deactivated": "deactivated",
    "chat not found": "chat_not_found",
    "user not found": "chat_not_found",
    "peer_id_invalid": "chat_not_found",
    "was kicked": "kicked",
    "can't initiate conversation": "never_started",
    "not enough rights": "no_rights",
    "have no rights to send": "no_rights",
    "chat_write_forbidden": "no_rights",
}
"""Words of the Bot API server for 'nothing more can go there', and what logs call it."""
_WRONG = {
    "message is too long": "too_long",
    "message text is empty": "empty",
    "can't parse entities": "bad_markup",
    "button_data_invalid": "bad_button",
    "can't parse inline keyboard": "bad_button",
}


def _code(error: TelegramError, words: dict[str, str], otherwise: str) -> str:
    said = error.message.lower()
    return next((code for phrase, code in words.items() if phrase in said), otherwise)


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in keyboard
    ]
    return InlineKeyboardMarkup(rows) if rows else None
