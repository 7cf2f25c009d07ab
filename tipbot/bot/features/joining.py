"""The link of an invitation: it makes the first who opens it an editor."""

from tipbot.bot.feature import Feature
from tipbot.bot.menu import show_admin
from tipbot.bot.notices import send_notices
from tipbot.bot.views import View
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.roles import token_hash
from tipbot.store.base import Joining

LINK = "editor"
"""What the payload of an invitation's link begins with."""


async def join(visit: Visit, token: str) -> None:
    """Make whoever opens an invitation first an editor; everyone else is told that it is void."""
    if visit.who in visit.house.owners:
        await visit.say(View(html=visit.text.html("invite-owner")))
        return
    joined = await visit.store.join(token_hash(token), visit.act(Deed.JOINED), visit.house.owners)
    key = {
        Joining.DONE: "invite-welcome",
        Joining.ALREADY: "invite-already",
        Joining.NO_INVITE: "invite-void",
    }[joined]
    await visit.say(View(html=visit.text.html(key)))
    if joined is not Joining.NO_INVITE:
        await show_admin(visit.bot, visit.house, visit.who)
        await send_notices(visit.bot, visit.house)


FEATURE = Feature(links={LINK: join})
