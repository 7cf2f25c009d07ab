"""What the desk's editing shares: the draft in hand, what it is on top of, and what is wrong.

Whatever is kept of a draft is kept in one step with the question that it asks next.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.drafts import NEW, DraftField
from tipbot.bot.features.library import question
from tipbot.bot.views.drafts import (
    claim_view,
    draft_gone_view,
    draft_view,
    sources_view,
    topic_view,
    typed_step_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.drafts import (
    ASKED,
    Draft,
    changed_entry,
    is_blank,
    new_tip,
    next_step,
    only_changes,
)
from tipbot.core.entries import Entry
from tipbot.core.instants import date_at
from tipbot.core.model import Dialog
from tipbot.core.revisions import Revision, TipNumber


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


def begun(visit: Visit, number: TipNumber | None = None, seen: int = 0) -> Draft:
    """Return a draft that is begun with this update; handed over again it is the same one."""
    return Draft(mark=visit.update.update_id, number=number, seen=seen)


async def work_on(visit: Visit, tip: TipNumber, seen: int) -> Work | None:
    """Return what the editor writes on a tip, begun anew on ``seen`` if they write nothing.

    None if there is no such thing, or while they write something else: they are told.
    """
    if tip == NEW:
        return await the_draft(visit, seen, 0)
    kept = await visit.store.tip_draft(visit.who, visit.now)
    if kept is None or is_blank(kept):
        kept = begun(visit, tip, seen)
    if kept.number != tip:
        await show_in_the_way(visit, kept)
        return None
    work = await _on_its_tip(visit, kept)
    if work is None:
        await visit.expire()
    return work


async def the_draft(visit: Visit, mark: int, seen: int) -> Work | None:
    """Return the draft that a button means, on top of ``seen``; None if it is gone: they are told.

    A second press of the button that saved it or threw it away says nothing.
    """
    work = await kept_work(visit)
    if work is not None and (work.draft.mark, work.draft.seen) == (mark, seen):
        return work
    if visit.pressed_twice():
        await visit.answer()
    else:
        await show_gone(visit, work)
    return None


async def show_gone(visit: Visit, work: Work | None) -> None:
    """Say that a draft is no longer there, and lead to the one that is."""
    await visit.answer(visit.text.plain("draft-gone-toast"), alert=True)
    other = work is not None and not is_blank(work.draft)
    await visit.show(draft_gone_view(visit.text, other=other, typed=visit.query is None))


async def show_in_the_way(visit: Visit, kept: Draft) -> None:
    """Show what the editor writes already: to go on with it, or to throw it away."""
    work = await _on_its_tip(visit, kept)
    if work is None:
        await visit.expire()
        return
    await visit.answer(visit.text.plain("draft-in-the-way"), alert=True)
    await keep(visit, work)
    await show_work(visit, work)


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
    draft = only_changes(draft, before.entry)
    return Work(draft, before, changed_entry(draft, before.entry))


def with_field(visit: Visit, work: Work, **changed: Any) -> Work:
    """Return a draft with one more field."""
    return on_top(visit, replace(work.draft, **changed), work.before)


async def keep(visit: Visit, work: Work) -> None:
    """Keep a draft, with the question that a new tip asks next."""
    step = next_step(work.draft) if work.before is None else None
    asks = None
    if step in {"title", "body"}:
        asks = field_question(visit, NEW, work.draft.mark, DraftField(step))
    await visit.store.keep_tip_draft(visit.who, work.draft, visit.now, asks)


def field_question(visit: Visit, tip: TipNumber, seen: int, field: DraftField) -> Dialog:
    """Return the question for a typed field; what was sent before it is no answer to it."""
    asked = {"tip": tip, "seen": seen, "field": field, "after": visit.message_id}
    return question(visit, ASKED, json.dumps(asked))


async def show_work(visit: Visit, work: Work) -> None:
    """Show a draft, or the next question of a new tip."""
    draft, documents = work.draft, await visit.store.documents()
    step = next_step(draft) if work.before is None else None
    if step is None:
        before = work.before.entry if work.before else None
        view = draft_view(visit.text, draft, before, work.entry, documents)
    elif step == "topic":
        view = topic_view(visit.text, draft)
    elif step == "sources":
        view = sources_view(visit.text, draft, None, documents)
    elif step == "claim":
        view = claim_view(visit.text, draft, None)
    else:
        view = typed_step_view(visit.text, step, draft)
    await visit.show(view)
