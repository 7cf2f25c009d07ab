"""From due plans to deliveries."""

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from tests.delivery.conftest import Virtually
from tests.delivery.house import Flickering, Neighbourhood, daily
from tests.store.house import HOUR, START
from tipbot.core.measures import Unmeasured
from tipbot.core.model import NO_QUIET_HOURS
from tipbot.core.planning import DuePlan, PlanStep, Shelves, plan_step
from tipbot.delivery.plan import BATCH, TIME_OF_A_SWEEP, Planner
from tipbot.store.planning import Decide


async def test_one_sweep_takes_all_that_is_due_in_batches(town: Neighbourhood) -> None:
    people = range(1, 2 * BATCH + 31)
    await town.have_plans_due(*people)
    store = Flickering(town.store)
    planner = Planner(store, town.clock, daily)
    assert await planner.sweep() == len(people)
    assert store.calls == ["plan_due"] * 3
    assert await planner.sweep() == 0
    assert len(store.calls) == 4, "an idle sweep asks once"
    assert await town.counts() == {"pending": len(people)}


async def test_a_sweep_ends_after_its_batches_and_the_next_goes_on(town: Neighbourhood) -> None:
    people = range(1, BATCH + 11)
    await town.have_plans_due(*people)
    planner = Planner(town.store, town.clock, daily, most=1)
    assert [await planner.sweep() for _ in range(3)] == [BATCH, 10, 0]


class Endless:
    """A store in which as many plans are due as are asked for; keeps when it was asked."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked: list[float] = []

    async def plan_due(self, _: datetime, limit: int, __: object) -> int:
        self.asked.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.seconds)
        return limit


class Leisurely:
    """A courier who needs no more for so many seconds; counts how often it was told."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.nudges = 0

    def nudge(self) -> None:
        self.nudges += 1

    def not_needed_for(self, count: int) -> float:
        assert count == BATCH
        return self.seconds


@pytest.mark.parametrize(
    ("takes", "pause", "asked"),
    [
        pytest.param(0.0, 0.0, [0.0] * 20, id="more is needed at once"),
        pytest.param(0.0, 0.2, [0.0, 0.2, 0.4, 0.6, 0.8], id="until the next tick is near"),
        pytest.param(0.0, 3.0, [0.0], id="the next sweep comes before more is needed"),
        pytest.param(0.1, 0.0, [0.2 * n for n in range(20)], id="half of the time is others'"),
        pytest.param(0.05, 0.2, [0.0, 0.2, 0.4, 0.6, 0.8], id="from the beginning of each"),
        pytest.param(0.15, 0.2, [0.0, 0.3, 0.6], id="others have half of it all the same"),
        pytest.param(0.2, 0.1, [0.0, 0.4], id="none is begun that would last too long"),
        pytest.param(0.5, 0.2, [0.0], id="one takes longer than there is time"),
    ],
)
def test_while_there_is_enough_to_send_a_sweep_goes_no_faster_than_that(
    takes: float, pause: float, asked: list[float], virtually: Virtually
) -> None:
    async def run() -> list[float]:
        store, courier, loop = Endless(takes), Leisurely(pause), asyncio.get_running_loop()
        start = loop.time()
        planner = Planner(store, lambda: START, daily, most=20, consumer=courier)  # type: ignore[arg-type]  # it only plans
        assert await planner.sweep() == BATCH * len(store.asked)
        assert courier.nudges == len(store.asked), "the first is sent before the last is planned"
        if pause:
            assert loop.time() - start < TIME_OF_A_SWEEP
        return [each - start for each in store.asked]

    assert virtually(run()) == pytest.approx(asked)


async def test_the_wall_clock_decides_what_is_due(town: Neighbourhood) -> None:
    await town.have_plans_due(1)
    town.clock.move(-HOUR)
    planner = Planner(town.store, town.clock, daily)
    assert await planner.sweep() == 0
    town.clock.move(HOUR)
    assert await planner.sweep() == 1


async def test_the_cores_own_step_makes_a_delivery_that_can_be_claimed(
    town: Neighbourhood,
) -> None:
    await town.have_plans_due(1)
    assert await Planner(town.store, town.clock, plan_step).sweep() == 1
    (claimed,) = await town.store.claim_deliveries("w1", town.clock(), 10, HOUR)
    delivery = await town.store.delivery(claimed.id, claimed.subscriber)
    assert delivery is not None
    assert delivery.tip is not None
    assert delivery.subscriber.quiet == NO_QUIET_HOURS


async def test_a_store_that_is_away_puts_the_sweep_off(town: Neighbourhood) -> None:
    await town.have_plans_due(1)
    store = Flickering(town.store, plan_due=1)
    planner = Planner(store, town.clock, daily)
    with capture_logs() as logs:
        assert [await planner.sweep() for _ in range(2)] == [0, 1]
    assert [each["event"] for each in logs] == ["planning_put_off"]


class Counting(Unmeasured):
    """Counts what passed unused."""

    def __init__(self) -> None:
        self.plans = 0

    def passed(self, count: int) -> None:
        self.plans += count


@pytest.mark.parametrize(("away", "plans"), [(timedelta(0), 0), (timedelta(days=200), 2)])
async def test_what_passed_unused_during_an_outage_is_told(
    town: Neighbourhood, away: timedelta, plans: int
) -> None:
    await town.have_plans_due(1, 2)
    town.clock.move(away)
    heard = Counting()
    assert await Planner(town.store, town.clock, plan_step, measures=heard).sweep() == 2
    assert heard.plans == plans


async def test_a_decision_that_is_asked_for_twice_is_told_once(town: Neighbourhood) -> None:
    await town.have_plans_due(1)
    town.clock.move(timedelta(days=200))
    heard = Counting()
    store = Deadlocked(town.store)
    assert await Planner(store, town.clock, plan_step, measures=heard).sweep() == 1
    assert heard.plans == 1


class Deadlocked(Flickering):
    """Has each plan decided twice, as a transaction that a deadlock broke off does."""

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        def twice(due: DuePlan, shelves: Shelves) -> PlanStep:
            decide(due, shelves)
            return decide(due, shelves)

        return await self._store.plan_due(now, limit, twice)
