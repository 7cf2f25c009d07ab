"""People leave while everything else goes on with them: nobody fails, and nothing stays."""

import asyncio
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, zip_longest

import pytest

from tests.store.desk import OWEN
from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LEASE,
    SENT,
    START,
    TODAY,
    House,
    act,
    allow_all,
    decide_daily,
    new_delivery,
    plan,
    tap,
)
from tests.store.test_holdings import kept
from tests.store.whole import read_out
from tipbot.core.audit import Deed
from tipbot.core.drafts import ASKED, Draft
from tipbot.core.enrolment import stopped
from tipbot.core.holdings import Holding
from tipbot.core.model import (
    CheckInId,
    DeliveryId,
    DeliveryState,
    Dialog,
    PlanId,
    Reaction,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.relief import Pace, Technique
from tipbot.core.signs import Sign

ANNA = replace(ALICE, stage=Stage.DONE)
CARL = replace(ANNA, id=SubscriberId(3), chat_id=3)
GONE = Verdict(state=DeliveryState.UNREACHABLE, code="blocked")
LATE = START + 3 * HOUR
SIGNS = (Sign.LASTS, Sign.SPREADS)


@pytest.fixture
def two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a transaction fail that meets others in a deadlock twice.

    Once it may happen: to pass over what is held, PostgreSQL waits if it changes hands just then.
    """
    monkeypatch.setattr("tipbot.store.postgres.TRIES", 2)


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody with plans, an entry and a delivery that waits."""

    who: SubscriberId
    delivery: DeliveryId
    entry: CheckInId


async def move_in(house: House, person: Subscriber) -> Life:
    hydration, _ = await house.enrol(person, plan(), plan(Topic.SLEEP))
    await house.store.add_delivery(new_delivery(hydration, -1))
    await house.store.claim_signs(person.id, SIGNS, START)
    logged = await house.store.log_twitch(person.id, tap("first"))
    assert logged is not None
    (waiting,) = (await read_out(house, person))[Holding.DELIVERIES]
    return Life(person.id, DeliveryId(int(str(waiting["delivery_id"]))), logged.entry.id)


async def deliver(house: House, worker: str, verdict: Verdict = SENT) -> None:
    claimed = await house.store.claim_deliveries(worker, START, 10, LEASE)
    ids = [each.id for each in claimed]
    begun = await house.store.begin_sending(worker, ids, START, allow_all)
    await asyncio.sleep(0)
    await house.store.record([(each.id, verdict) for each in begun], START)


async def announce(house: House, turn: int) -> None:
    news = act(OWEN, Deed.ANNOUNCED)
    which = await house.store.save_draft("News", Topic.HYDRATION, f"a{turn}", news)
    await house.store.start_announcement(which, 1, news)


def due_now(_: Subscriber, started: datetime, __: datetime) -> datetime:
    return started


def of_all(house: House) -> Iterator[Awaitable[object]]:
    """Yield what goes by what is due, whoever's it is."""
    store = house.store
    yield store.plan_due(START, 10, decide_daily)
    yield deliver(house, "w1")
    yield store.tend_announcements(START, 10, due_now)
    yield store.expire_deliveries(LATE, 10)
    yield deliver(house, "w2", GONE)
    yield store.sweep(LATE, timedelta(0))
    yield store.release("w1")
    yield store.set_anew(PlanId(0), START - HOUR, 10, lambda plan, _: plan)
    yield deliver(house, "w3")
    yield store.thin_records(LATE, LATE, 10)


def of_one(house: House, life: Life) -> Iterator[Awaitable[object]]:
    """Yield what a person does, and is done to, at once; they leave twice."""
    store, who = house.store, life.who
    yield store.log_twitch(who, tap("next"))
    yield store.log_twitch(who, tap("on", message_id=11), on=life.delivery)
    yield store.edit_day_context(who, TODAY, lambda day: day)
    yield store.forget(who)
    yield store.send_next_tip(who, START, decide_daily)
    yield store.react(life.delivery, who, Reaction.DONE, START)
    yield store.edit_check_in(life.entry, who, lambda entry: entry)
    yield store.revise(who, stopped)
    yield store.rate_day(who, TODAY, 3, tap("day", message_id=12))
    yield store.mark_unreachable(who)
    yield store.begin_relief(who, Technique.JAW, Pace.GENTLE, tap("jaw", message_id=13))
    yield store.mark_signs_said(who, SIGNS, START)
    yield store.forget(who)


def of_an_editor(house: House, who: Subscriber) -> Iterator[Awaitable[object]]:
    """Yield what somebody does who writes; they leave in between."""
    store, busy = house.store, act(who, Deed.INVITED)
    question = Dialog(subscriber=who.id, kind=ASKED, payload="", expires_at=LATE)
    yield store.keep_tip_draft(who.id, Draft(), START, question)
    yield store.invite(f"hash{who.id}", f"i{who.id}", LATE, busy)
    yield store.forget(who.id)
    yield store.open_dialog(replace(question, kind="note"))
    yield store.drop_tip_draft(who.id)
    yield store.note_act(busy)
    yield store.forget(who.id)


@pytest.mark.usefixtures("two_tries")
@pytest.mark.parametrize("rounds", [3])
async def test_leaving_in_the_midst_of_everything_leaves_nothing(
    house: House, url: str, rounds: int
) -> None:
    await house.stock()
    await house.enrol(BOB, plan(Topic.SLEEP, due=None))
    before = await read_out(house, BOB)
    for turn in range(rounds):
        await announce(house, turn)
        anna, carl = await move_in(house, ANNA), await move_in(house, CARL)
        uses = zip_longest(of_one(house, anna), of_all(house), of_one(house, carl))
        await asyncio.gather(*filter(None, chain(*uses)))
        for person in (ANNA, CARL):
            assert not any(kept(url, person.id).values())
    assert await read_out(house, BOB) == before


@pytest.mark.usefixtures("two_tries")
async def test_an_editor_who_leaves_while_they_write_meets_nobody(house: House, url: str) -> None:
    for _ in range(5):
        both = zip_longest(of_an_editor(house, ANNA), of_an_editor(house, CARL))
        await asyncio.gather(*filter(None, chain(*both)))
    for person in (ANNA, CARL):
        await house.store.forget(person.id)
        assert not any(kept(url, person.id).values())
