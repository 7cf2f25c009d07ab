"""Logs twitches as fast as they are committed, and prints each tap's key once it is.

Run as a process of its own, to be killed: ``tapper.py URL PERSON NAME COUNT``.
"""

import asyncio
import sys
import zlib
from datetime import UTC, datetime, timedelta

from tipbot.core.model import SubscriberId, Tap
from tipbot.store.base import Store
from tipbot.store.connect import connect

LANES = 8


def tap(name: str, number: int) -> Tap:
    """Return a tap on a button of its own, so that no two look like a double tap."""
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=number)
    return Tap(key=f"{name}-{number}", message_id=number, nonce=zlib.crc32(name.encode()), at=at)


async def lane(store: Store, who: SubscriberId, name: str, numbers: range) -> None:
    for number in numbers:
        logged = await store.log_twitch(who, tap(name, number))
        assert logged is not None
        print(f"{name}-{number}", flush=True)  # noqa: T201 - the acknowledgement that the test reads


async def main(url: str, who: str, name: str, count: str) -> None:
    store = connect(url)
    await store.open()
    lanes = (range(each, int(count), LANES) for each in range(LANES))
    await asyncio.gather(*(lane(store, SubscriberId(int(who)), name, each) for each in lanes))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
