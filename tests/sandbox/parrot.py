"""A bot of a few lines for the page to talk to; it speaks the Bot API and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)

from tests.sandbox.pictures import png

GREETING = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Count", callback_data="count:0")],
        [
            InlineKeyboardButton("Toast", callback_data="toast"),
            InlineKeyboardButton("Alert", callback_data="alert"),
            InlineKeyboardButton("Wait", callback_data="wait"),
        ],
    ]
)


class Parrot:
    """Greets, counts, and repeats what it hears."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.go_on = asyncio.Event()

    async def run(self) -> None:
        """Poll for ever."""
        offset = 0
        while True:
            for update in await self._bot.get_updates(offset=offset, timeout=20):
                offset = update.update_id + 1
                await self._take(update)

    async def _take(self, update: Update) -> None:
        if update.callback_query is not None:
            await self._tapped(update)
        elif update.message is not None:
            await self._heard(update.message)

    async def _tapped(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        if query.data == "wait":
            await self.go_on.wait()
        elif query.data.startswith("count:"):
            count = int(query.data.partition(":")[2]) + 1
            rows = [[InlineKeyboardButton(f"Count {count}", callback_data=f"count:{count}")]]
            markup = InlineKeyboardMarkup([*rows, *GREETING.inline_keyboard[1:]])
            await query.edit_message_text(f"Counted {count}", reply_markup=markup)
        text = None if query.data.startswith("count:") else f"You tapped {query.data}"
        await query.answer(text, show_alert=query.data == "alert")

    async def _heard(self, message: Message) -> None:
        chat, text = message.chat.id, message.text or ""
        if text.startswith("/start"):
            await self._bot.send_message(chat, f"<b>Welcome</b> {text[7:]}", "HTML",
                                         reply_markup=GREETING)  # fmt: skip
        elif text == "/place":
            keyboard = ReplyKeyboardMarkup(
                [[KeyboardButton("Share it", request_location=True)], ["Skip"]]
            )
            await self._bot.send_message(chat, "Where are you?", reply_markup=keyboard)
        elif text == "/files":
            await self._bot.send_photo(chat, png(300, 200), caption="A chart")
            await self._bot.send_document(chat, b"a,b\n", filename="diary.csv")
        elif message.location:
            await self._bot.send_message(chat, f"At {message.location.latitude:.2f}")
        elif message.document:
            await self._bot.send_message(chat, f"Got {message.document.file_name}")
        elif text:
            await self._bot.send_message(chat, f"You said: {text}")


@asynccontextmanager
async def talking(bot: Bot) -> AsyncIterator[Parrot]:
    """Run a parrot for as long as the block lasts."""
    parrot = Parrot(bot)
    running = asyncio.create_task(parrot.run())
    try:
        yield parrot
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
