from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    START,
    STRANGER,
    House,
    new_delivery,
    plan,
    with_person,
    with_plans,
)
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import (
    FOREVER,
    AtTimes,
    Every,
    Minute,
    Plan,
    PlanId,
    Presence,
    QuietHours,
    Slot,
    Stage,
    SubscriberId,
    Topic,
)


async def enrolment(house: House) -> Enrolment:
    found = await house.store.enrolment(ALICE.id)
    assert found is not None
    return found


async def test_nothing_is_kept_of_a_stranger(house: House) -> None:
    assert await house.store.subscriber(STRANGER) is None
    assert await house.store.enrolment(STRANGER) is None
    assert await house.store.revise(STRANGER, with_plans(plan())) is None
    assert not await house.store.mark_returned(STRANGER)
    await house.store.mark_unreachable(STRANGER)
    assert await house.store.subscriber(STRANGER) is None


async def test_a_newcomer_is_kept_as_they_came(house: House) -> None:
    assert await house.store.enrol(ALICE) == ALICE
    assert await house.store.subscriber(ALICE.id) == ALICE
    assert await enrolment(house) == Enrolment(subscriber=ALICE)


async def test_enrolling_again_keeps_the_settings_and_brings_back(house: House) -> None:
    await house.enrol(ALICE, plan())
    await house.store.revise(ALICE.id, with_person(presence=Presence.STOPPED, language="de"))
    kept = await house.store.enrol(replace(ALICE, zone="Asia/Tokyo"))
    assert kept == replace(ALICE, language="de")
    assert await enrolment(house) == Enrolment(
        subscriber=kept, plans=(await enrolment(house)).plans
    )
    assert await house.store.next_due() == START


async def test_every_setting_of_a_person_is_kept(house: House) -> None:
    await house.store.enrol(ALICE)
    changed = replace(
        ALICE,
        chat_id=-5_000_000_000,
        language="es",
        zone="America/Lima",
        stage=Stage.DONE,
        quiet=QuietHours(Minute(1), Minute(2)),
        bedtime=Minute(3),
        silent=True,
        paused_until=FOREVER,
        unanswered=4,
        diagnosed=True,
        pad_message_id=77,
        created_at=START + timedelta(microseconds=1),
    )
    await house.store.revise(ALICE.id, lambda now: replace(now, subscriber=changed))
    assert await house.store.subscriber(ALICE.id) == changed


async def test_every_setting_of_a_plan_is_kept(house: House) -> None:
    rich = replace(
        plan(Topic.SCREEN_BREAK),
        schedule=Every(45, Minute(1320), Minute(60)),
        days=frozenset({0, 6}),
        enabled=False,
        thin=4,
        next_slot=Slot(START.date(), Minute(1439)),
        next_due_at=START + timedelta(microseconds=7),
        bag=(3, 1, 2),
    )
    (kept,) = await house.enrol(ALICE, rich)
    assert kept == replace(rich, id=kept.id, subscriber=ALICE.id)
    assert (await enrolment(house)).plans == (kept,)
    (bare,) = await house.enrol(ALICE, replace(plan(Topic.SCREEN_BREAK, None), days=frozenset()))
    assert (await enrolment(house)).plans == (bare,)
    assert (bare.id, bare.next_slot, bare.next_due_at) == (kept.id, None, None)


async def test_a_revision_adds_keeps_and_removes_plans_by_topic(house: House) -> None:
    sleep, water = plan(Topic.SLEEP), plan(Topic.HYDRATION)
    first = await house.enrol(ALICE, sleep, water)
    assert [each.topic for each in first] == [Topic.HYDRATION, Topic.SLEEP]
    kept_id = first[1].id

    later = replace(sleep, schedule=AtTimes((Minute(600),)), id=PlanId(12345))
    second = await house.enrol(ALICE, plan(Topic.CHECK_IN), later)
    assert [each.topic for each in second] == [Topic.SLEEP, Topic.CHECK_IN]
    assert second[0] == replace(later, id=kept_id, subscriber=ALICE.id)
    assert (await enrolment(house)).plans == second


async def test_a_revision_that_raises_changes_nothing(house: House) -> None:
    before = await house.enrol(ALICE, plan())

    def stumble(_: Enrolment) -> Enrolment:
        raise KeyError

    with pytest.raises(KeyError):
        await house.store.revise(ALICE.id, stumble)
    with pytest.raises(ValueError, match="one plan a topic"):
        await house.store.revise(ALICE.id, with_plans(plan(), plan()))
    with pytest.raises(ValueError, match="keeps the person's id"):
        await house.store.revise(ALICE.id, with_person(id=SubscriberId(3)))
    assert await enrolment(house) == Enrolment(subscriber=ALICE, plans=before)


async def test_a_revision_touches_nobody_else(house: House) -> None:
    await house.enrol(BOB, plan())
    await house.enrol(ALICE, plan(), plan(Topic.SLEEP))
    await house.enrol(ALICE)
    found = await house.store.enrolment(BOB.id)
    assert found is not None
    assert len(found.plans) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    wishes=st.lists(
        st.dictionaries(st.sampled_from(list(Topic)), st.integers(1, 8), max_size=5),
        min_size=1,
        max_size=4,
    )
)
async def test_whatever_is_revised_is_what_is_kept(
    house: House, wishes: list[dict[Topic, int]]
) -> None:
    """Plan ids stay with their topic for as long as it is there and are never used twice."""
    await house.enrol(ALICE)
    ids: dict[Topic, PlanId] = {}
    used: set[PlanId] = set()
    for wish in wishes:
        plans = await house.enrol(ALICE, *(replace(plan(t), thin=n) for t, n in wish.items()))
        assert (await enrolment(house)).plans == plans
        assert {each.topic: each.thin for each in plans} == wish
        _follow(plans, ids, used)


def _follow(plans: tuple[Plan, ...], ids: dict[Topic, PlanId], used: set[PlanId]) -> None:
    now = {each.topic: each.id for each in plans}
    fresh = {now[topic] for topic in now.keys() - ids.keys()}
    assert not fresh & used
    assert all(now[topic] == ids[topic] for topic in now.keys() & ids.keys())
    used |= fresh
    ids.clear()
    ids.update(now)


async def test_someone_unreachable_is_blocked_until_they_return(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    await house.store.mark_unreachable(ALICE.id)
    assert (await house.person()).presence is Presence.BLOCKED
    assert (await house.store.counts())["unreachable"] == 1
    assert await house.begin() == []
    assert await house.store.next_due() is None

    assert await house.store.mark_returned(ALICE.id)
    assert not await house.store.mark_returned(ALICE.id)
    assert (await house.person()).presence is Presence.ACTIVE
    assert await house.begin() == []
    assert await house.store.next_due() == START


async def test_someone_who_said_stop_is_not_brought_back_by_a_lifted_block(house: House) -> None:
    await house.enrol(ALICE, plan())
    await house.store.revise(ALICE.id, with_person(presence=Presence.STOPPED))
    await house.store.mark_unreachable(ALICE.id)
    assert not await house.store.mark_returned(ALICE.id)
    assert (await house.person()).presence is Presence.STOPPED


async def test_a_moved_chat_is_followed(house: House) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)
    await house.store.move_chat(ALICE.chat_id, -100)
    await house.store.move_chat(31337, -200)
    assert (await house.person()).chat_id == -100
    assert (await house.person(BOB.id)).chat_id == BOB.chat_id


async def test_a_pause_does_not_hide_a_plan_from_the_planner(house: House) -> None:
    await house.enrol(ALICE, plan())
    await house.store.revise(ALICE.id, with_person(paused_until=START + HOUR))
    assert await house.store.next_due() == START


async def test_what_waits_for_someone_who_said_stop_does_not_come_when_they_return(
    house: House,
) -> None:
    await house.store.add_delivery(new_delivery(await house.alice_hydrated()))
    await house.store.revise(ALICE.id, with_person(presence=Presence.STOPPED))
    assert (await house.store.counts())["expired"] == 1
    await house.store.revise(ALICE.id, with_person(presence=Presence.ACTIVE))
    assert await house.begin() == []
