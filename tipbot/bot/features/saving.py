"""Saving what an editor wrote, and what to do when a colleague was faster."""

from dataclasses import replace

from tipbot.bot.buttons.drafts import Rebase, SaveDraft
from tipbot.bot.feature import Feature
from tipbot.bot.features.drafting import (
    Work,
    keep,
    kept_work,
    on_top,
    show_gone,
    show_work,
    the_draft,
)
from tipbot.bot.features.library import answer_outcome, others, show_tip
from tipbot.bot.features.soundness import new_faults
from tipbot.bot.views.drafts import clash_view, refused_view
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.changes import combine, edit, publish
from tipbot.core.drafts import given, next_step
from tipbot.core.model import Tip
from tipbot.core.proposals import Overtaken, Submitted
from tipbot.core.revisions import Revision, TipNumber
from tipbot.core.roles import Role


async def save(visit: Visit, button: SaveDraft) -> None:
    """Save what is being written; with any fault it is refused and stays a draft."""
    work = await the_draft(visit, button.draft, button.seen)
    if work is None:
        return
    if work.before is None and next_step(work.draft) is not None:
        await visit.expire()
        return
    faults = await new_faults(visit, work.entry, work.before.entry if work.before else None)
    if faults:
        await visit.answer(visit.text.plain("refused-toast"))
        await visit.say(refused_view(visit.text, faults, ""))
    elif work.before is None:
        await _save_new(visit, work, publish_it=button.publish)
    else:
        await _save_change(visit, work, work.before)


async def _save_change(visit: Visit, work: Work, before: Revision) -> None:
    change = edit(before, **given(work.draft))
    came = await visit.store.change_tip(change, visit.act(Deed.TIP_EDITED), await others(visit))
    if isinstance(came, Overtaken):
        await visit.answer(visit.text.plain("change-overtaken-toast"), alert=True)
        await _show_clash(visit, work, before, came.current)
        return
    await _saved(visit, before.number, came)


async def _saved(visit: Visit, tip: TipNumber, came: Submitted | None) -> None:
    """Show what came of a draft, and forget it: last, so that a crash leaves it to be found."""
    visit.served()
    await answer_outcome(visit, came)
    page = await visit.store.tip_page(tip)
    if page is not None:
        await show_tip(visit, page)
    await visit.store.drop_tip_draft(visit.who)


async def _show_clash(visit: Visit, work: Work, before: Revision, current: Revision) -> None:
    together = combine(before.entry, work.entry, current.entry) is not None
    view = clash_view(visit.text, work.draft, before.entry, current, together=together)
    await visit.show(view)


async def _save_new(visit: Visit, work: Work, *, publish_it: bool) -> None:
    """Keep a new tip as a draft of the library, once.

    Its id is fixed first, and the day of its review, which else would be the day of each try.
    """
    draft, entry = work.draft, work.entry
    if not isinstance(entry, Tip):
        await visit.expire()
        return
    if draft.id is None:
        which = await visit.store.free_tip_id(entry.topic, entry.title)
        draft = replace(draft, id=which, reviewed=entry.reviewed)
        await visit.store.keep_tip_draft(visit.who, draft, visit.now)
        entry = replace(entry, id=which)
    made = await visit.store.add_tip(entry, visit.act(Deed.TIP_ADDED))
    if made is None:  # a colleague took the id between the two
        await visit.store.keep_tip_draft(visit.who, replace(draft, id=None), visit.now)
        await visit.answer(visit.text.plain("save-again-toast"), alert=True)
        return
    came: Submitted | None = None
    if publish_it:
        act = visit.act(Deed.TIP_PUBLISHED)
        came = await visit.store.change_tip(publish(made), act, await others(visit))
    await _saved(visit, made.number, came)


async def rebase(visit: Visit, button: Rebase) -> None:
    """Put the draft on top of what a colleague made, to be looked at and saved again."""
    work = await kept_work(visit)
    if work is None or work.before is None or work.draft.mark != button.draft:
        await show_gone(visit, work)
        return
    page = await visit.store.tip_page(work.before.number)
    assert page is not None  # noqa: S101 - it has the revision that the draft is on top of
    current = page.current
    fits = combine(work.before.entry, work.entry, current.entry) is not None
    if current.revision != button.current or not (button.mine or fits):
        await visit.answer(visit.text.plain("change-overtaken-toast"), alert=True)
        await _show_clash(visit, work, work.before, current)
        return
    again = on_top(visit, replace(work.draft, seen=current.revision), current)
    await keep(visit, again)
    await visit.answer(visit.text.plain("clash-look-toast"))
    await show_work(visit, again)


FEATURE = Feature(needs=Role.EDITOR, buttons={SaveDraft: save, Rebase: rebase})
