"""python-telegram-bot's Bot on its default httpx, without a limiter.

As many workers as the pool has connections: with more of either httpx is slower, for it looks at
all of them for each request, with fewer it waits for answers. The best number was tried out for
each distance. Timeouts are long, so that none of them costs a message.
"""

from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.request import HTTPXRequest

from tests.benchmarks.errand import Errand, run, work


def message_of(errand: Errand) -> dict[str, Any]:
    """Return the message as PTB takes it."""
    rows = [[InlineKeyboardButton(n, callback_data=d) for n, d in row] for row in errand.keyboard]
    return {
        "text": errand.text,
        "parse_mode": "HTML",
        "disable_notification": False,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": InlineKeyboardMarkup(rows),
    }


async def send(errand: Errand) -> None:
    """Send until ended."""
    request = HTTPXRequest(errand.connections, pool_timeout=None, read_timeout=20)
    message = message_of(errand)
    async with Bot(errand.token, base_url=f"{errand.url}/bot", request=request) as bot:
        await work(lambda chat: bot.send_message(chat, **message), errand)


if __name__ == "__main__":
    run(send)
