"""The weekly digest: when it comes, and what it says.

It is a plan like any other, so pauses, quiet hours and /stop hold for it.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.diary import OpenDigest, SetDigestDay, SetDigestTime, SwitchDigest
from tipbot.bot.buttons.settings import Page
from tipbot.bot.feature import Feature
from tipbot.bot.features.settings import DIGEST, Change, await_answer, page_view, revise
from tipbot.bot.features.settings_typed import answered
from tipbot.bot.guards import enrolled
from tipbot.bot.views import View
from tipbot.bot.visit import Visit
from tipbot.core.diary import diary_days
from tipbot.core.digest import WEEK, Digest, digest, digest_week
from tipbot.core.enrolment import Enrolment, Fault, SettingError
from tipbot.core.helped import by_relief
from tipbot.core.instants import ONE_DAY, instant_of
from tipbot.core.model import Claimed, Dialog, Topic
from tipbot.core.plans import with_days, with_digest, with_times, with_topic
from tipbot.core.typed import read_time
from tipbot.store.base import Store

_MICROSECOND = timedelta(microseconds=1)


async def read_digest(store: Store, claimed: Claimed) -> Digest | None:
    """Return what a digest that is due tells; None for nothing, and for any other delivery."""
    if claimed.topic is not Topic.DIGEST:
        return None
    delivery = await store.delivery(claimed.id, claimed.subscriber)
    if delivery is None:
        return None
    person, zone = delivery.subscriber, ZoneInfo(delivery.subscriber.zone)
    first, last = digest_week(delivery.slot.date)
    entries = await store.check_ins(person.id, first - WEEK, last)
    days = diary_days(entries, (), first - WEEK, last)
    midnights = (instant_of(day, 0, zone) - _MICROSECOND for day in (first, last + ONE_DAY))
    return digest(days, by_relief(await store.outcomes(person.id, *midnights)))


async def open_digest(visit: Visit, _: OpenDigest) -> None:
    """Show the settings in a message of their own."""
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    await visit.answer()
    if kept is not None and not visit.pressed_twice():
        await visit.store.close_dialog(visit.who)
        await visit.say(await page_view(visit, Page.DIGEST, kept))
    visit.served()


async def _set(visit: Visit, change: Change) -> None:
    """Make a change by button, and show the page."""
    kept = await revise(visit, lambda before: change(with_digest(before, visit.now)))
    if kept is not None:
        await visit.answer(visit.text.plain("kept-toast"))
        await visit.show(await page_view(visit, Page.DIGEST, kept))


async def switch(visit: Visit, button: SwitchDigest) -> None:
    """Switch the digest on or off; from now on a typed time is taken while it is on."""
    if await enrolled(visit) is None:
        return
    if button.on:
        await await_answer(visit, DIGEST)
    on = button.on
    await _set(visit, lambda kept: with_topic(kept, Topic.DIGEST, visit.now, enabled=on))


async def set_day(visit: Visit, button: SetDigestDay) -> None:
    """Let the digest come on another weekday."""
    await _set(visit, lambda kept: with_days(kept, Topic.DIGEST, {button.weekday}, visit.now))


async def set_time(visit: Visit, button: SetDigestTime) -> None:
    """Let the digest come at another time."""
    await _set(visit, lambda kept: with_times(kept, Topic.DIGEST, {button.minute}, visit.now))


async def typed_time(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take a typed time; an unclear one, or one in quiet hours, leaves the question open."""
    minute = read_time(said)
    if minute is None or await enrolled(visit) is None:
        await visit.say(View(html=visit.text.html("time-one-unclear")))
        return

    def change(kept: Enrolment) -> Enrolment:
        return with_times(with_digest(kept, visit.now), Topic.DIGEST, {minute}, visit.now)

    try:
        after = await visit.store.revise(visit.who, change)
    except SettingError as fault:
        await visit.say(View(html=visit.text.html(_refusal(fault.code))))
        return
    if after is not None:
        await answered(visit, dialog, await page_view(visit, Page.DIGEST, after))
        await visit.say(View(html=visit.text.html("times-kept")))


def _refusal(fault: Fault) -> str:
    return "digest-in-quiet" if fault is Fault.QUIET else "time-one-unclear"


FEATURE = Feature(
    buttons={
        OpenDigest: open_digest,
        SwitchDigest: switch,
        SetDigestDay: set_day,
        SetDigestTime: set_time,
    },
    dialogs={DIGEST: typed_time},
)
