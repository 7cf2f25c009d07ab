"""How late it was, and plans that a clock ahead of its time had set too far."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from tests.store.house import ALICE, BOB, HOUR, MINUTE, START, House, plan, with_person
from tests.store.whole import connected
from tipbot.core.enrolment import stopped
from tipbot.core.model import Plan, PlanId, Presence, Stage, SubscriberId, Topic
from tipbot.core.planning import PlanStep, plan_step
from tipbot.core.schedule import rescheduled

DAY = timedelta(days=1)
CAROL = replace(BOB, id=SubscriberId(3), chat_id=3, stage=Stage.DONE)


async def of(house: House, person: SubscriberId) -> Plan:
    kept = await house.store.enrolment(person)
    assert kept is not None
    return kept.plans[0]


async def set_back(house: House, beyond: PlanId, now: datetime, limit: int) -> PlanId | None:
    return await house.store.set_anew(
        beyond, now, limit, lambda plan, owner: rescheduled(plan, owner, now)
    )


async def test_the_latest_time_is_kept_until_it_is_put_back(house: House) -> None:
    note, put_back = house.store.note_time, house.store.put_time_back
    assert await note(START) == START
    assert await note(START + DAY) == START + DAY
    assert await note(START + HOUR) == START + DAY, "by a clock that is behind, or put right"
    await put_back(START + DAY, START + HOUR)
    assert await note(START + HOUR) == START + HOUR
    await put_back(START + DAY, START)
    assert await note(START) == START + HOUR, "somebody was there before, or has noted more"


async def test_plans_are_set_back_to_their_first_slot_from_now_on(house: House) -> None:
    await house.stock()
    for person in (ALICE, BOB):
        await house.enrol(person, plan(due=START + 400 * DAY))
    (waiting,) = await house.enrol(CAROL, rescheduled(plan(), CAROL, START))
    last = await set_back(house, PlanId(0), START, 2)
    assert last is not None
    assert await set_back(house, last, START, 2) == waiting.id
    assert await set_back(house, waiting.id, START, 2) is None
    for person in (ALICE, BOB):
        kept = await of(house, person.id)
        assert kept == rescheduled(kept, person, START)
        assert kept.next_due_at is not None
        assert START < kept.next_due_at <= START + DAY
    assert await of(house, CAROL.id) == waiting


async def test_whoever_stopped_is_not_woken_and_what_is_off_stays_off(house: House) -> None:
    await house.enrol(BOB, plan(due=START + 400 * DAY))
    await house.store.revise(BOB.id, stopped)
    off = replace(plan(Topic.SLEEP, START + 400 * DAY), enabled=False)
    await house.enrol(ALICE, off)
    assert await set_back(house, PlanId(0), START, 9) is not None
    assert await house.store.next_due() is None
    assert (await of(house, ALICE.id)).next_due_at is None
    await house.store.revise(BOB.id, with_person(presence=Presence.ACTIVE))
    due = await house.store.next_due()
    assert due is not None
    assert due <= START + DAY


async def test_a_slot_that_has_its_delivery_gets_no_second_one(house: House) -> None:
    await house.stock()
    person = replace(BOB, stage=Stage.DONE)
    await house.enrol(person, rescheduled(plan(), person, START))
    soon = await house.store.next_due()
    assert soon is not None
    for _ in range(2):
        assert await house.store.plan_due(soon, 9, lambda due, s: plan_step(due, s, soon)) == 1
        assert sum((await house.store.counts()).values()) == 1
        await set_back(house, PlanId(0), soon - MINUTE, 9)


@pytest.mark.parametrize(
    "waiting",
    [plan(due=START - MINUTE), rescheduled(plan(), CAROL, START)],
    ids=["overdue", "not yet due"],
)
async def test_a_plan_that_was_put_off_by_a_clock_ahead_comes_again_at_its_next_slot(
    house: House, waiting: Plan
) -> None:
    def fail(*_: object) -> PlanStep:
        raise ArithmeticError

    await house.stock()
    await house.enrol(CAROL, waiting)
    ahead = START + 400 * DAY
    with capture_logs() as logs:
        assert await house.store.plan_due(ahead, 9, fail) == 1
    assert [each["event"] for each in logs] == ["plan_put_off"]
    await set_back(house, PlanId(0), START, 9)
    soon = rescheduled(waiting, CAROL, START).next_due_at
    assert (await of(house, CAROL.id)).next_due_at == await house.store.next_due() == soon


async def bobs_is_set_back_beside_one_that_is_not(house: House) -> None:
    with capture_logs() as logs:
        assert await set_back(house, PlanId(0), START, 9) is not None
    assert [each["event"] for each in logs] == ["plan_not_set_anew"]
    due = (await of(house, BOB.id)).next_due_at
    assert due is not None
    assert due <= START + DAY


async def test_one_plan_that_cannot_be_reckoned_holds_up_no_other(house: House) -> None:
    nowhere = replace(ALICE, zone="Nowhere/At_All")
    await house.enrol(nowhere, plan(due=START + 400 * DAY))
    await house.enrol(BOB, plan(due=START + 400 * DAY))
    await bobs_is_set_back_beside_one_that_is_not(house)


@pytest.mark.parametrize("spoilt", ["schedule = '{'", "topic = 'sorcery'"])
async def test_nor_does_one_that_does_not_read(url: str, house: House, spoilt: str) -> None:
    for person in (ALICE, BOB):
        await house.enrol(person, plan(due=START + 400 * DAY))
    with connected(url) as db:
        db.execute(f"UPDATE plans SET {spoilt} WHERE subscriber_id = {ALICE.id}")  # noqa: S608 - ours
    await bobs_is_set_back_beside_one_that_is_not(house)
