"""Tells owners and editors what they did not ask for, each thing once, over any restart."""

from collections.abc import Sequence

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.answers import NotSentError
from tipbot.bot.house import House
from tipbot.bot.views import View
from tipbot.bot.views.notices import joined_view, removed_view, told_view, waits_view
from tipbot.core.model import Subscriber, SubscriberId
from tipbot.core.notices import Notice, NoticeKind
from tipbot.core.proposals import Outcome
from tipbot.core.schedule import in_quiet_hours
from tipbot.texts import Text

NOTICED_EVERY = 10.0
"""Seconds between two looks for what nobody was told; several changes then make one message."""

log = structlog.get_logger(__name__)


async def send_notices(bot: Bot, house: House) -> None:
    """Send whatever waits to be told; what the connection held back is sent another time.

    Somebody's quiet hours keep what is theirs until they end. Whether a notice arrived may be
    unknown: then it is not sent again, as after a kill.
    """
    await house.store.call_for_review(house.owners, house.clock())
    for who in await house.store.whom_to_tell():
        person = await house.store.subscriber(who)
        if person is not None and in_quiet_hours(person, house.clock()):
            continue
        if not await _tell(bot, house, who, person):
            return


async def _tell(bot: Bot, house: House, who: SubscriberId, person: Subscriber | None) -> bool:
    """Send somebody all there is for them, if they are at the desk; False if it was held back.

    Whoever is there no more is told that alone.

    Between the taking and the sending nothing is asked of the store: nothing can be lost there.
    """
    text = await house.words_for(who, person)
    owner = who in house.owners
    belongs = owner or await house.store.is_editor(who)
    while found := await house.store.take_notices(who):
        # They may be removed while they are told what came before: of that the store is sure.
        meant = not owner if found[0].kind is NoticeKind.REMOVED else belongs
        view = _view(text, found)
        if view is None or not meant:
            continue
        silent = found[0].kind is NoticeKind.WAITS or (person is not None and person.silent)
        try:
            await replies.send(bot, who, view, silent=silent)
        except (RetryAfter, NotSentError):
            await house.store.put_notices_back(found)
            return False
        except TelegramError as fault:
            log.warning("notice_lost", kind=type(fault).__name__)
    return True


def _view(text: Text, found: Sequence[Notice]) -> View | None:
    """Return the message, None if there is nothing to tell any more."""
    changes = [each.proposal for each in found if each.proposal]
    if changes and found[0].kind is NoticeKind.SETTLED:
        return told_view(text, changes[0])
    if changes:
        still = [each for each in changes if each.outcome is Outcome.OPEN]
        return waits_view(text, still) if still else None
    if found[0].kind is NoticeKind.REMOVED:
        return removed_view(text)
    about = found[0].about
    return None if about is None else joined_view(text, about)
