"""What is kept, as a message."""

from tipbot.bot.buttons import Agree
from tipbot.bot.views import Button, View
from tipbot.core.holdings import RECORDS_KEPT
from tipbot.texts import Text


def privacy_view(text: Text, *, newcomer: bool) -> View:
    """Return what is kept, where, how long and how to leave; a newcomer can agree below it."""
    keyboard = ((Button(text.plain("agree"), Agree()),),) if newcomer else ()
    return View(html=text.html("privacy", days=RECORDS_KEPT.days), keyboard=keyboard)
