"""The time after a treatment: a chart of the days since, and of the cycles side by side."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from tipbot.bot.buttons.treatment import OpenSince, SinceLook
from tipbot.bot.days import last_day
from tipbot.bot.feature import Feature
from tipbot.bot.guards import enrolled
from tipbot.bot.leaves import Leaf, turn
from tipbot.bot.views import View
from tipbot.bot.views import since as views
from tipbot.bot.views.diary import caption
from tipbot.bot.visit import Visit
from tipbot.core.diary import Day, diary_days
from tipbot.core.since import MOST_CYCLES
from tipbot.core.treatments import Cycle, Treatment, TreatmentKind, cycles


async def open_since(visit: Visit, button: OpenSince) -> None:
    """Show a chart of one kind's cycles; of another kind if there is no mark of this one."""
    person = await enrolled(visit)
    if person is None:
        return
    today = await last_day(visit, person)
    marks = [mark for mark in await visit.store.treatments(visit.who) if mark.local_date <= today]
    if not marks:
        await visit.answer(visit.text.plain("since-no-mark"), alert=True)
        return
    kinds = [kind for kind in TreatmentKind if any(mark.kind is kind for mark in marks)]
    kind = button.kind if button.kind in kinds else marks[-1].kind
    shown = OpenSince(kind, button.look, button.dark)
    compose = partial(_leaf, visit, shown, marks, today)
    await turn(visit, compose, fresh=not visit.under_picture)


async def _leaf(visit: Visit, shown: OpenSince, marks: Sequence[Treatment], today: date) -> Leaf:
    every = 1 if shown.look is SinceLook.DAYS else MOST_CYCLES
    newest = cycles(marks, shown.kind, today)[::-1][:every]
    found = await _days_of(visit, newest)
    text, kinds = visit.text, [k for k in TreatmentKind if any(m.kind is k for m in marks)]
    buttons = views.since_buttons(text, shown, kinds)
    if shown.look is SinceLook.CYCLES:
        words = views.cycles_words(text, shown.kind, found)
        chart = views.cycles_chart(text, shown.kind, found, dark=shown.dark)
        return Leaf(chart, View(html=caption(words), keyboard=buttons))
    cycle, days = found[0]
    words = views.since_words(text, shown.kind, cycle, days)
    return Leaf(
        views.since_chart(text, shown.kind, cycle, days, marks, dark=shown.dark),
        View(html=caption(words), keyboard=buttons),
    )


async def _days_of(visit: Visit, newest: Sequence[Cycle]) -> list[tuple[Cycle, tuple[Day, ...]]]:
    """Return the days of some cycles, newest first, read at once."""
    first, last = newest[-1].first, newest[0].last
    entries = await visit.store.check_ins(visit.who, first, last)
    days = diary_days(entries, (), first, last)
    return [
        (cycle, days[(cycle.first - first).days : (cycle.last - first).days + 1])
        for cycle in newest
    ]


FEATURE = Feature(unhurried=True, buttons={OpenSince: open_since})
