"""Counts over everybody, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.house import HOUR, MINUTE, SENT, START, House, new_delivery, plan, with_person
from tipbot.core.figures import DayFigures, People, Tally
from tipbot.core.model import (
    FOREVER,
    DeliveryId,
    DeliveryState,
    Presence,
    Reaction,
    Stage,
    Subscriber,
    SubscriberId,
)

DAY = timedelta(days=1)


async def enrol(house: House, number: int, **more: object) -> None:
    person = Subscriber(id=SubscriberId(number), chat_id=number, stage=Stage.DONE, created_at=START)
    await house.enrol(replace(person, **more), plan())  # type: ignore[arg-type] # by name


async def sent(
    house: House, who: int, day: int = 0, state: DeliveryState = DeliveryState.SENT, tip: int = 1
) -> None:
    kept = await house.store.enrolment(SubscriberId(who))
    assert kept is not None
    due = START + day * DAY
    new = new_delivery(kept.plans[0], day, due=due, tip_number=tip)
    assert await house.store.add_delivery(new)
    (going,) = await house.begin(now=due)
    await house.store.record([(going.id, replace(SENT, state=state))], due)


async def vote(house: House, which: int, who: int, reaction: Reaction, hours: int = 1) -> None:
    at = START + hours * HOUR
    assert await house.store.react(DeliveryId(which), SubscriberId(who), reaction, at)


async def today(house: House) -> DayFigures:
    return await house.store.day_figures(START, START + DAY)


async def test_everybody_is_counted_once_by_what_they_are(house: House) -> None:
    await enrol(house, 1)
    await enrol(house, 2, paused_until=START + HOUR)
    await enrol(house, 3, paused_until=FOREVER)
    await enrol(house, 4, paused_until=START - HOUR)
    await enrol(house, 5, stage=Stage.ZONE)
    await enrol(house, 6)
    stopped = with_person(presence=Presence.STOPPED, paused_until=FOREVER)
    await house.store.revise(SubscriberId(6), stopped)
    await enrol(house, 7)
    await house.store.mark_unreachable(SubscriberId(7))
    people = await house.store.people(START)
    assert people == People(active=2, paused=2, stopped=1, blocked=1, starting=1)
    assert people.total == 7


async def test_a_days_messages_are_counted_by_their_end(house: House) -> None:
    await house.stock()
    for who, state in enumerate(
        (
            DeliveryState.SENT,
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.UNKNOWN,
            DeliveryState.UNREACHABLE,
        ),
        start=1,
    ):
        await enrol(house, who)
        await sent(house, who, state=state)
    await sent(house, 1, day=1)
    found = await today(house)
    assert (found.sent, found.failed, found.unknown, found.unreachable) == (2, 1, 1, 1)
    assert found.joined == 5
    assert found.tips == {1: Tally(sent=2)}
    tomorrow = await house.store.day_figures(START + DAY, START + 2 * DAY)
    assert (tomorrow.sent, tomorrow.joined) == (1, 0)


async def test_what_waits_or_is_on_its_way_is_not_over(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    assert (await today(house)).sent == 0
    await house.begin()
    assert await today(house) == DayFigures()


async def test_votes_are_counted_for_their_tip_on_the_day_they_were_given(house: House) -> None:
    await house.stock()
    for who in (1, 2, 3):
        await enrol(house, who)
        await sent(house, who, tip=1 if who < 3 else 2)
    await vote(house, 1, 1, Reaction.HELPFUL)
    await vote(house, 1, 1, Reaction.DONE)
    await vote(house, 2, 2, Reaction.HELPFUL)
    await vote(house, 2, 2, Reaction.NOT_HELPFUL, hours=2)
    await vote(house, 3, 3, Reaction.HELPFUL, hours=30)
    assert (await today(house)).tips == {1: Tally(sent=2, helpful=1, not_helpful=1), 2: Tally(1)}
    later = await house.store.day_figures(START + DAY, START + 2 * DAY)
    assert later.tips == {2: Tally(helpful=1)}
    assert (await today(house)).votes == Tally(3, 1, 1)


async def test_the_bounds_of_a_day_belong_to_one_day(house: House) -> None:
    await house.stock()
    await enrol(house, 1)
    await sent(house, 1)
    assert (await house.store.day_figures(START - DAY, START)).sent == 0
    assert (await house.store.day_figures(START, START + MINUTE)).sent == 1


async def test_votes_get_their_tips_names_in_order(house: House) -> None:
    await house.stock()
    named = await house.store.name_votes({2: Tally(1, 1), 99: Tally(5), 1: Tally(2)})
    assert [(each.number, each.id, each.title) for each in named] == [
        (2, "glass", "Glass"),
        (1, "sip", "Sip"),
    ]
    assert await house.store.name_votes({}) == []


@pytest.mark.parametrize("which", [{-1: Tally()}, {2**62: Tally()}])
async def test_a_number_that_is_no_tip_has_no_name(house: House, which: dict[int, Tally]) -> None:
    assert await house.store.name_votes(which) == []
