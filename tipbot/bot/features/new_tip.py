"""A new tip, asked for step by step; each answer is kept at once, so it can be left anywhere."""

import json

from tipbot.bot.buttons_desk import NEW, DraftField, NewTip, PickTopic, StepBack
from tipbot.bot.features.drafting import ASKED, Work, kept_work, on_top, show_draft, with_field
from tipbot.bot.features.library import open_question
from tipbot.bot.views.drafts import claim_view, sources_view, topic_view, typed_step_view
from tipbot.bot.visit import Feature, Visit
from tipbot.core.drafts import Draft, next_step, step_back
from tipbot.core.roles import Role


async def begin(visit: Visit, _: NewTip) -> None:
    """Begin a new tip; one that was begun goes on where it was left."""
    work = await kept_work(visit)
    if work is not None and work.before is not None:
        await visit.answer(visit.text.plain("draft-in-the-way"), alert=True)
        await show_draft(visit, work)
        return
    await visit.answer()
    await show_work(visit, work or on_top(visit, Draft(), None))


async def show_work(visit: Visit, work: Work) -> None:
    """Show a draft, or the next question of a new tip."""
    if work.before is None and next_step(work.draft) is not None:
        await _ask_next(visit, work.draft)
    else:
        await show_draft(visit, work)


async def _ask_next(visit: Visit, draft: Draft) -> None:
    """Ask a new tip's next question."""
    step = next_step(draft)
    if step in {"title", "body"}:
        asked = {"tip": NEW, "seen": 0, "field": DraftField(step), "after": visit.message_id}
        await open_question(visit, ASKED, json.dumps(asked))
        await visit.show(typed_step_view(visit.text, str(step), draft))
    elif step == "sources":
        documents = await visit.store.documents()
        await visit.show(sources_view(visit.text, draft, None, documents))
    elif step == "claim":
        await visit.show(claim_view(visit.text, draft, None))
    else:
        await visit.show(topic_view(visit.text))


async def pick_topic(visit: Visit, button: PickTopic) -> None:
    """Keep the new tip's topic."""
    work = await kept_work(visit) or on_top(visit, Draft(), None)
    if work.before is not None:
        await visit.expire()
        return
    await _go_on(visit, with_field(visit, work, topic=button.topic))


async def back(visit: Visit, _: StepBack) -> None:
    """Ask for the last answer again."""
    work = await kept_work(visit)
    if work is None or work.before is not None:
        await visit.expire()
        return
    await _go_on(visit, on_top(visit, step_back(work.draft), None))


async def _go_on(visit: Visit, work: Work) -> None:
    """Keep a new tip as far as it is written, and ask on."""
    await visit.store.keep_tip_draft(visit.who, work.draft, visit.now)
    await visit.answer()
    await show_work(visit, work)


FEATURE = Feature(needs=Role.EDITOR, buttons={NewTip: begin, PickTopic: pick_topic, StepBack: back})
