"""/export: everything that is kept of a person, as one file.

The command is answered, and over, before the slow work: that is an errand on a thread, one export
at a time, or others' updates would wait for it. Nothing is marked before the file has arrived, so
an export that broke off can be asked for again.
"""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.archive import Archive, ArchiveTooLargeError
from tipbot.bot.feature import Feature
from tipbot.bot.views import View
from tipbot.bot.views.rights import readme
from tipbot.bot.visit import Visit
from tipbot.core.holdings import may_export_again
from tipbot.store.base import StoreUnavailableError


async def export(visit: Visit) -> None:
    """Send a zip with all that is kept, at most one in ten minutes."""
    if visit.person is None and await visit.store.member(visit.who) is None:
        await visit.say(View(html=visit.text.html("nothing-kept")))
        return
    again = may_export_again(await visit.store.exported_at(visit.who), visit.now)
    if again is not None:
        await visit.say(_wait(visit, again))
        return
    begun = await visit.say(View(html=visit.text.html("export-begun")))
    key = ("export", visit.chat_id)
    if begun is not None and not visit.house.errands.under_way(key):
        visit.house.errands.start(key, _deliver(visit))


async def _deliver(visit: Visit) -> None:
    """Pack and send; say so if that cannot be done."""
    try:
        packed = await _packed(visit)
    except StoreUnavailableError:
        await visit.say(View(html=visit.text.html("export-later")))
        return
    except ArchiveTooLargeError:
        await visit.say(View(html=visit.text.html("export-too-large")))
    else:
        name = f"tipbot-{visit.now.astimezone(ZoneInfo(visit.zone)):%Y-%m-%d}.zip"
        if await visit.send_file(name, packed, visit.text.plain("export-caption")) is None:
            return
    await visit.store.mark_exported(visit.who, visit.house.clock())


def _wait(visit: Visit, again: datetime) -> View:
    return View(html=visit.text.html("export-wait", time=visit.text.moment(again, visit.zone)))


async def _packed(visit: Visit) -> bytes:
    """Build the archive; what reads the store runs on a thread of the store's."""
    local = visit.now.astimezone(ZoneInfo(visit.zone))
    async with visit.house.exporting:
        with Archive(local, sign=visit.text.list_sign()) as archive:
            archive.add_text("README.txt", readme(visit.text, visit.zone, visit.now))
            await visit.store.read_out(visit.who, archive.add)
            return await asyncio.to_thread(archive.finish)


FEATURE = Feature(unhurried=True, commands={"export": export})
