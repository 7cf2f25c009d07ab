"""One tap logs a twitch: from a tip, from the pinned log pad, or by /twitch.

The order is always the same: the entry is on disk, then the answer to the tap leaves, and right
behind it what changes the buttons, so that a crash loses at most a picture of what is kept.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from telegram.error import TelegramError

from tipbot.bot.buttons.entry import LogTwitch, PutBack, Undo
from tipbot.bot.feature import Feature
from tipbot.bot.features.course import notice
from tipbot.bot.guards import enrolled, known, may_go_straight
from tipbot.bot.leaving import heard_by
from tipbot.bot.steps import ask_again
from tipbot.bot.views import View
from tipbot.bot.views.checkin import (
    ON_THE_ENTRY,
    ON_THE_PAD,
    LogButton,
    kept_log_rows,
    log_rows,
    pad_view,
    what,
)
from tipbot.bot.views.entry import entry_view
from tipbot.bot.views.onboarding import not_logged_view
from tipbot.bot.visit import Visit
from tipbot.core.checkins import put_back, undone
from tipbot.core.enrolment import with_pad
from tipbot.core.instants import date_at
from tipbot.core.model import CheckIn, CheckInKind, DeliveryId, Stage, Subscriber
from tipbot.store.base import Logged

_RECENT = timedelta(days=30)
"""The log pad speaks of no entry older than this."""


async def log_straight(visit: Visit, button: LogTwitch) -> bool:
    """Store a twitch for a tap, once however often the tap is handed over, if nothing else is due.

    The tap that everything here is about costs one visit to the store before its answer.
    """
    tap, tip = visit.tap(button.nonce), _tip_of(button)
    logged = await visit.store.log_twitch(visit.who, tap, may_go_straight, on=tip)
    if logged is not None:
        await _logged(known(visit, logged.person), button, logged)
    return logged is not None


async def log_tap(visit: Visit, button: LogTwitch) -> None:
    """Store a twitch for the tap of somebody who may have something else to answer first."""
    if not _zone_known(visit.person) and await enrolled(visit) is None:
        return
    tap, tip = visit.tap(button.nonce), _tip_of(button)
    logged = await visit.store.log_twitch(visit.who, tap, on=tip)
    if logged is None:
        await visit.expire()
        return
    await _logged(visit, button, logged)


async def _logged(visit: Visit, button: LogTwitch, logged: Logged) -> None:
    """Answer a tap and show its entry, neither waiting for what Telegram says to the other."""
    entry, to_leave = logged.entry, {"answer", "entry"}

    def left(which: str) -> None:
        to_leave.discard(which)
        if not to_leave:
            visit.took_effect()

    said = visit.text.plain("logged", what=what(visit.text, entry, visit.now))
    with heard_by(partial(left, "entry")):
        show = _show(visit, entry, LogButton(logged.next_nonce, button.delivery))
        showing = asyncio.create_task(show)
    try:
        with heard_by(partial(left, "answer")):
            await visit.answer(said)  # it leaves first: the task has its turn after this one
    except asyncio.CancelledError:
        showing.cancel()
        raise
    finally:
        await asyncio.gather(showing, return_exceptions=True)
    showing.result()
    visit.took_effect()
    notice(visit, entry)


def _zone_known(person: Subscriber | None) -> bool:
    """Tell whether somebody agreed to what is kept and said what time it is: that is enough."""
    return person is not None and person.stage is not Stage.ZONE


def _tip_of(button: LogTwitch) -> DeliveryId | None:
    return None if button.delivery == ON_THE_PAD else button.delivery


async def log_command(visit: Visit) -> None:
    """Store a twitch for /twitch of whoever agreed to that; then ask what is open, if anything.

    To a stranger it says that nothing was logged.
    """
    logged = await visit.store.log_twitch(visit.who, visit.tap())
    if logged is None:
        await visit.say(not_logged_view(visit.text))
        return
    if _zone_known(visit.person):
        text, entry = visit.text, logged.entry
        html = text.html("logged", what=what(text, entry, visit.now))
        await visit.say(View(html=html, keyboard=log_rows(text, LogButton(), entry)))
        notice(visit, entry)
    else:
        await visit.say(View(html=visit.text.html("logged-before-zone")))
    await ask_again(visit)


async def undo(visit: Visit, button: Undo) -> None:
    """Take an entry back."""
    entry = await visit.store.edit_check_in(button.entry, visit.who, undone)
    await _changed(visit, entry, "taken-back", LogButton(button.nonce, button.delivery))


async def restore(visit: Visit, button: PutBack) -> None:
    """Undo the undo."""
    entry = await visit.store.edit_check_in(button.entry, visit.who, put_back)
    await _changed(visit, entry, "was-put-back", LogButton(button.nonce, button.delivery))


async def _changed(visit: Visit, entry: CheckIn | None, key: str, button: LogButton) -> None:
    visit.house.looks.forget(visit.chat_id)
    if entry is None:
        await visit.expire()
        return
    await visit.answer(visit.text.plain(key, what=what(visit.text, entry, visit.now)))
    await _show(visit, entry, button)
    notice(visit)


async def _show(visit: Visit, entry: CheckIn, button: LogButton) -> None:
    """Show what became of an entry, in the message whose button was tapped."""
    text, now = visit.text, visit.now
    if button.nonce == ON_THE_ENTRY:
        await visit.show(entry_view(text, entry, now))
    elif button.delivery == ON_THE_PAD:
        await visit.show(pad_view(text, entry, button, now))
    else:
        shown = visit.shown_keyboard()
        log = kept_log_rows(shown)
        others = tuple(row for row in shown if row not in log)
        await visit.show_keyboard((*log_rows(text, button, entry), *others))


async def pad_command(visit: Visit) -> None:
    """Send the log pad again."""
    if await enrolled(visit) is not None:
        await send_pad(visit)


async def send_pad(visit: Visit) -> None:
    """Send the log pad and pin it without a sound, in place of an older one.

    Nothing is lost if Telegram refuses the pin: the pad works wherever it stands.
    """
    person = await visit.store.subscriber(visit.who)
    if person is None:
        return
    last = await _newest_twitch(visit, person.zone)
    sent = await visit.say(pad_view(visit.text, last, LogButton(), visit.now))
    if sent is None:
        return
    await visit.store.revise(visit.who, lambda kept: with_pad(kept, sent.message_id))
    with suppress(TelegramError):
        await visit.bot.pin_chat_message(visit.chat_id, sent.message_id, disable_notification=True)
    if person.pad_message_id is not None:
        with suppress(TelegramError):
            await visit.bot.unpin_chat_message(visit.chat_id, person.pad_message_id)


async def _newest_twitch(visit: Visit, zone: str) -> CheckIn | None:
    today = date_at(visit.now, ZoneInfo(zone))
    entries = await visit.store.check_ins(visit.who, today - _RECENT, today, CheckInKind.TWITCH)
    return entries[-1] if entries else None


FEATURE = Feature(
    commands={"twitch": log_command, "pad": pad_command},
    buttons={LogTwitch: log_tap, Undo: undo, PutBack: restore},
    straight={LogTwitch: log_straight},
)
