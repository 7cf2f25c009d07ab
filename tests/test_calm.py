"""What can wait begins when the event loop is on time, and begins at last in any case."""

import asyncio

import pytest

from tests.delivery.conftest import VirtualLoop
from tipbot.calm import LOOK, MOST, calm


def waited(busy_for: float) -> float:
    """Return how long work waits that comes while the loop is always late, for some seconds."""

    async def run() -> float:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        began = loop.time()

        def hold_up() -> None:
            if loop.time() < began + busy_for:
                loop.virtual.now += LOOK
                loop.call_later(LOOK / 2, hold_up)

        hold_up()
        await calm()
        return loop.time() - began

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(run())


def test_on_a_loop_that_is_on_time_it_waits_for_one_look() -> None:
    assert waited(0.0) == pytest.approx(LOOK)


def test_on_a_busy_loop_it_waits_until_that_has_time() -> None:
    assert 0.5 <= waited(0.5) < 0.5 + 3 * LOOK


def test_on_a_loop_that_is_never_on_time_it_waits_no_longer_than_some_looks() -> None:
    assert MOST * LOOK <= waited(3600.0) < 3 * MOST * LOOK
