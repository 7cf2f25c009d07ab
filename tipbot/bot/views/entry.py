"""An entry's details: what is set in words, and every detail as one tap on the same message."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from tipbot.bot.buttons import (
    CloseEntry,
    Details,
    Earlier,
    EarlierBy,
    OpenRelief,
    PutBack,
    SetDuration,
    SetPlace,
    SetSide,
    SetStrength,
    StartTimer,
    StopTimer,
    ToggleFlag,
    ToggleHelped,
    ToggleTrigger,
    Undo,
    WriteNote,
)
from tipbot.bot.views import Button, Keyboard, View, rows
from tipbot.bot.views.checkin import ON_THE_ENTRY, ON_THE_PAD, what, when
from tipbot.core.model import (
    NOTE_LIMIT,
    STRENGTHS,
    CheckIn,
    CheckInKind,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Trigger,
)
from tipbot.texts import Text

NO_STRENGTH = -1
TICK = "✅"
_TIMED = timedelta(hours=24)
"""How long after an entry 'still going' is offered."""
_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(text: Text, group: str, one: StrEnum, value: Any, *, on: bool) -> Button:
    """Return a button for one of a group's words: with a tick if set, else the group's mark."""
    word = text.plain(f"{group}-{one}")
    mark = TICK if on else text.plain(f"mark-{group}")
    return Button(f"{mark} {word[:1].upper()}{word[1:]}", value)


def minutes_lasted(entry: CheckIn) -> int:
    """Return the measured length in whole minutes, 0 if nothing was measured."""
    if entry.ended_at is None:
        return 0
    return int((entry.ended_at - entry.at).total_seconds() // 60)


def entry_view(text: Text, entry: CheckIn, now: datetime, *, ask: str = "") -> View:
    """Return an entry with all of its details; ``ask`` is the key of a question to type into."""
    if entry.undone:
        return _taken_back(text, entry, now)
    parts = [said(text, entry, now), text.html("entry-legend")]
    if ask:
        parts.append(text.html(ask, limit=NOTE_LIMIT))
    return View(html="\n\n".join(parts), keyboard=_keyboard(text, entry, now))


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
        title = text.html("entry-day-title", day=text.day(entry.local_date))
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


def _keyboard(text: Text, entry: CheckIn, now: datetime) -> Keyboard:
    """Return every detail, the one that matters most first: thumbs find the top row blind."""
    of = entry.id

    def picks(
        group: str,
        every: Iterable[_Choice],
        chosen: Iterable[_Choice | None],
        value: Callable[[_Choice, bool], Any],
    ) -> list[Button]:
        held = set(chosen)
        return [
            choice(text, group, one, value(one, one not in held), on=one in held) for one in every
        ]

    sides = picks("side", Side, [entry.side], lambda s, on: SetSide(of, s, on))
    places = picks("place", Place, [entry.place], lambda p, on: SetPlace(of, p, on))
    lasted = picks("duration", Duration, [entry.duration], lambda d, on: SetDuration(of, d, on))
    triggers = picks("trigger", Trigger, entry.triggers, lambda t, on: ToggleTrigger(of, t, on))
    helped = picks("helped", Relief, entry.helped, lambda r, on: ToggleHelped(of, r, on))
    flags = picks("flag", Flag, entry.flags, lambda f, on: ToggleFlag(of, f, on))
    if entry.duration is None and now - entry.at < _TIMED:
        lasted.append(Button(text.plain("still-going"), StartTimer(of)))
    return (
        _strengths(text, entry),
        *(row for some in (sides, places, lasted, triggers, helped) for row in rows(some, 3)),
        *rows(flags, 2),
        *rows(_times(text, entry), 3),
        (Button(text.plain("open-relief"), OpenRelief(here=False)),),
        _last_row(text, entry),
    )


def _strengths(text: Text, entry: CheckIn) -> tuple[Button, ...]:
    def one(strength: int) -> Button:
        on = strength == entry.strength
        label = text.plain(f"strength-{strength}")
        value = SetStrength(entry.id, NO_STRENGTH if on else strength)
        return Button(f"{TICK} {label}" if on else label, value)

    return tuple(one(strength) for strength in STRENGTHS)


def _times(text: Text, entry: CheckIn) -> list[Button]:
    moved = entry.at != entry.logged_at
    offered = [by for by in EarlierBy if moved or by is not EarlierBy.NOT]
    return [choice(text, "earlier", by, Earlier(entry.id, by), on=False) for by in offered]


def _last_row(text: Text, entry: CheckIn) -> tuple[Button, ...]:
    note = text.plain("write-note")
    return (
        Button(f"{TICK} {note}" if entry.note else note, WriteNote(entry.id)),
        Button(text.plain("delete-entry"), Undo(entry.id, ON_THE_ENTRY, ON_THE_PAD)),
        Button(text.plain("done"), CloseEntry(entry.id)),
    )
