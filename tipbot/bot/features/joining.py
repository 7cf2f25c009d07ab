"""The link of an invitation: it makes the first who opens it an editor."""

from contextlib import suppress

from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.menu import show_admin
from tipbot.bot.views import View
from tipbot.bot.views.admin import shown_name
from tipbot.bot.visit import Feature, Visit
from tipbot.core.audit import Deed
from tipbot.core.model import SubscriberId
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
    }[joined.how]
    await visit.say(View(html=visit.text.html(key)))
    if joined.how is not Joining.NO_INVITE:
        await show_admin(visit.bot, visit.house, visit.who)
    if joined.invited_by is not None:
        await _tell(visit, joined.invited_by)


async def _tell(visit: Visit, owner: SubscriberId) -> None:
    """Tell the owner who made the invitation; their private chat has their own id."""
    person = await visit.store.subscriber(owner)
    text = visit.house.texts.speak(person.language if person else visit.text.language)
    member = await visit.store.member(visit.who)
    name = shown_name(text, member.actor, member.name) if member else visit.name
    html = text.html("invite-used", name=name)
    with suppress(TelegramError):
        await replies.send(visit.bot, owner, View(html=html))


FEATURE = Feature(links={LINK: join})
