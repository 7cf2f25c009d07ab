"""Logged twitches in words, the buttons that log one, and the log pad."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.entry import Details, LogTwitch, PutBack, Undo
from tipbot.bot.views import Button, Keyboard, Row, View
from tipbot.core.model import CheckIn, CheckInId, DeliveryId, Place, Side
from tipbot.texts import Text

ON_THE_PAD = DeliveryId(0)
"""``delivery`` of the buttons that stand under no tip."""
ON_THE_ENTRY = -1
"""``nonce`` of the buttons that stand under an entry's own details."""
_LOG_VALUES = (LogTwitch, Undo, PutBack, Details)


@dataclass(frozen=True, slots=True)
class LogButton:
    """Which button logs: its place (see ``LogTwitch``) and how many entries it made before."""

    nonce: int = 0
    delivery: DeliveryId = ON_THE_PAD


def where(text: Text, side: Side | None, place: Place | None) -> str:
    """Return side and place in words, empty if neither is known."""
    if side is None or place is None:
        known = f"side-{side}" if side else f"place-{place}"
        return text.plain(known) if side or place else ""
    special = f"where-{side}-{place}"
    if text.has(special):
        return text.plain(special)
    return text.plain(f"where-{side}", place=text.plain(f"place-{place}"))


def when(text: Text, moment: datetime, zone: str, now: datetime) -> str:
    """Return a moment's local time, with the day unless that is today."""
    time, local = text.moment(moment, zone), ZoneInfo(zone)
    day, today = moment.astimezone(local).date(), now.astimezone(local).date()
    if day == today:
        return time
    return text.plain("when-other-day", day=named(text, day, today), time=time)


def named(text: Text, day: date, today: date) -> str:
    """Return a day with its weekday, or with its year if that is another one."""
    return text.day(day) if day.year == today.year else text.short_date(day)


def what(text: Text, entry: CheckIn, now: datetime) -> str:
    """Return when and where an entry was, in one line without markup."""
    at, spot = when(text, entry.at, entry.zone, now), where(text, entry.side, entry.place)
    return text.plain("what-where", when=at, where=spot) if spot else at


def log_rows(text: Text, button: LogButton, last: CheckIn | None = None) -> Keyboard:
    """Return the button that logs, and below it what can be done with the entry it made last."""
    log: Row = (Button(text.plain("twitch-now"), LogTwitch(button.nonce, button.delivery)),)
    if last is None:
        return (log,)
    if last.undone:
        back = PutBack(last.id, button.nonce, button.delivery)
        return (log, (Button(text.plain("put-back"), back),))
    return (log, entry_row(text, last.id, button))


def entry_row(text: Text, entry: CheckInId, button: LogButton) -> Row:
    """Return Undo and Details of an entry."""
    return (
        Button(text.plain("undo"), Undo(entry, button.nonce, button.delivery)),
        Button(text.plain("details"), Details(entry, here=False)),
    )


def kept_log_rows(shown: Keyboard) -> Keyboard:
    """Return the rows of a message's buttons that log or belong to a logged entry."""
    return tuple(row for row in shown if isinstance(row[0].value, _LOG_VALUES))


def pad_view(text: Text, last: CheckIn | None, button: LogButton, now: datetime) -> View:
    """Return the log pad; ``last`` is the entry it speaks of, made by it or before it."""
    html = text.html("pad")
    if last is not None:
        key = "pad-taken-back" if last.undone else "pad-last"
        html = f"{html}\n\n{text.html(key, what=what(text, last, now))}"
    return View(html=html, keyboard=log_rows(text, button, last))
