from dataclasses import replace
from datetime import timedelta

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LIBRARY,
    MINUTE,
    SENT,
    START,
    STRANGER,
    House,
    new_delivery,
    plan,
    tap,
    tip,
    with_plans,
)
from tipbot.core.model import DeliveryId, DeliveryState, Reaction, Slot, Topic
from tipbot.core.outcomes import Verdict

UNKNOWN = Verdict(state=DeliveryState.UNKNOWN, code="timeout")


async def test_a_delivery_is_read_with_its_tip_and_its_person(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (delivery,) = await house.begin()

    assert delivery.tip == LIBRARY.tips[0]
    assert delivery.subscriber == await house.person()
    assert delivery.slot == Slot(START.date(), new_delivery(mine).slot.minute)
    assert (delivery.plan, delivery.topic, delivery.repeat) == (mine.id, Topic.HYDRATION, 0)
    assert (delivery.due_at, delivery.expires_at) == (START, START + 3 * HOUR)
    assert (delivery.plan_enabled, delivery.thin) == (True, 1)
    assert await house.store.delivery(delivery.id, ALICE.id) == delivery


async def test_a_slot_is_written_once_and_its_snooze_beside_it(house: House) -> None:
    mine = await house.alice_hydrated()

    assert await house.store.add_delivery(new_delivery(mine))
    assert not await house.store.add_delivery(new_delivery(mine, due=START + HOUR))
    assert await house.store.add_delivery(new_delivery(mine, repeat=1))
    assert await house.store.add_delivery(new_delivery(mine, day=1))
    assert (await house.store.counts())["pending"] == 3


async def test_a_tip_that_waits_for_a_later_moment_is_told_by_topic(house: House) -> None:
    mine = await house.alice_hydrated()
    assert await house.store.put_off(ALICE.id, START) == {}
    for repeat, hours in ((1, 2), (2, 1), (3, 0)):
        later = new_delivery(mine, repeat=repeat, due=START + hours * HOUR)
        await house.store.add_delivery(later)
    assert await house.store.put_off(ALICE.id, START) == {Topic.HYDRATION: START + HOUR}
    assert await house.store.put_off(STRANGER, START) == {}
    await house.store.mark_unreachable(ALICE.id)
    assert await house.store.put_off(ALICE.id, START) == {}


async def test_a_prompt_has_no_tip(house: House) -> None:
    (prompt,) = await house.enrol(ALICE, plan(Topic.CHECK_IN))
    await house.store.add_delivery(new_delivery(prompt, tip_number=None))
    (delivery,) = await house.begin()
    assert delivery.tip is None


async def test_an_edited_tip_goes_out_as_it_was_when_chosen(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    edited = replace(LIBRARY, tips=(tip("sip", body="Another text."), *LIBRARY.tips[1:]))
    await house.store.sync_library(edited, START)
    (delivery,) = await house.begin()
    assert delivery.tip == LIBRARY.tips[0]


async def test_a_delivery_shows_the_newest_check_in_that_was_not_undone(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (delivery,) = await house.begin()
    assert delivery.last_check_in_at is None

    await house.store.log_twitch(ALICE.id, tap("a", START - HOUR, nonce=1))
    newer = await house.store.log_twitch(ALICE.id, tap("b", START, nonce=2))
    assert newer is not None
    read = await house.store.delivery(delivery.id, ALICE.id)
    assert read is not None
    assert read.last_check_in_at == START

    await house.store.edit_check_in(
        newer.entry.id, ALICE.id, lambda entry: replace(entry, undone=True)
    )
    read = await house.store.delivery(delivery.id, ALICE.id)
    assert read is not None
    assert read.last_check_in_at == START - HOUR


async def test_a_delivery_outlives_its_plan_which_no_later_plan_takes_over(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (delivery,) = await house.begin()

    await house.store.revise(ALICE.id, with_plans())
    read = await house.store.delivery(delivery.id, ALICE.id)
    assert read is not None
    assert not read.plan_enabled

    (later,) = await house.enrol(ALICE, plan())
    assert later.id > mine.id
    assert await house.store.add_delivery(new_delivery(later))


async def test_a_forged_id_finds_nothing_and_changes_nothing(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.enrol(BOB)
    which = await house.sent(new_delivery(mine))

    for who, number in ((BOB.id, which), (STRANGER, which), (ALICE.id, DeliveryId(10**6))):
        assert await house.store.delivery(number, who) is None
        assert await house.store.react(number, who, Reaction.DONE, START) is None
    assert (await house.person()).unanswered == 1


async def test_a_reaction_answers(house: House) -> None:
    mine = await house.alice_hydrated()
    which = await house.sent(new_delivery(mine))
    assert (await house.person()).unanswered == 1

    for _ in range(2):
        answered = await house.store.react(which, ALICE.id, Reaction.DONE, START)
        assert answered is not None
        assert answered.subscriber.unanswered == 0


async def test_a_twitch_logged_on_a_tip_answers_it(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.enrol(BOB)
    which = await house.sent(new_delivery(mine))

    for who, key in ((BOB.id, "b"), (ALICE.id, "a"), (ALICE.id, "a")):
        assert await house.store.log_twitch(who, tap(key), on=which)
        assert (await house.person()).unanswered == (1 if who == BOB.id else 0)
    assert await house.store.log_twitch(ALICE.id, tap("c"), on=DeliveryId(10**6))


async def test_whoever_may_not_log_answers_nothing_either(house: House) -> None:
    mine = await house.alice_hydrated()
    which = await house.sent(new_delivery(mine))
    assert await house.store.log_twitch(ALICE.id, tap(), lambda _: False, on=which) is None
    assert (await house.person()).unanswered == 1


async def test_a_twitch_proves_that_a_doubtful_delivery_arrived(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (going,) = await house.begin()
    await house.store.record([(going.id, UNKNOWN)], START)
    assert await house.store.log_twitch(ALICE.id, tap(), on=going.id)
    assert await house.state(going.id) is DeliveryState.SENT


async def test_a_reaction_proves_that_a_doubtful_delivery_arrived(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (going,) = await house.begin()
    await house.store.record([(going.id, UNKNOWN)], START)

    answered = await house.store.react(going.id, ALICE.id, Reaction.WHY, START)
    assert answered is not None
    assert answered.state is DeliveryState.SENT
    await house.store.record([(going.id, UNKNOWN)], START)
    assert await house.state(going.id) is DeliveryState.SENT


async def test_a_tap_that_overtakes_the_record_still_counts_as_an_answer(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (going,) = await house.begin()
    await house.store.react(going.id, ALICE.id, Reaction.DONE, START)
    await house.store.record([(going.id, SENT)], START)
    assert (await house.person()).unanswered == 0
    assert await house.state(going.id) is DeliveryState.SENT


async def test_counts_name_every_state(house: House) -> None:
    assert await house.store.counts() == dict.fromkeys(map(str, DeliveryState), 0)


async def test_the_next_due_moment_is_the_earliest_of_plans_and_waiting_deliveries(
    house: House,
) -> None:
    assert await house.store.next_due() is None
    await house.stock()
    early, _ = await house.enrol(
        ALICE, plan(due=START + HOUR), plan(Topic.SLEEP, due=START + 2 * HOUR)
    )
    assert await house.store.next_due() == START + HOUR

    await house.store.add_delivery(new_delivery(early, due=START + 10 * MINUTE))
    assert await house.store.next_due() == START + 10 * MINUTE
    await house.sent(new_delivery(early, day=1, due=START + timedelta(minutes=1)))
    assert await house.store.next_due() == START + 10 * MINUTE
