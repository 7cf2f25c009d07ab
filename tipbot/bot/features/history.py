"""The history of a tip: every version, and the way back to any of them."""

from tipbot.bot.buttons.history import OpenHistory, OpenRevision, RevertTo
from tipbot.bot.feature import Feature
from tipbot.bot.features.library import answer_outcome, others, show_outcome
from tipbot.bot.features.soundness import refused
from tipbot.bot.views.history import Version, history_view, revision_view
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.changes import revert
from tipbot.core.roles import Role


async def open_history(visit: Visit, button: OpenHistory) -> None:
    """Show one page of a tip's versions."""
    page = await visit.store.history(button.tip, max(button.page, 0))
    if not page.items:
        await visit.expire()
        return
    await visit.answer()
    await visit.show(history_view(visit.text, button.tip, page, visit.zone, visit.now))


async def open_revision(visit: Visit, button: OpenRevision) -> None:
    """Show one version beside the one before."""
    shown = await visit.store.revision(button.tip, button.revision)
    newest = await visit.store.tip_page(button.tip)
    if shown is None or newest is None:
        await visit.expire()
        return
    before = await visit.store.revision(button.tip, button.revision - 1)
    documents = await visit.store.documents()
    await visit.answer()
    version = Version(shown, before, newest.current.revision)
    await visit.show(revision_view(visit.text, version, documents, visit.zone, visit.now))


async def revert_to(visit: Visit, button: RevertTo) -> None:
    """Make an old version's content the newest, unless somebody changed the tip meanwhile."""
    old = await visit.store.revision(button.tip, button.revision)
    seen = await visit.store.revision(button.tip, button.seen)
    if old is None or seen is None:
        await visit.expire()
        return
    change = revert(seen, old)
    if await refused(visit, change, button.seen):
        return
    act = visit.act(Deed.TIP_REVERTED)
    came = await visit.store.change_tip(change, act, await others(visit))
    await answer_outcome(visit, came)
    await show_outcome(visit, button.tip, came)


FEATURE = Feature(
    needs=Role.EDITOR,
    buttons={OpenHistory: open_history, OpenRevision: open_revision, RevertTo: revert_to},
)
