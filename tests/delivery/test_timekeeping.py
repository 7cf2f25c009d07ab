"""A clock that ran ahead and was put right silences nobody."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.delivery.house import Flickering, Neighbourhood, neighbourhood
from tests.store.house import MINUTE
from tipbot.clock import CLOCKS_AGREE, TravelClock
from tipbot.core.enrolment import Enrolment, returned, stopped
from tipbot.core.model import Every, Minute
from tipbot.core.planning import plan_step
from tipbot.core.schedule import rescheduled
from tipbot.delivery.plan import Planner
from tipbot.delivery.timekeeping import Timekeeper
from tipbot.store.base import StoreUnavailableError

YEAR = timedelta(days=365)
HOURLY = Every(60, Minute(0), Minute(1439))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Neighbourhood]:
    async with neighbourhood(tmp_path) as town:
        await town.move_in(1, 2)
        for person in (1, 2):
            await town.store.revise(town.plans[person].subscriber, lambda kept: hourly(town, kept))
        yield town


def hourly(town: Neighbourhood, kept: Enrolment) -> Enrolment:
    (plan,) = kept.plans
    due = rescheduled(replace(plan, schedule=HOURLY), kept.subscriber, town.clock())
    return replace(kept, plans=(due,))


async def live(town: Neighbourhood, timekeeper: Timekeeper, minutes: int) -> int:
    """Let minutes pass; return how many deliveries they brought."""
    planner = Planner(town.store, town.clock, plan_step)
    before = sum((await town.counts()).values())
    for _ in range(minutes):
        town.clock.move(MINUTE)
        await planner.sweep(timekeeper.look)
    return sum((await town.counts()).values()) - before


@pytest.mark.parametrize("ahead", [timedelta(hours=3), YEAR], ids=["hours", "a year"])
@pytest.mark.parametrize("killed", [False, True], ids=["live", "restarted"])
async def test_every_slot_comes_once_after_a_clock_was_ahead_for_a_moment(
    town: Neighbourhood, ahead: timedelta, *, killed: bool
) -> None:
    timekeeper = Timekeeper(town.store, town.clock)
    assert await live(town, timekeeper, 61) == 2
    town.clock.move(ahead)
    assert await live(town, timekeeper, 1) == 2, "the newest slot of that time"
    town.clock.move(-ahead)
    with capture_logs() as logs:
        later = Timekeeper(town.store, town.clock) if killed else timekeeper
        came = await live(town, later, 5 * 60)
    # One of the five hours was applied while the clock was three hours ahead.
    assert came == 2 * (5 if ahead == YEAR else 4)
    assert [each["event"] for each in logs] == ["clock_put_back"]


async def test_what_one_process_planned_by_a_clock_ahead_another_puts_right(
    town: Neighbourhood,
) -> None:
    ahead = timedelta(hours=3)
    killed, other = (Timekeeper(town.store, town.clock) for _ in range(2))
    await other.look()
    assert await live(town, killed, 61) == 2
    await other.look()
    town.clock.move(ahead)
    assert await live(town, killed, 1) == 2
    town.clock.move(-ahead)
    assert await live(town, other, 5 * 60) == 2 * 4, "but for the one that was applied ahead"


@pytest.mark.parametrize("killed", [False, True], ids=["live", "killed"])
async def test_who_learns_late_that_the_clock_was_put_back_silences_nobody(
    town: Neighbourhood, *, killed: bool
) -> None:
    ahead = timedelta(days=2)
    slow_clock = TravelClock(town.clock)
    quick, slow = Timekeeper(town.store, town.clock), Timekeeper(town.store, slow_clock)
    town.clock.move(ahead)
    assert await live(town, slow, 1) == 2
    town.clock.move(-ahead)
    slow_clock.move(ahead)
    await quick.look()
    await Planner(town.store, slow_clock, plan_step).sweep(slow.look)
    slow_clock.move(-ahead)
    if not killed:
        await slow.look()
    assert await live(town, quick, 5 * 60) == 2 * 5


async def test_who_came_back_while_the_clock_was_ahead_is_not_left_out_once_it_is_right(
    town: Neighbourhood,
) -> None:
    timekeeper = Timekeeper(town.store, town.clock)
    assert await live(town, timekeeper, 61) == 2
    town.clock.move(YEAR)
    for change in (stopped, lambda kept: returned(kept, town.clock())):
        await town.store.revise(town.plans[1].subscriber, change)
    await timekeeper.look()
    town.clock.move(-YEAR)
    assert await live(town, timekeeper, 5 * 60) == 2 * 5


class Startled:
    """A courier at whose first word the clock is set ahead."""

    def __init__(self, clock: TravelClock, by: timedelta) -> None:
        self.clock = clock
        self.by = by

    def nudge(self) -> None:
        by, self.by = self.by, timedelta(0)
        self.clock.move(by)

    def not_needed_for(self, _: int) -> float:
        return 0.0


@pytest.mark.parametrize("killed", [False, True], ids=["live", "restarted"])
async def test_a_clock_that_is_ahead_between_two_batches_alone_silences_nobody_either(
    town: Neighbourhood, *, killed: bool
) -> None:
    ahead = timedelta(hours=3)
    timekeeper = Timekeeper(town.store, town.clock)
    assert await live(town, timekeeper, 60) == 2
    town.clock.move(60 * MINUTE)
    startled = Startled(town.clock, ahead)
    planner = Planner(town.store, town.clock, plan_step, consumer=startled, batch=1)
    assert await planner.sweep(timekeeper.look) == 3, "one of them by both times"
    town.clock.move(-ahead)
    later = Timekeeper(town.store, town.clock) if killed else timekeeper
    assert await live(town, later, 5 * 60) == 2 * 5 - 2, "less what came before its time"


async def test_a_clock_that_is_put_back_a_little_moves_no_plan(town: Neighbourhood) -> None:
    store = Flickering(town.store)
    timekeeper = Timekeeper(store, town.clock)
    await timekeeper.look()
    town.clock.move(-CLOCKS_AGREE + timedelta(seconds=1))
    await timekeeper.look()
    assert "set_anew" not in store.calls


async def test_the_time_is_noted_once_a_minute(town: Neighbourhood) -> None:
    store = Flickering(town.store)
    timekeeper = Timekeeper(store, town.clock)
    for _ in range(120):
        await timekeeper.look()
        town.clock.move(timedelta(seconds=1))
    assert store.calls == ["note_time", "note_time"]


async def test_a_store_that_is_away_is_asked_again(town: Neighbourhood) -> None:
    await Timekeeper(town.store, town.clock).look()
    town.clock.move(-YEAR)
    store = Flickering(town.store, set_anew=1)
    timekeeper = Timekeeper(store, town.clock)
    with pytest.raises(StoreUnavailableError):
        await timekeeper.look()
    await timekeeper.look()
    town.clock.move(MINUTE)
    await timekeeper.look()
    assert store.calls.count("put_time_back") == 1
    assert await town.store.note_time(town.clock()) == town.clock()
