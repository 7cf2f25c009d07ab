import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

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
    with_person,
)
from tests.store.whole import connected
from tipbot.core.model import Claimed, Delivery, DeliveryState, Subscriber, SubscriberId, Topic


async def claim(house: House, worker: str = "w1", now: datetime = START) -> list[Claimed]:
    return await house.store.claim_deliveries(worker, now, 100, LEASE)


async def test_a_delivery_is_claimed_by_one_worker_alone(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))

    (claimed,) = await claim(house)
    assert (claimed.subscriber, claimed.chat_id) == (ALICE.id, ALICE.chat_id)
    assert claimed.topic is Topic.HYDRATION
    read = await house.whole(claimed)
    assert (read.state, read.attempt) == (DeliveryState.CLAIMED, 0)
    assert await claim(house, "w2") == []
    assert await claim(house) == []


async def test_a_delivery_is_not_claimed_before_it_is_due(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine, due=START + MINUTE))
    assert await claim(house, now=START + MINUTE - timedelta(microseconds=1)) == []
    assert len(await claim(house, now=START + MINUTE)) == 1


async def test_a_lapsed_claim_is_taken_over_and_its_first_worker_told_no(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (claimed,) = await claim(house)

    late = START + LEASE
    assert await claim(house, "w2", late - timedelta(microseconds=1)) == []
    assert [each.id for each in await claim(house, "w2", late)] == [claimed.id]
    assert await house.store.begin_sending("w1", [claimed.id], late, allow_all) == []
    assert len(await house.store.begin_sending("w2", [claimed.id], late, allow_all)) == 1


async def test_a_chat_gets_its_deliveries_one_after_the_other(house: House) -> None:
    mine = await house.alice_hydrated()
    later, earlier = (
        new_delivery(mine, day=1, due=START),
        new_delivery(mine, day=2, due=START - MINUTE),
    )
    await house.store.add_delivery(later)
    await house.store.add_delivery(earlier)

    (first,) = await claim(house)
    assert (await house.whole(first)).slot == earlier.slot
    assert await claim(house, "w2") == []
    (going,) = await house.store.begin_sending("w1", [first.id], START, allow_all)
    assert await claim(house, "w2") == []
    await house.store.record([(going.id, SENT)], START)
    (second,) = await claim(house, "w2")
    assert (await house.whole(second)).slot == later.slot


async def test_a_delivery_added_before_one_on_its_way_waits_for_it(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine, day=1))
    (going,) = await house.begin()
    await house.store.add_delivery(new_delivery(mine, due=START - HOUR))

    assert await claim(house, "w2") == []
    await house.store.record([(going.id, SENT)], START)
    assert len(await claim(house, "w2")) == 1


async def test_the_longest_ready_chats_come_first(house: House) -> None:
    await house.stock()
    for number in range(1, 6):
        person = Subscriber(id=SubscriberId(number), chat_id=number)
        (each,) = await house.enrol(person, plan())
        await house.store.add_delivery(new_delivery(each, due=START - number * MINUTE))

    first = await house.store.claim_deliveries("w1", START, 2, LEASE)
    assert [each.subscriber for each in first] == [5, 4]
    rest = await house.store.claim_deliveries("w2", START, 9, LEASE)
    assert [each.subscriber for each in rest] == [3, 2, 1]


async def test_many_workers_at_once_share_the_work_without_overlap(house: House) -> None:
    await house.stock()
    for number in range(1, 21):
        (each,) = await house.enrol(Subscriber(id=SubscriberId(number), chat_id=number), plan())
        for day in range(2):
            await house.store.add_delivery(new_delivery(each, day=day))

    taken: list[Claimed] = []
    for _ in range(20):
        batches = await asyncio.gather(
            *(house.store.claim_deliveries(f"w{n}", START, 4, LEASE) for n in range(6))
        )
        taken += [each for batch in batches for each in batch]
        if len(taken) >= 20:
            break
    assert len({each.id for each in taken}) == len(taken) == 20
    assert len({each.subscriber for each in taken}) == 20


async def test_beginning_to_send_reads_everything_afresh(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (claimed,) = await claim(house)
    await house.store.revise(ALICE.id, with_person(silent=True, zone="Asia/Tokyo"))

    seen: list[Delivery] = []

    def refuse(delivery: Delivery) -> bool:
        seen.append(delivery)
        return False

    assert await house.store.begin_sending("w1", [claimed.id], START, refuse) == []
    assert seen[0].subscriber.silent
    assert seen[0].subscriber.zone == "Asia/Tokyo"
    assert await house.state(claimed.id) is DeliveryState.EXPIRED


async def test_a_send_that_is_put_off_waits_until_then(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (claimed,) = await claim(house)
    morning = START + 8 * HOUR

    assert (await house.store.begin_sending("w1", [claimed.id], START, lambda _: morning)) == []
    assert await house.state(claimed.id) is DeliveryState.PENDING
    assert await claim(house, now=morning - MINUTE) == []
    (again,) = await claim(house, now=morning)
    assert (await house.whole(again)).attempt == 0


@pytest.mark.parametrize("spoilt", ["topic = 'sorcery'", "slot_date = 'soon'", "due_at = -1e18"])
async def test_a_delivery_that_does_not_read_is_put_off_and_the_others_go_on(
    url: str, house: House, spoilt: str
) -> None:
    mine = await house.alice_hydrated()
    (bobs,) = await house.enrol(BOB, plan())
    for each in (mine, bobs):
        await house.store.add_delivery(new_delivery(each))
    with connected(url) as db:
        db.execute(f"UPDATE deliveries SET {spoilt} WHERE subscriber_id = {ALICE.id}")  # noqa: S608 - ours
    with capture_logs() as logged:
        assert [each.subscriber.id for each in await house.begin()] == [BOB.id]
    (line,) = logged
    assert line["event"] == "delivery_not_read"
    assert await claim(house, now=START + HOUR - MINUTE) == []
    assert [each.id for each in await claim(house, now=START + HOUR)] == [line["delivery"]]


async def test_each_beginning_counts_one_attempt(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (going,) = await house.begin()
    assert (going.state, going.attempt) == (DeliveryState.SENDING, 1)
    assert await house.store.begin_sending("w1", [going.id], START, allow_all) == []
    assert await house.store.begin_sending("w1", [], START, allow_all) == []


async def test_a_worker_gives_back_what_it_has_not_begun(house: House) -> None:
    mine = await house.alice_hydrated()
    (other,) = await house.enrol(BOB, plan())
    await house.store.add_delivery(new_delivery(mine))
    await house.store.add_delivery(new_delivery(other))
    held = await claim(house)
    await house.store.begin_sending("w1", [held[0].id], START, allow_all)

    assert await house.store.release("w2") == 0
    assert await house.store.release("w1") == 1
    assert await house.store.release("w1") == 0
    assert [each.id for each in await claim(house, "w2")] == [held[1].id]
