"""The questions of onboarding, each asked in the same words however someone comes to it.

Which one is open is the subscriber's ``stage``, so neither a restart nor a long break loses it.
"""

from tipbot.bot.views.onboarding import (
    hours_view,
    presets_view,
    share_view,
    welcome_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.model import Stage, Subscriber
from tipbot.core.zones import likely_zone


def likely(visit: Visit) -> str:
    """Return the zone that the person's Telegram language suggests."""
    user = visit.update.effective_user
    return likely_zone(user.language_code if user else None)


async def ask(visit: Visit, person: Subscriber | None) -> None:
    """Ask what is open for a person as kept; None has not agreed yet, DONE is asked nothing."""
    if person is None:
        await visit.say(welcome_view(visit.text))
    elif person.stage is Stage.ZONE:
        await visit.say(share_view(visit.text))
        await visit.say(hours_view(visit.text, likely(visit), visit.now))
    elif person.stage is Stage.PRESET:
        await visit.say(presets_view(visit.text, person))


async def ask_again(visit: Visit) -> None:
    """Ask what is open for the person of this visit."""
    await ask(visit, visit.person)
