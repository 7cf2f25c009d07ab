"""Who may: the checks that stand before every use case."""

from dataclasses import replace

from telegram import Update
from telegram.constants import ChatType

from tipbot.bot.house import House
from tipbot.bot.steps import ask_again
from tipbot.bot.views import View
from tipbot.bot.visit import Visit
from tipbot.core.model import Presence, Stage, Subscriber, SubscriberId
from tipbot.core.roles import Role

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def in_private(update: Update) -> bool:
    """Tell whether an update comes from a person's private chat.

    On Telegram that has the person's own id; other servers of the Bot API may name it otherwise.
    """
    chat, user = update.effective_chat, update.effective_user
    return (
        chat is not None and user is not None and chat.type == ChatType.PRIVATE and not user.is_bot
    )


def in_group(update: Update) -> bool:
    """Tell whether an update is a message of a person in a group.

    Who speaks there in the name of a group or channel has a bot of Telegram's for a sender.
    """
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or user is None or message is None:
        return False
    return chat.type in GROUPS and (not user.is_bot or message.sender_chat is not None)


def bare_visit(update: Update, house: House) -> Visit | None:
    """Return the update as a visit without a look at the store, or None if it is not private.

    It speaks the language that the person was last spoken to in, else that of their Telegram.
    """
    chat, user = update.effective_chat, update.effective_user
    if not in_private(update) or chat is None or user is None:
        return None
    return Visit(
        house=house,
        bot=update.get_bot(),
        update=update,
        who=SubscriberId(user.id),
        chat_id=chat.id,
        now=house.clock(),
        text=house.texts.speak(house.screen.language(chat.id) or user.language_code),
    )


async def visit_of(update: Update, house: House) -> Visit | None:
    """Return the update as a visit with the person as kept, or None if it is not private.

    Whoever writes or taps has not blocked the bot any more, whatever the store thought.
    """
    visit = bare_visit(update, house)
    if visit is None:
        return None
    person = await house.store.subscriber(visit.who)
    if person is None:
        return visit
    if person.presence is Presence.BLOCKED and await house.store.mark_returned(visit.who):
        person = replace(person, presence=Presence.ACTIVE)
    return known(visit, person)


def known(visit: Visit, person: Subscriber) -> Visit:
    """Return a visit with the person as kept, in their own language."""
    visit.house.screen.spoke(visit.chat_id, person.language)
    text = visit.house.texts.speak(person.language, person.zone)
    return replace(visit, person=person, text=text)


def may_go_straight(person: Subscriber) -> bool:
    """Tell whether nothing but the use case is to be done: no question is open, none has gone."""
    return person.stage is Stage.DONE and person.presence is not Presence.BLOCKED


async def enrolled(visit: Visit) -> Subscriber | None:
    """Return the person if they finished onboarding; else ask the question that is open."""
    if visit.person is not None and visit.person.stage is Stage.DONE:
        return visit.person
    if visit.query:
        key = "start-first" if visit.person is None else "answer-first"
        await visit.answer(visit.text.plain(key), alert=True)
        if visit.person is None or visit.pressed_twice():
            return None
        visit.served()
    await ask_again(visit)
    return None


async def role_of(visit: Visit) -> Role:
    """Return what the person of this visit may do at this moment, by the setting and the store."""
    if visit.who in visit.house.owners:
        return Role.OWNER
    return Role.EDITOR if await visit.store.is_editor(visit.who) else Role.ANYONE


async def admitted(visit: Visit, needs: Role) -> Visit | None:
    """Return the visit with its role if that is at least ``needs``, else None.

    The one place that decides who may use what owners and editors have; the switchboard asks it
    before every handler of a feature that needs a role.
    """
    if needs is Role.ANYONE:
        return visit
    role = await role_of(visit)
    return replace(visit, role=role) if role >= needs else None


async def sparing(visit: Visit, cost: int = 1) -> bool:
    """Tell whether costly work may begin; else say kindly how long to wait."""
    wait = visit.house.allowance.take(visit.who, cost, visit.now)
    if wait is None:
        return True
    seconds = max(1, -(-int(wait.total_seconds() * 10) // 10))
    said = visit.text.plain("too-much", seconds=seconds)
    if visit.query:
        await visit.answer(said, alert=True)
    else:
        await visit.say(View(html=said))
    return False
