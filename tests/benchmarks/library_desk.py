"""How long an editor waits for the library of a bot with many subscribers and a long history.

    python -m tests.benchmarks.library_desk [address of an empty database]

The library that comes along with 40 revisions of each tip, 20,000 subscribers, 1.8 million
deliveries of the last 90 days and a reaction to every third. Without an address, a SQLite file in a
folder of its own. Nothing is asserted: milliseconds depend on the machine.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tests.store.whole import connected
from tipbot.clock import system_clock
from tipbot.core.audit import Act, Deed
from tipbot.core.changes import edit
from tipbot.core.model import SubscriberId
from tipbot.core.proposals import Saved
from tipbot.core.revisions import TipNumber
from tipbot.library.files import read_library
from tipbot.store.base import Store
from tipbot.store.connect import connect

T = TypeVar("T")

TIPS = Path(__file__).resolve().parents[2] / "tips"
SUBSCRIBERS, DELIVERIES, REVISIONS = 20_000, 1_800_000, 40
AT_ONCE = 50_000

_PERSON = """
INSERT INTO subscribers (
    subscriber_id, chat_id, language, zone, stage, presence, quiet_start, quiet_end, bedtime,
    silent, unanswered, diagnosed, created_at
) VALUES ({0}, {0}, 'en', 'UTC', 'done', 'active', 0, 0, 0, 0, 0, 0, 0)"""
_DELIVERY = """
INSERT INTO deliveries (
    delivery_id, plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt,
    due_at, expires_at, tip_number, tip_revision, code
) VALUES ({0}, {0}, {0}, 'sleep', '2026-01-01', 0, 0, 'sent', 1, 0, 0, {0}, 1, '')"""
_REACTION = "INSERT INTO reactions VALUES ({0}, {0}, {0}, 0)"
_REVISION = """
INSERT INTO tip_versions (number, revision, kind, content, saved_at)
SELECT number, {0}, kind, content, 0 FROM tip_versions WHERE revision = 1"""
_ANSWERS = ("done", "helpful", "not_helpful", "snoozed")


def fill(url: str, tips: int) -> None:
    """Put people, deliveries, reactions and old revisions in, past the store."""
    mark = "?" if url.startswith("sqlite") else "%s"
    with connected(url) as db:
        cursor = db.cursor()
        people = ((n, n) for n in range(1, SUBSCRIBERS + 1))
        _put(cursor, _PERSON.format(mark), people)
        each = range(1, DELIVERIES + 1)
        _put(
            cursor,
            _DELIVERY.format(mark),
            ((n, n, 1 + n % SUBSCRIBERS, 1 + n % tips) for n in each),
        )
        answered = ((n, _ANSWERS[n % 4], 1 + n % SUBSCRIBERS) for n in each if n % 3 == 0)
        _put(cursor, _REACTION.format(mark), answered)
        _put(cursor, _REVISION.format(mark), ((n,) for n in range(2, REVISIONS + 1)))
        cursor.execute(f"UPDATE tips SET revision = {REVISIONS}")  # noqa: S608 - our own number
        cursor.execute("ANALYZE")


def _put(cursor: Any, sql: str, rows: Iterator[Sequence[object]]) -> None:
    batch: list[Sequence[object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            cursor.executemany(sql, batch)
            batch.clear()
    cursor.executemany(sql, batch)


async def timed(what: str, work: Awaitable[T]) -> T:
    """Print how long something took."""
    began = time.perf_counter()
    found = await work
    print(f"{what:<32}{(time.perf_counter() - began) * 1000:8.1f} ms")
    return found


async def measure(store: Store) -> None:
    """Do what an editor does, once."""
    library, number = read_library(TIPS), TipNumber(5)
    now = system_clock()
    page = await timed("a tip's page", store.tip_page(number))
    assert page is not None
    await timed("its history, page 4", store.history(number, 3))
    await timed("browse, page 11", store.search_tips(page=10))
    await timed("search 'water gla'", store.search_tips("water gla"))
    act = Act(by=SubscriberId(1), name="Edda", deed=Deed.TIP_EDITED, at=now)
    change = edit(page.current, title=f"{now:%H:%M:%S}")
    saved = await timed("save an edit", store.change_tip(change, act, 0))
    assert isinstance(saved, Saved)
    await timed("propose an edit", store.change_tip(edit(saved.revision, title="?"), act, 1))
    await timed("compare with the files", store.compare_library(library))
    await timed("sync, nothing to do", store.sync_library(library, now))
    await timed("the library for an export", store.library())


async def main(url: str) -> None:
    """Fill the database and measure twice: cold, then warm."""
    store = connect(url)
    await store.open()
    library = read_library(TIPS)
    await timed(
        f"first sync of {len(library.entries)}", store.sync_library(library, system_clock())
    )
    await store.close()
    fill(url, len(library.entries))
    await store.open()
    for _ in range(2):
        print()
        await measure(store)
    await store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(main(sys.argv[1]))
    else:
        with TemporaryDirectory() as folder:
            asyncio.run(main(f"sqlite:///{folder}/store.db"))
