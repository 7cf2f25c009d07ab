"""/relief: choose a technique, be led through it, say whether it helped.

A session is a row in the store; ``bot.leading`` changes its message as the steps pass. Ids in
buttons are claims: the store knows no other person's session.
"""

from tipbot.bot.buttons.relief import OpenRelief, OpenTechnique, RateRelief, StartRelief, StopRelief
from tipbot.bot.feature import Feature
from tipbot.bot.guards import enrolled
from tipbot.bot.views import View
from tipbot.bot.views.relief import choices_view, over_view, step_view, technique_view
from tipbot.bot.visit import Visit
from tipbot.core.helped import LOOKED_AT, by_technique, ranked
from tipbot.core.relief import Technique
from tipbot.core.sessions import Session


async def relief(visit: Visit) -> None:
    """List the techniques in a new message."""
    if await enrolled(visit) is not None:
        await visit.say(await _choices(visit))


async def open_relief(visit: Visit, button: OpenRelief) -> None:
    """List the techniques, in a message of their own unless the button stands on their own."""
    if await enrolled(visit) is None:
        return
    choices = await _choices(visit)
    await visit.answer()
    if button.here:
        await visit.show(choices)
        return
    if not visit.pressed_twice():
        await visit.say(choices)
    visit.served()


async def _choices(visit: Visit) -> View:
    said = await visit.store.outcomes(visit.who, visit.now - LOOKED_AT, visit.now)
    return choices_view(visit.text, ranked(by_technique(said), tuple(Technique)))


async def open_technique(visit: Visit, button: OpenTechnique) -> None:
    """Show what a technique is, before anything starts."""
    if await enrolled(visit) is None:
        return
    documents = await visit.store.documents()
    await visit.answer()
    await visit.show(technique_view(visit.text, button.technique, documents))


async def start(visit: Visit, button: StartRelief) -> None:
    """Begin a session in the tapped message; another one that is live ends."""
    if await enrolled(visit) is None:
        return
    begun = await visit.store.begin_relief(visit.who, button.technique, button.pace, visit.tap())
    if begun is None:
        await visit.expire()
        return
    await visit.answer()
    await _show(visit, begun.session)
    if begun.replaced is not None:
        await visit.redraw(begun.replaced.message_id, over_view(visit.text, begun.replaced))


async def _show(visit: Visit, session: Session) -> None:
    """Show a session as it stands now; one whose time is up is asked about."""
    position = None if session.ended_at else session.position(visit.now)
    if position is None:
        await visit.show(over_view(visit.text, session))
    else:
        await visit.show(step_view(visit.text, session, position))


async def stop(visit: Visit, button: StopRelief) -> None:
    """End a session now."""
    session = await visit.store.end_relief(button.session, visit.who, visit.now)
    if session is None:
        await visit.expire()
        return
    await visit.answer()
    await visit.show(over_view(visit.text, session))


async def rate(visit: Visit, button: RateRelief) -> None:
    """Keep whether it helped, with the log."""
    rated = await visit.store.rate_relief(button.session, visit.who, button.answer, visit.now)
    if rated is None:
        await visit.expire()
        return
    await visit.answer(visit.text.plain("kept-toast"))
    await visit.show(over_view(visit.text, rated.session, rated.entry, visit.now))


FEATURE = Feature(
    commands={"relief": relief},
    buttons={
        OpenRelief: open_relief,
        OpenTechnique: open_technique,
        StartRelief: start,
        StopRelief: stop,
        RateRelief: rate,
    },
)
