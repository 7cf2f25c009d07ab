"""The small library as files, and what became of it in the database."""

from dataclasses import replace

from tests.store.desk import Desk
from tests.store.house import LIBRARY
from tipbot.core.library import ChangeKind, Library, Synced
from tipbot.core.model import Tip, TipId
from tipbot.core.shelf import FileConflict

SIP, GLASS, DOZE = LIBRARY.tips
CARD = LIBRARY.cards[0].id


def files(*tips: Tip, without: tuple[Tip, ...] = ()) -> Library:
    """Return the small library with these tips changed or added, and without others."""
    changed = {each.id: each for each in tips}
    kept = [changed.pop(each.id, each) for each in LIBRARY.tips if each not in without]
    return replace(LIBRARY, tips=(*kept, *changed.values()))


async def sync(desk: Desk, library: Library) -> Synced:
    return await desk.house.store.sync_library(library, desk.house.clock())


async def kinds(desk: Desk, library: Library) -> dict[TipId, ChangeKind]:
    found = await desk.house.store.compare_library(library)
    return {change.id: change.kind for change in found.changes}


async def body(desk: Desk, which: TipId = SIP.id) -> str | None:
    found = await desk.house.store.tip(which)
    return None if found is None else found.body


async def conflict(desk: Desk) -> FileConflict:
    [found] = (await desk.house.store.file_conflicts()).items
    return found
