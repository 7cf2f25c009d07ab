"""The loader that benchmarks fill databases with: what it makes, the program could have made."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.benchmarks.bulk import opened
from tests.benchmarks.loader import load, make_due
from tipbot.clock import TravelClock
from tipbot.core.instants import instant_of, minute_at
from tipbot.core.model import CORE_TOPICS, Presence, Stage, SubscriberId, Topic
from tipbot.core.planning import plan_step
from tipbot.core.schedule import rescheduled
from tipbot.delivery.plan import Planner
from tipbot.store.connect import connect

NOW = datetime(2026, 3, 3, 17, 30, 20, tzinfo=UTC)
AT_SIX = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
MANY, MODELS = 5000, 250
"""Many more than the models, so that most are copies."""


@pytest.fixture
async def filled(url: str) -> str:
    loaded = await load(url, MANY, now=NOW, models=MODELS)
    assert (loaded.subscribers, loaded.plans) == (MANY, 4 * MANY)
    return url


async def test_copies_live_as_their_models_do_and_nobody_is_due_in_the_past(filled: str) -> None:
    store = connect(filled, lambda: NOW)
    await store.open()
    zones, languages, kinds = set(), set(), set()
    for number in (*range(1, 40), *range(MODELS + 1, MODELS + 40), MANY):
        kept = await store.enrolment(SubscriberId(number))
        model = await store.enrolment(SubscriberId((number - 1) % MODELS + 1))
        assert kept is not None
        assert model is not None
        person = kept.subscriber
        assert (person.id, person.chat_id, person.stage) == (number, number, Stage.DONE)
        assert {plan.topic for plan in kept.plans} == set(CORE_TOPICS)
        assert [p.next_due_at for p in kept.plans] == [p.next_due_at for p in model.plans]
        for plan in kept.plans:
            assert rescheduled(plan, person, NOW) == plan
        zones.add(person.zone)
        languages.add(person.language)
        kinds.add(type(kept.plans[0].schedule))
    assert (len(zones) > 8, languages, len(kinds)) == (True, {"en", "de", "es"}, 1)
    await store.close()


async def test_the_database_is_whole_again_after_loading(filled: str) -> None:
    with opened(filled) as db:
        assert {"plans_wake", "subscribers_chat"} <= db.indexes(("plans", "subscribers")).keys()
        [(orphans,)] = db.rows(
            "SELECT count(*) FROM plans p LEFT JOIN subscribers s"
            " ON s.subscriber_id = p.subscriber_id WHERE s.subscriber_id IS NULL"
        )
        [(awake,)] = db.rows("SELECT count(*) FROM plans WHERE wake_at IS NOT NULL")
    assert orphans == 0
    assert 0.9 * 4 * MANY < awake < 4 * MANY
    clock = TravelClock(lambda: NOW)
    store = connect(filled, clock)
    await store.open()
    clock.move(timedelta(hours=1))
    assert await Planner(store, clock, plan_step).sweep() > 100
    await store.close()


async def test_what_is_made_due_falls_due_in_one_second_and_nobody_is_left_out(
    filled: str,
) -> None:
    made = make_due(filled, AT_SIX, 1500, models=MODELS)
    assert made == 1500
    clock = TravelClock(lambda: AT_SIX)
    store = connect(filled, clock)
    await store.open()
    while await Planner(store, clock, plan_step).sweep():
        pass
    claimed = await store.claim_deliveries("w", AT_SIX, MANY, timedelta(minutes=1))
    ids = [each.id for each in claimed]
    due = await store.begin_sending("w", ids, AT_SIX, lambda _: True)
    at_once = [each for each in due if each.due_at == AT_SIX and each.topic is Topic.HYDRATION]
    assert sum((await store.counts()).values()) >= made
    assert len(at_once) >= 0.95 * made, "of few people something else comes before"
    for each in at_once:
        zone = ZoneInfo(each.subscriber.zone)
        assert instant_of(each.slot.date, each.slot.minute, zone) == AT_SIX
        assert not each.subscriber.quiet.covers(minute_at(AT_SIX, zone))
        assert each.subscriber.presence is Presence.ACTIVE
    await store.close()
