"""What is kept, as a message."""

from tipbot.bot.buttons.onboarding import Agree
from tipbot.bot.views import Button, View
from tipbot.core.holdings import RECORDS_KEPT
from tipbot.texts import Text


def privacy_view(text: Text, *, newcomer: bool, staff: bool = False) -> View:
    """Return what is kept, where, how long and how to leave; a newcomer can agree below it.

    Someone who is or was an owner or editor is told what is kept of that.
    """
    keyboard = ((Button(text.plain("agree"), Agree()),),) if newcomer else ()
    html = text.html("privacy", days=RECORDS_KEPT.days)
    if staff:
        html = f"{html}\n\n{text.html('privacy-staff')}"
    return View(html=html, keyboard=keyboard)
