import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio

from tests.render import samples
from tests.render.test_compare import question
from tipbot.core.charts import Comparison
from tipbot.core.insights import Fact
from tipbot.render.pool import Limits, RenderPool

PNG = b"\x89PNG"
LIGHT = Comparison(questions=(question([2.0] * 6, [2.0] * 6),), seed="1")
"""Loads neither matplotlib nor SciPy: what takes a process half of a second to load."""


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


# What holds of a pool with a process, however long it has it, needs none of its own: starting one
# costs most of a second.
on_one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def begun() -> AsyncIterator[RenderPool]:
    made = RenderPool()
    assert await made.chart(samples.hours())
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def warm(begun: RenderPool) -> AsyncIterator[RenderPool]:
    """Give a pool that holds nothing but one process, which has drawn before."""
    made = RenderPool(Limits(processes=1), now=Stopwatch())
    made._free, begun._free = begun._free, []
    yield made
    begun._free, made._free = made._free, []
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
async def test_drawing_steps_back_behind_everything_else(
    pool: RenderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH")  # what lets no process of a test step back
    child = await pool._spawn()
    try:
        async with asyncio.timeout(30):
            while os.getpriority(os.PRIO_PROCESS, child.process.pid) != 19:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
    finally:
        await child.end()


async def test_no_question_needs_no_process(pool: RenderPool) -> None:
    assert await pool.compare(Comparison(questions=(), seed="1")) == ()
    assert pool.processes == 0


@on_one_loop
async def test_an_equal_request_is_served_from_what_was_made_for_a_minute(
    warm: RenderPool,
) -> None:
    watch = warm.now = Stopwatch()
    first = await warm.chart(samples.hours())
    watch.at = 59.0
    assert await warm.chart(samples.hours()) is first
    watch.at = 61.0
    again = await warm.chart(samples.hours())
    assert again is not first
    assert again == first


async def test_equal_requests_at_once_are_made_once(pool: RenderPool) -> None:
    one, other = await asyncio.gather(pool.chart(samples.places()), pool.chart(samples.places()))
    assert one is other is not None
    assert pool.processes == 1


@on_one_loop
async def test_only_so_much_is_kept(warm: RenderPool) -> None:
    warm.limits = Limits(kept=2)
    first = await warm.chart(samples.days(title="1"))
    for title in ("2", "3"):
        await warm.chart(samples.days(title=title))
    assert len(warm._made) == 2
    assert await warm.chart(samples.days(title="1")) is not first


async def test_a_process_that_died_is_replaced(pool: RenderPool) -> None:
    assert await pool.compare(LIGHT)
    pool._free[0].process.kill()
    await pool._free[0].process.wait()
    assert await pool.compare(replace(LIGHT, seed="2"))
    assert pool.processes == 1


@on_one_loop
async def test_a_request_that_cannot_be_drawn_finds_nothing_and_harms_no_other(
    warm: RenderPool,
) -> None:
    bad, good = await asyncio.gather(
        warm.chart(samples.hours(bars=(1, 2))), warm.chart(samples.hours())
    )
    assert bad is None
    assert good is not None
    assert await warm.chart(samples.hours(bars=(1,) * 24)) is not None


async def test_a_request_that_takes_too_long_ends_with_its_process_alone() -> None:
    pool = RenderPool(Limits(patience=0.001))
    try:
        assert await pool.compare(LIGHT) is None
        assert pool.processes == 0
        pool.limits = Limits()
        assert await pool.compare(LIGHT) is not None
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


@on_one_loop
async def test_a_process_rests_after_its_work_when_its_answer_has_gone(warm: RenderPool) -> None:
    warm.limits = Limits(rest=0.5)
    assert await warm.chart(samples.hours())
    assert warm._turn.locked(), "it rests"
    assert await warm.chart(samples.places()), "and goes on after it"


@on_one_loop
async def test_more_than_can_wait_finds_nothing(warm: RenderPool) -> None:
    warm.limits = Limits(waiting=1)
    one, other = await asyncio.gather(warm.chart(samples.hours()), warm.chart(samples.places()))
    assert one is not None
    assert other is None


async def test_idle_processes_end_and_the_next_request_starts_another() -> None:
    pool = RenderPool(Limits(idle=0.0))
    try:
        assert await pool.compare(LIGHT)
        while pool._ending is None:  # noqa: ASYNC110 - the timer fires by itself
            await asyncio.sleep(0)
        await pool._ending
        assert pool.processes == 0
        assert await pool.compare(LIGHT)
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
