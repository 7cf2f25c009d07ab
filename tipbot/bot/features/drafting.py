"""What the desk's editing shares: the draft in hand, what it is on top of, and what is wrong."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tipbot.bot.buttons_desk import NEW
from tipbot.bot.views.drafts import draft_view
from tipbot.bot.views.library import Documents
from tipbot.bot.visit import Visit
from tipbot.core.drafts import Draft, changed_entry, new_tip
from tipbot.core.entries import Entry, Fault
from tipbot.core.instants import date_at
from tipbot.core.revisions import Revision, TipNumber
from tipbot.library.check import check_edit

ASKED = "desk-field"
"""The dialog that a typed field answers; its payload says which field of which tip."""


@dataclass(frozen=True, slots=True)
class Work:
    """A draft, the revision that it changes, and the tip as it would be."""

    draft: Draft
    before: Revision | None
    """The revision that the editor saw; None for a new tip."""
    entry: Entry


def today(visit: Visit) -> date:
    """Return the date that an editor reads on their calendar."""
    return date_at(visit.now, ZoneInfo(visit.zone))


async def work_on(visit: Visit, tip: TipNumber, seen: int) -> Work | None:
    """Return what the editor writes on a tip, begun anew on ``seen`` if they write another.

    None if there is no such tip or revision. What they wrote on another tip is kept until they
    change something here.
    """
    kept = await visit.store.tip_draft(visit.who, visit.now)
    if kept is not None and (kept.number or NEW) == tip:
        return await _on_its_tip(visit, kept)
    return None if tip == NEW else await _on_its_tip(visit, Draft(number=tip, seen=seen))


async def kept_work(visit: Visit) -> Work | None:
    """Return what the editor is writing, if anything."""
    kept = await visit.store.tip_draft(visit.who, visit.now)
    return None if kept is None else await _on_its_tip(visit, kept)


async def _on_its_tip(visit: Visit, draft: Draft) -> Work | None:
    """Return a draft with what it changes; None if that does not exist."""
    if draft.number is None:
        return on_top(visit, draft, None)
    before = await visit.store.revision(draft.number, draft.seen)
    return None if before is None else on_top(visit, draft, before)


def on_top(visit: Visit, draft: Draft, before: Revision | None) -> Work:
    """Return a draft as it changes ``before``, or as the new tip that it is."""
    if before is None:
        return Work(draft, None, new_tip(draft, today(visit)))
    return Work(draft, before, changed_entry(draft, before.entry))


def with_field(visit: Visit, work: Work, **changed: Any) -> Work:
    """Return a draft with one more field."""
    return on_top(visit, replace(work.draft, **changed), work.before)


async def faults_of(entry: Entry, documents: Documents, field: str | None = None) -> list[Fault]:
    """Return what is wrong with a tip, or with one field of it; off the event loop."""
    found = await asyncio.to_thread(check_edit, entry, documents)
    return [fault for fault in found if field is None or fault.field == field]


async def keep(visit: Visit, work: Work) -> None:
    """Keep a draft and close the question it answers."""
    await visit.store.keep_tip_draft(visit.who, work.draft, visit.now)
    await visit.store.close_dialog(visit.who)


async def show_draft(visit: Visit, work: Work) -> None:
    """Show what is being written as subscribers would read it."""
    documents = await visit.store.documents()
    before = work.before.entry if work.before else None
    await visit.show(draft_view(visit.text, work.draft, before, work.entry, documents))
