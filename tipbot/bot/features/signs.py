"""/signs: the warning signs, always at hand, whatever the store or the person's stage."""

from tipbot.bot.buttons.diary import CiteSigns
from tipbot.bot.feature import Feature
from tipbot.bot.views.signs import signs_view, sources_view
from tipbot.bot.visit import Visit


async def signs(visit: Visit) -> None:
    """Show the signs, emergency first. Nothing here may look at the store."""
    await visit.say(signs_view(visit.text), vital=True)


async def cite(visit: Visit, _: CiteSigns) -> None:
    """Say where the signs come from, in a message of its own: the signs stay in sight."""
    await visit.answer()
    if not visit.pressed_twice():
        await visit.say(sources_view(visit.text))
    visit.served()


FEATURE = Feature(always={"signs": signs}, buttons={CiteSigns: cite})
