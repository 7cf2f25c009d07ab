"""What owners and editors read: the page of /admin and what all of its pages share."""

from datetime import datetime

from tipbot.bot.buttons.staff import OpenAdmin
from tipbot.bot.views import Button, Row, View
from tipbot.bot.views.checkin import when
from tipbot.core.names import plain_name
from tipbot.core.roles import ActorId, Role
from tipbot.texts import Text

LONGEST_NAME = 40
"""Characters of a name that are shown; Telegram allows 64 for each of its two parts."""


def admin_view(text: Text, role: Role, buttons: list[Button]) -> View:
    """Return the page of /admin with what somebody of this role may open.

    Each has a row of its own: two beside each other are cut on a phone, and so is what waits.
    """
    key = "admin-owner" if role is Role.OWNER else "admin-editor"
    return View(html=text.html(key), keyboard=tuple((each,) for each in buttons))


def back_row(text: Text) -> Row:
    """Return the way back to the page of /admin."""
    return (Button(text.plain("back-to-admin"), OpenAdmin()),)


def staff_time(text: Text, moment: datetime, zone: str, now: datetime) -> str:
    """Return a moment as owners and editors read it: by their own clock, or marked as UTC.

    UTC it is for somebody who is no subscriber and never said where they are.
    """
    shown = when(text, moment, zone, now)
    return text.plain("time-utc", time=shown) if zone == "UTC" else shown


def shown_name(text: Text, actor: ActorId, name: str) -> str:
    """Return what an owner or editor is called; someone whose data was removed has a number."""
    return plain_name(name)[:LONGEST_NAME].strip() or text.plain("no-name", number=actor)
