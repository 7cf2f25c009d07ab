"""A pause that outlives the process which was told of it."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from tests.delivery.conftest import Virtually
from tests.store.house import START
from tipbot.clock import Clock, TravelClock
from tipbot.core.pace import SLOW_DOWN, Flood
from tipbot.delivery.budget import Lane
from tipbot.delivery.lasting import LastingTempo
from tipbot.delivery.rate import Pacer
from tipbot.store.base import StoreUnavailableError

SECOND = timedelta(seconds=1)


@dataclass
class Remembered:
    """What a store keeps of floods; slow, or away."""

    kept: list[Flood] = field(default_factory=list)
    away: bool = False
    slow: float = 0.0

    async def keep_flood(self, flood: Flood) -> None:
        await asyncio.sleep(self.slow)
        if self.away:
            raise StoreUnavailableError
        self.kept.append(flood)

    async def last_flood(self) -> Flood | None:
        if self.away:
            raise StoreUnavailableError
        return self.kept[-1] if self.kept else None


def wall() -> TravelClock:
    """Return a wall clock that goes with the running loop's time."""
    loop = asyncio.get_running_loop()
    return TravelClock(lambda: START + timedelta(seconds=loop.time()))


async def begun(memory: Remembered, clock: Clock) -> Pacer:
    """Return the pace of a new life."""
    tempo = LastingTempo(30, memory, clock)
    await tempo.begin()
    return Pacer(30, tempo)


async def seconds_until(pacer: Pacer, lane: Lane | None) -> float:
    """Wait for a place, or for an edit's, and return how long it took."""
    loop = asyncio.get_running_loop()
    asked = loop.time()
    await (pacer.acquire_edit(5) if lane is None else pacer.acquire(lane, 5))
    return loop.time() - asked


@pytest.mark.parametrize("lane", [*Lane, None])
def test_the_next_life_waits_for_the_rest_of_a_pause(
    virtually: Virtually, lane: Lane | None
) -> None:
    async def run() -> float:
        memory, clock = Remembered(), wall()
        (await begun(memory, clock)).flooded(30 * SECOND)
        await asyncio.sleep(10)
        return await seconds_until(await begun(memory, clock), lane)

    assert virtually(run()) == pytest.approx(20)


def test_it_goes_on_as_slowly_as_the_one_before_would_have(virtually: Virtually) -> None:
    async def run() -> list[float]:
        memory, clock = Remembered(), wall()
        first = LastingTempo(30, memory, clock)
        now = asyncio.get_running_loop().time()
        first.flooded(now, 30, now)
        await asyncio.sleep(10)
        second = LastingTempo(30, memory, clock)
        await second.begin()
        return [tempo.factor(now + after) for tempo in (first, second) for after in (30, 45, 90)]

    factors = virtually(run())
    assert factors[:3] == pytest.approx([SLOW_DOWN, SLOW_DOWN + 0.15, 1.0])
    assert factors[3:] == pytest.approx(factors[:3])


def test_a_pause_that_is_over_holds_nobody(virtually: Virtually) -> None:
    async def run() -> float:
        memory, clock = Remembered(), wall()
        (await begun(memory, clock)).flooded(30 * SECOND)
        await asyncio.sleep(31)
        return await seconds_until(await begun(memory, clock), Lane.REPLY)

    assert virtually(run()) == 0


def test_a_clock_that_was_put_back_makes_a_pause_no_longer(virtually: Virtually) -> None:
    async def run() -> float:
        memory, clock = Remembered(), wall()
        (await begun(memory, clock)).flooded(30 * SECOND)
        await asyncio.sleep(10)
        clock.move(-timedelta(days=400))
        return await seconds_until(await begun(memory, clock), Lane.TIP)

    assert virtually(run()) == pytest.approx(30)


def test_after_that_the_next_life_waits_for_the_rest_alone(virtually: Virtually) -> None:
    async def run() -> list[float]:
        memory, clock = Remembered(), wall()
        (await begun(memory, clock)).flooded(30 * SECOND)
        await asyncio.sleep(0.001)
        clock.move(-timedelta(days=400))
        waited = []
        for nap in (10, 25):
            pacer = await begun(memory, clock)
            await asyncio.sleep(nap)
            waited.append(pacer.pause.total_seconds())
        return waited

    assert virtually(run()) == [pytest.approx(20, abs=0.01), 0]


@pytest.mark.parametrize(
    ("lasts", "factor", "wait"),
    [(timedelta(days=3000), 0.5, 86_400), (-timedelta(days=3000), 0.5, 0), (SECOND, -1e9, 1)],
)
def test_nobody_waits_for_ever_for_what_somebody_wrote_into_the_row(
    virtually: Virtually, lasts: timedelta, factor: float, wait: float
) -> None:
    async def run() -> float:
        clock = wall()
        flood = Flood(heard_at=clock(), until=clock() + lasts, factor=factor)
        return await seconds_until(await begun(Remembered([flood]), clock), Lane.REPLY)

    assert virtually(run()) == pytest.approx(wait)


def test_a_wait_beyond_all_measure_is_kept_as_a_day(virtually: Virtually) -> None:
    async def run() -> list[Flood]:
        memory = Remembered()
        tempo = LastingTempo(30, memory, wall())
        Pacer(30, tempo).flooded(timedelta(seconds=10**12))
        await tempo.close()
        return memory.kept

    (kept,) = virtually(run())
    assert kept.until - kept.heard_at == timedelta(days=1)


def test_a_flood_that_grows_while_it_is_being_kept_is_kept_whole(virtually: Virtually) -> None:
    async def run() -> list[Flood]:
        memory, clock = Remembered(slow=0.5), wall()
        tempo = LastingTempo(30, memory, clock)
        pacer = Pacer(30, tempo)
        for seconds in (3, 5, 60, 4):
            pacer.flooded(seconds * SECOND)
        await tempo.close()
        return memory.kept

    *_, last = virtually(run())
    assert timedelta(seconds=59) <= last.until - last.heard_at <= 60 * SECOND


def test_a_store_that_is_away_is_told_again_until_it_knows(virtually: Virtually) -> None:
    async def run() -> tuple[float, float, Remembered]:
        memory = Remembered(away=True)
        pacer = await begun(memory, wall())
        at_once = await seconds_until(pacer, Lane.REPLY)
        pacer.flooded(7 * SECOND)
        await asyncio.sleep(2.5)
        memory.away = False
        return at_once, await seconds_until(pacer, Lane.REPLY), memory

    with capture_logs() as logs:
        at_once, waited, memory = virtually(run())
    assert (at_once, waited) == (0, pytest.approx(4.5))
    (kept,) = memory.kept
    assert kept.until == START + timedelta(seconds=1007), "as it was told, not as it was kept"
    events = [each["event"] for each in logs]
    assert events == ["flood_not_read", *["flood_not_kept"] * 3]


@pytest.mark.parametrize("back", [False, True])
def test_an_end_waits_for_one_more_try_alone(
    virtually: Virtually,
    back: bool,  # noqa: FBT001 - pytest's
) -> None:
    async def run() -> tuple[float, int]:
        memory, loop = Remembered(away=True), asyncio.get_running_loop()
        tempo = LastingTempo(30, memory, wall())
        Pacer(30, tempo).flooded(300 * SECOND)
        await asyncio.sleep(0.5)
        memory.away = not back
        began = loop.time()
        await tempo.close()
        return loop.time() - began, len(memory.kept)

    with capture_logs():
        assert virtually(run()) == (0, int(back))
