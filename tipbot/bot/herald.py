"""Shows owners how their announcements go on: one message each, changed now and then."""

from datetime import timedelta

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.house import House
from tipbot.bot.leading import EditPace, wait_of
from tipbot.bot.views import View
from tipbot.bot.views.announcements import progress_view
from tipbot.core.announcements import Announcement
from tipbot.core.model import SubscriberId

SHOWN_EVERY = timedelta(seconds=5)
"""How often the message changes at most, whatever process changes it."""

log = structlog.get_logger(__name__)


class Herald:
    """Changes the progress message of every announcement whose last figures were not shown yet.

    A change that cannot be made is left out; the last one is made again until Telegram takes it or
    the message is gone. ``bot`` has no rate limiter of its own: ``pace`` decides here.
    """

    def __init__(self, house: House, bot: Bot, pace: EditPace) -> None:
        self._house = house
        self._bot = bot
        self._pace = pace

    async def tick(self) -> None:
        """Show what has changed since it was shown last."""
        for each in await self._house.store.open_announcements():
            author, message = each.author, each.message_id
            # A private chat has its person's own id.
            shown = await self._show(each, author, message) if author and message else True
            if shown and each.settled:
                await self._house.store.close_announcement(each.id)

    async def _show(self, each: Announcement, who: SubscriberId, message: int) -> bool:
        """Show the figures; return whether they are known to be shown, or can never be."""
        store, screen, now = self._house.store, self._house.screen, self._house.clock()
        person = await store.subscriber(who)
        text = await self._house.words_for(who, person)
        zone = person.zone if person else "UTC"
        view = progress_view(text, each, self._house.rate, zone, now)
        if screen.shows(who, message, view):
            return True
        if self._pace.take_edit(who) > 0:
            return False
        if not await store.claim_showing(each.id, now, now - SHOWN_EVERY):
            return False
        return await self._overwrite(who, message, view)

    async def _overwrite(self, who: SubscriberId, message: int, view: View) -> bool:
        try:
            await replies.overwrite(self._bot, who, message, view)
        except RetryAfter as flood:
            self._pace.flooded(wait_of(flood))
            return False
        except (BadRequest, Forbidden) as refusal:
            log.info("progress_not_shown", kind=type(refusal).__name__)
            return True
        except TelegramError:
            return False
        self._house.screen.remember(who, message, view)
        return True
