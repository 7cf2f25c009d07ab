"""How much is due and not done, as whoever watches over the program sees it."""

from datetime import timedelta

from tests.store.house import ALICE, HOUR, LEASE, START, House, new_delivery, plan
from tipbot.core.model import DeliveryState
from tipbot.core.outcomes import Verdict
from tipbot.store.base import Backlog

UNKNOWN = Verdict(state=DeliveryState.UNKNOWN, code="timeout")


def backlog(lag: timedelta, **counts: int) -> Backlog:
    return Backlog(**{"waiting": 0, "sending": 0, "unknown": 0} | counts, lag=lag)


async def test_nothing_is_due_in_an_empty_house(house: House) -> None:
    assert await house.store.backlog(START) == backlog(timedelta(0))


async def test_a_delivery_is_counted_where_it_stands(house: House) -> None:
    await house.stock()
    (mine,) = await house.enrol(ALICE, plan(due=None))
    await house.store.add_delivery(new_delivery(mine))
    assert await house.store.backlog(START - HOUR) == backlog(timedelta(0))
    assert await house.store.backlog(START + HOUR) == backlog(HOUR, waiting=1)
    (claimed,) = await house.store.claim_deliveries("w1", START, 10, LEASE)
    assert await house.store.backlog(START) == backlog(timedelta(0), waiting=1)
    await house.store.begin_sending("w1", [claimed.id], START, lambda _: True)
    assert await house.store.backlog(START) == backlog(timedelta(0), sending=1)
    await house.store.record([(claimed.id, UNKNOWN)], START)
    assert await house.store.backlog(START) == backlog(timedelta(0), unknown=1)


async def test_a_plan_that_nobody_took_up_is_the_lag(house: House) -> None:
    await house.alice_hydrated()
    assert (await house.store.backlog(START + 2 * HOUR)).lag == 2 * HOUR
