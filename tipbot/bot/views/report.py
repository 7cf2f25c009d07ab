"""/report in the chat, and the page that is made of its figures."""

from datetime import date

from tipbot.bot.buttons.report import MakeReport, OpenReport, TypePeriod
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked
from tipbot.bot.views import report_blocks as blocks
from tipbot.core.pages import Block, Page, Paper
from tipbot.core.reports import Report, ReportSpan
from tipbot.texts import Text, territory

_LETTER = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where paper is of the size US Letter (CLDR, supplemental data, paperSize)."""
_CAPTION = 1000


def paper_of(zone: str) -> Paper:
    """Return the size of paper that is used where a zone's clocks are."""
    return Paper.LETTER if territory(zone) in _LETTER else Paper.A4


def menu_view(text: Text, chosen: OpenReport, *, marked: bool) -> View:
    """Ask for the period; the paper and the notes can be changed on the same message."""
    paper, notes = chosen.paper, chosen.notes
    spans = [ReportSpan.MONTH, ReportSpan.QUARTER, ReportSpan.SINCE, ReportSpan.ALL]
    choices = [
        Button(text.plain(f"report-span-{span}"), MakeReport(span, 0, 0, paper, notes))
        for span in spans
        if marked or span is not ReportSpan.SINCE
    ]
    typed = Button(text.plain("report-span-range"), TypePeriod(paper, notes))
    papers: Row = tuple(
        Button(ticked(text.plain(f"paper-{one}"), on=one is paper), OpenReport(one, notes))
        for one in Paper
    )
    said = text.plain("report-with-notes")
    noted = Button(ticked(said, on=notes), OpenReport(paper, notes=not notes))
    return View(
        html=text.html("report-choose"), keyboard=(*rows([*choices, typed], 1), papers, (noted,))
    )


def type_view(text: Text, chosen: TypePeriod, first: date, last: date) -> View:
    """Ask for a typed period."""
    html = text.html("report-period-ask", first=text.short_date(first), last=text.short_date(last))
    back = Button(text.plain("back"), OpenReport(chosen.paper, chosen.notes))
    return View(html=html, keyboard=((back,),))


def either_view(text: Text, chosen: TypePeriod, found: list[tuple[date, date]]) -> View:
    """Ask which of two periods a typed one was meant to be."""
    choices = [
        Button(_long(text, first, last), made(first, last, chosen.paper, notes=chosen.notes))
        for first, last in found
    ]
    return View(html=text.html("treatment-either"), keyboard=rows(choices, 1))


def made(first: date, last: date, paper: Paper, *, notes: bool) -> MakeReport:
    """Return the button's value that makes a report of named days."""
    return MakeReport(ReportSpan.RANGE, first.toordinal(), last.toordinal(), paper, notes)


def _long(text: Text, first: date, last: date) -> str:
    return text.plain("diary-period", first=text.short_date(first), last=text.short_date(last))


def other_paper(text: Text, found: Report, paper: Paper, *, notes: bool) -> Keyboard:
    """Return the button that makes the same report on the other paper."""
    other = Paper.LETTER if paper is Paper.A4 else Paper.A4
    words = text.plain("report-other-paper", paper=text.plain(f"paper-{other}"))
    return ((Button(words, made(found.first, found.last, other, notes=notes)),),)


def file_name(found: Report, kind: str) -> str:
    """Return a file's name, which says its period."""
    return f"tipbot-report-{found.first}-to-{found.last}.{kind}"


def caption(text: Text, found: Report) -> str:
    """Return what stands below the report in the chat."""
    known = found.known
    words = text.plain(
        "report-caption",
        period=_long(text, found.first, found.last),
        logged=known.logged,
        days=known.days,
    )
    return words[:_CAPTION]


def page(text: Text, found: Report, paper: Paper, made_on: date) -> Page:
    """Return a report's pages in words."""
    parts: list[Block] = [
        blocks.figures(text, found),
        blocks.timeline(text, found),
        blocks.marks(text, found),
        blocks.where_and_how_long(text, found),
        blocks.ticked(text, found),
        blocks.days_and_facts(text, found),
        blocks.stretches(text, found),
    ]
    if found.notes:
        parts.append(blocks.notes(text, found))
    return Page(
        paper=paper,
        language=text.language,
        made=made_on,
        title=text.plain("report-title"),
        period=text.plain(
            "report-subtitle", period=_long(text, found.first, found.last), days=found.known.days
        ),
        blanks=(text.plain("report-name"), text.plain("report-born")),
        notice=text.plain("report-notice", day=text.date(made_on)),
        blocks=tuple(parts),
        unshown=text.plain("report-unshown"),
        footer=text.plain("report-footer"),
        numbers=tuple(
            tuple(text.plain("report-page", page=page, pages=pages) for page in range(1, pages + 1))
            for pages in (1, 2, 3)
        ),
    )
