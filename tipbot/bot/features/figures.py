"""Figures for owners: counted and drawn after the tap was answered."""

from zoneinfo import ZoneInfo

from tipbot.bot.buttons.staff import OpenFigures, OpenVotes
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.guards import sparing
from tipbot.bot.leaves import Leaf, present, ready
from tipbot.bot.views.figures import (
    A_PAGE,
    Days,
    figures_chart,
    figures_view,
    vote_pages,
    votes_chart,
    votes_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.figures import SPANS, days_back, ranked, together
from tipbot.core.roles import Role


async def open_figures(visit: Visit, button: OpenFigures) -> None:
    """Show the figures of a week or a month."""
    if button.days not in SPANS:
        await visit.expire()
    elif visit.pressed_twice():
        await visit.answer()
    elif await sparing(visit):
        await visit.answer()
        visit.served()
        visit.house.errands.start(("figures", visit.chat_id), _show(visit, button.days))


async def _show(visit: Visit, count: int) -> None:
    people = await visit.store.people(visit.now)
    days = await _days(visit, count)
    leaf = Leaf(figures_chart(visit.text, days), figures_view(visit.text, people, days, visit.zone))
    present(visit, ready(leaf), fresh=visit.tapped is not None and not visit.under_picture)


async def _days(visit: Visit, count: int) -> Days:
    """Count day by day: no read is long, and days that are over are counted once."""
    bounds = days_back(count, visit.now, ZoneInfo(visit.zone))
    found = await visit.house.days.read(visit.store, bounds, visit.now)
    return Days([each.day for each in bounds], found)


async def open_votes(visit: Visit, button: OpenVotes) -> None:
    """Show one page of the votes for each tip."""
    if button.days not in SPANS or button.page < 0:
        await visit.expire()
    elif visit.pressed_twice():
        await visit.answer()
    elif await sparing(visit):
        await visit.answer()
        visit.served()
        visit.house.errands.start(("votes", visit.chat_id), _show_votes(visit, button))


async def _show_votes(visit: Visit, button: OpenVotes) -> None:
    days = await _days(visit, button.days)
    tips = ranked(together(days.figures).tips)
    pages = vote_pages(len(tips))
    page = min(button.page, pages - 1)
    shown = await visit.store.name_votes(dict(tips[page * A_PAGE : (page + 1) * A_PAGE]))
    view = votes_view(visit.text, days.dates, shown, page, pages)
    if shown:
        leaf = Leaf(votes_chart(visit.text, days.dates, shown), view)
        present(visit, ready(leaf), fresh=not button.here)
    else:
        await (visit.show(view) if button.here else visit.say(view))


FEATURE = Feature(
    needs=Role.OWNER,
    admin=(AdminEntry("admin-figures", OpenFigures(SPANS[0])),),
    buttons={OpenFigures: open_figures, OpenVotes: open_votes},
)
