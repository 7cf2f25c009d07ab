"""What falls due on a day, as it is read from a database, against a walk from slot to slot."""

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.benchmarks.loader import load
from tests.store.whole import connected
from tipbot.core.capacity import Load
from tipbot.core.model import MINUTES_A_DAY, Presence, SubscriberId, Topic
from tipbot.core.slots import next_slot
from tipbot.store.connect import connect
from tipbot.store.migrations import HISTORY
from tipbot.store.sqlite import take_steps
from tipbot.upkeep.demand import demand, working_day
from tipbot.upkeep.held import UpkeepError

NOW = datetime(2026, 3, 27, 9, 30, tzinfo=UTC)
"""A Friday; the clocks of Europe change on Sunday."""
MONDAY = date(2026, 3, 30)
PEOPLE = 400


@pytest.fixture
async def filled(url: str) -> str:
    await load(url, PEOPLE, now=NOW, models=100)
    return url


async def walked(url: str, day: date) -> tuple[int, Load]:
    """Step through everybody's slots of a day."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(microseconds=1)
    store = connect(url, lambda: NOW)
    await store.open()
    found, people = Counter[tuple[Topic, int]](), 0
    for number in range(1, PEOPLE + 1):
        kept = await store.enrolment(SubscriberId(number))
        assert kept is not None
        who = kept.subscriber
        if who.presence is not Presence.ACTIVE or who.paused(start + timedelta(seconds=1)):
            continue
        people += 1
        for plan in kept.plans:
            after = start
            while (due := next_slot(plan, who, after)) and due[1] <= start + timedelta(days=1):
                found[plan.topic, (due[1] - start) // timedelta(minutes=1)] += 1
                after = due[1]
    await store.close()
    return people, {t: [found[t, minute] for minute in range(MINUTES_A_DAY)] for t in Topic}


async def test_every_slot_of_everybody_is_counted_in_its_minute(filled: str) -> None:
    people, expected = await walked(filled, MONDAY)
    found = demand(filled, MONDAY)
    assert (found.people, found.looked_at, found.day) == (people, people, MONDAY)
    assert found.load == expected
    assert sum(map(sum, expected.values())) > 3 * people


async def test_an_even_part_stands_for_all(filled: str) -> None:
    whole, part = demand(filled, MONDAY), demand(filled, MONDAY, sample=100)
    assert part.people == whole.people
    assert 50 < part.looked_at < 150
    all_of, drawn = (sum(map(sum, each.load.values())) for each in (whole, part))
    assert 0.8 * all_of < drawn < 1.25 * all_of


async def test_nothing_is_changed_by_looking(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    await load(f"sqlite:///{file}", 50, now=NOW)
    before = hashlib.sha256(file.read_bytes()).digest()
    demand(f"sqlite:///{file}", MONDAY)
    assert hashlib.sha256(file.read_bytes()).digest() == before


async def test_nobody_makes_an_empty_day(url: str) -> None:
    store = connect(url)
    await store.open()
    await store.close()
    found = demand(url, MONDAY)
    assert (found.people, found.looked_at, sum(map(sum, found.load.values()))) == (0, 0, 0)


def test_a_database_that_is_not_there_or_not_ours_is_said(tmp_path: Path) -> None:
    with pytest.raises(UpkeepError, match="there is no database"):
        demand(f"sqlite:///{tmp_path / 'none.db'}", MONDAY)
    (tmp_path / "empty.db").touch()
    with pytest.raises(UpkeepError, match="no database of tipbot's"):
        demand(f"sqlite:///{tmp_path / 'empty.db'}", MONDAY)
    (tmp_path / "letter").write_text("Dear Bob, " * 500)
    with pytest.raises(UpkeepError, match="not a database"):
        demand(f"sqlite:///{tmp_path / 'letter'}", MONDAY)
    with pytest.raises(UpkeepError, match="cannot be reached"):
        demand("postgresql://me:hunter2@127.0.0.1:1/x", MONDAY)
    with pytest.raises(UpkeepError, match="sqlite:///"):
        demand("mysql://x", MONDAY)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty.db", "letter"]


async def test_a_zone_that_this_machine_does_not_know_is_named_with_its_mend(url: str) -> None:
    await load(url, 50, now=NOW)
    with connected(url) as db:
        db.execute("UPDATE subscribers SET zone = 'Mars/Olympus'")
    with pytest.raises(UpkeepError, match=r"Mars/Olympus.*tzdata"):
        demand(url, MONDAY)


def test_an_older_schema_is_named_with_its_mend(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as old:
        take_steps(old, HISTORY[:3])
    with pytest.raises(UpkeepError, match="migrate"):
        demand(f"sqlite:///{file}", MONDAY)


def test_a_working_day_is_the_next_one_that_is_no_weekend() -> None:
    assert working_day(NOW) == MONDAY
    assert working_day(NOW - timedelta(days=1)) == NOW.date()
    assert working_day(NOW + timedelta(days=2)) == MONDAY
