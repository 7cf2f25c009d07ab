import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.render import samples
from tests.render.test_compare import question
from tipbot.core.charts import Comparison
from tipbot.core.insights import Fact
from tipbot.render.pool import Limits, RenderPool

PNG = b"\x89PNG"


@dataclass
class Stopwatch:
    """A monotonic clock that a test moves."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    made = RenderPool(Limits(processes=2), now=Stopwatch())
    yield made
    await made.close()


def test_the_bot_loads_no_chart_library() -> None:
    code = (
        "import sys, tipbot.app, tipbot.render.pool;"
        "print([m for m in ('matplotlib', 'numpy', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == "[]"


async def test_charts_and_comparisons_come_from_another_process(pool: RenderPool) -> None:
    asked = question([3.0, 4.0, 4.0, 3.0, 4.0] * 2, [1.0, 1.0, 2.0, 1.0, 2.0] * 2)
    chart, found = await asyncio.gather(
        pool.chart(samples.days()), pool.compare(Comparison(questions=(asked,), seed="1"))
    )
    assert chart is not None
    assert chart.startswith(PNG)
    assert found is not None
    assert [(each.about, each.speaks) for each in found] == [(Fact.SLEEP, True)]
    assert pool.processes == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no niceness")
async def test_drawing_steps_back_behind_everything_else(pool: RenderPool) -> None:
    assert await pool.chart(samples.days())
    (child,) = pool._free
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == 19


async def test_no_question_needs_no_process(pool: RenderPool) -> None:
    assert await pool.compare(Comparison(questions=(), seed="1")) == ()
    assert pool.processes == 0


async def test_an_equal_request_is_served_from_what_was_made_for_a_minute() -> None:
    watch = Stopwatch()
    pool = RenderPool(now=watch)
    try:
        first = await pool.chart(samples.hours())
        watch.at = 59.0
        assert await pool.chart(samples.hours()) is first
        watch.at = 61.0
        again = await pool.chart(samples.hours())
        assert again is not first
        assert again == first
    finally:
        await pool.close()


async def test_equal_requests_at_once_are_made_once(pool: RenderPool) -> None:
    one, other = await asyncio.gather(pool.chart(samples.places()), pool.chart(samples.places()))
    assert one is other is not None
    assert pool.processes == 1


async def test_only_so_much_is_kept() -> None:
    pool = RenderPool(Limits(kept=2), now=Stopwatch())
    try:
        first = await pool.chart(samples.days(title="1"))
        for title in ("2", "3"):
            await pool.chart(samples.days(title=title))
        assert len(pool._made) == 2
        assert await pool.chart(samples.days(title="1")) is not first
    finally:
        await pool.close()


async def test_a_process_that_died_is_replaced(pool: RenderPool) -> None:
    assert await pool.chart(samples.hours())
    pool._free[0].process.kill()
    await pool._free[0].process.wait()
    assert await pool.chart(samples.places())
    assert pool.processes == 1


async def test_a_request_that_cannot_be_drawn_finds_nothing_and_harms_no_other(
    pool: RenderPool,
) -> None:
    bad, good = await asyncio.gather(
        pool.chart(samples.hours(bars=(1, 2))), pool.chart(samples.hours())
    )
    assert bad is None
    assert good is not None
    assert await pool.chart(samples.hours(bars=(1,) * 24)) is not None


async def test_a_request_that_takes_too_long_ends_with_its_process_alone() -> None:
    pool = RenderPool(Limits(patience=0.001))
    try:
        assert await pool.chart(samples.hours()) is None
        assert pool.processes == 0
        pool.limits = Limits()
        assert await pool.chart(samples.hours()) is not None
    finally:
        await pool.close()


async def test_a_crash_in_the_middle_of_one_request_leaves_the_other_alone(
    pool: RenderPool,
) -> None:
    await asyncio.gather(pool.chart(samples.hours()), pool.chart(samples.places()))
    victim = pool._free[-1]
    asked = [pool.chart(samples.days(title=str(n))) for n in range(6)]
    work = asyncio.gather(*asked)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    victim.process.kill()
    assert all(chart is not None and chart.startswith(PNG) for chart in await work)


async def test_more_than_can_wait_finds_nothing() -> None:
    pool = RenderPool(Limits(waiting=1))
    try:
        one, other = await asyncio.gather(pool.chart(samples.hours()), pool.chart(samples.places()))
        assert one is not None
        assert other is None
    finally:
        await pool.close()


async def test_idle_processes_end_and_the_next_request_starts_another() -> None:
    pool = RenderPool(Limits(idle=0.0))
    try:
        assert await pool.chart(samples.hours())
        while pool._ending is None:  # noqa: ASYNC110 - the timer fires by itself
            await asyncio.sleep(0)
        await pool._ending
        assert pool.processes == 0
        assert await pool.chart(samples.hours())
    finally:
        await pool.close()


async def test_closing_gives_up_what_is_under_way() -> None:
    pool = RenderPool()
    asked = asyncio.create_task(pool.chart(samples.hours()))
    await asyncio.sleep(0)
    await pool.close()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert pool.processes == 0
