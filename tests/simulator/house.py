"""The database that every seed begins with: its schema and a small library."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.simulator.connections import Connections
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


@contextmanager
def house(folder: Path, *, memory: bool = True) -> Iterator[Connections]:
    """Make a database with its schema and library, through the real driver; lend ways to it.

    A copy in memory, unless it is to be the file itself: that costs a tenth more, and a test holds
    that the stories are the same.
    """
    path = folder / "house.db"

    async def make() -> None:
        store = connect(f"sqlite:///{path}")
        await store.open()
        await store.sync_library(SHELVES, START)
        await store.close()

    asyncio.run(make())
    connections = Connections(path, memory=memory)
    yield connections
    connections.close()
