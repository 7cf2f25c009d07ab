"""The library in editors' hands: browsing, searching, and one tip with its state."""

import json
import re
from datetime import timedelta

from tipbot.bot.buttons.library import (
    AskWords,
    ListTips,
    OpenLibrary,
    OpenTip,
    Place,
    SetState,
    StateFilter,
    Wish,
)
from tipbot.bot.feature import AdminEntry, Feature
from tipbot.bot.features.soundness import refused
from tipbot.bot.views.library import Waits, library_view, list_view, tip_page_view, words_view
from tipbot.bot.views.overtaken import changed_meanwhile_view
from tipbot.bot.visit import Visit
from tipbot.core.audit import Deed
from tipbot.core.changes import publish, restore, retire
from tipbot.core.drafts import is_blank
from tipbot.core.model import Dialog
from tipbot.core.proposals import Overtaken, Submitted, Waiting
from tipbot.core.revisions import TipNumber, TipState
from tipbot.core.roles import Role
from tipbot.core.shelf import TipPage

ASKED_FOR = timedelta(hours=2)
"""How long a question of the desk waits for its typed answer."""
WORDS = "desk-words"
_LONGEST_WORDS = 44
"""Bytes of a search that fit a button beside place, state and page."""
_NO_WORD = re.compile(r"[\W_]+")
_STATES = {
    StateFilter.DRAFT: TipState.DRAFT,
    StateFilter.PUBLISHED: TipState.PUBLISHED,
    StateFilter.RETIRED: TipState.RETIRED,
}
_WISHES = {Wish.PUBLISH: publish, Wish.RETIRE: retire, Wish.RESTORE: restore}


async def others(visit: Visit) -> int:
    """Return how many people besides whoever acts may approve a change."""
    editors = {member.id for member in await visit.store.editors()}
    return len((editors | set(visit.house.owners)) - {visit.who})


async def open_library(visit: Visit, _: OpenLibrary) -> None:
    """Show topics, shelves and what waits."""
    store = visit.store
    draft = await store.tip_draft(visit.who, visit.now)
    waits = Waits(
        proposals=(await store.proposals()).total,
        conflicts=(await store.file_conflicts()).total,
        draft=draft is not None and not is_blank(draft),
    )
    await visit.answer()
    await visit.show(library_view(visit.text, waits))


async def list_tips(visit: Visit, button: ListTips) -> None:
    """Show one page of a list or of what was found."""
    await visit.answer()
    await _show_list(visit, button)


async def _show_list(visit: Visit, button: ListTips) -> None:
    found = await visit.store.search_tips(
        button.words,
        shelf=button.place.shelf,
        state=_STATES.get(button.state),
        page=max(button.page, 0),
    )
    await visit.show(list_view(visit.text, button, found))


async def ask_words(visit: Visit, button: AskWords) -> None:
    """Ask for words to search for."""
    payload = json.dumps({"place": button.place, "state": button.state})
    await open_question(visit, WORDS, payload)
    await visit.answer(visit.text.plain("words-ask-toast"))
    await visit.show(words_view(visit.text, button.place))


async def open_question(visit: Visit, kind: str, payload: str) -> None:
    """Keep a question of the desk, in place of any other that waits."""
    await visit.store.open_dialog(question(visit, kind, payload))


def question(visit: Visit, kind: str, payload: str) -> Dialog:
    """Return a question of the desk to whoever acts."""
    ends = visit.now + ASKED_FOR
    return Dialog(subscriber=visit.who, kind=kind, payload=payload, expires_at=ends)


async def words_typed(visit: Visit, dialog: Dialog, said: str) -> None:
    """Show what is found; the question stays open, so that other words can follow."""
    asked = json.loads(dialog.payload)
    shown = ListTips(Place(asked["place"]), StateFilter(asked["state"]), 0, searched(said))
    await _show_list(visit, shown)


def searched(said: str) -> str:
    """Return the words of a search as a button can carry them."""
    words = _NO_WORD.sub(" ", said).strip()
    return words.encode()[:_LONGEST_WORDS].decode(errors="ignore").strip()


async def open_tip(visit: Visit, button: OpenTip) -> None:
    """Show everything about a tip."""
    page = await visit.store.tip_page(button.tip)
    if page is None:
        await visit.expire()
        return
    await visit.answer()
    await show_tip(visit, page)


async def show_tip(visit: Visit, page: TipPage) -> None:
    """Show a tip's page in the tapped message, or in a new one."""
    documents = await visit.store.documents()
    await visit.show(tip_page_view(visit.text, page, documents, visit.zone, visit.now))


async def set_state(visit: Visit, button: SetState) -> None:
    """Publish, retire or restore a tip, unless somebody changed it meanwhile."""
    seen = await visit.store.revision(button.tip, button.seen)
    if seen is None:
        await visit.expire()
        return
    change = _WISHES[button.wish](seen)
    if await refused(visit, change, button.seen):
        return
    act = visit.act(Deed.TIP_EDITED)
    came = await visit.store.change_tip(change, act, await others(visit))
    await answer_outcome(visit, came)
    await show_outcome(visit, button.tip, came)


async def answer_outcome(visit: Visit, came: Submitted | None) -> None:
    """Answer a tap with what became of a change; what is more than 'saved' has to be closed."""
    key, replaced = "change-saved-toast", ""
    if isinstance(came, Overtaken):
        key = "change-overtaken-toast"
    elif came is not None:
        key = "change-waits-toast" if isinstance(came, Waiting) else key
        numbers = ", ".join(map(str, came.replaced))
        replaced = " " + visit.text.plain("change-replaced", numbers=numbers) if numbers else ""
    alert = bool(replaced) or isinstance(came, Waiting | Overtaken)
    await visit.answer(visit.text.plain(key) + replaced, alert=alert)


async def show_outcome(visit: Visit, tip: TipNumber, came: Submitted | None) -> None:
    """Show a tip after a change, with what somebody else made of it meanwhile."""
    page = await visit.store.tip_page(tip)
    if page is None:
        return
    if isinstance(came, Overtaken):
        await visit.show(changed_meanwhile_view(visit.text, came.current))
    else:
        await show_tip(visit, page)


FEATURE = Feature(
    needs=Role.EDITOR,
    admin=(AdminEntry("admin-library", OpenLibrary()),),
    buttons={
        OpenLibrary: open_library,
        ListTips: list_tips,
        AskWords: ask_words,
        OpenTip: open_tip,
        SetState: set_state,
    },
    dialogs={WORDS: words_typed},
)
