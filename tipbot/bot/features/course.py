"""What the course of a diary shows is said after a check-in, once each and beside the tap."""

from zoneinfo import ZoneInfo

from tipbot.bot.buttons.diary import SetDiagnosed
from tipbot.bot.buttons.settings import Page
from tipbot.bot.feature import Feature
from tipbot.bot.features.settings import page_view, revise
from tipbot.bot.looks import Look
from tipbot.bot.views.course import course_view
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import with_diagnosis
from tipbot.core.instants import date_at
from tipbot.core.model import CheckIn
from tipbot.core.signs import LOOK_BACK, seen, settled


def notice(visit: Visit, twitch: CheckIn | None = None) -> None:
    """Look at the diary of whoever just checked in, once the tap was answered.

    If all that was done is to log a ``twitch``, and a look before it has shown that it brings
    nothing new, there is none. An errand of its own for each update, as one that is about to speak
    must not be given up.
    """
    if visit.person is None:
        return
    today = date_at(visit.now, ZoneInfo(visit.person.zone))
    look, looks = Look(today, visit.person.diagnosed), visit.house.looks
    if twitch is None or not looks.spare(visit.chat_id, twitch, look):
        looks.begin(visit.chat_id, look)
        key = (visit.chat_id, "course", visit.update.update_id)
        visit.house.errands.start(key, _look(visit, look))


async def _look(visit: Visit, look: Look) -> None:
    """Say what is seen for the first time; what may not have arrived is said again later."""
    today = look.day
    course = await visit.store.course(visit.who, today - LOOK_BACK, today)
    shown = seen(course.traces, today, diagnosed=look.diagnosed)
    found = {sign: what for sign, what in shown.items() if sign not in course.said}
    if not found:
        look.settled = settled(course, today)
        return
    mine = await visit.store.claim_signs(visit.who, tuple(found), visit.now)
    told = {sign: what for sign, what in found.items() if sign in mine}
    if told and await visit.say(course_view(visit.text, told)) is not None:
        await visit.store.mark_signs_said(visit.who, tuple(told), visit.now)


async def set_diagnosed(visit: Visit, button: SetDiagnosed) -> None:
    """Keep whether there is a diagnosis."""
    kept = await revise(visit, lambda before: with_diagnosis(before, diagnosed=button.on))
    if kept is None:
        return
    await visit.answer(visit.text.plain("diagnosis-kept" if button.on else "kept-toast"))
    if button.settings:
        await visit.show(await page_view(visit, Page.DIAGNOSIS, kept))
    else:
        await visit.show_keyboard(())


FEATURE = Feature(buttons={SetDiagnosed: set_diagnosed})
