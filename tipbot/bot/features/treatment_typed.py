"""Typed answers about a treatment mark: its day, its note.

An unclear one leaves its question open.
"""

import json
from dataclasses import replace

from tipbot.bot.buttons.treatment import TypeTreatmentDay
from tipbot.bot.feature import Feature
from tipbot.bot.features.notes import NO_NOTE
from tipbot.bot.features.treatment import DAY, NOTE, changed_mark, today_of
from tipbot.bot.guards import enrolled
from tipbot.bot.views import View
from tipbot.bot.views import treatments as views
from tipbot.bot.views.dates import date_words
from tipbot.bot.visit import Visit
from tipbot.core.dates import read_date
from tipbot.core.model import Dialog
from tipbot.core.treatments import (
    NOTE_LIMIT,
    Treatment,
    TreatmentId,
    TreatmentKind,
    markable,
    with_note,
)


async def typed_day(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take a typed date; an unclear one is asked for again, one of two meanings is asked about."""
    person = await enrolled(visit)
    if person is None:
        return
    asked, today = json.loads(dialog.payload), today_of(visit)
    which, kind = TreatmentId(asked["treatment"]), TreatmentKind(asked["kind"])
    found = read_date(said, date_words(visit.text, today))
    days = [day for day in found if markable(day, today)]
    if not days:
        key = "treatment-day-far" if found else "treatment-day-unclear"
        await visit.say(View(html=visit.text.html(key)))
        return
    if len(days) > 1:
        await visit.say(views.either_view(visit.text, TypeTreatmentDay(which, kind), days))
        return
    if which == views.NEW:
        made = await visit.store.mark_treatment(visit.who, kind, days[0], visit.tap())
    else:
        made = await changed_mark(visit, which, lambda m: replace(m, local_date=days[0]))
    await _answered(visit, asked["message"], made, "treatment-marked")


async def typed_note(visit: Visit, dialog: Dialog, said: str) -> None:
    """Keep a typed note."""
    asked = json.loads(dialog.payload)
    note = "" if said.strip() == NO_NOTE else said
    made = await changed_mark(visit, TreatmentId(asked["treatment"]), lambda m: with_note(m, note))
    key = "note-kept" if note.strip() else "note-removed"
    if len(" ".join(note.split())) > NOTE_LIMIT:
        key = "note-shortened"
    await _answered(visit, asked["message"], made, key)


async def _answered(visit: Visit, message: int, made: Treatment | None, key: str) -> None:
    """Close a question, and show the mark in the message that asked."""
    await visit.store.close_dialog(visit.who)
    if made is None or made.undone:
        await visit.say(View(html=visit.text.html("treatment-missing")))
        return
    view = views.mark_view(visit.text, made, today_of(visit))
    if message:
        await visit.redraw(message, view)
    if not message:
        await visit.say(view)
    elif key == "treatment-marked":
        await visit.say(views.marked_view(visit.text, made))
    else:
        await visit.say(View(html=visit.text.html(key, limit=NOTE_LIMIT)))


FEATURE = Feature(dialogs={DAY: typed_day, NOTE: typed_note})
