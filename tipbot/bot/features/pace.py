"""How often a topic's tips come: less of it, as before, and less for someone who never answers."""

from collections.abc import Callable
from datetime import datetime

from tipbot.bot.buttons.tips import KeepPace, Less
from tipbot.bot.feature import Feature
from tipbot.bot.features.tips import own_tip, show_tip, shown_of
from tipbot.bot.views.tips import pace_view, slows_down
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import Enrolment, SettingError
from tipbot.core.model import Delivery, Reaction
from tipbot.core.plans import less_of, slow_down, with_thin
from tipbot.store.base import Subscribers


async def less(visit: Visit, button: Less) -> None:
    """Halve how often the tip's topic comes, if it still comes as the button says."""
    own = await own_tip(visit, button.delivery)
    if own is None:
        return

    def halved(kept: Enrolment) -> Enrolment:
        plan = kept.plan(own.topic)
        as_said = plan.enabled and plan.thin == button.thin
        return less_of(kept, own.topic, visit.now) if as_said else kept

    delivery = await _revised(visit, own, halved)
    if delivery is None:
        return
    changed = delivery.plan_enabled and delivery.thin == 2 * button.thin
    await visit.answer(visit.text.plain("less-toast") if changed else None)
    documents = await visit.store.documents()
    before = button.thin if changed else None
    await visit.show(pace_view(visit.text, delivery, documents, shown_of(visit, delivery), before))


async def keep_pace(visit: Visit, button: KeepPace) -> None:
    """Take 'less of this' back."""
    own = await own_tip(visit, button.delivery)
    if own is None:
        return
    delivery = await _revised(
        visit, own, lambda kept: with_thin(kept, own.topic, button.thin, visit.now)
    )
    if delivery is not None:
        await visit.answer(visit.text.plain("pace-kept-toast"))
        await show_tip(visit, delivery)


async def _revised(
    visit: Visit, own: Delivery, change: Callable[[Enrolment], Enrolment]
) -> Delivery | None:
    """Change the plans and keep the reaction; None, with the button expired, if they cannot be."""
    try:
        await visit.store.revise(visit.who, change)
    except SettingError:
        await visit.expire()
        return None
    return await visit.store.react(own.id, visit.who, Reaction.LESS, visit.now)


async def slow_down_if_quiet(store: Subscribers, sent: Delivery, now: datetime) -> None:
    """Halve the rate of someone whose last three tips met no reaction, once, as the tip said.

    To be called after a delivery was recorded as sent, with the delivery as it was rendered.
    """
    if slows_down(sent):
        await store.revise(sent.subscriber.id, lambda kept: slow_down(kept, now))


FEATURE = Feature(buttons={Less: less, KeepPace: keep_pace})
