"""/privacy and /stop: what is kept, and how to be left alone."""

from tipbot.bot.buttons.privacy import OpenPrivacy
from tipbot.bot.feature import Feature
from tipbot.bot.views import View
from tipbot.bot.views.privacy import privacy_view
from tipbot.bot.views.relief import over_view
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import stopped
from tipbot.core.model import Presence
from tipbot.core.sessions import Session


async def privacy(visit: Visit) -> None:
    """Say what is kept, where and how long; a newcomer can go on from there."""
    staff = await visit.store.member(visit.who) is not None
    await visit.say(privacy_view(visit.text, newcomer=visit.person is None, staff=staff))


async def open_privacy(visit: Visit, _: OpenPrivacy) -> None:
    """Say it for the button under the welcome, in a message of its own."""
    await visit.answer()
    if not visit.pressed_twice():
        await privacy(visit)
        visit.served()


async def stop(visit: Visit) -> None:
    """Stop everything at once, what waits included; settings and log stay for a return.

    A live relief session ends, and its message says so: no step stays there as if it went on.
    """
    before, ended = visit.person, await _end_relief(visit)
    kept = await visit.store.revise(visit.who, stopped)
    if kept is None:
        key = "stop-stranger"
    else:
        already = before is not None and before.presence is Presence.STOPPED
        key = "stopped-already" if already else "stopped"
    await visit.say(View(html=visit.text.html(key), clears_reply_keyboard=True))
    if ended is not None:
        await visit.redraw(ended.message_id, over_view(visit.text, ended))


async def _end_relief(visit: Visit) -> Session | None:
    """End the live session, also of somebody who has stopped all messages before."""
    live = await visit.store.live_relief(visit.who)
    return live and await visit.store.end_relief(live.id, visit.who, visit.now)


FEATURE = Feature(commands={"privacy": privacy, "stop": stop}, buttons={OpenPrivacy: open_privacy})
