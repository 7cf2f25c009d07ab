from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.house import START, House
from tipbot.clock import TravelClock
from tipbot.store.connect import connect


@pytest.fixture
def clock() -> TravelClock:
    return TravelClock(lambda: START)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the address of an empty database."""
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
async def house(url: str, clock: TravelClock) -> AsyncIterator[House]:
    store = connect(url, clock)
    await store.open()
    yield House(store, clock)
    await store.close()
