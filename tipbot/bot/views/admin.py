"""What owners and editors read: the page of /admin and what all of its pages share."""

from collections.abc import Sequence

from tipbot.bot.buttons_staff import OpenAdmin
from tipbot.bot.views import Button, Row, View, rows
from tipbot.bot.visit import AdminEntry
from tipbot.core.roles import Role
from tipbot.texts import Text


def admin_view(text: Text, role: Role, entries: Sequence[AdminEntry]) -> View:
    """Return the page of /admin with what somebody of this role may open."""
    key = "admin-owner" if role is Role.OWNER else "admin-editor"
    buttons = [Button(text.plain(entry.key), entry.value) for entry in entries]
    return View(html=text.html(key), keyboard=rows(buttons, 2))


def back_row(text: Text) -> Row:
    """Return the way back to the page of /admin."""
    return (Button(text.plain("back-to-admin"), OpenAdmin()),)
