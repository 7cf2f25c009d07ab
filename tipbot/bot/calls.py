"""The calls that a tap makes: from a view to its form without PTB's objects between them.

PTB makes objects of a keyboard, takes them apart again, asks of each parameter whether it may be a
file, and makes more objects of the answer: docs/decisions/0017-chat-over-lines.md. Whatever else
belongs to a call is PTB's still: its request class, its errors, and the bot's rate limiter.
"""

import json
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from tipbot.bot.callbacks import pack
from tipbot.bot.views import Keyboard, View

_NO_PREVIEW = json.dumps({"is_disabled": True})


async def call(bot: Bot, method: str, fields: dict[str, str | int]) -> Any:
    """Make one call and return its result; raise what PTB's own method would.

    ``fields`` hold values as Telegram takes them in a form. Where the bot has a rate limiter, the
    call has its turn there, as each of PTB's own has.
    """
    url, form = f"{bot.base_url}/{method}", form_data(fields)
    limiter = bot.rate_limiter if isinstance(bot, ExtBot) else None
    if limiter is None:
        return await bot.request.post(url, form)
    return await limiter.process_request(
        callback=bot.request.post,
        args=(url, form),
        kwargs={},
        endpoint=method,
        data=fields,
        rate_limit_args=None,
    )


def form_data(fields: dict[str, str | int]) -> RequestData:
    """Return fields in the form in which PTB's request classes take them."""
    return RequestData([RequestParameter(name, str(value), None) for name, value in fields.items()])


async def edit_text(bot: Bot, chat_id: int, message_id: int, view: View) -> None:
    """Change a message's words and buttons; links in it show no preview."""
    fields: dict[str, str | int] = {
        "chat_id": chat_id,
        "message_id": message_id,
        "text": view.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    await call(bot, "editMessageText", fields | _markup(view.keyboard))


async def edit_markup(bot: Bot, chat_id: int, message_id: int, keyboard: Keyboard) -> None:
    """Change a message's buttons."""
    fields: dict[str, str | int] = {"chat_id": chat_id, "message_id": message_id}
    await call(bot, "editMessageReplyMarkup", fields | _markup(keyboard))


async def answer_tap(bot: Bot, query_id: str, toast: str | None, *, alert: bool) -> None:
    """End a tap's spinner, with a toast or an alert."""
    fields: dict[str, str | int] = {"callback_query_id": query_id}
    if toast:
        fields["text"] = toast
    if alert:
        fields["show_alert"] = "true"
    await call(bot, "answerCallbackQuery", fields)


def _markup(keyboard: Keyboard) -> dict[str, str | int]:
    """Return the field of the buttons; none for an empty keyboard, which takes them away."""
    if not keyboard:
        return {}
    rows = [[{"text": b.label, "callback_data": pack(b.value)} for b in row] for row in keyboard]
    return {"reply_markup": json.dumps({"inline_keyboard": rows})}
