"""A bot as the documentation of python-telegram-bot teaches it; it knows nothing of this project.

Only the address of the Bot API is not Telegram's.
"""

from __future__ import annotations

from typing import Any

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from tests.sandbox.pictures import png

Context = CallbackContext[Any, Any, Any, Any]


def build(url: str, token: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the application; `url` stands in for https://api.telegram.org."""
    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("where", where))
    application.add_handler(CommandHandler("picture", picture))
    application.add_handler(CommandHandler("album", album))
    application.add_handler(CommandHandler("pin", pin))
    application.add_handler(CommandHandler("copy", copy))
    application.add_handler(CommandHandler("vanish", vanish))
    application.add_handler(CommandHandler("wrong", wrong))
    application.add_handler(CallbackQueryHandler(count, pattern=r"^count:"))
    application.add_handler(CallbackQueryHandler(done, pattern="^done$"))
    application.add_handler(CallbackQueryHandler(repaint, pattern="^repaint$"))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, changed))
    application.add_handler(MessageHandler(filters.LOCATION, place))
    application.add_handler(MessageHandler(filters.PHOTO, photo))
    application.add_handler(MessageHandler(filters.Document.ALL, document))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.add_handler(MessageReactionHandler(reaction))
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.bot_data["memberships"] = []
    application.bot_data["errors"] = []
    application.add_error_handler(failed)
    return application


def counter(number: int) -> InlineKeyboardMarkup:
    """Return the buttons under the greeting."""
    return InlineKeyboardMarkup([
        [InlineKeyboardButton(f"Count {number}", callback_data=f"count:{number}")],
        [
            InlineKeyboardButton("Done", callback_data="done"),
            InlineKeyboardButton("Site", url="https://example.org"),
        ],
    ])  # fmt: skip


async def start(update: Update, context: Context) -> None:
    """Greet."""
    assert update.message
    assert update.effective_user
    await context.bot.set_my_commands([BotCommand("start", "Begin"), BotCommand("pin", "Pin")])
    payload = " ".join(context.args or [])
    await update.message.reply_html(
        f"Hello <b>{update.effective_user.mention_html()}</b> {payload}",
        reply_markup=counter(0),
    )


async def count(update: Update, _: Context) -> None:
    """Count on the button itself."""
    query = update.callback_query
    assert query
    assert query.data
    number = int(query.data.partition(":")[2]) + 1
    await query.answer(f"That makes {number}")
    await query.edit_message_text(f"Tapped {number} times", reply_markup=counter(number))


async def done(update: Update, _: Context) -> None:
    """Take the buttons away."""
    assert update.callback_query
    await update.callback_query.answer("All done", show_alert=True)
    await update.callback_query.edit_message_reply_markup(None)


async def where(update: Update, _: Context) -> None:
    """Ask for a place."""
    assert update.message
    button = KeyboardButton("Send my place", request_location=True)
    keyboard = ReplyKeyboardMarkup([[button], ["Never mind"]], resize_keyboard=True)
    await update.message.reply_text("Where are you?", reply_markup=keyboard)


async def place(update: Update, _: Context) -> None:
    """Send the place back."""
    assert update.message
    assert update.message.location
    at = update.message.location
    await update.message.reply_location(at.latitude, at.longitude)
    await update.message.reply_text("Thanks", reply_markup=ReplyKeyboardRemove())


async def picture(update: Update, _: Context) -> None:
    """Send a picture whose button paints it anew."""
    assert update.message
    await update.message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    repainting = InlineKeyboardMarkup([[InlineKeyboardButton("Repaint", callback_data="repaint")]])
    await update.message.reply_photo(
        png(40, 30), caption="<i>Small</i>", parse_mode=ParseMode.HTML, reply_markup=repainting
    )


async def repaint(update: Update, _: Context) -> None:
    """Put another picture into the same message, then another caption."""
    query = update.callback_query
    assert query
    await query.answer()
    await query.edit_message_media(InputMediaPhoto(png(80, 60), caption="Larger"))
    await query.edit_message_caption("Largest")


async def photo(update: Update, _: Context) -> None:
    """Fetch a photo and say how large it is."""
    assert update.message
    file = await update.message.photo[-1].get_file()
    data = await file.download_as_bytearray()
    await update.message.reply_text(f"{len(data)} bytes")


async def document(update: Update, _: Context) -> None:
    """Send a document back by its id."""
    assert update.message
    assert update.message.document
    sent = update.message.document
    await update.message.reply_document(sent.file_id, caption=f"Again: {sent.file_name}")


async def album(update: Update, _: Context) -> None:
    """Send two pictures as one album."""
    assert update.message
    await update.message.reply_media_group(
        [InputMediaPhoto(png(20, 20), caption="Two"), InputMediaPhoto(png(30, 30))]
    )


async def pin(update: Update, _: Context) -> None:
    """Pin what is sent."""
    assert update.message
    sent = await update.message.reply_text("Keep this")
    await sent.pin(disable_notification=True)


async def copy(update: Update, _: Context) -> None:
    """Copy and forward the message itself."""
    assert update.message
    await update.message.copy(update.message.chat_id)
    await update.message.forward(update.message.chat_id)


async def vanish(update: Update, _: Context) -> None:
    """Delete what was asked."""
    assert update.message
    await update.message.delete()


async def changed(update: Update, _: Context) -> None:
    """Answer an edit."""
    assert update.edited_message
    await update.edited_message.reply_text(f"Now it says: {update.edited_message.text}")


async def echo(update: Update, _: Context) -> None:
    """React, and quote what was said."""
    assert update.message
    await update.message.set_reaction("👍")
    reply = ReplyParameters(update.message.message_id)
    await update.message.reply_text(f"You said {update.message.text}", reply_parameters=reply)


async def reaction(update: Update, context: Context) -> None:
    """Tell of a reaction."""
    assert update.message_reaction
    emoji = [getattr(kind, "emoji", "") for kind in update.message_reaction.new_reaction]
    await context.bot.send_message(update.message_reaction.chat.id, f"Felt: {' '.join(emoji)}")


async def membership(update: Update, context: Context) -> None:
    """Remember who came and went."""
    assert update.my_chat_member
    context.bot_data["memberships"].append(update.my_chat_member.new_chat_member.status)


async def wrong(update: Update, _: Context) -> None:
    """Do what Telegram refuses, and say what it answers."""
    assert update.message
    said = []
    for text in ("<b>open", "", "x" * 4097):
        try:
            await update.message.reply_html(text)
        except TelegramError as error:
            said.append(f"{type(error).__name__}: {error.message}")
    await update.message.reply_text("\n".join(said))


async def failed(_: object, context: Context) -> None:
    """Remember what nobody expected."""
    context.bot_data["errors"].append(context.error)
