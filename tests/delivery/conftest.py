"""A neighbourhood with its post, and a loop on which an hour of pacing takes no time."""

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.house import Neighbourhood, neighbourhood
from tests.delivery.post import Post, post_office


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Neighbourhood]:
    async with neighbourhood(tmp_path) as town:
        yield town


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as both:
        yield both


class _InstantSelector(selectors.DefaultSelector):
    """Never waits: it lets the loop's own time pass instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            message = "everybody waits, and nothing is to come"
            raise RuntimeError(message)
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a clock of its own: its time passes only while everybody waits."""

    def __init__(self) -> None:
        self.virtual = _InstantSelector()
        super().__init__(self.virtual)

    def time(self) -> float:
        return self.virtual.now


Virtually = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def virtually() -> Virtually:
    """Run a coroutine on a virtual loop and return its result."""

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(work)

    return run
