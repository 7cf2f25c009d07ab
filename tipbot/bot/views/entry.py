"""An entry in words: what is set, and the views around its details."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.entry import Details, Fold, PutBack, StopTimer, Undo
from tipbot.bot.views import Button, View
from tipbot.bot.views.checkin import ON_THE_ENTRY, ON_THE_PAD, named, what, when
from tipbot.bot.views.details import detail_rows
from tipbot.core.instants import date_at
from tipbot.core.model import NOTE_LIMIT, CheckIn, CheckInKind, Flag, Relief, Trigger
from tipbot.texts import Text

_Choice = TypeVar("_Choice", bound=StrEnum)


def minutes_lasted(entry: CheckIn) -> int:
    """Return the measured length in whole minutes, 0 if nothing was measured."""
    if entry.ended_at is None:
        return 0
    return int((entry.ended_at - entry.at).total_seconds() // 60)


def entry_view(
    text: Text, entry: CheckIn, now: datetime, *, ask: str = "", opened: Fold | None = None
) -> View:
    """Return an entry with its details; ``ask`` is the key of a question to type into.

    Of the groups of details, ``opened`` is shown whole.
    """
    if entry.undone:
        return _taken_back(text, entry, now)
    parts = [said(text, entry, now), text.html("entry-legend")]
    if ask:
        parts.append(text.html(ask, limit=NOTE_LIMIT))
    return View(html="\n\n".join(parts), keyboard=detail_rows(text, entry, now, opened))


def folded_view(text: Text, entry: CheckIn, now: datetime) -> View:
    """Return an entry in a few lines, with the way back to its details."""
    if entry.undone:
        return _taken_back(text, entry, now)
    row = (
        Button(text.plain("change"), Details(entry.id, here=True)),
        Button(text.plain("delete-entry"), Undo(entry.id, ON_THE_ENTRY, ON_THE_PAD)),
    )
    return View(html=said(text, entry, now), keyboard=(row,))


def timing_view(text: Text, entry: CheckIn, now: datetime) -> View:
    """Return a running timer: hardly more than the one button that ends it."""
    since = text.html("entry-timing", time=when(text, entry.at, entry.zone, now))
    stop = Button(text.plain("it-stopped"), StopTimer(entry.id))
    back = Button(text.plain("back"), Details(entry.id, here=True))
    return View(html=f"{_title(text, entry, now)}\n\n{since}", keyboard=((stop,), (back,)))


def _taken_back(text: Text, entry: CheckIn, now: datetime) -> View:
    back = Button(text.plain("put-back"), PutBack(entry.id, ON_THE_ENTRY, ON_THE_PAD))
    html = f"{_title(text, entry, now)}\n\n{text.html('entry-taken-back')}"
    return View(html=html, keyboard=((back,),))


def _title(text: Text, entry: CheckIn, now: datetime) -> str:
    if entry.kind is CheckInKind.DAY:
        day = named(text, entry.local_date, date_at(now, ZoneInfo(entry.zone)))
        title = text.html("entry-day-title", day=day)
    else:
        title = text.html("entry-title", what=what(text, entry, now))
    return f"<b>{title}</b>"


def said(text: Text, entry: CheckIn, now: datetime) -> str:
    """Return everything that is known of an entry as HTML, a line each."""
    lines = [_title(text, entry, now)]
    if entry.strength is not None:
        lines.append(text.html("entry-strength", strength=entry.strength))
    if entry.ended_at is not None:
        lines.append(text.html("entry-lasted", minutes=minutes_lasted(entry)))
    elif entry.duration is not None:
        word = text.plain(f"duration-{entry.duration}")
        lines.append(text.html("entry-duration", duration=word))
    lines += _lists(text, entry)
    if entry.note:
        lines.append(text.html("entry-note", note=entry.note))
    return "\n".join(lines)


def _lists(text: Text, entry: CheckIn) -> list[str]:
    chosen = (
        ("entry-triggers", "trigger", _in_order(Trigger, entry.triggers)),
        ("entry-helped", "helped", _in_order(Relief, entry.helped)),
        ("entry-flags", "flag", _in_order(Flag, entry.flags)),
    )
    return [
        text.html(line, list=", ".join(text.plain(f"{group}-{one}") for one in some))
        for line, group, some in chosen
        if some
    ]


def _in_order(every: Iterable[_Choice], some: frozenset[_Choice]) -> list[_Choice]:
    return [one for one in every if one in some]
