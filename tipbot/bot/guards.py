"""Who may: the checks that stand before every use case."""

from telegram import Update
from telegram.constants import ChatType

from tipbot.bot.views import View
from tipbot.bot.visit import House, Visit
from tipbot.core.model import Stage, Subscriber, SubscriberId


def in_private(update: Update) -> bool:
    """Tell whether an update comes from a person's private chat with the bot."""
    chat, user = update.effective_chat, update.effective_user
    return (
        chat is not None and user is not None and chat.type == ChatType.PRIVATE and not user.is_bot
    )


async def visit_of(update: Update, house: House) -> Visit | None:
    """Return the update as a visit with the person as kept, or None if it is not private."""
    chat, user = update.effective_chat, update.effective_user
    if not in_private(update) or chat is None or user is None:
        return None
    who = SubscriberId(user.id)
    person = await house.store.subscriber(who)
    language = person.language if person else user.language_code
    return Visit(
        house=house,
        bot=update.get_bot(),
        update=update,
        who=who,
        chat_id=chat.id,
        now=house.clock(),
        text=house.texts.speak(language),
        person=person,
    )


async def enrolled(visit: Visit) -> Subscriber | None:
    """Return the person if they finished onboarding; else tell them about /start."""
    if visit.person is not None and visit.person.stage is Stage.DONE:
        return visit.person
    if visit.query:
        await visit.answer(visit.text.plain("start-first"), alert=True)
    else:
        await visit.say(View(html=visit.text.html("start-first")))
    return None
