"""The diary in words: what each chart says, its buttons, the entries."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from html import unescape
from itertools import groupby
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.diary import (
    Look,
    OpenCalendar,
    OpenChart,
    OpenEntries,
    OpenHelped,
    OpenTogether,
)
from tipbot.bot.buttons.entry import Details
from tipbot.bot.buttons.treatment import OpenSince, SinceLook
from tipbot.bot.pictures import CAPTION_LIMIT
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked, turns
from tipbot.bot.views.charts import period, place_name
from tipbot.bot.views.checkin import LogButton, log_rows, named, what
from tipbot.bot.views.prompt import day_row
from tipbot.core.diary import Day, Span, Spot, Summary, summary
from tipbot.core.instants import date_at
from tipbot.core.model import STRENGTHS, CheckIn, CheckInKind, Minute
from tipbot.core.treatments import TreatmentKind
from tipbot.texts import Text

A_PAGE = 6
"""Entries on one page."""
_SINCE = OpenSince(TreatmentKind.INJECTION, SinceLook.DAYS, dark=False)


def empty_view(text: Text) -> View:
    """Return a kind answer for a diary without entries."""
    return View(
        html=text.html("diary-empty"), keyboard=(*log_rows(text, LogButton()), day_row(text))
    )


def caption(lines: Iterable[str]) -> str:
    """Join lines of a caption, leaving out the last ones if it would be too long."""
    kept: list[str] = []
    for line in lines:
        if _length("\n".join((*kept, line))) > CAPTION_LIMIT - 2:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join(kept)


def _length(html: str) -> int:
    return len(unescape(html).encode("utf-16-le")) // 2


def figures(text: Text, days: Sequence[Day]) -> list[str]:
    """Return the figures of some days, a line each."""
    return [
        f"<b>{text.html('diary-title', period=_period(text, days))}</b>",
        *_figures(text, summary(days)),
    ]


def _period(text: Text, days: Sequence[Day]) -> str:
    return period(text, days[0].date, days[-1].date)


def _figures(text: Text, known: Summary) -> list[str]:
    if known.logged == 0:
        return [text.html("diary-nothing")]
    lines = [text.html("diary-twitches", count=known.twitches)]
    if known.free:
        lines.append(text.html("diary-free", days=known.free))
    if known.median is not None:
        lines.append(text.html("diary-median", strength=text.number(known.median)))
    if known.worst is not None:
        lines.append(text.html("diary-worst", strength=known.worst))
    if known.missing:
        lines.append(text.html("diary-missing", days=known.missing))
    return lines


def hours_words(text: Text, counts: Sequence[int]) -> list[str]:
    """Return what the chart of hours says."""
    said = [
        text.html("diary-hour", time=text.minute(Minute(hour * 60)), count=count)
        for hour, count in enumerate(counts)
        if count
    ]
    return [text.html("diary-hours"), ", ".join(said)] if said else []


def places_words(text: Text, spots: Sequence[Spot]) -> list[str]:
    """Return what the chart of places says."""
    return [_place_line(text, spot) for spot in spots]


def _place_line(text: Text, spot: Spot) -> str:
    sides = (
        ("side-left", spot.left),
        ("side-right", spot.right),
        ("side-both", spot.both),
        ("chart-no-side", spot.unsaid),
    )
    parts = [text.html("diary-side", side=text.plain(key), count=n) for key, n in sides if n]
    return text.html("diary-place", place=place_name(text, spot), list=", ".join(parts))


def calendar_words(text: Text, days: Sequence[Day]) -> list[str]:
    """Return what the calendar says: the dates of each strength, then those without."""
    groups = [
        (text.plain(f"level-{level}"), [d for d in days if d.worst == level])
        for level in reversed(STRENGTHS)
    ]
    groups += [
        (text.plain("chart-unrated"), [d for d in days if d.logged and d.worst is None]),
        (text.plain("chart-missing"), [d for d in days if not d.logged]),
    ]
    return [
        text.html("diary-dates", name=name, list=", ".join(_runs([d.date.day for d in some])))
        for name, some in groups
        if some
    ]


def _runs(days: Sequence[int]) -> Iterator[str]:
    """Yield the days of a month, three or more in a row as one run."""
    for _, group in groupby(enumerate(days), key=lambda each: each[1] - each[0]):
        run = [day for _, day in group]
        if len(run) > 2:
            yield f"{run[0]}\N{EN DASH}{run[-1]}"
        else:
            yield from map(str, run)


def drawn_look(shown: OpenChart) -> Look:
    """Return what a chart really shows: one day alone is shown by its hours."""
    alone = shown.look is Look.DAYS and shown.span is Span.DAY
    return Look.HOURS if alone else shown.look


def chart_buttons(text: Text, shown: OpenChart, today: date) -> Keyboard:
    """Return the buttons below a chart."""
    spans = [
        Button(
            ticked(text.plain(f"span-{span}"), on=span is shown.span),
            OpenChart(shown.look, span, shown.dark),
        )
        for span in Span
    ]
    looks = [
        Button(
            ticked(text.plain(f"look-{look}"), on=look is drawn_look(shown)),
            OpenChart(look, shown.span, shown.dark),
        )
        for look in Look
        if drawn_look(OpenChart(look, shown.span, shown.dark)) is look
    ]
    other = OpenChart(shown.look, shown.span, not shown.dark)
    return (
        *rows(spans, 2),
        tuple(looks),
        (
            Button(text.plain("open-calendar"), OpenCalendar(month_number(today), shown.dark)),
            _theme(text, other, dark=shown.dark),
        ),
        *_more(text),
    )


def calendar_buttons(text: Text, shown: OpenCalendar, today: date, *, page: int) -> Keyboard:
    """Return the buttons below a month; ``page`` is the page of the entries that has its last."""
    before = Button(text.plain("month-before"), OpenCalendar(shown.month - 1, shown.dark))
    after = Button(text.plain("month-after"), OpenCalendar(shown.month + 1, shown.dark))
    turns: Row = (before, after) if shown.month < month_number(today) else (before,)
    other = OpenCalendar(shown.month, not shown.dark)
    return (
        turns,
        (to_charts(text, dark=shown.dark), _theme(text, other, dark=shown.dark)),
        *_more(text, page),
    )


def to_charts(text: Text, *, dark: bool = False) -> Button:
    """Return the way back to the charts, which come in place of the message it stands under."""
    return Button(text.plain("back-to-charts"), OpenChart(Look.DAYS, Span.WEEK, dark))


def _theme(text: Text, other: OpenChart | OpenCalendar, *, dark: bool) -> Button:
    return Button(text.plain("theme-light") if dark else text.plain("theme-dark"), other)


def _more(text: Text, page: int = 0) -> Keyboard:
    return (
        day_row(text),
        (Button(text.plain("open-entries"), OpenEntries(page, here=False)),
         Button(text.plain("open-helped"), OpenHelped())),
        (Button(text.plain("open-together"), OpenTogether()),),
        (Button(text.plain("open-since"), _SINCE),),
    )  # fmt: skip


def month_number(day: date) -> int:
    """Return a date's month, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def entry_pages(count: int) -> int:
    """Return how many pages so many entries fill, at least one."""
    return max(1, -(-count // A_PAGE))


def entries_view(
    text: Text, newest: Sequence[CheckIn], page: int, count: int, now: datetime
) -> View:
    """Return a page of the entries, of which there are ``count``, each with the way to details."""
    pages = entry_pages(count)
    numbered = list(enumerate(newest, page * A_PAGE + 1))
    title = text.html("entries-title", page=page + 1, pages=pages)
    lines = [f"{number}. {_entry_line(text, entry, now)}" for number, entry in numbered]
    edits = [
        Button(text.plain("entry-edit", number=number), Details(entry.id, here=False))
        for number, entry in numbered
    ]
    turned = turns(text, page, pages, lambda number: OpenEntries(number, here=True), by_age=True)
    keyboard = (*rows(edits, 3), *turned, (to_charts(text),))
    return View(html="\n".join((title, *lines)), keyboard=keyboard)


def _entry_line(text: Text, entry: CheckIn, now: datetime) -> str:
    if entry.kind is CheckInKind.DAY:
        rating = text.plain(f"rate-{entry.strength or 0}")
        day = named(text, entry.local_date, date_at(now, ZoneInfo(entry.zone)))
        return text.html("entry-line-day", day=day, rating=rating)
    if entry.strength is None:
        return text.html("entry-line", what=what(text, entry, now))
    return text.html("entry-line-rated", what=what(text, entry, now), strength=entry.strength)
