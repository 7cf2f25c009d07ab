"""What another program is told to send, so that it can be measured beside the bot.

Each peer is a module of its own, run as a process of its own that loads nothing but what it needs:
``python -m tests.benchmarks.peer_<name> '<the errand as JSON>'``. It sends one message to one chat
after another until it is ended. Its module says how it is set up and why.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

MANY = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to send, where, and how."""

    url: str
    token: str
    text: str
    keyboard: list[list[tuple[str, str]]]
    """Labels and callback data."""
    connections: int
    messages: int = MANY
    limit: int = 0
    """Messages a second that the server takes, 0 for any number."""
    rate: float = 0.0
    """AIORateLimiter's ``overall_max_rate``, 0 for no limiter."""
    period: float = 1.0
    """And its ``overall_time_period``."""


async def work(send: Callable[[int], Awaitable[Any]], errand: Errand) -> None:
    """Send with as many workers as there are connections."""
    chats = iter(range(1, errand.messages + 1))

    async def take() -> None:
        for chat in chats:
            await send(chat)

    await asyncio.gather(*(take() for _ in range(errand.connections)))


def run(peer: Callable[[Errand], Awaitable[None]]) -> None:
    """Run a peer on the errand of the command line."""

    async def main() -> None:
        await peer(Errand(**json.loads(sys.argv[1])))

    asyncio.run(main())
