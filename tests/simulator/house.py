"""The database that every seed begins with: its schema and a small library."""

import asyncio
import sqlite3
from functools import lru_cache
from pathlib import Path

from tests.store.house import LIBRARY, START, tip
from tipbot.core.library import Library
from tipbot.core.model import TIP_TOPICS
from tipbot.store.connect import connect

TIPS_A_TOPIC = 3
SHELVES = Library(
    documents=LIBRARY.documents,
    tips=tuple(
        tip(f"{topic.value.replace('_', '-')}-{number}", topic)
        for topic in TIP_TOPICS
        for number in range(TIPS_A_TOPIC)
    ),
    cards=LIBRARY.cards,
)


@lru_cache(maxsize=8)
def empty_house(path: Path) -> Path:
    """Make a database with its schema and library, through the real driver; return its file."""

    async def make() -> None:
        store = connect(f"sqlite:///{path}")
        await store.open()
        await store.sync_library(SHELVES, START)
        await store.close()

    asyncio.run(make())
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path
