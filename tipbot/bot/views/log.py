"""The log of what owners and editors did, in words."""

import re
from collections.abc import Sequence
from datetime import datetime

from tipbot.bot.buttons.staff import ExportLog, OpenLog
from tipbot.bot.views import Button, Row, View
from tipbot.bot.views.admin import back_row, shown_name, staff_time
from tipbot.bot.views.announcements import audience
from tipbot.core.audit import Actor, Deed, Entry
from tipbot.core.model import Topic
from tipbot.texts import Text

A_PAGE = 12
"""Acts on one page: those with the longest names and titles still fit a message."""
_LONGEST_DETAIL = 100
_COUNTS = re.compile(r"\+(\d+) ~(\d+) -(\d+)")
"""How the log keeps how many texts an archive added, changed and retired."""


def log_view(text: Text, entries: Sequence[Entry], before: int, zone: str, now: datetime) -> View:
    """Return a page of the log, newest first; one entry too many tells that there are older ones.

    ``before`` is the number that the page began below, 0 for the newest.
    """
    shown = entries[:A_PAGE]
    lines = [text.html("log-title")]
    lines += [
        text.html("log-line", when=staff_time(text, each.at, zone, now)) + " " + what(text, each)
        for each in shown
    ] or [text.html("log-empty")]
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
    """Return what was done as one sentence of HTML; a deed of another version is named as kept."""
    deed = entry.deed if text.has(f"deed-{entry.deed}") else "unknown"
    return text.html(
        f"deed-{deed}",
        name=_name(text, entry.by),
        about=_name(text, entry.about) if entry.about else "",
        thing=_thing(text, entry),
        detail=_detail(text, entry),
        deed=entry.deed,
    )


def _name(text: Text, actor: Actor) -> str:
    return shown_name(text, actor.number, actor.name)


def _thing(text: Text, entry: Entry) -> str:
    """Return what it was done to: a tip by its title too, anything else by its number or name."""
    if entry.title:
        return text.plain("log-tip", title=entry.title, id=entry.thing)
    return entry.thing


def _detail(text: Text, entry: Entry) -> str:
    """Return in words what the log keeps in short: fields, a kind of change, counts."""
    if entry.deed == Deed.ANNOUNCED:
        return audience(text, Topic(entry.detail) if entry.detail in set(Topic) else None)
    if counts := _COUNTS.fullmatch(entry.detail):
        done = zip(("added", "changed", "retired"), map(int, counts.groups()), strict=True)
        return ", ".join(text.plain(f"log-{name}", count=count) for name, count in done if count)
    words = (_word(text, word) for word in entry.detail.split(", "))
    return ", ".join(words)[:_LONGEST_DETAIL]


def _word(text: Text, word: str) -> str:
    keys = (f"field-name-{word}", f"log-change-{word}")
    return next((text.plain(key) for key in keys if text.has(key)), word)
