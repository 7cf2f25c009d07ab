"""Long reads that take their time, so that nobody who taps waits for them.

All threads of a process share one interpreter. Whoever works on and on makes the event loop wait
half a millisecond for it at each call on a socket, which is some ten times for a tap.
"""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

SPELL = 0.001
"""Seconds of work between two rests."""
RESTS = 4.0
"""How many times as long as the work a rest is."""
LONGEST = 0.05
"""Seconds of a rest at most: on a busy machine, work seems to take long."""
LATE = 0.001
"""Seconds by which a thread that others leave room for may wake late."""
MOST = 20
"""Rests one after the other at most, while everything is late."""


def unhurried(items: Iterable[T]) -> Iterator[T]:
    """Yield ``items``, and rest again and again while whoever takes them comes for the next.

    Blocks: to be used on a thread.
    """
    began = time.monotonic()
    for item in items:
        yield item
        worked = time.monotonic() - began
        if worked >= SPELL:
            _rest(min(LONGEST, RESTS * worked))
            began = time.monotonic()


def _rest(seconds: float) -> None:
    """Sleep, and again and again while the interpreter is not to be had on time."""
    for _ in range(MOST):
        due = time.monotonic() + seconds
        time.sleep(seconds)
        if time.monotonic() < due + LATE:
            return
