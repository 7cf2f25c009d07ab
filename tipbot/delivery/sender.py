"""The way out: a message as a value, the port that sends it, and Telegram's errors as outcomes."""

import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import urlencode

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
MARK = "\ue000"
"""Stands in callback data for what is a message's own (private use: no text has it)."""
_FORMS = 1000

Depart = Callable[[], Awaitable[bool]]
"""Waits for the message's place and tells whether it may go; asked once, with the way open."""


async def at_once() -> bool:
    """Let a message go without waiting."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text in Telegram's HTML for one chat, with buttons; links in it show no preview."""

    chat_id: int
    text: str
    keyboard: Keyboard = ()
    silent: bool = False
    """Arrives without a sound."""
    own: str = ""
    """Letters and digits that stand for ``MARK``."""

    @property
    def buttons(self) -> Keyboard:
        """The keyboard as the chat gets it."""
        return tuple(
            tuple((label, data.replace(MARK, self.own)) for label, data in row)
            for row in self.keyboard
        )


class Sender(Protocol):
    """Sends one message, once, and says what is known about it. Pacing is the caller's."""

    async def send(self, message: Message, depart: Depart = at_once) -> Outcome:
        """Make one call, if ``depart`` lets it; never raise for what Telegram or the network did.

        The outcome of a message that may not go is HELD_UP.
        """
        ...


class Line(Protocol):
    """A connection to Telegram's ``sendMessage``, for one call at a time."""

    async def post(self, body: bytes) -> Any:
        """Post a form once and return the answer's ``result``; raise what PTB would."""
        ...


class Lines(Protocol):
    """Connections to lend."""

    def line(self) -> AbstractAsyncContextManager[Line]:
        """Lend an open connection; entering raises a ``TelegramError`` if there is none."""
        ...


class TelegramSender:
    """Sends over connections that are open before a message's place comes.

    One that had to be opened first would let messages arrive closer together than they left.
    ``never_left`` names the errors with which a line proves that nothing was sent; every other
    trouble with the network counts as in doubt.
    """

    def __init__(self, lines: Lines, never_left: type[TelegramError]) -> None:
        self._lines = lines
        self._never_left = never_left

    async def send(self, message: Message, depart: Depart = at_once) -> Outcome:
        """Make one call of ``sendMessage``."""
        body = form_of(message)
        try:
            async with self._lines.line() as line:
                if not await depart():
                    return HELD_UP
                sent = await line.post(body)
        except self._never_left:
            return Outcome(kind=OutcomeKind.NOT_SENT, code="not_sent")
        except TelegramError as error:
            return outcome_of(error)
        return _arrived(sent)


HELD_UP = Outcome(kind=OutcomeKind.FLOODED, code="held_up")
"""A flood came before the call was made."""


def _arrived(sent: object) -> Outcome:
    """Return what a sent message proves: it arrived, if it has a number."""
    number = sent.get("message_id") if isinstance(sent, dict) else None
    if isinstance(number, int):
        return Outcome(kind=OutcomeKind.SENT, message_id=number)
    return Outcome(kind=OutcomeKind.DOUBTFUL, code="network")


def form_of(message: Message) -> bytes:
    """Return a message as the form that ``sendMessage`` takes."""
    text, buttons = _form(message.text, message.keyboard)
    silent = b"&disable_notification=true" if message.silent else b""
    own = buttons.replace(_QUOTED_MARK, message.own.encode())
    return b"chat_id=%d%b%b%b" % (message.chat_id, text, own, silent)


@lru_cache(maxsize=_FORMS)
def _form(text: str, keyboard: Keyboard) -> tuple[bytes, bytes]:
    """Return the fields that are the same for everybody, quoted once."""
    words = {
        "text": text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": json.dumps({"is_disabled": True}),
    }
    return b"&" + urlencode(words).encode(), _markup(keyboard)


_QUOTED_MARK = urlencode({"": json.dumps(MARK)[1:-1]})[1:].encode()


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


def _markup(keyboard: Keyboard) -> bytes:
    if not keyboard:
        return b""
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in keyboard]
    return b"&" + urlencode({"reply_markup": json.dumps({"inline_keyboard": rows})}).encode()
