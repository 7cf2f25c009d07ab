"""The same bot as the documentation of aiogram teaches it; it knows nothing of this project.

Only the address of the Bot API is not Telegram's.
"""

from __future__ import annotations

import html
from io import BytesIO

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatAction, ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    ChatMemberUpdated,
    ErrorEvent,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.sandbox.pictures import png


def build(url: str, token: str) -> tuple[Bot, Dispatcher]:
    """Return the bot and its dispatcher; `url` stands in for https://api.telegram.org."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher(memberships=[], errors=[])
    dispatcher.include_router(routes())
    return bot, dispatcher


def routes() -> Router:
    """Return everything the bot answers to."""
    router = Router()
    router.message.register(where, Command("where"))
    router.message.register(picture, Command("picture"))
    router.message.register(album, Command("album"))
    router.message.register(pin, Command("pin"))
    router.message.register(copy, Command("copy"))
    router.message.register(vanish, Command("vanish"))
    router.message.register(wrong, Command("wrong"))
    router.message.register(start, CommandStart())
    router.message.register(place, F.location)
    router.message.register(photo, F.photo)
    router.message.register(document, F.document)
    router.message.register(echo, F.text)
    router.edited_message.register(changed, F.text)
    router.callback_query.register(count, F.data.startswith("count:"))
    router.callback_query.register(done, F.data == "done")
    router.callback_query.register(repaint, F.data == "repaint")
    router.message_reaction.register(reaction)
    router.my_chat_member.register(membership)
    router.errors.register(failed)
    return router


def counter(number: int) -> InlineKeyboardMarkup:
    """Return the buttons under the greeting."""
    counting = InlineKeyboardButton(text=f"Count {number}", callback_data=f"count:{number}")
    below = [
        InlineKeyboardButton(text="Done", callback_data="done"),
        InlineKeyboardButton(text="Site", url="https://example.org"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[[counting], below])


async def start(message: Message, command: CommandObject, bot: Bot) -> None:
    """Greet."""
    assert message.from_user
    begin, pinning = (
        BotCommand(command="start", description="Begin"),
        BotCommand(command="pin", description="Pin"),
    )
    await bot.set_my_commands([begin, pinning])
    name = html.escape(message.from_user.full_name)
    await message.answer(f"Hello <b>{name}</b> {command.args or ''}", reply_markup=counter(0))


async def count(query: CallbackQuery) -> None:
    """Count on the button itself."""
    assert query.data
    assert isinstance(query.message, Message)
    number = int(query.data.partition(":")[2]) + 1
    await query.answer(f"That makes {number}")
    await query.message.edit_text(f"Tapped {number} times", reply_markup=counter(number))


async def done(query: CallbackQuery) -> None:
    """Take the buttons away."""
    assert isinstance(query.message, Message)
    await query.answer("All done", show_alert=True)
    await query.message.edit_reply_markup(reply_markup=None)


async def where(message: Message) -> None:
    """Ask for a place."""
    button = KeyboardButton(text="Send my place", request_location=True)
    rows = [[button], [KeyboardButton(text="Never mind")]]
    keyboard = ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True)
    await message.answer("Where are you?", reply_markup=keyboard)


async def place(message: Message) -> None:
    """Send the place back."""
    assert message.location
    await message.answer_location(message.location.latitude, message.location.longitude)
    await message.answer("Thanks", reply_markup=ReplyKeyboardRemove())


async def picture(message: Message, bot: Bot) -> None:
    """Send a picture whose button paints it anew."""
    await bot.send_chat_action(message.chat.id, ChatAction.UPLOAD_PHOTO)
    button = InlineKeyboardButton(text="Repaint", callback_data="repaint")
    await message.answer_photo(
        BufferedInputFile(png(40, 30), "small.png"),
        caption="<i>Small</i>",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )


async def repaint(query: CallbackQuery) -> None:
    """Put another picture into the same message, then another caption."""
    assert isinstance(query.message, Message)
    await query.answer()
    larger = BufferedInputFile(png(80, 60), "larger.png")
    await query.message.edit_media(InputMediaPhoto(media=larger, caption="Larger"))
    await query.message.edit_caption(caption="Largest")


async def photo(message: Message, bot: Bot) -> None:
    """Fetch a photo and say how large it is."""
    assert message.photo
    data = await bot.download(message.photo[-1], BytesIO())
    assert data
    await message.answer(f"{len(data.read())} bytes")


async def document(message: Message) -> None:
    """Send a document back by its id."""
    assert message.document
    again = f"Again: {message.document.file_name}"
    await message.answer_document(message.document.file_id, caption=again)


async def album(message: Message) -> None:
    """Send two pictures as one album."""
    two = BufferedInputFile(png(20, 20), "one.png"), BufferedInputFile(png(30, 30), "two.png")
    await message.answer_media_group(
        [InputMediaPhoto(media=two[0], caption="Two"), InputMediaPhoto(media=two[1])]
    )


async def pin(message: Message) -> None:
    """Pin what is sent."""
    sent = await message.answer("Keep this")
    await sent.pin(disable_notification=True)


async def copy(message: Message) -> None:
    """Copy and forward the message itself."""
    await message.copy_to(message.chat.id)
    await message.forward(message.chat.id)


async def vanish(message: Message) -> None:
    """Delete what was asked."""
    await message.delete()


async def changed(message: Message) -> None:
    """Answer an edit."""
    await message.answer(f"Now it says: {message.text}")


async def echo(message: Message) -> None:
    """React, and quote what was said."""
    await message.react([ReactionTypeEmoji(emoji="👍")])
    await message.reply(f"You said {message.text}")


async def reaction(update: MessageReactionUpdated, bot: Bot) -> None:
    """Tell of a reaction."""
    emoji = [kind.emoji for kind in update.new_reaction if isinstance(kind, ReactionTypeEmoji)]
    await bot.send_message(update.chat.id, f"Felt: {' '.join(emoji)}")


async def membership(update: ChatMemberUpdated, memberships: list[str]) -> None:
    """Remember who came and went."""
    memberships.append(update.new_chat_member.status)


async def wrong(message: Message) -> None:
    """Do what Telegram refuses, and say what it answers."""
    said = []
    for text in ("<b>open", "", "x" * 4097):
        try:
            await message.answer(text)
        except TelegramBadRequest as error:
            said.append(f"BadRequest: {error.message.removeprefix('Bad Request: ')}")
    await message.answer("\n".join(said), parse_mode=None)


async def failed(event: ErrorEvent, errors: list[Exception]) -> None:
    """Remember what nobody expected."""
    errors.append(event.exception)
