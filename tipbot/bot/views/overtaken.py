"""What an editor reads who was overtaken by a colleague."""

from tipbot.bot.views import View
from tipbot.bot.views.library import author, to_tip_row
from tipbot.core.revisions import Revision
from tipbot.texts import Text


def changed_meanwhile_view(text: Text, current: Revision) -> View:
    """Return that a tip was changed since it was shown, so nothing was done; and the way to it."""
    who = author(text, current.author)
    html = text.html("changed-meanwhile", who=who, revision=current.revision)
    return View(html=html, keyboard=(to_tip_row(text, current.number),))
