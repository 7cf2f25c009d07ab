"""Couriers over the store of a neighbourhood, and what tests wait for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from tests.delivery.house import Neighbourhood, nothing_more, words
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import DeliveryState
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.attempt import Rules
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import Courier, Outbox
from tipbot.delivery.sender import Sender

RULES = Rules(
    render=words, allow=allowed_now, resend_doubtful=resend_doubtful, after_sent=nothing_more
)
LATER = timedelta(minutes=6)
"""Longer than any pause before another attempt."""
S = DeliveryState


def courier(  # noqa: PLR0913 - what a test may want to change
    town: Neighbourhood,
    sender: Sender,
    *,
    store: Any = None,
    rules: Rules = RULES,
    pacer: Pacer | None = None,
    worker: str = "w1",
    idle: float = 0.02,
    batch: int = 50,
    measures: Measures = UNMEASURED,
) -> Courier:
    outbox: Outbox = store or town.store
    pace = pacer or Pacer(1000)
    return Courier(
        outbox,
        sender,
        rules,
        clock=town.clock,
        pacer=pace,
        worker=worker,
        idle=idle,
        batch=batch,
        measures=measures,
    )


@asynccontextmanager
async def working(*couriers: Courier) -> AsyncIterator[None]:
    running = [asyncio.create_task(each.run()) for each in couriers]
    try:
        yield
    finally:
        await asyncio.gather(*(each.stop() for each in couriers))
        await asyncio.wait_for(asyncio.gather(*running), 5)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not await _truth(condition()):  # noqa: ASYNC110 - it happens behind HTTP
            await asyncio.sleep(0.005)


async def _truth(value: Any) -> bool:
    return bool(await value if asyncio.iscoroutine(value) else value)


async def settled(town: Neighbourhood) -> bool:
    return not await town.states() & {S.PENDING, S.CLAIMED, S.SENDING}


async def kill(courier: Courier, running: asyncio.Task[None]) -> None:
    """End a courier as kill -9 would: nothing is finished, nothing given back."""
    for task in (running, *courier._tasks):
        task.cancel()
    await asyncio.gather(running, *courier._tasks, return_exceptions=True)
    for group in (courier._intents, courier._records):
        await group.close()


async def town_has(town: Neighbourhood, state: DeliveryState) -> bool:
    return state in await town.states()


async def has_counts(town: Neighbourhood, **counts: int) -> bool:
    return await town.counts() == counts


async def town_is_without(town: Neighbourhood, *states: DeliveryState) -> bool:
    return not await town.states() & set(states)
