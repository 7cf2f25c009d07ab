"""Treatment marks: the list, one mark, and the questions about its day, kind and note."""

from collections.abc import Sequence
from datetime import date

from tipbot.bot.buttons.learn import OpenShelf
from tipbot.bot.buttons.treatment import (
    AskTreatmentDay,
    AskTreatmentKind,
    KeepTreatment,
    MarkTreatment,
    OpenSince,
    OpenTreatment,
    OpenTreatments,
    SetTreatmentDay,
    SetTreatmentKind,
    SinceLook,
    TypeTreatmentDay,
    WriteTreatmentNote,
)
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked, turns
from tipbot.core.instants import ONE_DAY
from tipbot.core.treatments import (
    NOTE_LIMIT,
    Treatment,
    TreatmentId,
    TreatmentKind,
    days_since,
)
from tipbot.texts import Text

A_PAGE = 6
"""Marks on one page."""
NEW = TreatmentId(0)
"""Stands in a button for a mark that is still to be made."""
_SHELF = "treatments"


def kind_name(text: Text, kind: TreatmentKind) -> str:
    """Return what a kind of treatment is called."""
    return text.plain(f"treatment-{kind}")


def pages(marks: Sequence[Treatment]) -> int:
    """Return how many pages these marks fill, at least one."""
    return max(1, -(-len(marks) // A_PAGE))


def treatments_view(text: Text, marks: Sequence[Treatment], page: int, today: date) -> View:
    """Return one page of the marks, newest first, and the buttons that make a new one."""
    newest = list(reversed(marks))[page * A_PAGE : (page + 1) * A_PAGE]
    numbered = list(enumerate(newest, page * A_PAGE + 1))
    count = pages(marks)
    lines = [text.html("treatment-intro")]
    if marks:
        lines.append(text.html("treatment-list", page=page + 1, pages=count))
    lines += [f"{number}. {_line(text, mark, today)}" for number, mark in numbered]
    lines.append(text.html("treatment-choose"))
    edits = [
        Button(text.plain("entry-edit", number=number), OpenTreatment(mark.id))
        for number, mark in numbered
    ]
    turned = turns(text, page, count, lambda number: OpenTreatments(number, here=True), by_age=True)
    kinds = [Button(_kind_label(text, kind), AskTreatmentDay(NEW, kind)) for kind in TreatmentKind]
    keyboard = (*rows(edits, 3), *turned, *rows(kinds, 1), *_more(text, marks))
    return View(html="\n".join(lines), keyboard=keyboard)


def kind_title(text: Text, kind: TreatmentKind) -> str:
    """Return what a kind of treatment is called where a line begins."""
    name = kind_name(text, kind)
    return f"{name[:1].upper()}{name[1:]}"


def _kind_label(text: Text, kind: TreatmentKind) -> str:
    return text.plain("treatment-add", kind=kind_title(text, kind))


def _more(text: Text, marks: Sequence[Treatment]) -> Keyboard:
    reading = Button(text.plain("treatment-reading"), OpenShelf(_SHELF, 0))
    if not marks:
        return ((reading,),)
    since = OpenSince(marks[-1].kind, SinceLook.DAYS, dark=False)
    return ((Button(text.plain("open-since"), since),), (reading,))


def _line(text: Text, mark: Treatment, today: date) -> str:
    line = text.html(
        "treatment-line",
        day=text.short_date(mark.local_date),
        kind=kind_name(text, mark.kind),
        ago=ago(text, mark, today),
    )
    return f"{line}\n    {text.html('treatment-line-note', note=mark.note)}" if mark.note else line


def ago(text: Text, mark: Treatment, today: date) -> str:
    """Return how long ago a mark's day is, in words."""
    return text.plain("treatment-ago", days=max(0, days_since(mark, today)))


def day_view(text: Text, asked: AskTreatmentDay, today: date) -> View:
    """Ask which day it was."""
    yesterday = today - ONE_DAY
    named = (("treatment-today", today), ("treatment-yesterday", yesterday))
    days = tuple(
        (Button(text.plain(key, day=text.day(day)), on_day(asked, day)),) for key, day in named
    )
    typed = Button(text.plain("treatment-type-day"), TypeTreatmentDay(asked.treatment, asked.kind))
    html = text.html("treatment-which-day", kind=kind_title(text, asked.kind))
    return View(html=html, keyboard=(*days, (typed,), _back(text, asked.treatment)))


def on_day(asked: AskTreatmentDay | TypeTreatmentDay, day: date) -> MarkTreatment | SetTreatmentDay:
    """Return the button's value that makes or moves a mark to a day."""
    if asked.treatment == NEW:
        return MarkTreatment(asked.kind, day.toordinal())
    return SetTreatmentDay(asked.treatment, day.toordinal())


def either_view(text: Text, asked: TypeTreatmentDay, days: Sequence[date]) -> View:
    """Ask which of the dates a typed one was meant to be."""
    choices = [Button(text.date(day), on_day(asked, day)) for day in days]
    return View(html=text.html("treatment-either"), keyboard=rows(choices, 1))


def type_day_view(text: Text, asked: TypeTreatmentDay, example: date) -> View:
    """Ask for a typed day."""
    html = text.html(
        "treatment-day-ask",
        kind=kind_title(text, asked.kind),
        example=example.isoformat(),
        words=text.date(example),
    )
    return View(html=html, keyboard=(_back(text, asked.treatment),))


def marked_view(text: Text, mark: Treatment) -> View:
    """Say that a mark is kept, where it is shown in full already."""
    day, kind = text.date(mark.local_date), kind_title(text, mark.kind)
    return View(html=text.html("treatment-marked", kind=kind, day=day))


def _back(text: Text, treatment: TreatmentId) -> Row:
    to = OpenTreatments(0, here=True) if treatment == NEW else OpenTreatment(treatment)
    return (Button(text.plain("back"), to),)


def mark_view(text: Text, mark: Treatment, today: date, *, ask_note: bool = False) -> View:
    """Return one mark with all that can be done to it."""
    title = text.html("treatment-title", kind=kind_title(text, mark.kind))
    if mark.undone:
        back = Button(text.plain("put-back"), KeepTreatment(mark.id, on=True))
        html = f"{title}\n{text.html('treatment-taken-away')}"
        return View(html=html, keyboard=((back,), _all(text)))
    day = text.html("treatment-day", day=text.date(mark.local_date), ago=ago(text, mark, today))
    lines = [title, day, *([text.html("entry-note", note=mark.note)] if mark.note else [])]
    if ask_note:
        lines += ["", text.html("note-ask", limit=NOTE_LIMIT)]
    return View(html="\n".join(lines), keyboard=_changes(text, mark))


def _changes(text: Text, mark: Treatment) -> Keyboard:
    note = text.plain("write-note")
    return (
        (
            Button(text.plain("treatment-change-day"), AskTreatmentDay(mark.id, mark.kind)),
            Button(text.plain("treatment-change-kind"), AskTreatmentKind(mark.id)),
        ),
        (
            Button(ticked(note, on=bool(mark.note)), WriteTreatmentNote(mark.id)),
            Button(text.plain("delete-entry"), KeepTreatment(mark.id, on=False)),
        ),
        (Button(text.plain("open-since"), OpenSince(mark.kind, SinceLook.DAYS, dark=False)),),
        _all(text),
    )


def _all(text: Text) -> Row:
    return (Button(text.plain("treatment-all"), OpenTreatments(0, here=True)),)


def kinds_view(text: Text, mark: Treatment) -> View:
    """Ask what kind of treatment a mark stands for."""
    choices = [
        Button(
            ticked(kind_title(text, kind), on=kind is mark.kind), SetTreatmentKind(mark.id, kind)
        )
        for kind in TreatmentKind
    ]
    html = text.html("treatment-which-kind", day=text.date(mark.local_date))
    return View(html=html, keyboard=(*rows(choices, 1), _back(text, mark.id)))
