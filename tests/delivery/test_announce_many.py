"""Twenty thousand recipients: prepared without holding up the loop or anybody's tap."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.test_announce import RULES
from tests.store.house import START, tap
from tipbot.clock import TravelClock
from tipbot.core.announcements import takes
from tipbot.core.audit import Act, Deed
from tipbot.core.model import Subscriber, SubscriberId
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import Courier
from tipbot.store.base import Store
from tipbot.store.connect import connect

MANY = 20_000
OWNER = SubscriberId(900_000)


def fill(path: Path) -> None:
    """Make copies of the one subscriber who is there."""
    with closing(sqlite3.connect(path)) as db, db:
        names = [row[1] for row in db.execute("PRAGMA table_info(subscribers)")]
        others = ", ".join(
            f"s.{name}" for name in names if name not in {"subscriber_id", "chat_id"}
        )
        kept = ", ".join(name for name in names if name not in {"subscriber_id", "chat_id"})
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"  # noqa: S608 - our own names
            f" INSERT INTO subscribers (subscriber_id, chat_id, {kept})"
            f" SELECT n.i, n.i, {others} FROM n, subscribers s WHERE s.subscriber_id = 1",
            (MANY,),
        )
        db.execute("UPDATE subscribers SET stage = 'done', quiet_start = 0, quiet_end = 0")


async def begun(store: Store, path: Path) -> None:
    await store.open()
    await store.enrol(Subscriber(id=SubscriberId(1), chat_id=1))
    await asyncio.to_thread(fill, path)
    act = Act(by=OWNER, name="Olga", deed=Deed.ANNOUNCED, at=START)
    which = await store.save_draft("News", None, "m1", act)
    assert await store.start_announcement(which, 1, act) is not None


async def worst_of(store: Store, done: asyncio.Event) -> tuple[float, float]:
    """Return the longest that the loop stood still, and that a tap took, in seconds."""
    loop, stall, longest, number = asyncio.get_running_loop(), 0.0, 0.0, 0
    while not done.is_set():
        before = loop.time()
        await asyncio.sleep(0.002)
        stall = max(stall, loop.time() - before - 0.002)
        number += 1
        before = loop.time()
        await store.log_twitch(SubscriberId(number), tap(f"k{number}"))
        longest = max(longest, loop.time() - before)
    return stall, longest


@pytest.mark.long
async def test_taps_go_on_while_twenty_thousand_are_prepared(tmp_path: Path) -> None:
    path, clock = tmp_path / "store.db", TravelClock(lambda: START)
    store = connect(f"sqlite:///{path}", clock)
    await begun(store, path)
    unused: Any = None
    idle = Courier(store, unused, RULES, clock=clock, pacer=Pacer(30), worker="a1")
    tick, done = announcement_tick(store, idle, clock), asyncio.Event()
    watching = asyncio.create_task(worst_of(store, done))
    began = asyncio.get_running_loop().time()
    while (await store.announcements(1))[0].preparing:
        await tick.work()
    took = asyncio.get_running_loop().time() - began
    done.set()
    stall, longest = await watching
    (found,) = await store.announcements(1)
    await store.close()
    print(f"{took:.1f} s, loop {stall * 1000:.0f} ms, slowest tap {longest * 1000:.0f} ms")  # noqa: T201 - the measure
    assert found.figures.waiting == MANY
    assert took < takes(MANY, 30).total_seconds() / 10
    assert stall < 0.25
    assert longest < 0.5
