"""Tells the owners, once a day at most, how many messages may or may not have arrived."""

from datetime import timedelta

import structlog
from telegram import Bot
from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.house import House
from tipbot.bot.views import View
from tipbot.core.model import SubscriberId
from tipbot.core.schedule import in_quiet_hours

TOLD_EVERY = timedelta(days=1)

log = structlog.get_logger(__name__)


async def tell_doubts(bot: Bot, house: House) -> None:
    """Send the owners the number of deliveries that became a doubt, without a sound.

    It waits while any of them has quiet hours. Of all processes one gets it to tell. An owner who
    cannot be reached misses it.
    """
    now = house.clock()
    people = {owner: await house.store.subscriber(SubscriberId(owner)) for owner in house.owners}
    if not people or any(person and in_quiet_hours(person, now) for person in people.values()):
        return
    doubts = await house.store.doubts_to_tell(now, TOLD_EVERY)
    if not doubts:
        return
    log.warning("doubts_told", count=doubts)
    for owner, person in sorted(people.items()):
        words = await house.words_for(SubscriberId(owner), person)
        view = View(html=words.html("doubts-told", count=doubts))
        try:
            await replies.send(bot, person.chat_id if person else owner, view, silent=True)
        except TelegramError as fault:
            log.warning("owner_not_told", kind=type(fault).__name__)
