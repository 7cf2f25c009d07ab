"""/export: everything that is kept of a person, as one file.

The command is answered before the slow work; that is done on a thread, one export at a time.
Nothing is marked before the file has arrived, so an export that broke off can be asked for again.
"""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.archive import Archive, ArchiveTooLargeError
from tipbot.bot import replies
from tipbot.bot.views import View
from tipbot.bot.views.rights import readme
from tipbot.bot.visit import Feature, Visit
from tipbot.core.holdings import may_export_again


async def export(visit: Visit) -> None:
    """Send a zip with all that is kept, at most one in ten minutes."""
    if visit.person is None and await visit.store.member(visit.who) is None:
        await visit.say(View(html=visit.text.html("nothing-kept")))
        return
    again = may_export_again(await visit.store.exported_at(visit.who), visit.now)
    if again is not None:
        await visit.say(_wait(visit, again))
        return
    if await visit.say(View(html=visit.text.html("export-begun"))) is None:
        return
    try:
        packed = await _packed(visit)
    except ArchiveTooLargeError:
        await visit.say(View(html=visit.text.html("export-too-large")))
    else:
        name = f"tipbot-{visit.now.astimezone(ZoneInfo(visit.zone)):%Y-%m-%d}.zip"
        caption = visit.text.plain("export-caption")
        await replies.send_file(visit.bot, visit.chat_id, name, packed, caption)
    await visit.store.mark_exported(visit.who, visit.house.clock())


def _wait(visit: Visit, again: datetime) -> View:
    return View(html=visit.text.html("export-wait", time=visit.text.moment(again, visit.zone)))


async def _packed(visit: Visit) -> bytes:
    """Build the archive; what reads the store runs on a thread of the store's."""
    local = visit.now.astimezone(ZoneInfo(visit.zone))
    async with visit.house.exporting:
        with Archive(local) as archive:
            archive.add_text("README.txt", readme(visit.text, visit.zone, visit.now))
            await visit.store.read_out(visit.who, archive.add)
            return await asyncio.to_thread(archive.finish)


FEATURE = Feature(commands={"export": export})
