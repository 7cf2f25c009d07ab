"""/report: a page or two for a doctor, and the table behind them, for any period.

The tap is answered when the diary is read; counting, setting and sending go on as an errand.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from telegram.constants import ChatAction

from tipbot.archive import csv_table
from tipbot.bot.buttons.report import MakeReport, OpenReport, TypePeriod
from tipbot.bot.days import last_day
from tipbot.bot.feature import Feature
from tipbot.bot.features.notes import ASKED_FOR
from tipbot.bot.guards import enrolled, sparing
from tipbot.bot.pictures import announce
from tipbot.bot.views import View
from tipbot.bot.views import report as views
from tipbot.bot.views.dates import date_words
from tipbot.bot.views.report_table import Table
from tipbot.bot.visit import Visit
from tipbot.core.dates import read_period
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import Dialog, Subscriber
from tipbot.core.pages import Page, Paper
from tipbot.core.reports import Material, Report, ReportSpan, period_of, report
from tipbot.core.treatments import EARLIEST, Treatment
from tipbot.store.base import StoreUnavailableError

_PERIOD = "report-period"
COST = 4
"""What a report costs, in charts."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A report in figures, in words, and as a table."""

    found: Report
    page: Page
    table: bytes


async def open_menu(visit: Visit) -> None:
    """Ask for the period."""
    person = await enrolled(visit)
    if person is not None:
        await visit.say(await _menu(visit, OpenReport(views.paper_of(person.zone), notes=False)))


async def choose(visit: Visit, button: OpenReport) -> None:
    """Show the choice with another paper, with notes or without; leave an open question."""
    if await enrolled(visit) is None:
        return
    view = await _menu(visit, button)
    await visit.store.close_dialog(visit.who)
    await visit.answer()
    await visit.show(view)


async def _menu(visit: Visit, chosen: OpenReport) -> View:
    marked = bool(await visit.store.treatments(visit.who))
    return views.menu_view(visit.text, chosen, marked=marked)


async def ask_period(visit: Visit, button: TypePeriod) -> None:
    """Ask for a typed period."""
    person = await enrolled(visit)
    if person is None:
        return
    payload = {"paper": button.paper.value, "notes": button.notes}
    await visit.store.open_dialog(
        Dialog(
            subscriber=visit.who,
            kind=_PERIOD,
            payload=json.dumps(payload),
            expires_at=visit.now + ASKED_FOR,
        )
    )
    today = await last_day(visit, person)
    await visit.answer(visit.text.plain("report-period-ask-toast"))
    await visit.show(views.type_view(visit.text, button, today - 60 * ONE_DAY, today))


async def typed_period(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take a typed period; ask again for an unclear one, and about one with two meanings."""
    person = await enrolled(visit)
    if person is None:
        return
    asked, today = json.loads(dialog.payload), await last_day(visit, person)
    chosen = TypePeriod(Paper(asked["paper"]), asked["notes"])
    found = read_period(said, date_words(visit.text, today))
    periods = [(first, min(last, today)) for first, last in found if EARLIEST <= first <= today]
    if not periods:
        await visit.say(View(html=visit.text.html("report-period-unclear")))
        return
    if len(periods) > 1:
        await visit.say(views.either_view(visit.text, chosen, periods))
        return
    button = views.made(*periods[0], chosen.paper, notes=chosen.notes)
    if await _begin(visit, person, button):
        await visit.store.close_dialog(visit.who)


async def make(visit: Visit, button: MakeReport) -> None:
    """Make a report, after the tap was answered."""
    person = await enrolled(visit)
    if person is not None:
        await _begin(visit, person, button)


async def _begin(visit: Visit, person: Subscriber, button: MakeReport) -> bool:
    """Answer, and start to make a report; return whether one is made."""
    today = await last_day(visit, person)
    marks = await visit.store.treatments(visit.who)
    period = _period(button, marks, today)
    if period is None:
        await _refuse(visit, button)
        return False
    if not await visit.store.count_check_ins(visit.who, *period):
        await _say(visit, "report-empty")
        return False
    if visit.pressed_twice():
        await visit.answer()
        return False
    if not await sparing(visit, COST):
        return False
    await _say(visit, "report-begun")
    visit.house.errands.start((visit.chat_id, "report"), _deliver(visit, period, button, today))
    visit.served()
    return True


async def _material(visit: Visit, period: tuple[date, date]) -> Material:
    return Material(
        entries=await visit.store.check_ins(visit.who, *period),
        contexts=await visit.store.day_contexts(visit.who, *period),
        marks=await visit.store.treatments(visit.who),
    )


def _period(
    button: MakeReport, marks: Sequence[Treatment], today: date
) -> tuple[date, date] | None:
    if button.span is not ReportSpan.RANGE:
        return period_of(button.span, marks, today)
    if not EARLIEST.toordinal() <= button.first <= button.last <= today.toordinal():
        return None
    return date.fromordinal(button.first), date.fromordinal(button.last)


async def _refuse(visit: Visit, button: MakeReport) -> None:
    """Say why there is no such period."""
    if button.span is ReportSpan.RANGE:
        await visit.expire()
    else:
        await _say(visit, "since-no-mark" if button.span is ReportSpan.SINCE else "report-empty")


async def _say(visit: Visit, key: str) -> None:
    """Answer a tap with an alert or a toast, a message with a message."""
    begun = key == "report-begun"
    if visit.query:
        await visit.answer(visit.text.plain(key), alert=not begun)
    else:
        await visit.say(View(html=visit.text.html(key)))


async def _deliver(
    visit: Visit, period: tuple[date, date], button: MakeReport, today: date
) -> None:
    """Count, set and send; the table comes even if the page could not be set."""
    try:
        made, pdf = await _made(visit, period, button, today)
    except StoreUnavailableError:
        await visit.say(View(html=visit.text.html("report-later")))
        return
    text, found = visit.text, made.found
    if pdf is None:
        await visit.say(View(html=text.html("report-failed")))
    else:
        keyboard = views.other_paper(text, found, button.paper, notes=button.notes)
        name = views.file_name(found, "pdf")
        if await visit.send_file(name, pdf, views.caption(text, found), keyboard) is None:
            return
    table = views.file_name(found, "csv")
    await visit.send_file(table, made.table, text.plain("report-table-caption"))


async def _made(
    visit: Visit, period: tuple[date, date], button: MakeReport, today: date
) -> tuple[Composed, bytes | None]:
    """Read, count and set when it is its turn: taps share the machine with that."""
    bench = visit.house.workbench
    async with bench.place() as printed:
        announce(visit, ChatAction.UPLOAD_DOCUMENT)
        made = await bench.compose(lambda: _composed(visit, period, button, today))
        return made, await visit.house.renderer.report(made.page) if printed else None


async def _composed(
    visit: Visit, period: tuple[date, date], button: MakeReport, today: date
) -> Composed:
    material = await _material(visit, period)
    if button.span is ReportSpan.ALL:
        period = min(material.first or today, today), today
    return await asyncio.to_thread(_compose, visit, material, period, button, today)


def _compose(
    visit: Visit, material: Material, period: tuple[date, date], button: MakeReport, today: date
) -> Composed:
    """Count and put into words; blocks for as long as the diary is large."""
    shown = material if button.notes else material.without_notes()
    found = report(shown, *period)
    page = views.page(visit.text, found, button.paper, today)
    rows = Table(visit.text).rows(shown, *period)
    return Composed(found, page, csv_table(rows, visit.text.list_sign()))


FEATURE = Feature(
    unhurried=True,
    commands={"report": open_menu},
    buttons={OpenReport: choose, TypePeriod: ask_period, MakeReport: make},
    dialogs={_PERIOD: typed_period},
)
