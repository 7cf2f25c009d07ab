"""/diary: charts with the same in words, a calendar, the entries, what goes together, what helped.

A tap is answered first; reading, drawing and sending go on afterwards, as an errand.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from tipbot.bot.buttons.diary import (
    Look,
    OpenCalendar,
    OpenChart,
    OpenEntries,
    OpenHelped,
    OpenTogether,
)
from tipbot.bot.days import last_day
from tipbot.bot.feature import Feature
from tipbot.bot.guards import enrolled, sparing
from tipbot.bot.leaves import Leaf, present, turn
from tipbot.bot.views import View
from tipbot.bot.views import diary as views
from tipbot.bot.views.charts import (
    calendar_chart,
    days_chart,
    hours_chart,
    period,
    places_chart,
)
from tipbot.bot.views.helped import helped_view
from tipbot.bot.views.together import together_view
from tipbot.bot.views.twin import days_words
from tipbot.bot.visit import Visit
from tipbot.core import diary
from tipbot.core.charts import Chart, Comparison
from tipbot.core.diary import Day, Span, diary_days, first_day, month_days
from tipbot.core.helped import LOOKED_AT, by_relief
from tipbot.core.insights import Finding, Together, together
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import CheckIn, Subscriber
from tipbot.store.base import Slice, StoreUnavailableError
from tipbot.texts import Text

_EARLIEST = date(2000, 1, 1)
"""No entry lies before this day, and no month in the calendar."""
_QUARTER = timedelta(days=89)
"""How far 'what goes together' looks, beside today."""
_COST = 4
"""What a comparison costs, in charts."""


async def open_diary(visit: Visit) -> None:
    """Show the last week, or a kind word if there is nothing yet."""
    person = await enrolled(visit)
    if person is None:
        return
    today = await last_day(visit, person)
    if not await visit.store.count_check_ins(visit.who, _EARLIEST, today):
        await visit.say(views.empty_view(visit.text))
        return
    if not await sparing(visit):
        return
    shown = OpenChart(Look.DAYS, Span.WEEK, dark=False)
    present(visit, lambda: _chart(visit, shown, person))


async def open_chart(visit: Visit, button: OpenChart) -> None:
    """Show another chart in the same message."""
    person = await enrolled(visit)
    if person is not None:
        await turn(visit, lambda: _chart(visit, button, person))


async def open_calendar(visit: Visit, button: OpenCalendar) -> None:
    """Show a month in the same message; none in the future."""
    person = await enrolled(visit)
    if person is None:
        return
    today = await last_day(visit, person)
    if not views.month_number(_EARLIEST) <= button.month <= views.month_number(today):
        await visit.expire()
    else:
        await turn(visit, lambda: _calendar(visit, button, today))


async def _calendar(visit: Visit, button: OpenCalendar, today: date) -> Leaf:
    """Return a month with its words."""
    first, last = month_days(button.month // 12, button.month % 12 + 1)
    days = (await _days(visit, first, last))[1]
    past = [day for day in days if day.date <= today]
    words = [*views.figures(visit.text, past), *views.calendar_words(visit.text, past)]
    later = await visit.store.count_check_ins(visit.who, last + ONE_DAY, today)
    buttons = views.calendar_buttons(visit.text, button, today, page=later // views.A_PAGE)
    view = View(html=views.caption(words), keyboard=buttons)
    return Leaf(calendar_chart(visit.text, days, today, dark=button.dark), view)


async def open_entries(visit: Visit, button: OpenEntries) -> None:
    """Show a page of the entries; the last one if there are not so many any more."""
    person = await enrolled(visit)
    if person is None:
        return
    today = await last_day(visit, person)
    count = await visit.store.count_check_ins(visit.who, _EARLIEST, today)
    page = min(button.page, views.entry_pages(count) - 1)
    if page < 0:
        await visit.expire()
        return
    view = views.empty_view(visit.text)
    if count:
        part = Slice(page * views.A_PAGE, views.A_PAGE)
        newest = await visit.store.newest_check_ins(visit.who, _EARLIEST, today, part)
        view = views.entries_view(visit.text, newest, page, count, visit.now)
    await visit.answer()
    if button.here:
        await visit.show(view)
    else:
        await _once(visit, view)


async def open_helped(visit: Visit, _: OpenHelped) -> None:
    """Show what helped."""
    if await enrolled(visit) is None:
        return
    said = await visit.store.outcomes(visit.who, visit.now - LOOKED_AT, visit.now)
    await visit.answer()
    await _once(visit, helped_view(visit.text, by_relief(said)))


async def open_together(visit: Visit, _: OpenTogether) -> None:
    """Work out what goes together, after the tap was answered."""
    person = await enrolled(visit)
    if person is None:
        return
    if visit.pressed_twice():
        await visit.answer()
    elif await sparing(visit, _COST):
        await visit.answer()
        key = (visit.chat_id, visit.message_id, "together")
        visit.house.errands.start(key, _say_together(visit, person))
        visit.served()


async def _say_together(visit: Visit, person: Subscriber) -> None:
    try:
        view = await _together(visit, person)
    except StoreUnavailableError:
        view = View(html=visit.text.html("report-later"))
    await visit.say(view)


async def _together(visit: Visit, person: Subscriber) -> View:
    """Read, count and compare when it is its turn."""
    bench = visit.house.workbench
    async with bench.place() as compared:
        asked = await bench.compose(lambda: _asked(visit, person))
        found: tuple[Finding, ...] | None = ()
        if asked.questions:
            comparison = Comparison(questions=asked.questions, seed=str(visit.who))
            found = await visit.house.renderer.compare(comparison) if compared else None
        return together_view(visit.text, asked, found)


async def _asked(visit: Visit, person: Subscriber) -> Together:
    today = await last_day(visit, person)
    return together((await _days(visit, today - _QUARTER, today))[1])


async def _once(visit: Visit, view: View) -> None:
    """Send a message for a tap, once for a double one."""
    if not visit.pressed_twice():
        await visit.say(view)
    visit.served()


async def _days(visit: Visit, first: date, last: date) -> tuple[Sequence[CheckIn], tuple[Day, ...]]:
    entries = await visit.store.check_ins(visit.who, first, last)
    contexts = await visit.store.day_contexts(visit.who, first, last)
    return entries, diary_days(entries, contexts, first, last)


async def _chart(visit: Visit, shown: OpenChart, person: Subscriber) -> Leaf:
    """Return a chart with its words; taps go between its parts."""
    text, today = visit.text, await last_day(visit, person)
    first, look = first_day(shown.span, today), views.drawn_look(shown)
    entries, days = await _days(visit, first, today)
    await asyncio.sleep(0)
    chart, words = _drawn(text, look, entries, days, dark=shown.dark)
    await asyncio.sleep(0)
    lines = [*views.figures(text, days), *words]
    buttons = views.chart_buttons(text, shown, today)
    return Leaf(chart, View(html=views.caption(lines), keyboard=buttons))


def _drawn(
    text: Text, look: Look, entries: Sequence[CheckIn], days: Sequence[Day], *, dark: bool
) -> tuple[Chart, list[str]]:
    if look is Look.DAYS:
        return days_chart(text, days, dark=dark), days_words(text, days)
    title = period(text, days[0].date, days[-1].date)
    if look is Look.HOURS:
        counts = diary.by_hour(entries)
        return hours_chart(text, title, counts, dark=dark), views.hours_words(text, counts)
    spots = diary.by_place(entries)
    return places_chart(text, title, spots, dark=dark), views.places_words(text, spots)


FEATURE = Feature(
    unhurried=True,
    commands={"diary": open_diary},
    buttons={
        OpenChart: open_chart,
        OpenCalendar: open_calendar,
        OpenEntries: open_entries,
        OpenHelped: open_helped,
        OpenTogether: open_together,
    },
)
