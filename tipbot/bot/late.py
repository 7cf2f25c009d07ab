"""What Telegram does not take at once: it goes on beside all other work."""

from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery
from telegram.error import RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.answers import seconds_of
from tipbot.bot.house import House

_MOST_LATE = 1000
"""Messages that are kept for the end of a flood."""

log = structlog.get_logger(__name__)


async def answer_tap(
    house: House, query: CallbackQuery, toast: str | None = None, *, alert: bool = False
) -> None:
    """End a tap's spinner; over a bad connection that goes on beside all other work."""
    if not await replies.answer(query, toast, alert=alert):
        late = replies.answer_late(query, toast, alert=alert)
        house.errands.start(("answer", query.id), late)


def send_later(
    house: House, chat_id: int, seconds: float, send: Callable[[], Awaitable[object]]
) -> None:
    """Let a message come when Telegram listens again; nothing else of the chat waits for it."""
    if len(house.late) >= _MOST_LATE:
        log.warning("reply_lost", kind=RetryAfter.__name__)
        return
    first = [seconds]

    async def attempt() -> float | None:
        if first:
            return first.pop()
        try:
            await send()
        except RetryAfter as flood:
            return seconds_of(flood)
        except TelegramError as fault:
            log.warning("reply_lost", kind=type(fault).__name__)
        return None

    house.late.submit(chat_id, attempt)
