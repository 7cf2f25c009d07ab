"""What is typed about an entry: a note, or the time at which it happened."""

import json
from collections.abc import Callable
from datetime import timedelta

from tipbot.bot.buttons.entry import Fold, WriteNote
from tipbot.bot.feature import Feature
from tipbot.bot.features.course import notice
from tipbot.bot.views import View
from tipbot.bot.views.checkin import what
from tipbot.bot.views.entry import entry_view
from tipbot.bot.visit import Visit
from tipbot.core import checkins
from tipbot.core.model import NOTE_LIMIT, CheckIn, CheckInId, Dialog
from tipbot.core.typed import read_time

ASKED_FOR = timedelta(minutes=30)
"""How long a question waits for its typed answer."""
NO_NOTE = "-"
_NOTE, _TIME = "entry-note", "entry-time"

Change = Callable[[CheckIn], CheckIn]


async def edited(visit: Visit, which: CheckInId, change: Change) -> CheckIn | None:
    """Change an entry of the tapper's own, unless it was taken back; None if it is not theirs."""
    entry = await visit.store.edit_check_in(
        which, visit.who, lambda entry: entry if entry.undone else change(entry)
    )
    visit.house.looks.forget(visit.chat_id)
    return entry


async def show_entry(
    visit: Visit, entry: CheckIn | None, toast: str | None = None, opened: Fold | None = None
) -> None:
    """Answer the tap, then show the entry as it is on disk."""
    if entry is None:
        await visit.expire()
        return
    await visit.answer(toast)
    await visit.show(entry_view(visit.text, entry, visit.now, opened=opened))
    notice(visit)


async def ask_note(visit: Visit, button: WriteNote) -> None:
    """Ask for a note, to be typed and sent."""
    await _ask(visit, button.entry, _NOTE, "note-ask")


async def ask_time(visit: Visit, which: CheckInId) -> None:
    """Ask for the time at which an entry happened."""
    await _ask(visit, which, _TIME, "time-ask")


async def _ask(visit: Visit, which: CheckInId, kind: str, key: str) -> None:
    """Keep a question about an entry, then put it into the entry's own message."""
    entry = await visit.store.check_in(which, visit.who)
    if entry is None or entry.undone:
        await show_entry(visit, entry)
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
    minute = read_time(said)
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
    entry = await edited(visit, CheckInId(asked["entry"]), change)
    await visit.store.close_dialog(visit.who)
    if entry is None or entry.undone:
        await visit.say(View(html=visit.text.html("entry-gone")))
        return None
    if asked["message"]:
        await visit.redraw(asked["message"], entry_view(visit.text, entry, visit.now))
    return entry


FEATURE = Feature(buttons={WriteNote: ask_note}, dialogs={_NOTE: note_typed, _TIME: time_typed})
