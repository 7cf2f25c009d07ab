"""Every detail of an entry as buttons: one tap for the common ones, one more for the others.

The groups stand in the order in which one looks back: how strong, where, how long, what may have
set it off, what helped, what a doctor should know, when. Thumbs find them without reading.

No words are cut on a phone 390 points wide, with a tick in front of them, too: three beside each
other have room for about nine letters, four for five.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from tipbot.bot.buttons.entry import (
    CloseEntry,
    Earlier,
    EarlierBy,
    Fold,
    SetDuration,
    SetPlace,
    SetSide,
    SetStrength,
    StartTimer,
    ToggleFlag,
    ToggleHelped,
    ToggleTrigger,
    Undo,
    Unfold,
    WriteNote,
)
from tipbot.bot.buttons.relief import OpenRelief
from tipbot.bot.views import Button, Keyboard, Row, rows, ticked
from tipbot.bot.views.checkin import ON_THE_ENTRY, ON_THE_PAD
from tipbot.core.checkins import LONGEST_TIMED
from tipbot.core.model import (
    STRENGTHS,
    CheckIn,
    CheckInId,
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
_WIDTH, _NARROW = 3, 4
"""Buttons beside each other: as a rule, and where all words are short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Choices of one kind: with a ``fold``, only ``common`` ones and those set are in sight."""

    name: str
    every: Iterable[StrEnum]
    held: Callable[[CheckIn], Collection[StrEnum | None]]
    value: Callable[[CheckInId, Any, bool], Any]
    fold: Fold | None = None
    folded_width: int = _NARROW
    common: Collection[StrEnum] = ()


_SIDES = _Group(name="side", every=Side, held=lambda e: (e.side,), value=SetSide)
_PLACES = _Group(
    name="place",
    every=Place,
    held=lambda e: (e.place,),
    value=SetPlace,
    fold=Fold.PLACE,
    common=(Place.EYELID, Place.CHEEK, Place.MOUTH),
)
_DURATIONS = _Group(
    name="duration",
    every=Duration,
    held=lambda e: (e.duration,),
    value=SetDuration,
    fold=Fold.DURATION,
    common=(Duration.SECONDS, Duration.MINUTES),
)
_TRIGGERS = _Group(name="trigger", every=Trigger, held=lambda e: e.triggers, value=ToggleTrigger)
_HELPED = _Group(
    name="helped",
    every=Relief,
    held=lambda e: e.helped,
    value=ToggleHelped,
    fold=Fold.HELPED,
    folded_width=_WIDTH,
    common=(Relief.BREATHING, Relief.MASSAGE),
)
_FLAGS = _Group(name="flag", every=Flag, held=lambda e: e.flags, value=ToggleFlag)
_COMMON_TIMES = (EarlierBy.TEN_MINUTES, EarlierBy.HOUR, EarlierBy.TYPED, EarlierBy.NOT)


def in_sight(relief: Relief) -> bool:
    """Tell whether this can be ticked without unfolding what helped."""
    return relief in _HELPED.common


def detail_rows(text: Text, entry: CheckIn, now: datetime, opened: Fold | None) -> Keyboard:
    """Return the buttons for every detail that an entry of its kind can have."""

    def group(which: _Group, *more: Button) -> Keyboard:
        return _rows(text, entry, which, opened, more)

    if entry.kind is CheckInKind.DAY:
        about = (*group(_HELPED), *group(_FLAGS))
    else:
        about = (
            *group(_SIDES),
            *group(_PLACES),
            *group(_DURATIONS, *_timer(text, entry, now)),
            *group(_TRIGGERS),
            *group(_HELPED),
            *group(_FLAGS),
            *_times(text, entry, opened),
        )
    return (*_strengths(text, entry), *about, *_last_rows(text, entry))


def _rows(
    text: Text, entry: CheckIn, group: _Group, opened: Fold | None, more: Iterable[Button]
) -> Keyboard:
    held = group.held(entry)
    folded = group.fold is not None and group.fold is not opened
    shown = [one for one in group.every if not folded or one in group.common or one in held]
    values = [(one, group.value(entry.id, one, one not in held), one in held) for one in shown]
    buttons = [*_labelled(text, group.name, values, marked=not folded), *more]
    if group.fold is None or not folded:
        return rows(buttons, _WIDTH)
    width = group.folded_width if set(shown) <= set(group.common) else _WIDTH
    return _folded(text, entry, buttons, group.fold, width)


def _labelled(
    text: Text, group: str, values: Iterable[tuple[StrEnum, Any, bool]], *, marked: bool
) -> list[Button]:
    """Return buttons: with a tick if set, and with the group's mark on the first one."""
    found: list[Button] = []
    for one, value, on in values:
        mark = TICK if on else text.plain(f"mark-{group}") if marked and not found else ""
        found.append(Button(f"{mark} {text.plain(f'pick-{group}-{one}')}".strip(), value))
    return found


def _folded(text: Text, entry: CheckIn, buttons: list[Button], fold: Fold, width: int) -> Keyboard:
    """Return some buttons of a group and the way to the others, which has the group's mark."""
    more = text.plain("pick-more", mark=text.plain(f"mark-{fold}"))
    every = [*buttons, Button(more, Unfold(entry.id, fold))]
    return rows(every, width if len(every) <= width else _WIDTH)


def _strengths(text: Text, entry: CheckIn) -> Keyboard:
    def one(strength: int) -> Button:
        on = strength == entry.strength
        label = ticked(text.plain(f"strength-{strength}"), on=on)
        return Button(label, SetStrength(entry.id, NO_STRENGTH if on else strength))

    return rows([one(strength) for strength in STRENGTHS], _WIDTH)


def _timer(text: Text, entry: CheckIn, now: datetime) -> Row:
    if entry.duration is not None or now - entry.at >= LONGEST_TIMED:
        return ()
    return (Button(text.plain("pick-going"), StartTimer(entry.id)),)


def _times(text: Text, entry: CheckIn, opened: Fold | None) -> Keyboard:
    """Return the ways back in time; the one that undoes them only where there is one to undo."""
    moved, fold = entry.at != entry.logged_at, Fold.EARLIER
    folded = fold is not opened
    offered = [by for by in EarlierBy if moved or by is not EarlierBy.NOT]
    shown = [by for by in offered if not folded or by in _COMMON_TIMES]
    values = [(by, Earlier(entry.id, by), False) for by in shown]
    buttons = _labelled(text, "earlier", values, marked=not folded)
    return _folded(text, entry, buttons, fold, _NARROW) if folded else rows(buttons, _WIDTH)


def _last_rows(text: Text, entry: CheckIn) -> Keyboard:
    """Return what else there is; 'done' is the largest, and far from what deletes."""
    noted = ticked(text.plain("write-note"), on=bool(entry.note))
    return (
        (
            Button(text.plain("pick-relief"), OpenRelief(here=False)),
            Button(noted, WriteNote(entry.id)),
            Button(text.plain("delete-entry"), Undo(entry.id, ON_THE_ENTRY, ON_THE_PAD)),
        ),
        (Button(text.plain("done"), CloseEntry(entry.id)),),
    )
