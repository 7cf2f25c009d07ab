"""In which order transactions wait for rows on PostgreSQL: none is ever waited for in a circle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import pytest

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LEASE,
    SENT,
    START,
    STRANGER,
    TODAY,
    House,
    decide_daily,
    new_delivery,
    tap,
)
from tests.store.whole import fill
from tipbot.clock import TravelClock
from tipbot.core.drafts import ASKED, Draft
from tipbot.core.enrolment import stopped
from tipbot.core.model import DeliveryId, DeliveryState, Dialog, PlanId, Reaction, SubscriberId
from tipbot.core.outcomes import Verdict
from tipbot.core.signs import Sign
from tipbot.store.connect import connect

GONE = Verdict(state=DeliveryState.UNREACHABLE, code="blocked")
LATE = START + 3000 * HOUR

ALICES = "SELECT 1 FROM subscribers WHERE subscriber_id = 1 FOR NO KEY UPDATE"
BOBS = "SELECT 1 FROM subscribers WHERE subscriber_id = 2 FOR NO KEY UPDATE"
PLANS = "SELECT 1 FROM plans FOR UPDATE"
DELIVERIES = "SELECT 1 FROM deliveries FOR UPDATE"
REACTIONS = "SELECT 1 FROM reactions FOR UPDATE"
CHECK_INS = "SELECT 1 FROM check_ins FOR UPDATE"
TAPS = "SELECT 1 FROM taps FOR UPDATE"
SIGNS = "SELECT 1 FROM diary_signs FOR UPDATE"
STAFF = "SELECT 1 FROM staff FOR UPDATE"
PROPOSALS = "SELECT 1 FROM proposals FOR UPDATE"
DIALOGS = "SELECT 1 FROM dialogs FOR UPDATE"
DRAFTS = "SELECT 1 FROM drafts FOR UPDATE"
# As the planner does that comes upon a slot which has its delivery: it waits for who changed that.
AGAIN = """
INSERT INTO deliveries (
    plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt, due_at,
    expires_at, code
)
SELECT plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt, due_at,
    expires_at, code
FROM deliveries
ON CONFLICT (plan_id, slot_date, slot_minute, repeat) DO NOTHING"""
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def question(who: SubscriberId) -> Dialog:
    return Dialog(subscriber=who, kind=ASKED, payload="", expires_at=START + HOUR)


@dataclass(frozen=True, slots=True)
class Street:
    """Alice and Bob, each with something in every table, and a delivery that goes to each."""

    house: House
    alices: DeliveryId
    bobs: DeliveryId


Use = Callable[[Street], Awaitable[object]]

WAIT_FOR_THE_PERSON: dict[str, Use] = {
    "record": lambda s: s.house.store.record([(s.alices, SENT)], START),
    "record of a block": lambda s: s.house.store.record([(s.alices, GONE)], START),
    "react": lambda s: s.house.store.react(s.alices, ALICE.id, Reaction.HELPFUL, START),
    "log": lambda s: s.house.store.log_twitch(ALICE.id, tap("new"), on=s.alices),
    "rate": lambda s: s.house.store.rate_day(ALICE.id, TODAY, 3, tap("day")),
    "forget": lambda s: s.house.store.forget(ALICE.id),
    "stop": lambda s: s.house.store.revise(ALICE.id, stopped),
    "block": lambda s: s.house.store.mark_unreachable(ALICE.id),
    "come back": lambda s: s.house.store.enrol(ALICE),
    "next tip": lambda s: s.house.store.send_next_tip(ALICE.id, START, decide_daily),
    "signs": lambda s: s.house.store.mark_signs_said(ALICE.id, (Sign.LASTS, Sign.SPREADS), START),
}
CHANGE_PLANS: dict[str, Use] = {
    name: WAIT_FOR_THE_PERSON[name]
    for name in ("record of a block", "forget", "stop", "block", "next tip")
}
ONE_BEFORE_THE_OTHER: dict[str, tuple[str, Use, str]] = {
    "a delivery before its reactions": (DELIVERIES, WAIT_FOR_THE_PERSON["forget"], REACTIONS),
    "a name before what was proposed": (STAFF, WAIT_FOR_THE_PERSON["forget"], PROPOSALS),
    "a name before what is asked": (STAFF, WAIT_FOR_THE_PERSON["forget"], DIALOGS),
    "a question before a draft to forget": (DIALOGS, WAIT_FOR_THE_PERSON["forget"], DRAFTS),
    "a question before a draft to keep": (
        DIALOGS,
        lambda s: s.house.store.keep_tip_draft(ALICE.id, Draft(), START),
        DRAFTS,
    ),
    "a question before a draft to drop": (
        DIALOGS,
        lambda s: s.house.store.drop_tip_draft(ALICE.id),
        DRAFTS,
    ),
}
PASS_BY: dict[str, Use] = {
    "plan": lambda s: s.house.store.plan_due(START, 9, decide_daily),
    "set anew": lambda s: s.house.store.set_anew(PlanId(0), START, 9, lambda plan, _: plan),
    "claim": lambda s: s.house.store.claim_deliveries("w2", LATE, 9, LEASE),
    "expire": lambda s: s.house.store.expire_deliveries(LATE, 9),
    "sweep": lambda s: s.house.store.sweep(LATE, timedelta(minutes=2)),
    "thin": lambda s: s.house.store.thin_records(LATE, LATE, 9),
    "ask": lambda s: s.house.store.open_dialog(question(STRANGER)),
    "draft": lambda s: s.house.store.keep_tip_draft(STRANGER, Draft(), LATE),
    "call": lambda s: s.house.store.call_for_review((ALICE.id,), START),
}


@pytest.fixture
async def street(postgres_url: str, clock: TravelClock) -> AsyncIterator[Street]:
    store = connect(postgres_url, clock)
    await store.open()
    house = House(store, clock)
    for person in (BOB, ALICE):
        await fill(house, person)
        await store.keep_tip_draft(person.id, Draft(), START, question(person.id))
        await store.claim_signs(person.id, (Sign.SPREADS,), START)
    await offer(house, day=1)
    bobs, alices = await house.begin()
    await offer(house, day=2)
    house.clock.move(LATE - START)
    yield Street(house, alices.id, bobs.id)
    await store.close()


async def offer(house: House, day: int) -> None:
    """Write a delivery for Bob and one for Alice."""
    for person in (BOB, ALICE):
        kept = await house.store.enrolment(person.id)
        assert kept is not None
        await house.store.add_delivery(new_delivery(kept.plans[0], day))


@contextmanager
def held(url: str, *statements: str) -> Iterator[psycopg.Connection]:
    """Hold what some statements lock; yield another connection, to look around with."""
    with psycopg.connect(url) as holder, psycopg.connect(url, autocommit=True) as looker:
        for each in statements:
            holder.execute(each)
        yield looker


async def blocked(looker: psycopg.Connection) -> None:
    """Return once somebody waits for a lock."""
    async with asyncio.timeout(5):
        while looker.execute(WAITING).fetchone() == (0,):  # noqa: ASYNC110 - the server tells no more
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("name", WAIT_FOR_THE_PERSON)
async def test_who_waits_for_a_person_holds_nothing_of_theirs(
    street: Street, postgres_url: str, name: str
) -> None:
    with held(postgres_url, ALICES) as looker:
        waiting = asyncio.ensure_future(WAIT_FOR_THE_PERSON[name](street))
        await blocked(looker)
        for each in (PLANS, DELIVERIES, REACTIONS, CHECK_INS, TAPS, SIGNS):
            looker.execute(f"{each} NOWAIT")
    await waiting


@pytest.mark.parametrize("name", CHANGE_PLANS)
async def test_who_waits_for_a_plan_has_changed_no_delivery(
    street: Street, postgres_url: str, name: str
) -> None:
    with held(postgres_url, PLANS) as looker:
        waiting = asyncio.ensure_future(CHANGE_PLANS[name](street))
        await blocked(looker)
        looker.execute("SET lock_timeout = '1s'")
        looker.execute(AGAIN)
    await waiting


@pytest.mark.parametrize("name", ONE_BEFORE_THE_OTHER)
async def test_who_waits_for_the_one_does_not_hold_the_other(
    street: Street, postgres_url: str, name: str
) -> None:
    first, use, second = ONE_BEFORE_THE_OTHER[name]
    with held(postgres_url, first) as looker:
        waiting = asyncio.ensure_future(use(street))
        await blocked(looker)
        looker.execute(f"{second} NOWAIT")
    await waiting


async def test_a_record_takes_people_in_the_order_of_their_numbers(
    street: Street, postgres_url: str
) -> None:
    both = [(street.bobs, SENT), (street.alices, SENT)]
    with held(postgres_url, BOBS) as looker:
        waiting = asyncio.ensure_future(street.house.store.record(both, START))
        await blocked(looker)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            looker.execute(f"{ALICES} NOWAIT")
    await waiting


@pytest.mark.parametrize("name", PASS_BY)
async def test_who_takes_what_is_due_waits_for_nobody(
    street: Street, postgres_url: str, name: str
) -> None:
    with held(postgres_url, PLANS, DELIVERIES, TAPS, DIALOGS, DRAFTS, PROPOSALS):
        async with asyncio.timeout(4):
            await PASS_BY[name](street)
