"""The check of a text at every way by which it may go out, beside typing it."""

import asyncio

from tipbot.bot.views.drafts import refused_view
from tipbot.bot.views.library import Documents
from tipbot.bot.visit import Visit
from tipbot.core.changes import TipChange
from tipbot.core.entries import Entry, Fault
from tipbot.core.revisions import TipState
from tipbot.library.check import check_edit


async def refused(visit: Visit, change: TipChange, seen: int) -> bool:
    """Tell whether a change would bring out a text with faults, and say then what is wrong.

    Taking a text away is never refused. Neither is a change on top of another revision than
    ``seen`` or of an unknown tip: the store says of it what there is to say.
    """
    page = await visit.store.tip_page(change.number)
    if page is None or page.current.revision != seen or change.state is TipState.RETIRED:
        return False
    current = page.current
    goes_out = change.state is TipState.PUBLISHED and current.state is not TipState.PUBLISHED
    faults = await new_faults(visit, change.entry, None if goes_out else current.entry)
    if not faults:
        return False
    await visit.answer(visit.text.plain("refused-toast"), alert=True)
    await visit.say(refused_view(visit.text, faults, ""))
    return True


async def faults_of(entry: Entry, documents: Documents) -> list[Fault]:
    """Return what is wrong with a text; off the event loop."""
    return await asyncio.to_thread(check_edit, entry, documents)


async def new_faults(visit: Visit, entry: Entry, before: Entry | None) -> list[Fault]:
    """Return what would be wrong with a text and was not wrong before; off the event loop."""
    documents = await visit.store.documents()
    faults = await faults_of(entry, documents)
    if faults and before is not None:
        known = await faults_of(before, documents)
        faults = [fault for fault in faults if fault not in known]
    return faults
