"""Who lets the bot write: private chats that block and unblock it, groups that add it."""

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType

from tipbot.bot import replies
from tipbot.bot.guards import in_private
from tipbot.bot.house import House
from tipbot.bot.views import View
from tipbot.core.model import SubscriberId

_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


async def changed(update: Update, house: House) -> None:
    """Follow a block or a return; tell a group, once, where the bot can be met."""
    change = update.my_chat_member
    if change is None:
        return
    if in_private(update):
        await _follow(change, house)
    elif change.chat.type in _GROUPS and _joined(change):
        await _greet(update, change.chat, house)


async def _follow(change: ChatMemberUpdated, house: House) -> None:
    who = SubscriberId(change.from_user.id)
    if change.new_chat_member.status in _OUT:
        await house.store.mark_unreachable(who)
    else:
        await house.store.mark_returned(who)


def _joined(change: ChatMemberUpdated) -> bool:
    was, now = change.old_chat_member.status, change.new_chat_member.status
    return was in _OUT and now not in (*_OUT, ChatMember.RESTRICTED)


async def _greet(update: Update, group: Chat, house: House) -> None:
    """Say it in the language of whoever added the bot."""
    user, bot = update.effective_user, update.get_bot()
    text = house.texts.speak(user.language_code if user else None)
    html = text.html("group-only-private", name=bot.username)
    await replies.send(bot, group.id, View(html=html))
