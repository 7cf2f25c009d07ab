"""/treatment: the days of an injection or of a change of medicine, marked in two taps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.treatment import (
    AskTreatmentDay,
    AskTreatmentKind,
    KeepTreatment,
    MarkTreatment,
    OpenTreatment,
    OpenTreatments,
    SetTreatmentDay,
    SetTreatmentKind,
    TypeTreatmentDay,
    WriteTreatmentNote,
)
from tipbot.bot.feature import Feature
from tipbot.bot.features.notes import ASKED_FOR
from tipbot.bot.guards import enrolled
from tipbot.bot.views import treatments as views
from tipbot.bot.visit import Visit
from tipbot.core.instants import ONE_DAY, date_at
from tipbot.core.model import Dialog, Subscriber
from tipbot.core.treatments import Treatment, TreatmentId, markable

DAY, NOTE = "treatment-day", "treatment-note"
"""The kinds of its questions."""


async def open_list(visit: Visit) -> None:
    """Show the marks and the buttons that make a new one."""
    person = await enrolled(visit)
    if person is not None:
        marks = await visit.store.treatments(visit.who)
        await visit.say(views.treatments_view(visit.text, marks, 0, today_of(visit)))


async def open_page(visit: Visit, button: OpenTreatments) -> None:
    """Show a page of the marks, and leave any question about one."""
    person = await enrolled(visit)
    if person is None:
        return
    marks = await visit.store.treatments(visit.who)
    if not 0 <= button.page < views.pages(marks):
        await visit.expire()
        return
    await visit.store.close_dialog(visit.who)
    view = views.treatments_view(visit.text, marks, button.page, today_of(visit))
    await visit.answer()
    if button.here:
        await visit.show(view)
    elif not visit.pressed_twice():
        await visit.say(view)
    visit.served()


async def open_one(visit: Visit, button: OpenTreatment) -> None:
    """Show one mark, and leave any question about it."""
    mark = await visit.store.treatment(button.treatment, visit.who)
    if mark is not None:
        await visit.store.close_dialog(visit.who)
    await show(visit, mark)


async def ask_day(visit: Visit, button: AskTreatmentDay) -> None:
    """Ask which day it was: two buttons, or a typed date."""
    person = await _about(visit, button.treatment)
    if person is not None:
        await visit.answer()
        await visit.show(views.day_view(visit.text, button, today_of(visit)))


async def ask_typed_day(visit: Visit, button: TypeTreatmentDay) -> None:
    """Ask for a typed date."""
    person = await _about(visit, button.treatment)
    if person is None:
        return
    about = {"treatment": button.treatment, "kind": button.kind.value}
    await _open_dialog(visit, DAY, about)
    await visit.answer(visit.text.plain("treatment-day-ask-toast"))
    example = today_of(visit) - 30 * ONE_DAY
    await visit.show(views.type_day_view(visit.text, button, example))


async def mark(visit: Visit, button: MarkTreatment) -> None:
    """Mark a day."""
    person = await enrolled(visit)
    day = None if person is None else _day(visit, button.day)
    if person is None:
        return
    if day is None:
        await visit.expire()
        return
    made = await visit.store.mark_treatment(visit.who, button.kind, day, visit.tap())
    await visit.store.close_dialog(visit.who)
    await show(visit, made, "treatment-kept")


async def move(visit: Visit, button: SetTreatmentDay) -> None:
    """Move a mark to another day."""
    person = await enrolled(visit)
    if person is None:
        return
    day = _day(visit, button.day)
    if day is None:
        await visit.expire()
        return
    changed = await changed_mark(visit, button.treatment, lambda m: replace(m, local_date=day))
    await visit.store.close_dialog(visit.who)
    await show(visit, changed, "treatment-kept")


async def ask_kind(visit: Visit, button: AskTreatmentKind) -> None:
    """Show the kinds to choose from."""
    found = await visit.store.treatment(button.treatment, visit.who)
    if found is None or found.undone:
        await show(visit, found)
        return
    await visit.answer()
    await visit.show(views.kinds_view(visit.text, found))


async def set_kind(visit: Visit, button: SetTreatmentKind) -> None:
    """Give a mark another kind."""
    changed = await changed_mark(visit, button.treatment, lambda m: replace(m, kind=button.kind))
    await show(visit, changed, "treatment-kept")


async def keep(visit: Visit, button: KeepTreatment) -> None:
    """Take a mark away, or put it back."""
    changed = await visit.store.edit_treatment(
        button.treatment, visit.who, lambda m: replace(m, undone=not button.on)
    )
    await show(visit, changed, "treatment-kept" if button.on else "treatment-gone-toast")


async def ask_note(visit: Visit, button: WriteTreatmentNote) -> None:
    """Ask for a note, to be typed and sent."""
    found = await visit.store.treatment(button.treatment, visit.who)
    if found is None or found.undone:
        await show(visit, found)
        return
    await _open_dialog(visit, NOTE, {"treatment": found.id})
    await visit.answer(visit.text.plain("note-ask-toast"))
    await visit.show(views.mark_view(visit.text, found, today_of(visit), ask_note=True))


async def show(visit: Visit, mark: Treatment | None, toast: str | None = None) -> None:
    """Answer the tap, then show the mark as it is on disk."""
    if mark is None:
        await visit.expire()
        return
    await visit.answer(visit.text.plain(toast) if toast else None)
    await visit.show(views.mark_view(visit.text, mark, today_of(visit)))


async def _about(visit: Visit, which: TreatmentId) -> Subscriber | None:
    """Return the person if the mark that a question is about is theirs, or a new one."""
    person = await enrolled(visit)
    if person is None or which == views.NEW:
        return person
    found = await visit.store.treatment(which, visit.who)
    if found is None or found.undone:
        await show(visit, found)
        return None
    return person


async def changed_mark(
    visit: Visit, which: TreatmentId, change: Callable[[Treatment], Treatment]
) -> Treatment | None:
    """Change a mark of the tapper's own, unless it was taken away."""
    return await visit.store.edit_treatment(
        which, visit.who, lambda mark: mark if mark.undone else change(mark)
    )


async def _open_dialog(visit: Visit, kind: str, about: Mapping[str, int | str]) -> None:
    payload = json.dumps({**about, "message": visit.message_id})
    await visit.store.open_dialog(
        Dialog(subscriber=visit.who, kind=kind, payload=payload, expires_at=visit.now + ASKED_FOR)
    )


def _day(visit: Visit, ordinal: int) -> date | None:
    """Return the day of a button, None for one that cannot be marked."""
    if not 1 <= ordinal <= date.max.toordinal():
        return None
    day = date.fromordinal(ordinal)
    return day if markable(day, today_of(visit)) else None


def today_of(visit: Visit) -> date:
    """Return the local date of whoever this visit is from, in UTC for a stranger."""
    return date_at(visit.now, ZoneInfo(visit.person.zone if visit.person else "UTC"))


FEATURE = Feature(
    commands={"treatment": open_list},
    buttons={
        OpenTreatments: open_page,
        OpenTreatment: open_one,
        AskTreatmentDay: ask_day,
        TypeTreatmentDay: ask_typed_day,
        MarkTreatment: mark,
        SetTreatmentDay: move,
        AskTreatmentKind: ask_kind,
        SetTreatmentKind: set_kind,
        WriteTreatmentNote: ask_note,
        KeepTreatment: keep,
    },
)
