"""Someone leaves while everything else goes on with them: nobody fails, and nothing stays."""

import asyncio

import pytest

from tests.store.house import (
    ALICE,
    BOB,
    LEASE,
    SENT,
    START,
    TODAY,
    House,
    allow_all,
    decide_daily,
    new_delivery,
    plan,
    tap,
)
from tests.store.test_holdings import kept
from tests.store.whole import read_out
from tipbot.core.enrolment import stopped
from tipbot.core.model import CheckInId, DeliveryId, Reaction, Topic


async def deliver(house: House, worker: str) -> None:
    claimed = await house.store.claim_deliveries(worker, START, 10, LEASE)
    ids = [each.id for each in claimed]
    begun = await house.store.begin_sending(worker, ids, START, allow_all)
    await asyncio.sleep(0)
    await house.store.record([(each.id, SENT) for each in begun], START)


async def live(house: House, turn: int) -> None:
    """Do at once what a person, the planner and two senders do."""
    store, who = house.store, ALICE.id
    await asyncio.gather(
        store.plan_due(START, 10, decide_daily),
        deliver(house, "w1"),
        store.log_twitch(who, tap(f"r{turn}")),
        store.log_twitch(who, tap(f"t{turn}", message_id=11), on=DeliveryId(turn + 1)),
        store.edit_day_context(who, TODAY, lambda day: day),
        store.forget(who),
        deliver(house, "w2"),
        store.send_next_tip(who, START, decide_daily),
        store.react(DeliveryId(turn + 1), who, Reaction.DONE, START),
        store.edit_check_in(CheckInId(1), who, lambda entry: entry),
        store.revise(who, stopped),
        store.mark_unreachable(who),
        store.thin_records(START, START, 10),
        store.forget(who),
    )


@pytest.mark.parametrize("rounds", [5])
async def test_leaving_in_the_midst_of_everything_leaves_nothing(
    house: House, url: str, rounds: int
) -> None:
    await house.stock()
    await house.enrol(BOB, plan(Topic.SLEEP, due=None))
    before = await read_out(house, BOB)
    for turn in range(rounds):
        hydration, _ = await house.enrol(ALICE, plan(), plan(Topic.SLEEP))
        await house.store.add_delivery(new_delivery(hydration, -1))
        await live(house, turn)
        assert not any(kept(url, ALICE.id).values())
    assert await read_out(house, BOB) == before
