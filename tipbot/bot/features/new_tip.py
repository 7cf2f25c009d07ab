"""A new tip, asked for step by step; each answer is kept at once, so it can be left anywhere."""

import json
from dataclasses import replace

from tipbot.bot.buttons_desk import NEW, DraftField, NewTip, PickTopic, StepBack
from tipbot.bot.features.drafting import ASKED, kept_work, show_draft
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
    await go_on(visit, work.draft if work else Draft())


async def go_on(visit: Visit, draft: Draft) -> None:
    """Ask for what a new tip still lacks, or show the whole of it."""
    if next_step(draft) is not None:
        await ask_next(visit, draft)
        return
    work = await kept_work(visit)
    if work is not None:
        await show_draft(visit, work)


async def ask_next(visit: Visit, draft: Draft) -> None:
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
    work = await kept_work(visit)
    if work is not None and work.before is not None:
        await visit.expire()
        return
    draft = replace(work.draft if work else Draft(), topic=button.topic)
    await visit.store.keep_tip_draft(visit.who, draft, visit.now)
    await visit.answer()
    await go_on(visit, draft)


async def back(visit: Visit, _: StepBack) -> None:
    """Ask for the last answer again."""
    work = await kept_work(visit)
    if work is None or work.before is not None:
        await visit.expire()
        return
    draft = step_back(work.draft)
    await visit.store.keep_tip_draft(visit.who, draft, visit.now)
    await visit.answer()
    await go_on(visit, draft)


FEATURE = Feature(needs=Role.EDITOR, buttons={NewTip: begin, PickTopic: pick_topic, StepBack: back})
