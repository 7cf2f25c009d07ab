"""Four machines on one PostgreSQL under load and kills, and a checker over the whole history.

Their clocks are wrong by hours and are set again and again; the database's own is right.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from pydantic import SecretStr

from tests.e2e.checker import Kept, Record
from tests.e2e.machines import RATE, Database, Machines, machines
from tests.e2e.process import Launcher
from tests.e2e.stored import stored_at
from tests.e2e.test_kill import data_of
from tests.e2e.world import TOKEN, TWITCH, who
from tipbot.clock import system_clock
from tipbot.core.enrolment import Enrolment, with_preset, with_zone
from tipbot.core.instants import date_at, minute_at
from tipbot.core.model import (
    CORE_TOPICS,
    NO_QUIET_HOURS,
    AtTimes,
    Minute,
    NewDelivery,
    QuietHours,
    Slot,
    Subscriber,
)
from tipbot.core.presets import Preset
from tipbot.core.schedule import rescheduled
from tipbot.sandbox import Person, Profile, Sandbox
from tipbot.sandbox.faults import Fault
from tipbot.settings import Settings
from tipbot.store import columns
from tipbot.store.base import Store

pytestmark = pytest.mark.usefixtures("loaded")
BERLIN = "Europe/Berlin"
TOPICS = CORE_TOPICS[:1]
"""One tip each: a chat whose last one is in doubt waits for the two minutes of a doubt."""
TAPS_EACH = 3
JITTER = 0.1
"""Seconds by which a busy machine may deliver a call late; the pace itself is tested exactly."""
DELIVERIES = """
SELECT delivery_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, message_id
FROM deliveries"""
WAITING = """
SELECT count(*) FROM deliveries d JOIN subscribers s ON s.subscriber_id = d.subscriber_id
WHERE d.state IN ('pending', 'claimed', 'retry') AND s.quiet_start = s.quiet_end"""
SENDING = "SELECT count(*) FROM deliveries WHERE state = 'sending'"
UNPLANNED = "SELECT count(*) FROM plans WHERE wake_at <= %s"
TAPPED = "SELECT subscriber_id FROM check_ins WHERE undone = 0"


class Town:
    """People of different habits, kept before the processes start."""

    def __init__(self, cluster: Machines, readers: int, tappers: int) -> None:
        self.cluster = cluster
        self.readers = self._people(3000, readers)
        self.hushed = self._people(5000, 4)
        self.leavers = self._people(6000, 6)
        self.tappers = self._people(7000, tappers)
        self.stopped: dict[int, float] = {}

    def _people(self, first: int, number: int) -> list[Person]:
        new = self.cluster.sandbox.new_person
        return [new(Profile(id=first + n, first_name=f"P{first + n}")) for n in range(number)]

    async def move_in(self) -> None:
        settings = Settings(token=SecretStr(TOKEN), database=SecretStr(self.cluster.database.url))
        async with stored_at(settings) as store:
            for person in [*self.readers, *self.leavers]:
                await keep(store, person, due=True)
            for person in self.tappers:
                await keep(store, person)
            for person in self.hushed:
                await keep(store, person)
                await hush(store, person)

    def leave(self) -> None:
        """Let those say /stop who are to leave."""
        self._leaving = {}
        for person in self.leavers:
            person.says("/stop")
            queue = self.cluster.sandbox.api.updates.waiting()
            self._leaving[max(u.id for u in queue if u.chat_id == person.id)] = person.id

    def record(self, history: Sequence[object], **bounds: float) -> Record:
        acknowledged = self.cluster.balancer.acknowledged
        kept = [
            Kept(row[0], row[1], row[2], (row[3], row[4], row[5]), row[6], row[7])
            for row in self.cluster.database.rows(DELIVERIES)
        ]
        return Record(
            calls=history,  # type: ignore[arg-type]  # as the history has them
            kept=kept,
            due={(person.id, topic.value) for person in self.readers for topic in TOPICS},
            rate=RATE,
            jitter=JITTER,
            stalls=self.cluster.stalls,
            hushed={person.id for person in self.hushed},
            stopped={who: acknowledged[update] for update, who in self._leaving.items()},
            **bounds,  # type: ignore[arg-type]  # numbers of the test's own
        )


async def keep(store: Store, person: Person, *, due: bool = False) -> None:
    """Take someone through onboarding without a word; a tip may be due since a minute ago."""
    now = system_clock()
    person.chat.started = True
    await store.enrol(Subscriber(id=who(person), chat_id=person.id, created_at=now))
    await store.revise(
        who(person), lambda kept: with_preset(with_zone(kept, BERLIN, now), Preset.GENTLE, now)
    )
    minute = minute_at(now - timedelta(minutes=1), ZoneInfo(BERLIN))

    def change(kept: Enrolment) -> Enrolment:
        subscriber = replace(kept.subscriber, quiet=NO_QUIET_HOURS)
        plans = [
            rescheduled(
                replace(plan, schedule=AtTimes((minute,)), enabled=due and plan.topic in TOPICS),
                subscriber,
                now - timedelta(minutes=10),
            )
            for plan in kept.plans
        ]
        return Enrolment(subscriber=subscriber, plans=tuple(plans))

    await store.revise(who(person), change)


async def hush(store: Store, person: Person) -> None:
    """Let a tip wait for someone whose quiet hours began an hour ago."""
    now, zone = system_clock(), ZoneInfo(BERLIN)
    hours = [minute_at(now + timedelta(hours=by), zone) for by in (-1, 2)]

    def change(kept: Enrolment) -> Enrolment:
        quiet = QuietHours(*hours)
        plans = tuple(replace(plan, enabled=True, next_due_at=None) for plan in kept.plans)
        return replace(kept, subscriber=replace(kept.subscriber, quiet=quiet), plans=plans)

    kept = await store.revise(who(person), change)
    assert kept is not None
    plan = next(plan for plan in kept.plans if plan.topic in TOPICS)
    (first, *_) = await store.tips(plan.topic)
    assert await store.add_delivery(
        NewDelivery(
            plan=plan.id,
            subscriber=who(person),
            topic=plan.topic,
            slot=Slot(date_at(now, zone), Minute(minute_at(now, zone))),
            repeat=1,
            tip_number=1,
            tip_revision=1,
            due_at=now,
            expires_at=now + timedelta(hours=3),
        )
    )
    assert first


async def tap_again_and_again(person: Person, patience: float = 60) -> None:
    """Tap, wait for the answer and the fresh button, and tap again.

    A /pad whose process dies before it is confirmed makes a second pad; the last one is tapped.
    """
    person.says("/pad")
    await eventually(lambda: confirmed(person), "there is one pad", patience)
    for number in range(TAPS_EACH):
        await person.waits_for(
            lambda _, fresh=f"tw:{number}:0": data_of(person) == fresh,  # type: ignore[misc]  # the default binds this turn's value
            patience,
        )
        await person.taps(TWITCH, timeout=patience)


async def settled(cluster: Machines) -> bool:
    """Tell whether nothing is left to plan or to send."""
    try:
        ((waiting,),) = cluster.database.rows(WAITING)
        ((unplanned,),) = cluster.database.rows(UNPLANNED, columns.micros(system_clock()))
    except psycopg.OperationalError:
        return False
    return bool(waiting == unplanned == 0)


async def eventually(holds: Callable[[], Awaitable[bool]], what: str, seconds: float) -> None:
    """Wait for something that takes its time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not await holds():
        assert loop.time() < end, f"waited in vain until {what}"
        await asyncio.sleep(0.02)


async def confirmed(*people: Person) -> bool:
    """Tell whether every update of these people was taken."""
    waiting = {update.chat_id for person in people for update in person.api.updates.waiting()}
    return waiting.isdisjoint(person.id for person in people)


def check_taps(town: Town) -> None:
    """See that every tap is kept once, and that none is without an answer."""
    kept = Counter(row[0] for row in town.cluster.database.rows(TAPPED))
    assert kept == {person.id: TAPS_EACH for person in town.tappers}
    assert town.cluster.sandbox.api.queries.unanswered() == []


async def test_nothing_is_lost_doubled_or_too_fast_over_kills_and_a_restart_of_the_database(
    launch: Launcher, sandbox: Sandbox, database: Database
) -> None:
    async with machines(launch, sandbox, database) as (cluster, history):
        town = Town(cluster, readers=180, tappers=6)
        await town.move_in()
        await cluster.start()
        async with asyncio.TaskGroup() as group:
            for person in town.tappers:
                group.create_task(tap_again_and_again(person))
            group.create_task(cluster.set_clocks_at_random(8, (0.1, 0.6), "short"))
            await cluster.die_at_random(1, (0.3, 0.8), "short")
            town.leave()
            await asyncio.to_thread(database.restart)
            await cluster.die_at_random(2, (0.1, 0.5), "once more")
        await eventually(lambda: settled(cluster), "everything is under way", 30)
        await eventually(
            lambda: confirmed(*town.tappers, *town.leavers), "all updates are confirmed", 30
        )
        assert town.record(history.all, may_doubt=3 * 6).faults() == []
        assert not [call for _, call in history.all if call.status == 429]
        check_taps(town)
        assert await cluster.end() == [0, 0, 0, 0]


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_long_day_of_kills_floods_and_restarts_with_every_lease_at_its_term(
    launch: Launcher, sandbox: Sandbox, database: Database
) -> None:
    """Run it by ``pytest -m long tests/e2e/test_cluster.py``; it takes some five minutes."""
    kills = 24
    async with machines(launch, sandbox, database) as (cluster, history):
        town = Town(cluster, readers=1800, tappers=16)
        await town.move_in()
        await cluster.start()

        async def trouble() -> None:
            for seconds in (2, 3):
                await asyncio.sleep(15)
                sandbox.faults.add(Fault(kind="flood", method="sendMessage", seconds=seconds))

        async with asyncio.TaskGroup() as group:
            for person in town.tappers:
                group.create_task(tap_again_and_again(person, patience=200))
            group.create_task(trouble())
            group.create_task(cluster.set_clocks_at_random(kills, (0.2, 2.0), "day"))
            await cluster.die_at_random(kills // 3, (0.2, 2.0), "morning", lapse=False)
            await asyncio.to_thread(database.restart)
            await cluster.die_at_random(kills // 3, (0.2, 2.0), "noon", lapse=False)
            town.leave()
            await asyncio.to_thread(database.restart, "fast")
            await cluster.die_at_random(kills // 3, (0.2, 2.0), "evening", lapse=False)
        await eventually(lambda: settled(cluster), "every lease has passed on", 240)
        await eventually(
            lambda: confirmed(*town.tappers, *town.leavers), "all updates are confirmed", 60
        )
        await eventually(lambda: no_more_sending(cluster), "what was on its way is a doubt", 200)
        record = town.record(history.all, may_doubt=kills * 6)
        assert record.faults() == [], (cluster.kills, cluster.stalls)
        floods = [call for _, call in history.all if call.status == 429]
        assert len(floods) <= 2 + 6, "each flood was met by what was on its way alone"
        check_taps(town)
        assert await cluster.end() == [0, 0, 0, 0]


async def no_more_sending(cluster: Machines) -> bool:
    """Tell whether nothing is on its way any more, neither by the living nor by the dead."""
    ((sending,),) = cluster.database.rows(SENDING)
    return bool(sending == 0)
