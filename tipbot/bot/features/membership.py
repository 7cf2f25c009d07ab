"""Who lets the bot write: private chats that block and unblock it, groups that add it."""

from contextlib import suppress

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError

from tipbot.bot import replies
from tipbot.bot.guards import GROUPS, in_private
from tipbot.bot.house import House
from tipbot.bot.views import View
from tipbot.core.model import SubscriberId

_OUT = (ChatMember.LEFT, ChatMember.BANNED)


async def changed(update: Update, house: House) -> None:
    """Follow a block or a return; tell a group, once, where the bot can be met."""
    change = update.my_chat_member
    if change is None:
        return
    if in_private(update):
        await _follow(change, house)
    elif (
        change.chat.type in GROUPS
        and _joined(change)
        and house.groups.is_joined_anew(change.chat.id)
    ):
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
    sent = await replies.send(bot, group.id, View(html=html))
    if sent is not None:
        house.groups.greeted(group.id, sent.message_id)


async def grew(update: Update, house: House) -> None:
    """Take back the greeting of a supergroup that was a group before: it had one then."""
    message = update.effective_message
    if message is None:
        return
    grown = message.migrate_to_chat_id or message.chat.id
    greeting = house.groups.grew_into(grown)
    if greeting is not None:
        with suppress(TelegramError):
            await update.get_bot().delete_message(grown, greeting)
