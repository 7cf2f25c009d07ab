from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean

from tests.store.house import ALICE
from tipbot.core.model import SubscriberId
from tipbot.simulated import DAYS, NOTE, live_a_month, simulated_month
from tipbot.store.connect import connect

TODAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_the_month_is_the_same_for_the_same_person_and_day_and_has_gaps() -> None:
    month = simulated_month(SubscriberId(1), TODAY)
    assert month == simulated_month(SubscriberId(1), TODAY)
    assert month != simulated_month(SubscriberId(2), TODAY)
    assert 14 <= len(month) < DAYS
    assert all(TODAY - timedelta(days=DAYS) <= day.day < TODAY for day in month)


def test_its_truth_is_that_little_sleep_brings_more_twitches() -> None:
    days = [day for who in range(200) for day in simulated_month(SubscriberId(who), TODAY)]
    short = mean(len(day.twitches) for day in days if day.sleep_hours <= 5)
    long = mean(len(day.twitches) for day in days if day.sleep_hours > 5)
    assert short - long > 1.5


async def test_the_diary_holds_it_once_and_says_that_it_is_simulated(tmp_path: Path) -> None:
    store = connect(f"sqlite:///{tmp_path / 'store.db'}")
    await store.open()
    await store.enrol(ALICE)
    fresh = await live_a_month(store, ALICE, NOON)
    assert fresh > 10
    assert await live_a_month(store, ALICE, NOON) == 0
    entries = await store.check_ins(ALICE.id, TODAY - timedelta(days=DAYS), TODAY)
    await store.close()
    twitches = [entry for entry in entries if entry.kind == "twitch"]
    assert len(twitches) == fresh
    assert {entry.note for entry in twitches} == {NOTE}
