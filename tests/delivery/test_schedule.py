"""The fixed ticks."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from structlog.testing import capture_logs

from tests.delivery.house import Neighbourhood, daily, nothing_more, words
from tests.delivery.post import post_office
from tests.store.house import HOUR
from tipbot.core.planning import plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.attempt import Rules
from tipbot.delivery.plan import Planner
from tipbot.delivery.rate import Pacer
from tipbot.delivery.schedule import Tick, Ticks, delivery_ticks, in_turn
from tipbot.delivery.send import DOUBT_AFTER, LEASE, Courier
from tipbot.store.base import StoreUnavailableError
from tipbot.web.metrics import Metrics


class Counted:
    """Work that counts its runs and may fail or take its time."""

    def __init__(self, *faults: Exception, seconds: float = 0.0) -> None:
        self.faults = list(faults)
        self.seconds = seconds
        self.begun = self.ended = self.at_once = self.most = 0
        self.again = asyncio.Event()

    async def __call__(self) -> None:
        self.begun += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.again.set()
        try:
            await asyncio.sleep(self.seconds)
            if self.faults:
                raise self.faults.pop(0)
        finally:
            self.at_once -= 1
        self.ended += 1


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - APScheduler tells nobody
            await asyncio.sleep(0.005)


async def test_each_tick_comes_again_and_again_and_a_failing_one_stops_nothing() -> None:
    good, bad = Counted(), Counted(RuntimeError("broken"), StoreUnavailableError())
    ticks = Ticks([Tick("good", 0.02, good), Tick("bad", 0.02, bad)])
    with capture_logs() as logs:
        ticks.start()
        await until(lambda: good.ended >= 3 and bad.ended >= 1)
        await ticks.stop()
    told = [(each["event"], each["tick"]) for each in logs]
    assert told == [("tick_failed", "bad"), ("tick_put_off", "bad")]


async def test_a_slow_tick_never_runs_twice_at_once_and_is_finished_at_the_stop() -> None:
    slow = Counted(seconds=0.1)
    ticks = Ticks([Tick("slow", 0.02, slow)])
    ticks.start()
    await until(lambda: slow.ended >= 1)
    await until(lambda: slow.at_once == 1)
    await ticks.stop()
    assert slow.most == 1
    assert slow.begun == slow.ended
    ended = slow.ended
    await asyncio.sleep(0.06)
    assert slow.begun == ended


async def test_stopping_does_not_wait_for_ever_and_may_come_before_the_start() -> None:
    stuck = Counted(seconds=3600)
    ticks = Ticks([Tick("stuck", 0.01, stuck)])
    await ticks.stop()
    ticks.start()
    await stuck.again.wait()
    await asyncio.wait_for(ticks.stop(0.05), 1)


async def test_a_tick_can_be_hurried() -> None:
    work = Counted()
    ticks = Ticks([Tick("plan", 3600, work)])
    ticks.hurry("plan")
    ticks.start()
    try:
        for _ in range(2):
            work.again.clear()
            ticks.hurry("plan")
            await asyncio.wait_for(work.again.wait(), 5)
    finally:
        await ticks.stop()
    assert work.begun == 2


async def test_a_tick_that_took_longer_than_its_interval_comes_again_at_once() -> None:
    begun: list[float] = []

    async def work() -> None:
        begun.append(time.monotonic())
        await asyncio.sleep(1.1)

    ticks = Ticks([Tick("plan", 1, work)])
    ticks.start()
    await until(lambda: len(begun) == 2)
    await ticks.stop()
    assert begun[1] - begun[0] < 1.7, "the run of the second that went by was left out"


async def test_a_machine_clock_that_is_set_back_does_not_stop_the_ticks() -> None:
    work = Counted()
    ticks = Ticks([Tick("work", 0.05, work)], watch=0.05)
    ticks.start()
    job = ticks._scheduler.get_job("work")
    job.modify(next_run_time=job.next_run_time + timedelta(hours=1))
    await until(lambda: work.ended >= 2)
    await ticks.stop()


async def test_a_machine_clock_that_is_set_ahead_by_a_month_holds_nothing_up() -> None:
    work = Counted()
    ticks = Ticks([Tick("work", 0.05, work)])
    ticks.start()
    job = ticks._scheduler.get_job("work")
    job.modify(next_run_time=job.next_run_time - timedelta(days=30))
    began = time.monotonic()
    await until(lambda: work.ended >= 2)
    assert time.monotonic() - began < 1
    await ticks.stop()


async def test_the_delivery_ticks_plan_nudge_sweep_and_expire(town: Neighbourhood) -> None:
    async with post_office() as (office, sender):
        rules = Rules(
            render=words,
            allow=allowed_now,
            resend_doubtful=resend_doubtful,
            after_sent=nothing_more,
        )
        courier = Courier(
            town.store,
            sender,
            rules,
            clock=town.clock,
            pacer=Pacer(1000),
            worker="w1",
            idle=60,
        )
        planner = Planner(town.store, town.clock, daily, consumer=courier)
        metrics = Metrics(version="1", database="sqlite")
        plan, sweep, expire = delivery_ticks(planner, town.store, town.clock, metrics)
        assert (plan.seconds, sweep.seconds, expire.seconds) == (1, 10, 60)
        await town.move_in(2, 3)
        running = asyncio.create_task(courier.run())
        await asyncio.sleep(0.05)
        await town.have_plans_due(1)
        await plan.work()
        await until(lambda: office.took(1) == 1)
        await courier.stop()
        await running

    await town.fall_due(2)
    (claimed,) = await town.store.claim_deliveries("w2", town.clock(), 1, LEASE)
    await town.store.begin_sending("w2", [claimed.id], town.clock(), lambda _: True)
    town.clock.move(DOUBT_AFTER)
    with capture_logs() as logs:
        await sweep.work()
    assert [each["event"] for each in logs] == ["deliveries_in_doubt"]

    await town.fall_due(3)
    town.clock.move(4 * HOUR)
    await expire.work()
    assert await town.counts() == {"sent": 1, "unknown": 1, "expired": 1}
    records = partial(metrics.registry.get_sample_value, "tipbot_delivery_records_total")
    assert records({"state": "expired"}) == 1


async def test_of_several_processes_one_runs_a_tick_each_time(town: Neighbourhood) -> None:
    work = Counted()
    tick = Tick("thin", 600, work, once=True)
    here, there = (in_turn(tick, town.store, town.clock) for _ in range(2))
    await asyncio.gather(here.work(), there.work(), here.work())
    assert work.ended == 1
    town.clock.move(timedelta(seconds=300))
    await there.work()
    assert work.ended == 1
    town.clock.move(timedelta(seconds=299))
    await there.work()
    await here.work()
    assert work.ended == 2


def test_what_all_may_do_at_once_is_no_matter_of_turns(town: Neighbourhood) -> None:
    async def nothing() -> None:
        pass

    assert not Tick("plan", 1, nothing).once
    names = {
        tick.name: tick.once
        for tick in delivery_ticks(
            Planner(town.store, town.clock, plan_step),
            town.store,
            town.clock,
        )
    }
    assert names == {"plan": False, "sweep": True, "expire": True}
