"""Sends views as the captions of pictures; what no longer matters is forgiven as in ``replies``."""

from contextlib import suppress

from telegram import Bot, InputMediaPhoto
from telegram.constants import ChatAction, ParseMode
from telegram.error import Forbidden, TelegramError

from tipbot.bot.replies import harmless, inline
from tipbot.bot.views import View
from tipbot.bot.visit import Visit

CAPTION_LIMIT = 1024
"""Characters (UTF-16) that Telegram allows below a picture, after parsing."""


def announce(visit: Visit, what: ChatAction = ChatAction.UPLOAD_PHOTO) -> None:
    """Show that a picture or a file is on its way; nothing waits for that."""
    visit.house.errands.start(("announce", visit.chat_id), _announce(visit, what))


async def _announce(visit: Visit, what: ChatAction) -> None:
    with suppress(TelegramError):
        await visit.bot.send_chat_action(visit.chat_id, what)


async def send_picture(bot: Bot, chat_id: int, png: bytes, view: View) -> None:
    """Send a picture with a caption and buttons."""
    with suppress(Forbidden):
        await bot.send_photo(
            chat_id,
            png,
            caption=view.html,
            parse_mode=ParseMode.HTML,
            reply_markup=inline(view.keyboard),
            filename="diary.png",
        )


async def put_picture(bot: Bot, chat_id: int, message_id: int, png: bytes, view: View) -> None:
    """Show a picture in place of what a message shows, text or picture."""
    media = InputMediaPhoto(png, caption=view.html, parse_mode=ParseMode.HTML, filename="diary.png")
    with harmless(), suppress(Forbidden):
        await bot.edit_message_media(
            media, chat_id=chat_id, message_id=message_id, reply_markup=inline(view.keyboard)
        )
