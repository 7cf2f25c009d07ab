"""/signs: the warning signs, always at hand, whatever the store or the person's stage.

Somebody may be in need in a group, too: there the card is the same for all who read it.
"""

from dataclasses import replace

import structlog
from telegram import Message, Update
from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.buttons.diary import CiteSigns
from tipbot.bot.feature import Feature
from tipbot.bot.house import House
from tipbot.bot.views import View
from tipbot.bot.views.signs import signs_view, sources_view
from tipbot.bot.visit import Visit

log = structlog.get_logger(__name__)


async def signs(visit: Visit) -> None:
    """Show the signs, emergency first. Nothing here may look at the store."""
    await visit.say(signs_view(visit.text), vital=True)


async def in_group(update: Update, house: House) -> None:
    """Show the signs to a group, without buttons: taps are answered in private chats alone.

    It goes on as an errand, as an update in hand while Telegram answers would be kept on disk. The
    language is that of the asker's Telegram, for what is kept of them is nobody else's concern.
    """
    asked, user = update.message, update.effective_user
    if asked is None or not house.groups.takes_signs(asked.chat_id, house.clock()):
        return
    text = house.texts.speak(user.language_code if user else None)
    view = replace(signs_view(text), keyboard=())
    house.errands.start(("signs", asked.chat_id), _tell(asked, view))


async def _tell(asked: Message, view: View) -> None:
    """Answer below the question; a group that does not let the bot write is left alone."""
    bot, group = asked.get_bot(), asked.chat_id
    try:
        await replies.send(bot, group, view, rather_twice=True, below=asked)
    except TelegramError as fault:
        log.info("group_not_told", kind=type(fault).__name__)


async def cite(visit: Visit, _: CiteSigns) -> None:
    """Say where the signs come from, in a message of its own: the signs stay in sight."""
    await visit.answer()
    if not visit.pressed_twice():
        await visit.say(sources_view(visit.text))
    visit.served()


FEATURE = Feature(always={"signs": signs}, groups={"signs": in_group}, buttons={CiteSigns: cite})
