"""A new tip, asked for step by step; each answer is kept at once, so it can be left anywhere."""

from tipbot.bot.buttons.drafts import NewTip, PickTopic, StepBack
from tipbot.bot.feature import Feature
from tipbot.bot.features.drafting import (
    Work,
    begun,
    keep,
    kept_work,
    on_top,
    show_in_the_way,
    show_work,
    the_draft,
    with_field,
)
from tipbot.bot.visit import Visit
from tipbot.core.drafts import is_blank, next_step, step_back
from tipbot.core.roles import Role


async def begin(visit: Visit, _: NewTip) -> None:
    """Begin a new tip; one that was begun goes on where it was left."""
    work = await kept_work(visit)
    if work is not None and work.before is not None and not is_blank(work.draft):
        await show_in_the_way(visit, work.draft)
        return
    if work is None or work.before is not None:
        work = on_top(visit, begun(visit), None)
    await _go_on(visit, work)


async def pick_topic(visit: Visit, button: PickTopic) -> None:
    """Keep the new tip's topic, if that is what is asked now."""
    work = await the_draft(visit, button.draft, 0)
    if work is not None and next_step(work.draft) == "topic":
        work = with_field(visit, work, topic=button.topic)
    if work is not None:
        await _go_on(visit, work)


async def back(visit: Visit, button: StepBack) -> None:
    """Ask for the last answer again, if the step that the button leads back from is asked now."""
    work = await the_draft(visit, button.draft, 0)
    if work is not None and next_step(work.draft) == button.step:
        work = on_top(visit, step_back(work.draft), None)
    if work is not None:
        await _go_on(visit, work)


async def _go_on(visit: Visit, work: Work) -> None:
    """Keep a new tip as far as it is written, and ask on."""
    await keep(visit, work)
    await visit.answer()
    await show_work(visit, work)


FEATURE = Feature(needs=Role.EDITOR, buttons={NewTip: begin, PickTopic: pick_topic, StepBack: back})
