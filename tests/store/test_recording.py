from datetime import timedelta

import pytest

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LEASE,
    MINUTE,
    SENT,
    START,
    House,
    allow_all,
    new_delivery,
    plan,
)
from tipbot.core.model import Delivery, DeliveryState, Presence, Topic
from tipbot.core.outcomes import Verdict
from tipbot.store.base import Swept

DOUBT = timedelta(minutes=2)


async def going(house: House) -> Delivery:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (delivery,) = await house.begin()
    return delivery


async def test_a_sent_tip_is_recorded_once(house: House) -> None:
    delivery = await going(house)
    for _ in range(3):
        await house.store.record([(delivery.id, SENT)], START)

    read = await house.store.delivery(delivery.id, ALICE.id)
    assert read is not None
    assert (read.state, read.message_id) == (DeliveryState.SENT, 700)
    assert read.subscriber.unanswered == 1


async def test_a_sent_prompt_asks_for_no_reaction(house: House) -> None:
    (prompt,) = await house.enrol(ALICE, plan(Topic.CHECK_IN))
    await house.sent(new_delivery(prompt, tip_number=None))
    assert (await house.person()).unanswered == 0


async def test_a_row_that_is_not_on_its_way_cannot_be_recorded(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (claimed,) = await house.store.claim_deliveries("w1", START, 9, LEASE)
    await house.store.record([(claimed.id, SENT)], START)
    assert await house.state(claimed.id) is DeliveryState.CLAIMED
    await house.store.record([], START)


async def test_a_retry_waits_until_its_moment(house: House) -> None:
    delivery = await going(house)
    later = START + 5 * MINUTE
    retry = Verdict(state=DeliveryState.RETRY, not_before=later, code="flood")
    await house.store.record([(delivery.id, retry)], START)

    assert await house.store.claim_deliveries("w1", later - MINUTE, 9, LEASE) == []
    (again,) = await house.begin(now=later)
    assert again.attempt == 2


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNKNOWN])
async def test_a_delivery_that_ended_is_not_taken_again(house: House, state: DeliveryState) -> None:
    delivery = await going(house)
    await house.store.record([(delivery.id, Verdict(state=state, code="refused"))], START)
    assert await house.state(delivery.id) is state
    assert await house.begin(now=START + HOUR) == []


async def test_someone_who_blocked_the_bot_gets_nothing_more(house: House) -> None:
    delivery = await going(house)
    waiting = new_delivery((await house.enrol(BOB, plan()))[0])
    await house.store.add_delivery(waiting)
    mine = (await house.store.enrolment(ALICE.id) or pytest.fail("gone")).plans[0]
    await house.store.add_delivery(new_delivery(mine, day=1))
    gone = Verdict(state=DeliveryState.UNREACHABLE, code="blocked")
    await house.store.record([(delivery.id, gone)], START)

    assert (await house.person()).presence is Presence.BLOCKED
    assert (await house.person(BOB.id)).presence is Presence.ACTIVE
    counts = await house.store.counts()
    assert (counts["unreachable"], counts["pending"]) == (2, 1)
    assert [each.subscriber.id for each in await house.begin()] == [BOB.id]


async def test_a_sweep_frees_what_was_claimed_and_doubts_what_was_being_sent(house: House) -> None:
    mine = await house.alice_hydrated()
    (other,) = await house.enrol(BOB, plan())
    await house.store.add_delivery(new_delivery(mine))
    await house.store.add_delivery(new_delivery(other))
    first, second = await house.store.claim_deliveries("w1", START, 9, LEASE)
    await house.store.begin_sending("w1", [first.id], START, allow_all)

    assert await house.store.sweep(START + LEASE - MINUTE, DOUBT) == Swept(0, 0)
    assert await house.store.sweep(START + LEASE, DOUBT) == Swept(1, 0)
    assert await house.state(second.id, BOB.id) is DeliveryState.PENDING
    assert await house.store.sweep(START + DOUBT, DOUBT) == Swept(0, 1)
    assert await house.state(first.id) is DeliveryState.UNKNOWN
    assert await house.store.sweep(START + HOUR, DOUBT) == Swept(0, 0)


async def test_a_sweep_leaves_alone_what_is_neither_lapsed_nor_stale(house: House) -> None:
    stuck = await going(house)
    (other,) = await house.enrol(BOB, plan())
    await house.store.add_delivery(new_delivery(other))
    late = START + DOUBT
    (held,) = await house.store.claim_deliveries("w2", late, 9, LEASE)

    assert await house.store.sweep(late, DOUBT) == Swept(0, 1)
    assert await house.state(stuck.id) is DeliveryState.UNKNOWN
    assert await house.state(held.id, BOB.id) is DeliveryState.CLAIMED
    assert len(await house.store.begin_sending("w2", [held.id], late, allow_all)) == 1


async def test_a_clock_that_is_set_back_keeps_no_chat_waiting_for_a_dead_worker(
    house: House,
) -> None:
    sending = await going(house)
    (other,) = await house.enrol(BOB, plan())
    await house.store.add_delivery(new_delivery(other))
    (held,) = await house.store.claim_deliveries("w1", START, 9, LEASE)

    a_little, much = START - DOUBT + LEASE, START - DOUBT - MINUTE
    assert await house.store.sweep(a_little, DOUBT) == Swept(0, 0)
    assert await house.store.sweep(much, DOUBT) == Swept(1, 1)
    assert await house.state(sending.id) is DeliveryState.UNKNOWN
    assert await house.state(held.id, BOB.id) is DeliveryState.PENDING
    await house.store.record([(sending.id, SENT)], much)
    assert await house.state(sending.id) is DeliveryState.SENT


async def test_a_late_record_settles_a_doubt(house: House) -> None:
    delivery = await going(house)
    await house.store.sweep(START + HOUR, DOUBT)
    await house.store.record([(delivery.id, SENT)], START)
    assert await house.state(delivery.id) is DeliveryState.SENT


async def test_what_waits_too_long_expires(house: House) -> None:
    mine = await house.alice_hydrated()
    for day in range(3):
        await house.store.add_delivery(new_delivery(mine, day=day, due=START + day * MINUTE))
    just_before = START + 3 * HOUR - MINUTE
    assert await house.store.expire_deliveries(just_before, 10) == 0
    assert await house.store.expire_deliveries(START + 4 * HOUR, 2) == 2
    assert await house.store.expire_deliveries(START + 4 * HOUR, 2) == 1
    assert await house.store.expire_deliveries(START + 4 * HOUR, 2) == 0
    assert await house.begin(now=START + 4 * HOUR) == []


async def test_what_is_on_its_way_does_not_expire(house: House) -> None:
    delivery = await going(house)
    assert await house.store.expire_deliveries(START + 9 * HOUR, 9) == 0
    assert await house.state(delivery.id) is DeliveryState.SENDING
