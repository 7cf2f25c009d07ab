import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.conftest import clock, empty_postgres, postgres  # the same server and clock
from tests.store.house import ALICE, BOB, START, House
from tests.store.whole import fill
from tipbot.clock import TravelClock
from tipbot.store.connect import connect

__all__ = ["clock", "empty_postgres", "postgres"]

Filled = Callable[[str], str]


@pytest.fixture
def filled(clock: TravelClock) -> Filled:
    """Return what lets every table of a database hold something, and gives its address back."""

    def make(url: str) -> str:
        fill_now(url, clock)
        return url

    return make


def fill_now(url: str, clock: TravelClock | None = None) -> None:
    """Let every table of a database hold something."""
    asyncio.run(_fill(url, clock or TravelClock(lambda: START)))


async def _fill(url: str, clock: TravelClock) -> None:
    store = connect(url, clock)
    await store.open()
    house = House(store, clock)
    await fill(house, ALICE)
    await store.enrol(BOB)
    await store.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tipbot.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, sqlite_url: str) -> str:
    """Return the address of a database in which there is nothing, no schema either."""
    if request.param == "sqlite":
        return sqlite_url
    address: str = request.getfixturevalue("empty_postgres")
    return address
