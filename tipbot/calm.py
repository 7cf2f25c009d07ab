"""Waits until the event loop is on time: work that can wait begins only then.

When a machine has more to do at once than it can, everything on the loop comes late, and a tap is
several things one after the other. Whatever draws or puts together looks first whether the loop
wakes at the moment that it asked for, so there is the less of it the more there is of all else.
"""

import asyncio

LOOK = 0.01
"""Seconds that a look takes: about as long as a tap."""
LATE = 0.002
"""Seconds by which a loop that has time may be late: it counts in milliseconds, and rounds up."""
MOST = 100
"""Looks at most, for about a second: then the work begins all the same."""


async def calm(most: int = MOST) -> None:
    """Return once the loop woke on time, or after ``most`` looks."""
    clock = asyncio.get_running_loop().time
    for _ in range(most):
        due = clock() + LOOK
        await asyncio.sleep(LOOK)
        if clock() < due + LATE:
            return
