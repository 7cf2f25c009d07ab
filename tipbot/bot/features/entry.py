"""An entry's details: every one is a tap that says what it makes true, or a typed answer."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from tipbot.bot.buttons import (
    CloseEntry,
    Details,
    Earlier,
    EarlierBy,
    SetDuration,
    SetPlace,
    SetSide,
    SetStrength,
    StartTimer,
    StopTimer,
    ToggleFlag,
    ToggleHelped,
    ToggleTrigger,
    WriteNote,
)
from tipbot.bot.views import View
from tipbot.bot.views.checkin import what
from tipbot.bot.views.entry import (
    NO_STRENGTH,
    entry_view,
    folded_view,
    minutes_lasted,
    timing_view,
)
from tipbot.bot.views.signs import signs_view
from tipbot.bot.visit import ButtonHandler, Feature, Visit
from tipbot.core import checkins
from tipbot.core.model import (
    MINUTES_A_DAY,
    NOTE_LIMIT,
    STRENGTHS,
    CheckIn,
    CheckInId,
    Dialog,
    Minute,
)

ASKED_FOR = timedelta(minutes=30)
"""How long a question waits for its typed answer."""
NO_NOTE = "-"
_NOTE, _TIME = "entry-note", "entry-time"
_CLOCK = re.compile(r"\s*(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*([ap])?\.?(?:m\.?)?\s*", re.IGNORECASE)

Change = Callable[[CheckIn], CheckIn]
_MOVES = {
    EarlierBy.TEN_MINUTES: checkins.Earlier.TEN_MINUTES,
    EarlierBy.HOUR: checkins.Earlier.AN_HOUR,
    EarlierBy.MORNING: checkins.Earlier.THIS_MORNING,
    EarlierBy.YESTERDAY: checkins.Earlier.YESTERDAY,
}


async def _edited(visit: Visit, which: CheckInId, change: Change) -> CheckIn | None:
    """Change an entry that is the tapper's own and not taken back; None if it is not theirs."""
    return await visit.store.edit_check_in(
        which, visit.who, lambda entry: entry if entry.undone else change(entry)
    )


async def _shown(visit: Visit, entry: CheckIn | None, toast: str | None = None) -> None:
    """Answer the tap, then show the entry as it is on disk."""
    if entry is None:
        await visit.expire()
        return
    await visit.answer(toast)
    await visit.show(entry_view(visit.text, entry, visit.now))


def _setter(change: Callable[[CheckIn, Any], CheckIn]) -> ButtonHandler:
    """Return a handler that applies what a button says to its entry."""

    async def apply(visit: Visit, button: Any) -> None:
        await _shown(visit, await _edited(visit, button.entry, lambda e: change(e, button)))

    return apply


def _side(entry: CheckIn, button: SetSide) -> CheckIn:
    if not button.on and entry.side is not button.side:
        return entry
    return checkins.with_side(entry, button.side if button.on else None)


def _place(entry: CheckIn, button: SetPlace) -> CheckIn:
    if not button.on and entry.place is not button.place:
        return entry
    return checkins.with_place(entry, button.place if button.on else None)


def _duration(entry: CheckIn, button: SetDuration) -> CheckIn:
    if (entry.duration is button.duration) is button.on:
        return entry
    return checkins.with_duration(entry, button.duration if button.on else None)


async def set_strength(visit: Visit, button: SetStrength) -> None:
    """Set or take away the self-rating."""
    if button.strength not in (NO_STRENGTH, *STRENGTHS):
        await visit.expire()
        return
    strength = None if button.strength == NO_STRENGTH else button.strength
    await _shown(
        visit, await _edited(visit, button.entry, lambda e: checkins.with_strength(e, strength))
    )


async def toggle_flag(visit: Visit, button: ToggleFlag) -> None:
    """Tick a warning sign, and send the card about it at once, whatever the hour."""
    entry = await _edited(
        visit, button.entry, lambda e: checkins.toggle_flag(e, button.flag, on=button.on)
    )
    if entry is None:
        await visit.expire()
        return
    await visit.answer()
    if button.flag in entry.flags and not entry.undone and not visit.pressed_twice():
        await visit.say(signs_view(visit.text, entry.flags))
    visit.served()
    await visit.show(entry_view(visit.text, entry, visit.now))


async def open_details(visit: Visit, button: Details) -> None:
    """Show an entry's details, in a message of their own unless the button stands on the entry."""
    entry = await visit.store.check_in(button.entry, visit.who)
    if entry is None or button.here:
        await _shown(visit, entry)
        return
    await visit.answer()
    if not visit.pressed_twice():
        await visit.say(entry_view(visit.text, entry, visit.now))
    visit.served()


async def close(visit: Visit, button: CloseEntry) -> None:
    """Fold the details away, with any question that is still open."""
    entry = await visit.store.check_in(button.entry, visit.who)
    if entry is None:
        await visit.expire()
        return
    await visit.store.close_dialog(visit.who)
    await visit.answer(visit.text.plain("entry-kept"))
    await visit.show(folded_view(visit.text, entry, visit.now))


async def start_timer(visit: Visit, button: StartTimer) -> None:
    """Offer one large button for the end of a twitch that goes on."""
    entry = await visit.store.check_in(button.entry, visit.who)
    if entry is None or entry.undone or entry.duration is not None:
        await _shown(visit, entry)
        return
    await visit.answer()
    await visit.show(timing_view(visit.text, entry, visit.now))


async def stop_timer(visit: Visit, button: StopTimer) -> None:
    """Measure how long the twitch lasted; the first press counts."""
    entry = await _edited(
        visit, button.entry, lambda e: e if e.duration else checkins.ended(e, visit.now)
    )
    toast = None
    if entry is not None and entry.ended_at is not None:
        toast = visit.text.plain("stopped-toast", minutes=minutes_lasted(entry))
    await _shown(visit, entry, toast)


async def move(visit: Visit, button: Earlier) -> None:
    """Move an entry back in time, counted from the tap that made it."""
    if button.by is EarlierBy.TYPED:
        await _ask(visit, button.entry, _TIME, "time-ask")
        return
    entry = await _edited(visit, button.entry, lambda e: _moved(e, button.by))
    toast = None
    if entry is not None:
        toast = visit.text.plain("time-kept", what=what(visit.text, entry, visit.now))
    await _shown(visit, entry, toast)


def _moved(entry: CheckIn, by: EarlierBy) -> CheckIn:
    if by is EarlierBy.NOT:
        return checkins.moved_to(entry, entry.logged_at)
    return checkins.moved_earlier(entry, _MOVES[by])


async def ask_note(visit: Visit, button: WriteNote) -> None:
    """Ask for a note, to be typed and sent."""
    await _ask(visit, button.entry, _NOTE, "note-ask")


async def _ask(visit: Visit, which: CheckInId, kind: str, key: str) -> None:
    """Keep a question about an entry, then put it into the entry's own message."""
    entry = await visit.store.check_in(which, visit.who)
    if entry is None or entry.undone:
        await _shown(visit, entry)
        return
    payload = json.dumps({"entry": entry.id, "message": visit.message_id})
    await visit.store.open_dialog(
        Dialog(
            subscriber=visit.who,
            kind=kind,
            payload=payload,
            expires_at=visit.now + ASKED_FOR,
        )
    )
    await visit.answer(visit.text.plain(f"{key}-toast"))
    await visit.show(entry_view(visit.text, entry, visit.now, ask=key))


async def note_typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Keep a typed note."""
    note = "" if said.strip() == NO_NOTE else said
    entry = await _answered(visit, dialog, lambda e: checkins.with_note(e, note))
    if entry is None:
        return
    key = "note-removed" if not entry.note else "note-kept"
    if len(note.strip()) > NOTE_LIMIT:
        key = "note-shortened"
    await visit.say(View(html=visit.text.html(key, limit=NOTE_LIMIT)))


async def time_typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Move an entry to a typed time; an unclear one is asked for again."""
    minute = clock_minute(said)
    if minute is None:
        await visit.say(View(html=visit.text.html("time-unclear")))
        return
    entry = await _answered(visit, dialog, lambda e: checkins.moved_to_time(e, minute))
    if entry is not None:
        moved = what(visit.text, entry, visit.now)
        await visit.say(View(html=visit.text.html("time-kept", what=moved)))


async def _answered(visit: Visit, dialog: Dialog, change: Change) -> CheckIn | None:
    """Apply a typed answer and close its question; None if the entry is gone or taken back."""
    asked = json.loads(dialog.payload)
    entry = await _edited(visit, CheckInId(asked["entry"]), change)
    await visit.store.close_dialog(visit.who)
    if entry is None or entry.undone:
        await visit.say(View(html=visit.text.html("entry-gone")))
        return None
    if asked["message"]:
        await visit.redraw(asked["message"], entry_view(visit.text, entry, visit.now))
    return entry


def clock_minute(said: str) -> Minute | None:
    """Read a time like 14:30, 14.30, 9 or 2:30 pm; None for anything else."""
    found = _CLOCK.fullmatch(said)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    of_day = hour * 60 + minute
    return Minute(of_day) if minute < 60 and of_day < MINUTES_A_DAY else None


_BUTTONS: dict[type, ButtonHandler] = {
    Details: open_details,
    SetStrength: set_strength,
    SetSide: _setter(_side),
    SetPlace: _setter(_place),
    SetDuration: _setter(_duration),
    ToggleTrigger: _setter(lambda e, b: checkins.toggle_trigger(e, b.trigger, on=b.on)),
    ToggleHelped: _setter(lambda e, b: checkins.toggle_helped(e, b.relief, on=b.on)),
    ToggleFlag: toggle_flag,
    StartTimer: start_timer,
    StopTimer: stop_timer,
    Earlier: move,
    WriteNote: ask_note,
    CloseEntry: close,
}
_DIALOGS: dict[str, Callable[[Visit, Dialog, str], Awaitable[None]]] = {
    _NOTE: note_typed,
    _TIME: time_typed,
}
FEATURE = Feature(buttons=_BUTTONS, dialogs=_DIALOGS)
