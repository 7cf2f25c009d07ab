"""Shows pictures with their words: the tap is answered first.

Reading, counting, drawing and sending go on as an errand.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tipbot.bot.guards import sparing
from tipbot.bot.pictures import announce, put_picture, send_picture
from tipbot.bot.views import View
from tipbot.bot.visit import Visit
from tipbot.core.charts import Chart
from tipbot.store.base import StoreUnavailableError


@dataclass(frozen=True, slots=True)
class Leaf:
    """A chart and the same in words, with its buttons."""

    chart: Chart
    view: View


Compose = Callable[[], Awaitable[Leaf]]
"""Reads what a leaf needs, and puts it together."""


def ready(leaf: Leaf) -> Compose:
    """Return what has put together ``leaf`` already."""

    async def compose() -> Leaf:
        return leaf

    return compose


async def turn(visit: Visit, compose: Compose, *, fresh: bool = False) -> None:
    """Answer a tap, and show another leaf in its message, unless there were too many just now."""
    if visit.pressed_twice():
        await visit.answer()
    elif await sparing(visit):
        await visit.answer()
        present(visit, compose, fresh=fresh)
        visit.served()


def present(visit: Visit, compose: Compose, *, fresh: bool = False) -> None:
    """Make a leaf and show it, in the tapped message unless that is to stay: ``fresh``."""
    key = (visit.chat_id, visit.message_id if visit.query else 0)
    visit.house.errands.start(key, _make(visit, compose, fresh=fresh))


async def _make(visit: Visit, compose: Compose, *, fresh: bool) -> None:
    """Make a leaf when it is its turn, and show it; in words alone if it cannot be drawn."""
    try:
        leaf, png = await _made(visit, compose)
    except StoreUnavailableError:
        await visit.say(View(html=visit.text.html("report-later")))
        return
    under = None if fresh else visit.tapped
    if png is None and under is not None and not under.is_picture:
        await visit.show(leaf.view)
    elif png is None:
        await visit.say(leaf.view)
    elif under is not None:
        await put_picture(visit.bot, visit.chat_id, under.message_id, png, leaf.view)
    else:
        await send_picture(visit.bot, visit.chat_id, png, leaf.view)


async def _made(visit: Visit, compose: Compose) -> tuple[Leaf, bytes | None]:
    bench = visit.house.workbench
    async with bench.place() as drawn:
        announce(visit)
        leaf = await bench.compose(compose)
        return leaf, await visit.house.renderer.chart(leaf.chart) if drawn else None
