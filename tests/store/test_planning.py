from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LIBRARY,
    MINUTE,
    START,
    STRANGER,
    House,
    decide_daily,
    plan,
    tip,
    with_person,
)
from tests.store.whole import connected
from tipbot.core.model import Plan, PlanId, Presence, Topic
from tipbot.core.planning import DuePlan, PlanStep, Shelves, TipChoice

DAY = timedelta(days=1)


@pytest.fixture
def logged() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as logs:
        yield logs


async def plans(house: House) -> tuple[Plan, ...]:
    enrolment = await house.store.enrolment(ALICE.id)
    assert enrolment is not None
    return enrolment.plans


async def test_a_due_plan_makes_one_delivery_and_moves_on(house: House) -> None:
    mine = await house.alice_hydrated()
    assert await house.store.plan_due(START - MINUTE, 10, decide_daily) == 0
    assert await house.store.plan_due(START, 10, decide_daily) == 1
    assert await house.store.plan_due(START, 10, decide_daily) == 0

    (moved,) = await plans(house)
    step = decide_daily(DuePlan(mine, ALICE), {Topic.HYDRATION: [TipChoice(1, 1)]})
    assert moved == step.applied_to(mine)
    (delivery,) = await house.begin()
    assert delivery.tip == LIBRARY.tips[0]
    assert await house.store.next_due() == START + DAY


async def test_a_slot_planned_twice_is_delivered_once_and_takes_one_tip(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.plan_due(START, 10, decide_daily)
    await house.store.revise(ALICE.id, lambda now: replace(now, plans=(replace(mine, bag=(7,)),)))
    assert await house.store.plan_due(START, 10, decide_daily) == 1
    assert (await house.store.counts())["pending"] == 1
    assert (await plans(house))[0].bag == (7,)


async def test_only_the_slot_that_had_its_delivery_leaves_its_tip_in_the_bag(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.plan_due(START, 10, decide_daily)
    await house.store.revise(ALICE.id, lambda now: replace(now, plans=(mine,)))
    (his,) = await house.enrol(BOB, plan())
    assert await house.store.plan_due(START, 10, decide_daily) == 2
    assert (await house.store.counts())["pending"] == 2
    assert (await plans(house))[0].bag == ()
    enrolment = await house.store.enrolment(BOB.id)
    assert enrolment is not None
    assert [(each.id, each.bag) for each in enrolment.plans] == [(his.id, (1,))]


async def test_plans_are_taken_in_batches_longest_due_first(house: House) -> None:
    await house.stock()
    await house.enrol(ALICE, plan(due=START - HOUR), plan(Topic.SLEEP, due=START - 2 * HOUR))
    await house.enrol(BOB, plan(due=START))
    seen: list[Topic] = []

    def watch(due: DuePlan, shelves: Shelves) -> PlanStep:
        seen.append(due.plan.topic)
        return decide_daily(due, shelves)

    assert await house.store.plan_due(START, 2, watch) == 2
    assert seen == [Topic.SLEEP, Topic.HYDRATION]
    assert await house.store.plan_due(START, 2, watch) == 1


async def test_the_planner_sees_published_tips_only_and_newly_published_at_once(
    house: House,
) -> None:
    await house.alice_hydrated()
    shown: list[Shelves] = []

    def watch(due: DuePlan, shelves: Shelves) -> PlanStep:
        shown.append(shelves)
        return decide_daily(due, shelves)

    await house.store.plan_due(START, 10, watch)
    changed = replace(LIBRARY, tips=(tip("glass", body="New."), tip("jug")))
    await house.store.sync_library(changed, START + HOUR)
    await house.store.plan_due(START + DAY, 10, watch)

    before, after = shown
    assert [(each.number, each.revision) for each in before[Topic.HYDRATION]] == [(1, 1), (2, 1)]
    assert [(each.number, each.revision) for each in after[Topic.HYDRATION]] == [(2, 2), (5, 1)]
    assert (len(before[Topic.SLEEP]), len(after[Topic.SLEEP])) == (1, 0)
    assert after[Topic.MOVEMENT] == ()


async def test_a_disabled_plan_is_never_due(house: House) -> None:
    await house.stock()
    await house.enrol(ALICE, replace(plan(), enabled=False))
    assert await house.store.plan_due(START, 10, decide_daily) == 0
    assert await house.store.next_due() is None


@pytest.mark.parametrize("presence", [Presence.STOPPED, Presence.BLOCKED])
async def test_plans_of_someone_away_are_not_due(house: House, presence: Presence) -> None:
    await house.alice_hydrated()
    await house.store.revise(ALICE.id, with_person(presence=presence))
    assert await house.store.plan_due(START, 10, decide_daily) == 0
    assert await house.store.next_due() is None
    assert (await plans(house))[0].next_due_at == START


async def test_slots_missed_while_away_stay_missed_and_later_ones_come(house: House) -> None:
    await house.alice_hydrated()
    await house.store.mark_unreachable(ALICE.id)
    house.clock.move(HOUR)
    assert await house.store.mark_returned(ALICE.id)

    assert await house.store.plan_due(START + HOUR, 10, decide_daily) == 1
    assert (await house.store.counts())["pending"] == 0
    (mine,) = await plans(house)
    assert (mine.next_due_at, mine.bag) == (START + DAY, ())
    assert await house.store.plan_due(START + DAY, 10, decide_daily) == 1
    assert (await house.store.counts())["pending"] == 1


async def test_a_plan_that_cannot_be_decided_is_put_off_and_the_others_go_on(
    house: House, logged: list[structlog.typing.EventDict]
) -> None:
    await house.alice_hydrated()
    await house.enrol(BOB, plan())

    def stumble(due: DuePlan, shelves: Shelves) -> PlanStep:
        if due.subscriber.id == ALICE.id:
            message = "no such thing"
            raise KeyError(message)
        return decide_daily(due, shelves)

    assert await house.store.plan_due(START, 10, stumble) == 2
    assert [each.subscriber.id for each in await house.begin()] == [BOB.id]
    (line,) = logged
    assert line["event"] == "plan_put_off"
    assert line["plan"] == (await plans(house))[0].id
    assert await house.store.plan_due(START + HOUR - MINUTE, 10, decide_daily) == 0
    assert await house.store.plan_due(START + HOUR, 10, decide_daily) == 1


@pytest.mark.parametrize(
    "spoilt", ["schedule = '{'", "bag = '[1,'", "topic = 'sorcery'", "next_due_at = -1e18"]
)
async def test_a_plan_that_does_not_read_is_put_off_and_the_others_go_on(
    url: str, house: House, logged: list[structlog.typing.EventDict], spoilt: str
) -> None:
    mine = await house.alice_hydrated()
    await house.enrol(BOB, plan())
    with connected(url) as db:
        db.execute(f"UPDATE plans SET {spoilt} WHERE subscriber_id = {ALICE.id}")  # noqa: S608 - ours
    assert await house.store.plan_due(START, 10, decide_daily) == 2
    assert [each.subscriber.id for each in await house.begin()] == [BOB.id]
    (line,) = logged
    assert (line["event"], line["plan"]) == ("plan_put_off", mine.id)
    assert await house.store.plan_due(START + HOUR - MINUTE, 10, decide_daily) == 0


async def test_a_delivery_of_another_plan_is_refused(
    house: House, logged: list[structlog.typing.EventDict]
) -> None:
    await house.alice_hydrated()

    def stray(due: DuePlan, shelves: Shelves) -> PlanStep:
        step = decide_daily(due, shelves)
        assert step.delivery is not None
        other = replace(step.delivery, plan=PlanId(due.plan.id + 1))
        return replace(step, delivery=other)

    assert await house.store.plan_due(START, 10, stray) == 1
    assert [line["event"] for line in logged] == ["plan_put_off"]
    assert (await house.store.counts())["pending"] == 0


async def test_the_planner_is_told_which_tips_speak_of_the_evening(house: House) -> None:
    tips = [replace(tip, tags=("evening",) if n else ()) for n, tip in enumerate(LIBRARY.tips)]
    await house.store.sync_library(replace(LIBRARY, tips=tuple(tips)), START)
    await house.enrol(ALICE, plan(Topic.HYDRATION))
    seen: list[Shelves] = []

    def look(due: DuePlan, shelves: Shelves) -> PlanStep:
        seen.append(shelves)
        return decide_daily(due, shelves)

    assert await house.store.send_next_tip(ALICE.id, START, look)
    numbers = {shelf.number: shelf.evening for shelf in seen[0][Topic.HYDRATION]}
    assert list(numbers.values()) == [False, True]


async def test_the_next_tip_is_sent_once_from_the_first_enabled_tip_plan(house: House) -> None:
    await house.stock()
    await house.enrol(
        ALICE,
        plan(Topic.CHECK_IN),
        replace(plan(Topic.HYDRATION), enabled=False),
        plan(Topic.SLEEP),
    )
    assert await house.store.send_next_tip(ALICE.id, START, decide_daily)
    (delivery,) = await house.begin()
    assert delivery.topic is Topic.SLEEP

    def again(due: DuePlan, shelves: Shelves) -> PlanStep:
        step = decide_daily(due, shelves)
        assert step.delivery is not None
        return replace(step, delivery=replace(step.delivery, slot=delivery.slot))

    before = await plans(house)
    sleep = next(each for each in before if each.topic is Topic.SLEEP)
    assert (sleep.next_due_at, sleep.bag) == (START + DAY, (3,))
    assert not await house.store.send_next_tip(ALICE.id, START, again)
    assert await plans(house) == before


async def test_there_is_no_next_tip_for_a_stranger_or_without_a_plan_or_when_away(
    house: House,
) -> None:
    await house.stock()
    await house.enrol(ALICE, plan(Topic.CHECK_IN))
    assert not await house.store.send_next_tip(STRANGER, START, decide_daily)
    assert not await house.store.send_next_tip(ALICE.id, START, decide_daily)
    await house.enrol(BOB, plan())
    await house.store.revise(BOB.id, with_person(presence=Presence.STOPPED))
    assert not await house.store.send_next_tip(BOB.id, START, decide_daily)
