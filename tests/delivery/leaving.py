"""Messages that leave at a pace, and how many of them did in one second."""

import asyncio
from bisect import bisect_left

from tipbot.delivery.budget import Lane
from tipbot.delivery.rate import Pacer

Sent = list[tuple[float, Lane, int]]
"""When each left by the loop's own time, its lane, and its chat."""


async def send(through: Pacer, lane: Lane, chat: int, into: Sent) -> None:
    """Let one message leave as a reply does, its connection being open."""
    await through.leave(await through.acquire(lane, chat))
    into.append((asyncio.get_running_loop().time(), lane, chat))


def most_in_a_second(moments: list[float]) -> int:
    """Return the most that fell into any one second, wherever it begins."""
    ordered = sorted(moments)
    return max(bisect_left(ordered, at + 1.0) - place for place, at in enumerate(ordered))
