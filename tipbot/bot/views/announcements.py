"""Announcements: as everyone sees one, and as owners see how it goes on."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from tipbot.bot.buttons.staff import (
    AnnounceToAll,
    AnnounceToTopic,
    ChangeDraft,
    ChooseAudience,
    DropDraft,
    OpenAnnouncement,
    OpenAnnouncements,
    StartAnnouncement,
    StopAnnouncement,
)
from tipbot.bot.views import Button, Row, View, rows
from tipbot.bot.views.admin import back_row, staff_time
from tipbot.core.announcements import LONGEST, Announcement, AnnouncementState, takes
from tipbot.core.markup import to_html
from tipbot.core.model import TIP_TOPICS, AnnouncementId, Topic
from tipbot.texts import Text

_MINUTE = timedelta(minutes=1)


def announcement_view(text: Text, body: str) -> View:
    """Return an announcement as its readers see it; ``body`` is restricted markup."""
    return View(html=f"{text.html('announcement')}\n\n{to_html(body)}")


def audience(text: Text, topic: Topic | None) -> str:
    """Return whom an announcement is for."""
    if topic is None:
        return text.plain("audience-all")
    return text.plain("audience-topic", topic=text.plain(f"topic-{topic}"))


def list_view(text: Text, found: Sequence[Announcement], zone: str, now: datetime) -> View:
    """Return the newest announcements and the way to a new one.

    What is still being sent may end while the page stands: it says then of when it is.
    """
    lines = [text.html("announcements-title")]
    lines += [
        text.html(
            "announcements-line",
            number=each.id,
            when=staff_time(text, each.started_at or each.created_at, zone, now),
            audience=audience(text, each.topic),
            state=_state(text, each),
        )
        for each in found
    ] or [text.html("announcements-none")]
    new = Button(text.plain("announcement-new"), ChooseAudience())
    again: tuple[Row, ...] = ()
    if any(each.state is AnnouncementState.RUNNING for each in found):
        lines.append(text.html("announcements-as_of", when=staff_time(text, now, zone, now)))
        again = ((Button(text.plain("announcements-again"), OpenAnnouncements()),),)
    each_one = [
        Button(
            text.plain("announcement-button", number=each.id, state=_state(text, each)),
            OpenAnnouncement(each.id),
        )
        for each in found
    ]
    keyboard = ((new,), *rows(each_one, 2), *again, back_row(text))
    return View(html="\n".join(lines), keyboard=keyboard)


def _state(text: Text, announcement: Announcement) -> str:
    return text.plain(f"announcement-state-{announcement.state}")


def audience_view(text: Text) -> View:
    """Ask whom a new announcement is for."""
    everyone = (Button(text.plain("audience-everyone"), AnnounceToAll()),)
    topics = [Button(text.plain(f"label-{topic}"), AnnounceToTopic(topic)) for topic in TIP_TOPICS]
    keyboard = (everyone, *rows(topics, 2), _list_row(text))
    return View(html=text.html("audience-ask"), keyboard=keyboard)


def _list_row(text: Text) -> Row:
    return (Button(text.plain("back-to-announcements"), OpenAnnouncements()),)


def refused_view(text: Text, fault: str, **values: int) -> View:
    """Return why a text cannot be sent; the question for it stays open."""
    return View(html=text.html(f"announce-{fault}", **values), keyboard=(_list_row(text),))


def dropped_view(text: Text) -> View:
    """Return that a text was discarded."""
    return View(html=text.html("announce-dropped"), keyboard=(_list_row(text),))


def ask_view(text: Text, topic: Topic | None) -> View:
    """Ask for the text."""
    html = text.html("announce-ask", limit=LONGEST, audience=audience(text, topic))
    return View(html=html, keyboard=(_list_row(text),))


def confirm_view(
    text: Text, which: AnnouncementId, topic: Topic | None, heads: int, rate: float
) -> View:
    """Ask once more, below the text as it will look: how many get it, and how long it takes."""
    lines = [text.html("announce-preview", audience=audience(text, topic), heads=heads)]
    change = (
        Button(text.plain("announce-change"), ChangeDraft(which)),
        Button(text.plain("announce-drop"), DropDraft(which)),
    )
    if not heads:
        return View(html=lines[0], keyboard=(change,))
    lines.append(text.html("announce-takes", minutes=_minutes(takes(heads, rate))))
    lines.append(text.html("announce-quiet"))
    start = (Button(text.plain("announce-start"), StartAnnouncement(which)),)
    return View(html="\n".join(lines), keyboard=(start, change))


def _minutes(duration: timedelta) -> int:
    """Return whole minutes, rounded up from one on."""
    return 0 if duration < _MINUTE else math.ceil(duration / _MINUTE)


def progress_view(
    text: Text, announcement: Announcement, rate: float, zone: str, now: datetime
) -> View:
    """Return how far an announcement has come, with the button that stops it."""
    figures, running = announcement.figures, announcement.state is AnnouncementState.RUNNING
    total = figures.over + figures.waiting
    if announcement.preparing:
        total = max(total, figures.heads)
    lines = [
        text.html(
            "progress-title",
            number=announcement.id,
            audience=audience(text, announcement.topic),
            state=_state(text, announcement),
        ),
        text.html("progress-share", over=figures.over, total=total),
    ]
    if announcement.preparing:
        lines.append(text.html("progress-preparing"))
    lines += [
        text.html(_progress_key(name, announcement.state), count=count)
        for name in ("sent", "waiting", "unreachable", "unknown", "failed", "expired")
        if (count := getattr(figures, name)) or name == "sent"
    ]
    if not running:
        return View(html="\n".join(lines), keyboard=(_list_row(text),))
    left = takes(total - figures.over, rate)
    if announcement.last_due is not None and announcement.last_due > now + max(left, _MINUTE):
        when = staff_time(text, announcement.last_due, zone, now)
        lines.append(text.html("progress-until", when=when))
    else:
        lines.append(text.html("progress-left", minutes=_minutes(left)))
    stop = Button(text.plain("announce-stop"), StopAnnouncement(announcement.id))
    return View(html="\n".join(lines), keyboard=((stop,), _list_row(text)))


def let_go_view(text: Text, which: AnnouncementId) -> View:
    """Return what stands in place of figures that are not shown to their author any more."""
    return View(html=text.html("progress-let-go", number=which))


def _progress_key(name: str, state: AnnouncementState) -> str:
    """Return the key of a figure's words: of a stopped announcement nothing waits to be sent."""
    dropped = name == "waiting" and state is AnnouncementState.STOPPED
    return "progress-dropping" if dropped else f"progress-{name}"
