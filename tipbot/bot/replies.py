"""Sends views to chats, and forgives what no longer matters.

Editing a message into what it already is, answering a tap that Telegram has given up on, and
editing a message that the person deleted are no faults: the effect is on disk by then. Nor is a bad
connection: an edit or an answer to a tap is made again, for a second one changes nothing, and then
let go; the answer for about a minute. A new message is sent again only if it provably never left.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import ExtBot

from tipbot.bot import calls
from tipbot.bot.answers import NotSentError
from tipbot.bot.callbacks import pack
from tipbot.bot.views import Keyboard, View
from tipbot.core.pace import URGENT

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UPLOAD = 120.0
"""Seconds for a large file on a slow line."""
_HARMLESS = (
    "message is not modified",
    "query is too old",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
)
PAUSES = (0.3, 1.0)
"""Seconds before the second and the third try over a bad connection."""
LATER = (2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before each further answer to a tap; Telegram forgets a tap not long after that."""
_LONG = 5.0
"""A try that took this many seconds is the last: whoever tapped has seen the spinner end."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


async def _again(call: Callable[[], Awaitable[T]], *, only: type[NetworkError]) -> T:
    """Make a call up to three times while it fails with ``only``; raise what it fails with then."""
    loop = asyncio.get_running_loop()
    for pause in PAUSES:
        began = loop.time()
        try:
            return await call()
        except BadRequest:
            raise
        except only:
            if loop.time() - began > _LONG:
                raise
        await asyncio.sleep(pause)
    return await call()


async def _or_let_go(call: Callable[[], Awaitable[object]]) -> NetworkError | RetryAfter | None:
    """Make a call that may be made twice; what a bad connection keeps from arriving is let go.

    So is what a flood of more than half a minute holds back. Return which of both it was, if any.
    """
    with harmless(), suppress(Forbidden):
        try:
            await _again(call, only=NetworkError)
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as fault:
            log.warning("reply_lost", kind=type(fault).__name__)
            return fault
    return None


@contextmanager
def harmless() -> Iterator[None]:
    """Swallow refusals that change nothing for the person; let every other one through."""
    try:
        yield
    except BadRequest as fault:
        if not any(known in fault.message.lower() for known in _HARMLESS):
            raise


def inline(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Return Telegram's form of a keyboard, or None for an empty one."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=pack(b.value)) for b in row]
            for row in keyboard
        ]
    )


def _markup(view: View) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if view.location_request is not None:
        button = KeyboardButton(view.location_request.label, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if view.clears_reply_keyboard:
        return ReplyKeyboardRemove()
    return inline(view.keyboard)


async def send(  # noqa: PLR0913 - a message is what it takes
    bot: Bot,
    chat_id: int,
    view: View,
    *,
    silent: bool = False,
    rather_twice: bool = False,
    below: Message | None = None,
) -> Message | None:
    """Send a new message, ``below`` another; None if the person blocked the bot in the meantime.

    Raises ``NetworkError`` if nobody knows whether it arrived: it must not be sent again then,
    unless it had ``rather`` arrive ``twice`` than never. Such a one waits for no turn either.
    """
    paced = isinstance(bot, ExtBot) and bot.rate_limiter is not None
    urgent: dict[str, Any] = {"rate_limit_args": URGENT} if rather_twice and paced else {}
    try:
        return await _again(
            lambda: bot.send_message(
                chat_id,
                view.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(view),
                disable_notification=silent,
                link_preview_options=_NO_PREVIEW,
                **_place(below),
                **urgent,
            ),
            only=NetworkError if rather_twice else NotSentError,
        )
    except Forbidden:
        return None


def _place(below: Message | None) -> dict[str, Any]:
    """Return what puts a message below another of its chat, and in its topic if that is gone."""
    if below is None:
        return {}
    reply = ReplyParameters(below.message_id, allow_sending_without_reply=True)
    topic = below.message_thread_id if below.is_topic_message else None
    return {"reply_parameters": reply, "message_thread_id": topic}


async def send_file(  # noqa: PLR0913, PLR0917 - a file is what it takes
    bot: Bot, chat_id: int, name: str, content: bytes, caption: str, keyboard: Keyboard = ()
) -> Message | None:
    """Send a file under a name; None if the person blocked the bot in the meantime."""
    try:
        return await bot.send_document(
            chat_id,
            content,
            filename=name,
            caption=caption,
            reply_markup=inline(keyboard),
            disable_content_type_detection=True,
            write_timeout=_UPLOAD,
        )
    except Forbidden:
        return None


async def overwrite(bot: Bot, chat_id: int, message_id: int, view: View) -> None:
    """Show ``view`` in place of what a message says; raise whatever Telegram answers."""
    await calls.edit_text(bot, chat_id, message_id, view)


async def edit(bot: Bot, chat_id: int, message_id: int, view: View) -> bool:
    """Show ``view`` in place of what a message says; False if nobody knows whether it does."""
    return await _or_let_go(lambda: overwrite(bot, chat_id, message_id, view)) is None


async def edit_keyboard(bot: Bot, chat_id: int, message_id: int, keyboard: Keyboard) -> bool:
    """Change a message's buttons and leave its words; False if nobody knows whether they did."""
    return await _or_let_go(lambda: calls.edit_markup(bot, chat_id, message_id, keyboard)) is None


async def answer(query: CallbackQuery, toast: str | None = None, *, alert: bool = False) -> bool:
    """End a tap's spinner, with a toast or an alert of at most 200 characters.

    Return False if the connection kept it from arriving: ``answer_late`` goes on.
    """
    shown = toast[:200] if toast else None
    bot = query.get_bot()
    lost = await _or_let_go(lambda: calls.answer_tap(bot, query.id, shown, alert=alert))
    return not isinstance(lost, NetworkError)


async def answer_late(
    query: CallbackQuery, toast: str | None = None, *, alert: bool = False
) -> None:
    """Go on trying to end a tap's spinner for about a minute."""
    for pause in LATER:
        await asyncio.sleep(pause)
        if await answer(query, toast, alert=alert):
            return
