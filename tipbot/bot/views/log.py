"""The log of what owners and editors did, in words."""

from collections.abc import Sequence
from datetime import datetime

from tipbot.bot.buttons_staff import ExportLog, OpenLog
from tipbot.bot.views import Button, Row, View
from tipbot.bot.views.admin import back_row, shown_name
from tipbot.bot.views.checkin import when
from tipbot.core.audit import Actor, Entry
from tipbot.texts import Text

A_PAGE = 15
"""Acts on one page."""
_LONGEST = 220
"""Characters of a sentence about one act: a page of the longest ones still fits a message."""


def log_view(text: Text, entries: Sequence[Entry], before: int, zone: str, now: datetime) -> View:
    """Return a page of the log, newest first; one entry too many tells that there are older ones.

    ``before`` is the number that the page began below, 0 for the newest.
    """
    shown = entries[:A_PAGE]
    lines = [text.html("log-title")]
    lines += [
        text.html("log-line", when=when(text, each.at, zone, now), what=what(text, each)[:_LONGEST])
        for each in shown
    ] or [text.html("log-empty")]
    lines.append(text.html("times-are", zone=zone))
    turns: list[Button] = []
    if before:
        turns.append(Button(text.plain("log-newest"), OpenLog(0)))
    if len(entries) > A_PAGE:
        turns.append(Button(text.plain("log-older"), OpenLog(shown[-1].id)))
    export: Row = (Button(text.plain("log-export"), ExportLog()),)
    return View(
        html="\n".join(lines),
        keyboard=(*((tuple(turns),) if turns else ()), export, back_row(text)),
    )


def what(text: Text, entry: Entry) -> str:
    """Return what was done as one sentence; a deed of another version is named as it is kept."""
    deed = entry.deed if text.has(f"deed-{entry.deed}") else "unknown"
    return text.plain(
        f"deed-{deed}",
        name=_name(text, entry.by),
        about=_name(text, entry.about) if entry.about else "",
        thing=entry.thing,
        detail=entry.detail,
        deed=entry.deed,
    )


def _name(text: Text, actor: Actor) -> str:
    return shown_name(text, actor.number, actor.name)
