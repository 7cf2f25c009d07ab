"""Prepares announcements: some hundred recipients a transaction, off the event loop."""

import asyncio

from tipbot.clock import Clock
from tipbot.core.announcements import due_for
from tipbot.delivery.schedule import Tick
from tipbot.delivery.send import Courier
from tipbot.store.base import Announcements

AT_ONCE = 200
"""Recipients a transaction: few enough for a tap to be stored in between without a wait."""
_MOST_STEPS = 50
_SECONDS = 1.0


def announcement_tick(store: Announcements, courier: Courier, clock: Clock) -> Tick:
    """Return the tick that takes announcements on; ``courier`` is the one of their lane.

    Where it stands is on disk after each step, so whichever process comes next goes on there.
    """

    async def tend() -> None:
        for _ in range(_MOST_STEPS):
            if not await store.tend_announcements(clock(), AT_ONCE, due_for):
                return
            courier.nudge()
            await asyncio.sleep(0)

    return Tick("announce", _SECONDS, tend)
