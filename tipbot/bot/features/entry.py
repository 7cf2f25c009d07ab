"""An entry's details: every one is a tap that says what it makes true."""

from collections.abc import Callable
from typing import Any

from tipbot.bot.buttons.entry import (
    CloseEntry,
    Details,
    Earlier,
    EarlierBy,
    Fold,
    SetDuration,
    SetPlace,
    SetSide,
    SetStrength,
    StartTimer,
    StopTimer,
    ToggleFlag,
    ToggleHelped,
    ToggleTrigger,
    Unfold,
)
from tipbot.bot.feature import ButtonHandler, Feature
from tipbot.bot.features.notes import ask_time, edited, show_entry
from tipbot.bot.views.checkin import what
from tipbot.bot.views.details import NO_STRENGTH, in_sight
from tipbot.bot.views.entry import (
    entry_view,
    folded_view,
    minutes_lasted,
    timing_view,
)
from tipbot.bot.views.signs import signs_view
from tipbot.bot.visit import Visit
from tipbot.core import checkins
from tipbot.core.model import (
    STRENGTHS,
    CheckIn,
)

_MOVES = {
    EarlierBy.TEN_MINUTES: checkins.Earlier.TEN_MINUTES,
    EarlierBy.HOUR: checkins.Earlier.AN_HOUR,
    EarlierBy.MORNING: checkins.Earlier.THIS_MORNING,
    EarlierBy.YESTERDAY: checkins.Earlier.YESTERDAY,
}


def _setter(change: Callable[[CheckIn, Any], CheckIn]) -> ButtonHandler:
    """Return a handler that applies what a button says to its entry."""

    async def apply(visit: Visit, button: Any) -> None:
        await show_entry(visit, await edited(visit, button.entry, lambda e: change(e, button)))

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
    await show_entry(
        visit, await edited(visit, button.entry, lambda e: checkins.with_strength(e, strength))
    )


async def toggle_flag(visit: Visit, button: ToggleFlag) -> None:
    """Tick a warning sign, and send the card about it at once, whatever the hour.

    The tap's own answer says the most urgent of it: no pace holds that back, not even Telegram's.
    """
    entry = await edited(
        visit, button.entry, lambda e: checkins.toggle_flag(e, button.flag, on=button.on)
    )
    if entry is None:
        await visit.expire()
        return
    ticked = button.flag in entry.flags and not entry.undone
    await visit.answer(visit.text.plain("signs-alert") if ticked else None, alert=ticked)
    if ticked and not visit.pressed_twice():
        await visit.say(signs_view(visit.text, entry.flags), vital=True)
    visit.served()
    await visit.show(entry_view(visit.text, entry, visit.now))


async def open_details(visit: Visit, button: Details) -> None:
    """Show an entry's details, in a message of their own unless the button stands on the entry."""
    entry = await visit.store.check_in(button.entry, visit.who)
    if entry is None or button.here:
        await show_entry(visit, entry)
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
    await visit.answer(None if entry.undone else visit.text.plain("entry-kept"))
    await visit.show(folded_view(visit.text, entry, visit.now))


async def unfold(visit: Visit, button: Unfold) -> None:
    """Show all of a group of details."""
    entry = await visit.store.check_in(button.entry, visit.who)
    await show_entry(visit, entry, opened=button.fold)


async def toggle_helped(visit: Visit, button: ToggleHelped) -> None:
    """Tick what helped; whoever unfolded it may tick more of it."""
    entry = await edited(
        visit, button.entry, lambda e: checkins.toggle_helped(e, button.relief, on=button.on)
    )
    await show_entry(visit, entry, opened=None if in_sight(button.relief) else Fold.HELPED)


async def start_timer(visit: Visit, button: StartTimer) -> None:
    """Offer one large button for the end of a twitch that goes on."""
    entry = await visit.store.check_in(button.entry, visit.who)
    if entry is None or entry.undone or entry.duration is not None:
        await show_entry(visit, entry)
        return
    await visit.answer()
    await visit.show(timing_view(visit.text, entry, visit.now))


async def stop_timer(visit: Visit, button: StopTimer) -> None:
    """Measure how long the twitch lasted; the first press counts."""
    entry = await edited(
        visit, button.entry, lambda e: e if e.duration else checkins.ended(e, visit.now)
    )
    toast = None
    if entry is not None and entry.ended_at is not None:
        toast = visit.text.plain("stopped-toast", minutes=minutes_lasted(entry))
    await show_entry(visit, entry, toast)


async def move(visit: Visit, button: Earlier) -> None:
    """Move an entry back in time, counted from the tap that made it."""
    if button.by is EarlierBy.TYPED:
        await ask_time(visit, button.entry)
        return
    entry = await edited(visit, button.entry, lambda e: _moved(e, button.by))
    toast = None
    if entry is not None:
        toast = visit.text.plain("time-kept", what=what(visit.text, entry, visit.now))
    await show_entry(visit, entry, toast)


def _moved(entry: CheckIn, by: EarlierBy) -> CheckIn:
    if by is EarlierBy.NOT:
        return checkins.moved_to(entry, entry.logged_at)
    return checkins.moved_earlier(entry, _MOVES[by])


_BUTTONS: dict[type, ButtonHandler] = {
    Details: open_details,
    SetStrength: set_strength,
    SetSide: _setter(_side),
    SetPlace: _setter(_place),
    SetDuration: _setter(_duration),
    ToggleTrigger: _setter(lambda e, b: checkins.toggle_trigger(e, b.trigger, on=b.on)),
    ToggleHelped: toggle_helped,
    ToggleFlag: toggle_flag,
    Unfold: unfold,
    StartTimer: start_timer,
    StopTimer: stop_timer,
    Earlier: move,
    CloseEntry: close,
}
FEATURE = Feature(buttons=_BUTTONS)
