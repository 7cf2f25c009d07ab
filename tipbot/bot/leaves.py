"""Shows pictures with their words: the tap is answered first, drawing goes on as an errand."""

from dataclasses import dataclass

from telegram import Message

from tipbot.bot.guards import sparing
from tipbot.bot.pictures import announce, put_picture, send_picture
from tipbot.bot.views import View
from tipbot.bot.visit import Visit
from tipbot.core.charts import Chart


@dataclass(frozen=True, slots=True)
class Leaf:
    """A chart and the same in words, with its buttons."""

    chart: Chart
    view: View


async def turn(visit: Visit, leaf: Leaf, *, fresh: bool = False) -> None:
    """Answer a tap, and show another leaf in its message, unless there were too many just now."""
    if visit.pressed_twice():
        await visit.answer()
    elif await sparing(visit):
        await visit.answer()
        present(visit, leaf, fresh=fresh)
        visit.served()


def present(visit: Visit, leaf: Leaf, *, fresh: bool = False) -> None:
    """Draw a leaf and show it, in the tapped message unless that is to stay: ``fresh``."""
    key = (visit.chat_id, visit.message_id if visit.query else 0)
    visit.house.errands.start(key, _draw(visit, leaf, fresh=fresh))


def tapped(visit: Visit) -> Message | None:
    """Return the message under which the tapped button stands, if Telegram shows it."""
    shown = visit.query.message if visit.query else None
    return shown if isinstance(shown, Message) else None


async def _draw(visit: Visit, leaf: Leaf, *, fresh: bool) -> None:
    """Draw a leaf and show it; in words alone if it cannot be drawn."""
    await announce(visit.bot, visit.chat_id)
    png = await visit.house.renderer.chart(leaf.chart)
    under = None if fresh else tapped(visit)
    if png is None and under is not None and not under.photo:
        await visit.show(leaf.view)
    elif png is None:
        await visit.say(leaf.view)
    elif under is not None:
        await put_picture(visit.bot, visit.chat_id, under.message_id, png, leaf.view)
    else:
        await send_picture(visit.bot, visit.chat_id, png, leaf.view)
