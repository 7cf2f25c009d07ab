"""Delivers what is due, as the courier does, through the chat's own views."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.bot.chat import Person
from tests.bot.telegram import Shown
from tipbot.bot import replies
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.bot.views.tips import delivery_view
from tipbot.core.model import Delivery, DeliveryState, NewDelivery, Slot, Topic
from tipbot.core.outcomes import Verdict
from tipbot.core.schedule import allowed_now

LEASE = timedelta(minutes=1)


async def delivered(
    person: Person, state: DeliveryState = DeliveryState.SENT
) -> list[tuple[Delivery, Shown]]:
    """Send all that is due and return what came to a person; each delivery ends in ``state``."""
    store, now = person.chat.store, person.chat.clock()
    claimed = await store.claim_deliveries("post", now, 100, LEASE)
    begun = await store.begin_sending(
        "post", [each.id for each in claimed], now, lambda each: allowed_now(each, now)
    )
    arrived = []
    for each in begun:
        arrived.append((each, await _send(person, each)))
        await store.record([(each.id, Verdict(state=state))], now)
        await slow_down_if_quiet(store, each, now)
    return [(each, shown) for each, shown in arrived if each.subscriber.id == person.who]


async def _send(person: Person, delivery: Delivery) -> Shown:
    house = person.chat.house
    text = house.texts.speak(delivery.subscriber.language)
    view = delivery_view(text, delivery, await person.chat.store.documents())
    sent = await replies.send(person.chat.application.bot, delivery.subscriber.chat_id, view)
    assert sent is not None
    return person.chat.telegram.shown(delivery.subscriber.chat_id, sent.message_id)


async def first_tip(
    person: Person, state: DeliveryState = DeliveryState.SENT
) -> tuple[Delivery, Shown]:
    """Deliver the tip that ended onboarding."""
    ((delivery, shown),) = await delivered(person, state)
    return delivery, shown


async def queue_prompt(person: Person) -> None:
    """Let the question about today be due now."""
    now = person.chat.clock()
    plan = (await person.kept()).plan(Topic.CHECK_IN)
    assert plan.next_slot is not None
    prompt = NewDelivery(
        plan=plan.id,
        subscriber=person.who,
        topic=Topic.CHECK_IN,
        slot=Slot(
            now.astimezone(ZoneInfo((await person.subscriber()).zone)).date(), plan.next_slot.minute
        ),
        repeat=-1,
        tip_number=None,
        tip_revision=None,
        due_at=now,
        expires_at=now + timedelta(hours=3),
    )
    await delivered(person)
    await person.chat.store.add_delivery(prompt)


async def prompted(
    person: Person, state: DeliveryState = DeliveryState.SENT
) -> tuple[Delivery, Shown]:
    """Ask a person about today."""
    await queue_prompt(person)
    ((delivery, shown),) = await delivered(person, state)
    return delivery, shown
