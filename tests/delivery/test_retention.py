"""The tick that thins old records."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.store.house import ALICE, HOUR, MINUTE, START, House, new_delivery, tap
from tipbot.clock import TravelClock
from tipbot.core.holdings import RECORDS_KEPT
from tipbot.delivery import retention
from tipbot.delivery.retention import retention_tick
from tipbot.store.connect import connect


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock = TravelClock(lambda: START)
    store = connect(f"sqlite:///{tmp_path / 'store.db'}", clock)
    await store.open()
    yield House(store, clock)
    await store.close()


async def five_sent(house: House) -> None:
    mine = await house.alice_hydrated()
    for n in range(5):
        late = START + n * HOUR
        await house.sent(new_delivery(mine, n, due=late))
        await house.store.log_twitch(ALICE.id, tap(f"k{n}", late, message_id=n + 1))


async def kept(house: House) -> int:
    return sum((await house.store.counts()).values())


async def test_the_tick_thins_all_that_is_old_batch_by_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "THINNED_AT_ONCE", 2)
    await five_sent(house)
    house.clock.move(RECORDS_KEPT + 3 * HOUR + MINUTE)
    with capture_logs() as logs:
        await retention_tick(house.store, house.clock).work()
    assert await kept(house) == 1
    assert [(each["deliveries"], each["taps"]) for each in logs] == [(2, 2), (2, 2)]
    logged = await house.store.check_ins(ALICE.id, START.date(), (START + 24 * HOUR).date())
    assert len(logged) == 5


async def test_the_tick_stops_after_so_many_batches_and_goes_on_the_next_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "THINNED_AT_ONCE", 1)
    monkeypatch.setattr(retention, "_MOST_BATCHES", 3)
    await five_sent(house)
    house.clock.move(2 * RECORDS_KEPT)
    tick = retention_tick(house.store, house.clock)
    await tick.work()
    assert await kept(house) == 2
    await tick.work()
    assert await kept(house) == 0


async def test_the_tick_leaves_what_is_young_and_says_nothing(house: House) -> None:
    await five_sent(house)
    house.clock.move(RECORDS_KEPT)
    with capture_logs() as logs:
        await retention_tick(house.store, house.clock).work()
    assert await kept(house) == 5
    assert logs == []
