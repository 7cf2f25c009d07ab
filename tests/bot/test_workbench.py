"""Charts and reports are made a few at a time, with rests, on a loop whose time is its own."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from tests.bot.chat import Person
from tests.delivery.conftest import VirtualLoop
from tipbot.bot.buttons.diary import Look, OpenChart
from tipbot.bot.buttons.entry import LogTwitch
from tipbot.bot.workbench import GAP, LONGEST, RESTS, Stagger, Workbench
from tipbot.calm import LOOK
from tipbot.core.diary import Span
from tipbot.core.model import DeliveryId


def virtually(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def now() -> float:
    return asyncio.get_running_loop().time()


def test_visits_that_come_at_once_begin_one_after_the_other_in_their_order() -> None:
    async def run() -> list[tuple[int, float]]:
        stagger, begun, at = Stagger(), [], now()

        async def visit(number: int) -> None:
            await stagger.turn()
            begun.append((number, round(now() - at, 9)))

        await asyncio.gather(*(visit(number) for number in range(4)))
        await asyncio.sleep(1)
        await visit(4)
        return begun

    begun = virtually(run())
    assert [number for number, _ in begun] == [0, 1, 2, 3, 4]
    assert [at for _, at in begun[:4]] == [round(n * GAP, 9) for n in range(4)]
    assert begun[4][1] == pytest.approx(3 * GAP + 1), "who comes alone waits for nobody"


def test_few_things_are_made_at_once_and_each_is_put_together_alone() -> None:
    async def run() -> tuple[list[int], int, int]:
        bench, begun, making, most = Workbench(places=2), [], 0, 0
        composing = together = 0

        async def compose(number: int) -> None:
            nonlocal composing, together
            begun.append(number)
            composing += 1
            together = max(together, composing)
            await asyncio.sleep(0.01)
            composing -= 1

        async def make(number: int) -> None:
            nonlocal making, most
            async with bench.place():
                making += 1
                most = max(most, making)
                await bench.compose(lambda: compose(number))
                await asyncio.sleep(0.1)
                making -= 1

        await asyncio.gather(*(make(number) for number in range(6)))
        return begun, most, together

    assert virtually(run()) == ([0, 1, 2, 3, 4, 5], 2, 1)


@pytest.mark.parametrize(("takes", "rest"), [(0.01, 0.01 * RESTS), (5.0, LONGEST)])
def test_work_is_rested_from_in_proportion_and_not_for_long(takes: float, rest: float) -> None:
    async def run() -> float:
        bench = Workbench()
        await bench.compose(lambda: asyncio.sleep(takes))
        at = now()
        await bench.compose(lambda: asyncio.sleep(0))
        return now() - at

    assert virtually(run()) == pytest.approx(rest + LOOK)


def test_work_that_fails_keeps_nobody_from_the_bench() -> None:
    async def fail() -> None:
        raise ArithmeticError

    async def run() -> str:
        bench = Workbench(places=1)
        with pytest.raises(ArithmeticError):
            async with bench.place():
                await bench.compose(fail)
        async with bench.place():
            return await bench.compose(lambda: asyncio.sleep(0, "made"))

    assert virtually(run()) == "made"


def test_whoever_leaves_the_line_is_waited_for_no_more() -> None:
    async def run() -> bool:
        bench = Workbench(places=1, most=1)

        async def make(seconds: float) -> bool:
            async with bench.place() as drawn:
                await asyncio.sleep(seconds)
                return drawn

        first, gone = (asyncio.create_task(make(1)) for _ in range(2))
        await asyncio.sleep(0.5)
        gone.cancel()
        await asyncio.sleep(0)
        assert await make(0), "the line is short again"
        return await first and gone.cancelled()

    assert virtually(run())


def test_behind_a_long_line_there_is_no_time_to_draw() -> None:
    async def run() -> list[bool]:
        bench = Workbench(places=1, most=2)

        async def make() -> bool:
            async with bench.place() as drawn:
                await asyncio.sleep(1)
                return drawn

        held = asyncio.create_task(make())
        await asyncio.sleep(0)
        drawn = await asyncio.gather(*(make() for _ in range(3)))
        return [await held, *drawn]

    assert virtually(run()) == [True, True, True, False]


class Counted(Stagger):
    """Counts who asked for a turn, and lets everybody begin at once."""

    def __init__(self) -> None:
        super().__init__(gap=0.0)
        self.asked = 0

    async def turn(self) -> None:
        self.asked += 1
        await super().turn()


async def test_who_looks_back_waits_for_a_turn_and_who_logs_for_none(bob: Person) -> None:
    stagger = Counted()
    object.__setattr__(bob.chat.house, "stagger", stagger)
    await bob.sends("/twitch")
    await bob.taps_value(LogTwitch(7, DeliveryId(0)))
    assert stagger.asked == 0
    await bob.sends("/diary")
    await bob.taps_value(OpenChart(Look.DAYS, Span.MONTH, dark=False))
    await bob.sends("/report")
    await bob.sends("/export")
    assert stagger.asked == 4
    await bob.sends("/tip")
    assert stagger.asked == 4
