"""Editing a tip: any field by typing it anew, a look at the whole, and saving it."""

import json
from datetime import date

from tipbot.bot.buttons.drafts import (
    AddSource,
    AskField,
    DraftField,
    DropSource,
    EditTip,
    OpenDraft,
    PickClaim,
    PickSection,
    ReviewToday,
    ThrowAway,
    TurnSections,
)
from tipbot.bot.feature import Feature
from tipbot.bot.features.drafting import (
    Work,
    field_question,
    keep,
    kept_work,
    show_gone,
    show_work,
    the_draft,
    today,
    with_field,
    work_on,
)
from tipbot.bot.features.formatting import say_lost, typed_markup
from tipbot.bot.features.library import show_tip
from tipbot.bot.features.soundness import faults_of
from tipbot.bot.views.dates import date_words
from tipbot.bot.views.drafts import (
    claim_view,
    dropped_view,
    fields_view,
    ordered,
    question_view,
    refused_field_view,
    sections_view,
    sources_view,
)
from tipbot.bot.visit import Visit
from tipbot.core.dates import read_date
from tipbot.core.drafts import ASKED, is_blank, short_name
from tipbot.core.entries import MOST_SOURCES, Fault
from tipbot.core.markup import MarkupError
from tipbot.core.model import Citation, Dialog, Document
from tipbot.core.roles import Role

_BETWEEN_TAGS = ",;\n"


async def edit_tip(visit: Visit, button: EditTip) -> None:
    """Show what of a tip can be changed, or what the editor has changed of it already."""
    kept = await kept_work(visit)
    page = await visit.store.tip_page(button.tip)
    if page is None:
        await visit.expire()
        return
    await visit.answer()
    if kept is not None and kept.draft.number == button.tip and not is_blank(kept.draft):
        await show_work(visit, kept)
        return
    current = page.current
    await visit.show(fields_view(visit.text, current.entry, button.tip, current.revision))


async def open_draft(visit: Visit, _: OpenDraft) -> None:
    """Show what the editor is writing; a new tip goes on where it was left."""
    work = await kept_work(visit)
    if work is None:
        await show_gone(visit, None)
        return
    await keep(visit, work)
    await visit.answer()
    await show_work(visit, work)


async def throw_away(visit: Visit, button: ThrowAway) -> None:
    """Forget what the editor is writing; the tip stays as it is."""
    work = await the_draft(visit, button.draft, button.seen)
    if work is None:
        return
    await visit.store.drop_tip_draft(visit.who)
    visit.served()
    await visit.answer(visit.text.plain("draft-dropped-toast"))
    page = await visit.store.tip_page(work.draft.number) if work.draft.number else None
    if page is not None:
        await show_tip(visit, page)
    else:
        await visit.show(dropped_view(visit.text))


async def ask_field(visit: Visit, button: AskField) -> None:
    """Ask for one field: typed, or chosen where there is a choice."""
    work = await work_on(visit, button.tip, button.seen)
    if work is None:
        return
    if button.field is DraftField.SOURCES:
        documents = await visit.store.documents()
        view = sources_view(visit.text, work.draft, work.entry.sources, documents)
    elif button.field is DraftField.CLAIM:
        view = claim_view(visit.text, work.draft, work.entry.claim)
    else:
        asks = field_question(visit, button.tip, button.seen, button.field)
        await visit.store.open_dialog(asks)
        view = question_view(visit.text, button.field, work.entry, work.draft)
    await visit.answer()
    await visit.show(view)


async def typed_field(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take a typed field; a refused one is shown back with the reasons, and asked for again.

    The message that led to this question may be handed over once more after a crash: it is the
    answer to the question before, and is not taken for an answer to this one.
    """
    asked = json.loads(dialog.payload)
    field = DraftField(asked["field"])
    work = await work_on(visit, asked["tip"], asked["seen"])
    if work is None:
        await visit.store.close_dialog(visit.who)
        return
    if visit.message_id <= asked["after"]:
        await show_work(visit, work)
        return
    changed, faults = await _read(visit, work, field, said)
    if faults:
        await visit.say(refused_field_view(visit.text, faults, said, work.draft))
        return
    await keep(visit, changed)
    if field in {DraftField.TITLE, DraftField.BODY}:
        await say_lost(visit, plain=field is DraftField.TITLE)
    await show_work(visit, changed)


async def _read(visit: Visit, work: Work, field: DraftField, said: str) -> tuple[Work, list[Fault]]:
    """Return the draft with what was typed, and what is wrong with that field."""
    try:
        value = _value(visit, field, said)
    except MarkupError as refused:
        return work, [Fault("", field, f"line {refused.line} cannot be shown", refused.reason)]
    except _NoDateError as refused:
        return work, [Fault("", field, str(refused), "send it like 2026-03-14")]
    changed = with_field(visit, work, **{field.value: value})
    documents = await visit.store.documents()
    faults = await faults_of(changed.entry, documents)
    return changed, [fault for fault in faults if fault.field == field]


class _NoDateError(ValueError):
    """A typed text is no day on which a tip can have been checked; the message says why."""


def _value(visit: Visit, field: DraftField, said: str) -> object:
    """Return what a typed text means for a field.

    Raises ``_NoDateError`` or ``MarkupError`` if it means nothing.
    """
    if field is DraftField.TITLE:
        return " ".join(said.split())
    if field is DraftField.TAGS:
        words = said.lower().translate({ord(sign): " " for sign in _BETWEEN_TAGS}).split()
        return tuple(dict.fromkeys(words))
    if field is DraftField.REVIEWED:
        return _day(visit, said)
    return typed_markup(visit, said)


def _day(visit: Visit, said: str) -> date:
    days = read_date(said, date_words(visit.text, today(visit)))
    past = [day for day in days if day <= today(visit)]
    if len(past) == 1:
        return past[0]
    problem = "that can be read as more than one day" if past else "that day is still to come"
    raise _NoDateError(problem if days else "this is no date")


async def add_source(visit: Visit, button: AddSource) -> None:
    """Show a document's sections, or keep that there is no source."""
    work = await work_on(visit, button.tip, button.seen)
    if work is None:
        return
    documents = ordered(await visit.store.documents())
    if not 0 <= button.document <= len(documents):
        await visit.expire()
    elif button.document == 0:
        await _keep(visit, with_field(visit, work, sources=()))
    else:
        await _show_sections(visit, work, button.document, documents[button.document - 1], 0)


async def turn_sections(visit: Visit, button: TurnSections) -> None:
    """Show another page of a document's sections."""
    work = await work_on(visit, button.tip, button.seen)
    if work is None:
        return
    documents = ordered(await visit.store.documents())
    if not 1 <= button.document <= len(documents):
        await visit.expire()
        return
    chosen = documents[button.document - 1]
    await _show_sections(visit, work, button.document, chosen, max(button.page, 0))


async def _show_sections(
    visit: Visit, work: Work, number: int, document: Document, page: int
) -> None:
    await visit.answer()
    await visit.show(sections_view(visit.text, work.draft, document, number, page))


async def pick_section(visit: Visit, button: PickSection) -> None:
    """Cite one section more."""
    work = await work_on(visit, button.tip, button.seen)
    if work is None:
        return
    documents = await visit.store.documents()
    known = (Citation(each.name, part) for each in documents.values() for part in each.sections)
    cited = next((each for each in known if short_name(each) == button.source), None)
    if cited is None:
        await visit.expire()
        return
    sources = tuple(dict.fromkeys((*work.entry.sources, cited)))
    if len(sources) > MOST_SOURCES:
        await visit.answer(visit.text.plain("sources-full-toast", most=MOST_SOURCES), alert=True)
        return
    await _keep(visit, with_field(visit, work, sources=sources))


async def drop_source(visit: Visit, button: DropSource) -> None:
    """Take a source away; the second time there is nothing left to take."""
    work = await work_on(visit, button.tip, button.seen)
    if work is not None:
        cited = work.entry.sources
        left = tuple(each for each in cited if short_name(each) != button.source)
        await _keep(visit, work if left == cited else with_field(visit, work, sources=left))


async def pick_claim(visit: Visit, button: PickClaim) -> None:
    """Keep what kind of statement a tip is."""
    work = await work_on(visit, button.tip, button.seen)
    if work is not None:
        await _keep(visit, with_field(visit, work, claim=button.claim))


async def review_today(visit: Visit, button: ReviewToday) -> None:
    """Keep that a tip was checked against its source today."""
    work = await work_on(visit, button.tip, button.seen)
    if work is not None:
        await _keep(visit, with_field(visit, work, reviewed=today(visit)))


async def _keep(visit: Visit, changed: Work) -> None:
    await keep(visit, changed)
    await visit.answer(visit.text.plain("draft-kept-toast"))
    await show_work(visit, changed)


FEATURE = Feature(
    needs=Role.EDITOR,
    buttons={
        EditTip: edit_tip,
        OpenDraft: open_draft,
        ThrowAway: throw_away,
        AskField: ask_field,
        AddSource: add_source,
        TurnSections: turn_sections,
        PickSection: pick_section,
        DropSource: drop_source,
        PickClaim: pick_claim,
        ReviewToday: review_today,
    },
    dialogs={ASKED: typed_field},
)
