"""Who did what: the log of owners and editors, page by page and as a file."""

import asyncio

from tipbot.archive import ArchiveTooLargeError, LogTable
from tipbot.bot import replies
from tipbot.bot.buttons.staff import ExportLog, OpenLog
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.views import View
from tipbot.bot.views.log import A_PAGE, log_view
from tipbot.bot.visit import Visit
from tipbot.core.audit import ActId, Deed
from tipbot.core.roles import Role


async def open_log(visit: Visit, button: OpenLog) -> None:
    """Show one page of the log."""
    before = ActId(button.before) if button.before > 0 else None
    entries = await visit.store.acts(before, A_PAGE + 1)
    await visit.answer()
    await visit.show(log_view(visit.text, entries, button.before, visit.zone, visit.now))


async def export_log(visit: Visit, _: ExportLog) -> None:
    """Send the whole log as one CSV file, once for two presses."""
    if visit.pressed_twice():
        await visit.answer()
        return
    await visit.store.note_act(visit.act(Deed.EXPORTED_LOG))
    await visit.answer(visit.text.plain("log-export-toast"))
    visit.served()
    visit.house.errands.start(("log", visit.chat_id), _send(visit))


async def _send(visit: Visit) -> None:
    try:
        with LogTable(sign=visit.text.list_sign()) as table:
            await visit.store.read_acts(table.fill)
            content = await asyncio.to_thread(table.finish)
    except ArchiveTooLargeError:
        await visit.say(View(html=visit.text.html("log-too-large")))
        return
    name = f"tipbot-log-{visit.now:%Y-%m-%d}.csv"
    caption = visit.text.plain("log-caption")
    await replies.send_file(visit.bot, visit.chat_id, name, content, caption)


FEATURE = Feature(
    needs=Role.EDITOR,
    admin=(AdminEntry("admin-log", OpenLog(0)),),
    buttons={OpenLog: open_log, ExportLog: export_log},
)
