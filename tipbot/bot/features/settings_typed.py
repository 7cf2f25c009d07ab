"""Typed answers to the settings' questions. An unclear one leaves its question open."""

import json

from tipbot.bot.buttons.settings import Page
from tipbot.bot.feature import Feature
from tipbot.bot.features.settings import BEDTIME, QUIET, page_view, revise
from tipbot.bot.views import View
from tipbot.bot.views.settings import bedtime_line, kept_view, quiet_line, quiet_warning
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import with_bedtime, with_quiet
from tipbot.core.model import NO_QUIET_HOURS, Dialog
from tipbot.core.typed import read_span, read_time


async def typed_quiet(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take typed quiet hours, or the word for none."""
    words = visit.text.plain("quiet-off-words").split(",")
    none = said.strip().casefold() in {word.strip().casefold() for word in words}
    quiet = NO_QUIET_HOURS if none else read_span(said)
    if quiet is None or (quiet.start == quiet.end and not none):
        key = "quiet-unclear" if quiet is None else "quiet-same"
        await visit.say(View(html=visit.text.html(key, off=visit.text.plain("quiet-off"))))
        return
    kept = await revise(visit, lambda before: with_quiet(before, quiet, visit.now))
    if kept is not None:
        line = quiet_line(visit.text, kept.subscriber.quiet)
        await answered(visit, dialog, await page_view(visit, Page.QUIET, kept))
        await visit.say(kept_view(visit.text, line, quiet_warning(visit.text, kept)))


async def typed_bedtime(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take a typed bedtime."""
    bedtime = read_time(said)
    if bedtime is None:
        await visit.say(View(html=visit.text.html("bedtime-unclear")))
        return
    kept = await revise(visit, lambda before: with_bedtime(before, bedtime, visit.now))
    if kept is not None:
        await answered(visit, dialog, await page_view(visit, Page.BEDTIME, kept))
        await visit.say(kept_view(visit.text, bedtime_line(visit.text, kept.subscriber.bedtime)))


async def answered(visit: Visit, dialog: Dialog, view: View) -> None:
    """Close a question, and show in the message that asked what holds now."""
    await visit.store.close_dialog(visit.who)
    message = json.loads(dialog.payload)["message"]
    if message:
        await visit.redraw(message, view)


FEATURE = Feature(dialogs={QUIET: typed_quiet, BEDTIME: typed_bedtime})
