"""/delete_me: everything of a person goes, after one confirmation.

The removal is on disk before the tap is answered; what Telegram shows is tidied after that, as far
as Telegram lets a bot.
"""

from collections.abc import Sequence
from contextlib import suppress

from telegram.error import TelegramError

from tipbot.bot.buttons.privacy import DeleteMe
from tipbot.bot.feature import Feature
from tipbot.bot.menu import hide_admin
from tipbot.bot.views import View
from tipbot.bot.views.announcements import let_go_view
from tipbot.bot.views.rights import delete_view
from tipbot.bot.visit import Visit
from tipbot.core.holdings import delete_still_offered
from tipbot.core.model import AnnouncementId, Stage


async def ask(visit: Visit) -> None:
    """Say what will go and what Telegram keeps, with the one button that does it."""
    staff = await visit.store.member(visit.who) is not None
    if visit.person is None and not staff:
        await visit.say(View(html=visit.text.html("nothing-kept")))
    else:
        await visit.say(delete_view(visit.text, visit.zone, visit.now, staff=staff))


async def delete(visit: Visit, button: DeleteMe) -> None:
    """Remove everything; a second press, or the same one handed over again, says so once more."""
    if not delete_still_offered(button.asked, visit.now):
        await visit.expire()
        return
    staff = await visit.store.member(visit.who) is not None
    followed = await _followed(visit) if staff else ()
    await visit.store.forget(visit.who)
    visit.house.screen.forget(visit.chat_id)
    visit.house.looks.forget(visit.chat_id)
    visit.house.allowance.forget(visit.who)
    await visit.answer(visit.text.plain("deleted-toast"))
    await _say_so(visit)
    if visit.person is not None and visit.person.pad_message_id is not None:
        await _remove_pad(visit, visit.person.pad_message_id)
    for message_id, which in followed:
        await visit.redraw(message_id, let_go_view(visit.text, which))
    if staff and visit.who not in visit.house.owners:
        await hide_admin(visit.bot, visit.house, visit.who)


async def _followed(visit: Visit) -> Sequence[tuple[int, AnnouncementId]]:
    """Return which messages show whose figures in this chat: no author is named afterwards."""
    found = await visit.store.open_announcements()
    own = (each for each in found if each.author == visit.who)
    return [(each.message_id, each.id) for each in own if each.message_id]


async def _say_so(visit: Visit) -> None:
    """Say it in place of the question; before the end of onboarding a keyboard goes too."""
    view = View(html=visit.text.html("deleted"), clears_reply_keyboard=True)
    if visit.person is None or visit.person.stage is Stage.DONE:
        await visit.show(view)
    else:
        await visit.show_keyboard(())
        await visit.say(view)


async def _remove_pad(visit: Visit, pad: int) -> None:
    """Unpin and delete the log pad; one too old to be deleted is emptied instead."""
    with suppress(TelegramError):
        await visit.bot.unpin_chat_message(visit.chat_id, pad)
    try:
        await visit.bot.delete_message(visit.chat_id, pad)
    except TelegramError:
        with suppress(TelegramError):
            await visit.redraw(pad, View(html=visit.text.html("pad-gone")))


FEATURE = Feature(commands={"delete_me": ask}, buttons={DeleteMe: delete})
