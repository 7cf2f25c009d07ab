"""What a subscriber answers to a tip, and a tip on request.

Every id is checked against whoever taps: ``store.delivery`` and ``store.react`` know no other
person's. A tap is answered once its effect is on disk; the message changes after that.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from tipbot.bot.buttons.tips import DidIt, ShowTip, Snooze, SnoozeFor, SnoozeMenu, Vote, Why
from tipbot.bot.feature import Feature
from tipbot.bot.guards import enrolled
from tipbot.bot.views import Keyboard, View
from tipbot.bot.views.checkin import kept_log_rows, when
from tipbot.bot.views.tips import (
    Shown,
    answers_in,
    fresh,
    later_keyboard,
    tip_keyboard,
    tip_view,
    why_view,
)
from tipbot.bot.visit import Visit
from tipbot.core import planning
from tipbot.core.instants import minute_at
from tipbot.core.model import (
    TIP_TOPICS,
    Delivery,
    DeliveryId,
    Presence,
    Reaction,
    Subscriber,
    Topic,
)
from tipbot.core.selection import chance_below

_SNOOZES = {
    SnoozeFor.TEN_MINUTES: planning.Snooze.TEN_MINUTES,
    SnoozeFor.HOUR: planning.Snooze.AN_HOUR,
    SnoozeFor.TONIGHT: planning.Snooze.TONIGHT,
}


def shown_of(visit: Visit, delivery: Delivery) -> Shown:
    """Return what the tapped message keeps while its other buttons change."""
    keyboard = visit.shown_keyboard()
    log = kept_log_rows(keyboard) or fresh(visit.text, delivery).log
    return Shown(log, answers_in(keyboard))


async def own_tip(visit: Visit, which: DeliveryId) -> Delivery | None:
    """Return the tapper's own tip; else say that the button has expired."""
    delivery = await visit.store.delivery(which, visit.who)
    if delivery is None or delivery.tip is None:
        await visit.expire()
        return None
    return delivery


async def _reacted(visit: Visit, which: DeliveryId, reaction: Reaction) -> Delivery | None:
    """Keep a reaction to the tapper's own tip; else say that the button has expired."""
    if await own_tip(visit, which) is None:
        return None
    return await visit.store.react(which, visit.who, reaction, visit.now)


async def did_it(visit: Visit, button: DidIt) -> None:
    """Keep that the tip was followed."""
    delivery = await _reacted(visit, button.delivery, Reaction.DONE)
    if delivery is not None:
        await visit.answer(visit.text.plain("did-it-toast"))
        await _tick(visit, delivery, button)


async def vote(visit: Visit, button: Vote) -> None:
    """Keep a vote, in place of an earlier one."""
    reaction = Reaction.HELPFUL if button.helpful else Reaction.NOT_HELPFUL
    delivery = await _reacted(visit, button.delivery, reaction)
    if delivery is not None:
        key = "helpful-toast" if button.helpful else "not-helpful-toast"
        await visit.answer(visit.text.plain(key))
        await _tick(visit, delivery, button)


async def _tick(visit: Visit, delivery: Delivery, answer: DidIt | Vote) -> None:
    """Tick an answer, wherever in the tip's message it was given."""
    shown = shown_of(visit, delivery).answered(answer)
    await visit.show_keyboard(_retick(visit, delivery, shown))


def _retick(visit: Visit, delivery: Delivery, shown: Shown) -> Keyboard:
    """Return the message's present buttons with its answers ticked anew."""
    labels = {b.value: b for row in tip_keyboard(visit.text, delivery, shown) for b in row}
    present = visit.shown_keyboard()
    if not present:
        return tip_keyboard(visit.text, delivery, shown)
    return tuple(
        tuple(labels[b.value] if isinstance(b.value, DidIt | Vote) else b for b in row)
        for row in present
    )


async def show_later(visit: Visit, button: SnoozeMenu) -> None:
    """Show when a tip can come again."""
    delivery = await own_tip(visit, button.delivery)
    if delivery is not None:
        await visit.answer()
        await visit.show_keyboard(later_keyboard(visit.text, delivery, shown_of(visit, delivery)))


async def snooze(visit: Visit, button: Snooze) -> None:
    """Let the tip come once more; a double tap makes one of it."""
    delivery = await own_tip(visit, button.delivery)
    if delivery is None or await _unreachable(visit, delivery.subscriber, "later"):
        return
    if not delivery.plan_enabled:
        await visit.answer(visit.text.plain("pace-off"), alert=True)
        return
    until = planning.snooze_until(_SNOOZES[button.wait], delivery.subscriber, visit.now)
    added = await visit.store.add_delivery(planning.snooze(delivery, until))
    await visit.store.react(button.delivery, visit.who, Reaction.SNOOZED, visit.now)
    visit.house.nudge()
    text = visit.text
    toast = text.plain("later-already")
    if added or visit.pressed_twice():
        at = when(text, until, delivery.subscriber.zone, visit.now)
        toast = text.plain("later-toast", when=at)
    await visit.answer(toast)
    visit.served()
    await visit.show_keyboard(tip_keyboard(text, delivery, shown_of(visit, delivery)))


async def _unreachable(visit: Visit, person: Subscriber, key: str) -> bool:
    """Say so, and return True, if no tip can come because of a stop or a pause."""
    if person.presence is not Presence.ACTIVE:
        key = f"{key}-stopped"
    elif person.paused(visit.now):
        key = f"{key}-paused"
    else:
        return False
    if visit.query:
        await visit.answer(visit.text.plain(key), alert=True)
    else:
        await visit.say(View(html=visit.text.html(key)))
    return True


async def why(visit: Visit, button: Why) -> None:
    """Show where the tip comes from."""
    delivery = await _reacted(visit, button.delivery, Reaction.WHY)
    if delivery is not None:
        await visit.answer()
        documents = await visit.store.documents()
        await visit.show(why_view(visit.text, delivery, documents, shown_of(visit, delivery)))


async def back(visit: Visit, button: ShowTip) -> None:
    """Show the tip again."""
    delivery = await own_tip(visit, button.delivery)
    if delivery is not None:
        await visit.answer()
        await show_tip(visit, delivery)


async def show_tip(visit: Visit, delivery: Delivery) -> None:
    """Show the tip's own page in the tapped message."""
    documents = await visit.store.documents()
    await visit.show(tip_view(visit.text, delivery, documents, shown_of(visit, delivery)))


async def tip_command(visit: Visit) -> None:
    """Send one tip of the topics that are on, once for each /tip message."""
    person = await enrolled(visit)
    if person is None or await _unreachable(visit, person, "tip"):
        return
    asked_at, topic = _asked_at(visit), await _topic_for(visit)
    if topic is None:
        await visit.say(View(html=visit.text.html("tip-none-on")))
        return

    def decide(due: planning.DuePlan, shelves: planning.Shelves) -> planning.PlanStep:
        return planning.first_tip(due, shelves, visit.now, asked_at)

    if await visit.store.send_next_tip(visit.who, visit.now, decide, topic):
        visit.house.nudge()
    else:
        await visit.say(View(html=visit.text.html("tip-on-its-way")))


def _asked_at(visit: Visit) -> datetime:
    """Return when the message was sent: the same one handed over again has the same date."""
    return visit.message.date if visit.message else visit.now


async def _topic_for(visit: Visit) -> Topic | None:
    """Choose a topic that is on and fits the hour, by the message that asks."""
    kept = await visit.store.enrolment(visit.who)
    if kept is None:
        return None
    every = [plan.topic for plan in kept.plans if plan.enabled and plan.topic in TIP_TOPICS]
    minute = minute_at(visit.now, ZoneInfo(kept.subscriber.zone))
    on = planning.fitting_topics(every, minute)
    return on[chance_below(len(on), f"{visit.who}:{visit.message_id}")] if on else None


FEATURE = Feature(
    commands={"tip": tip_command},
    buttons={
        DidIt: did_it,
        SnoozeMenu: show_later,
        Snooze: snooze,
        Vote: vote,
        Why: why,
        ShowTip: back,
    },
)
