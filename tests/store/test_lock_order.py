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
    TODAY,
    House,
    decide_daily,
    new_delivery,
    plan,
    tap,
)
from tipbot.clock import TravelClock
from tipbot.core.enrolment import stopped
from tipbot.core.model import (
    DeliveryId,
    DeliveryState,
    Plan,
    Reaction,
    Subscriber,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.signs import Sign
from tipbot.store.connect import connect

GONE = Verdict(state=DeliveryState.UNREACHABLE, code="blocked")
LATE = START + 300 * HOUR
PERSON = "SELECT 1 FROM subscribers WHERE subscriber_id = 1 FOR NO KEY UPDATE"
OTHERS = "SELECT 1 FROM subscribers WHERE subscriber_id = 2 FOR NO KEY UPDATE"
PLANS = "SELECT 1 FROM plans FOR UPDATE"
DELIVERIES = "SELECT 1 FROM deliveries FOR UPDATE"
TAPS = "SELECT 1 FROM taps FOR UPDATE"
REACTIONS = "SELECT 1 FROM reactions FOR UPDATE"
CHECK_INS = "SELECT 1 FROM check_ins FOR UPDATE"
SIGNS = "SELECT 1 FROM diary_signs FOR UPDATE"
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
PASS_BY: dict[str, Use] = {
    "plan": lambda s: s.house.store.plan_due(START, 9, decide_daily),
    "set anew": lambda s: s.house.store.set_anew(0, START, 9, lambda plan, _: plan),  # type: ignore[arg-type]
    "claim": lambda s: s.house.store.claim_deliveries("w2", LATE, 9, LEASE),
    "expire": lambda s: s.house.store.expire_deliveries(LATE, 9),
    "sweep": lambda s: s.house.store.sweep(LATE, timedelta(minutes=2)),
    "thin": lambda s: s.house.store.thin_records(LATE, LATE, 9),
}


@pytest.fixture
async def street(postgres_url: str, clock: TravelClock) -> AsyncIterator[Street]:
    store = connect(postgres_url, clock)
    await store.open()
    house = House(store, clock)
    await house.stock()
    plans = [await settle(house, person) for person in (BOB, ALICE)]
    for each in plans:
        await store.add_delivery(new_delivery(each))
    bobs, alices = await house.begin()
    for each in plans:
        await store.add_delivery(new_delivery(each, 1))
    yield Street(house, alices.id, bobs.id)
    await store.close()


async def settle(house: House, person: Subscriber) -> Plan:
    """Let every table hold something of a person; return one of two plans."""
    mine, _ = await house.enrol(person, plan(), plan(Topic.SLEEP))
    old = await house.sent(new_delivery(mine, -1))
    await house.store.react(old, person.id, Reaction.HELPFUL, START)
    await house.store.log_twitch(person.id, tap(f"k{person.id}"))
    await house.store.claim_signs(person.id, (Sign.LASTS, Sign.SPREADS), START)
    return mine


@contextmanager
def held(url: str, *statements: str) -> Iterator[psycopg.Connection]:
    """Hold what some statements lock; a second connection in autocommit mode looks around."""
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
    with held(postgres_url, PERSON) as looker:
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
        waiting = asyncio.ensure_future(WAIT_FOR_THE_PERSON[name](street))
        await blocked(looker)
        looker.execute("SET lock_timeout = '1s'")
        looker.execute(AGAIN)
    await waiting


async def test_who_leaves_waits_for_a_delivery_before_its_reactions(
    street: Street, postgres_url: str
) -> None:
    with held(postgres_url, DELIVERIES) as looker:
        waiting = asyncio.ensure_future(street.house.store.forget(ALICE.id))
        await blocked(looker)
        looker.execute(f"{REACTIONS} NOWAIT")
    await waiting


async def test_records_take_people_in_the_order_of_their_numbers(
    street: Street, postgres_url: str
) -> None:
    both = [(street.bobs, SENT), (street.alices, SENT)]
    with held(postgres_url, OTHERS) as looker:
        waiting = asyncio.ensure_future(street.house.store.record(both, START))
        await blocked(looker)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            looker.execute(f"{PERSON} NOWAIT")
    await waiting


@pytest.mark.parametrize("name", PASS_BY)
async def test_who_takes_what_is_due_waits_for_nobody(
    street: Street, postgres_url: str, name: str
) -> None:
    with held(postgres_url, PLANS, DELIVERIES, TAPS):
        async with asyncio.timeout(4):
            await PASS_BY[name](street)
