"""What a request waits for with its connection in hand, and who hears that it left.

Both are handed on by context: there is no way through PTB for either. They hold for the requests
that are made in a block, and by tasks that are begun there.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

Left = Callable[[], None]
"""Hears that a request was written to its connection: a kill of the program does not stop it."""
Turn = Callable[[], Awaitable[None]]
"""Waits until a request may be written."""


async def _at_once() -> None:
    """Let a request leave without waiting."""


_LEFT: ContextVar[Left] = ContextVar("_LEFT", default=lambda: None)
_TURN: ContextVar[Turn] = ContextVar("_TURN", default=_at_once)


def heard_by(left: Left) -> AbstractContextManager[None]:
    """Have ``left`` called for each request of the block."""
    return _handed_on(_LEFT, left)


def held_for(turn: Turn) -> AbstractContextManager[None]:
    """Have each request of the block wait for ``turn``, once it could be written at once."""
    return _handed_on(_TURN, turn)


@contextmanager
def _handed_on(variable: ContextVar[T], value: T) -> Iterator[None]:
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)


def tell_left() -> None:
    """Say that a request was written."""
    _LEFT.get()()


async def its_turn() -> None:
    """Wait for the turn of a request whose way is open."""
    await _TURN.get()()
