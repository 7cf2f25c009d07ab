"""Formatting typed in Telegram: what of it is kept, and what is said of the rest."""

from tipbot.bot.views.words import lost_view
from tipbot.bot.visit import Visit
from tipbot.core.markup import from_spans, lost_formatting


def typed_markup(visit: Visit, said: str) -> str:
    """Return a typed text as restricted markup; raise ``MarkupError`` if it cannot be."""
    entities = visit.message.entities if visit.message else ()
    return from_spans(said, [(each.type, each.offset, each.length) for each in entities])


async def say_lost(visit: Visit, *, plain: bool = False) -> None:
    """Say which formatting of a typed text was left out, if any was.

    ``plain``: the text has no formatting at all, as a title.
    """
    entities = visit.message.entities if visit.message else ()
    lost = lost_formatting((each.type for each in entities), plain=plain)
    if lost:
        await visit.say(lost_view(visit.text, lost))
