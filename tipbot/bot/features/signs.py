"""/signs: the warning signs, always at hand, whatever the store or the person's stage."""

from tipbot.bot.views.signs import signs_view
from tipbot.bot.visit import Feature, Visit


async def signs(visit: Visit) -> None:
    """Show the signs, emergency first. Nothing here may look at the store."""
    await visit.say(signs_view(visit.text), vital=True)


FEATURE = Feature(always={"signs": signs})
