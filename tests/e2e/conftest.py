"""Worlds to test in; what they can do stands in ``world``."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.world import (
    MORNING,
    PLACES,
    TOKEN,
    Start,
    World,
    label_like,
    tap_like,
)
from tipbot.clock import TravelClock
from tipbot.sandbox import Sandbox

__all__ = ["MORNING", "PLACES", "TOKEN", "Sandbox", "TravelClock", "World", "label_like"]
__all__ += ["tap_like"]


@pytest.fixture
async def world_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """Return what starts a world at a moment.

    A chat may get messages as fast as its days pass here; the pace has tests of its own.
    """
    monkeypatch.setattr("tipbot.delivery.rate._CHAT_INTERVAL", 0.0)
    async with AsyncExitStack() as stack:

        async def start(moment: datetime) -> World:
            clock = TravelClock()
            clock.move_to(moment)
            sandbox = await stack.enter_async_context(Sandbox(token=TOKEN, clock=clock))
            world = World(tmp_path, sandbox, clock)
            stack.push_async_callback(world.stop)
            await world.start()
            return world

        yield start


@pytest.fixture
async def world(world_at: Start) -> World:
    return await world_at(MORNING)
