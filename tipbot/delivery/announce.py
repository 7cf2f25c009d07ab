"""Prepares announcements: some hundred recipients a transaction, off the event loop."""

from tipbot.clock import Clock
from tipbot.core.announcements import due_for
from tipbot.delivery.patience import in_steps
from tipbot.delivery.schedule import Tick
from tipbot.delivery.send import Courier
from tipbot.store.base import Announcements

AT_ONCE = 25
"""Recipients a transaction: a tap that comes in between waits for a few milliseconds, on a machine
that is busy, too."""
_MOST_STEPS = 100
_SECONDS = 1.0


def announcement_tick(store: Announcements, courier: Courier, clock: Clock) -> Tick:
    """Return the tick that takes announcements on; ``courier`` is the one of their lane.

    Where it stands is on disk after each step, so whichever process comes next goes on there.
    """

    async def tend() -> bool:
        more = await store.tend_announcements(clock(), AT_ONCE, due_for)
        if more:
            courier.nudge()
        return more

    return Tick("announce", _SECONDS, lambda: in_steps(tend, _MOST_STEPS))
