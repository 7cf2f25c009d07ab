"""Which updates are not over, and which of them Telegram may forget all the same.

Updates that take long stand on disk, so that Telegram can be told that they were taken.

Telegram hands out no more than a hundred updates beyond the oldest that is not confirmed: whoever
is answered slowly, by the pace of a chat or in a flood, would hold up everybody else. Nothing is
lost by it: what stands here is taken up again at the next start.
"""

import asyncio
import json
import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram import Update

from tipbot.clock import Clock
from tipbot.store.base import Inbox, KeptUpdate, StoreUnavailableError

SLOW = 0.01
"""Seconds after which an update that is not over is kept. Most are over by then: free of cost."""
MOST = 2000
"""Updates in hand from which on no more are kept: then Telegram keeps the others."""


class Effects:
    """Hears of updates whose effect is on disk, with nothing left to do but to show it."""

    def __init__(self) -> None:
        """Have nobody who listens yet."""
        self._hear: Callable[[int], None] = lambda _: None

    def listen(self, hear: Callable[[int], None]) -> None:
        """Have ``hear`` called with the number of each such update."""
        self._hear = hear

    def tell(self, number: int, flushed: asyncio.Future[None]) -> None:
        """Say that a kill would cost no more than a screen that shows what was.

        Once ``flushed`` is done, so would a loss of power, and whoever listens hears of it.
        """

        def hear(ended: asyncio.Future[None]) -> None:
            if not ended.cancelled() and ended.exception() is None:
                self._hear(number)

        if flushed.done():
            hear(flushed)
        else:
            flushed.add_done_callback(hear)


@dataclass(slots=True)
class _Held:
    raw: dict[str, Any]
    update: Update
    since: float
    kept: bool = False
    safe: bool = False
    """Its effect is on disk: a kill costs no more than what a screen shows."""

    @property
    def as_kept(self) -> KeptUpdate:
        """The update as it is kept."""
        user = self.update.effective_user
        return KeptUpdate(self.update.update_id, user.id if user else 0, json.dumps(self.raw))


class InHand:
    """Knows which updates are not over, and which of them stand on disk."""

    def __init__(self, store: Inbox | None, clock: Clock) -> None:
        """Keep updates in ``store``; without one, Telegram keeps them all."""
        self._store = store
        self._clock = clock
        self._all: dict[int, _Held] = {}
        self._keeping: asyncio.Task[bool] | None = None

    def __len__(self) -> int:
        """Return how many updates are not over."""
        return len(self._all)

    def __contains__(self, number: object) -> bool:
        """Tell whether an update is not over."""
        return number in self._all

    @property
    def held(self) -> Iterable[int]:
        """The updates of which only Telegram has something on disk."""
        return (n for n, each in self._all.items() if not (each.kept or each.safe))

    def take(
        self, raw: dict[str, Any], update: Update, *, kept: bool = False, slow: bool = False
    ) -> None:
        """Begin with an update; ``kept``: it stands on disk since an earlier life.

        One that is known to be ``slow`` is kept without waiting for it to be over first.
        """
        since = -math.inf if slow else asyncio.get_running_loop().time()
        self._all[update.update_id] = _Held(raw, update, since, kept)

    def release(self, number: int) -> None:
        """Let Telegram forget an update whose effect is on disk."""
        if number in self._all:
            self._all[number].safe = True

    async def finish(self, number: int) -> None:
        """End with an update: it is not needed any more."""
        ended = self._all.pop(number)
        if ended.kept:
            await self._drop([number])

    def keep_slow(self) -> asyncio.Task[bool] | None:
        """Begin to keep what takes long; return the work under way, if there is any.

        That tells whether it could be kept.
        """
        if self._keeping is None and self._store is not None and len(self._all) <= MOST:
            old = asyncio.get_running_loop().time() - SLOW
            held = [self._all[number] for number in self.held]
            slow = [each for each in held if each.since < old]
            if slow:
                self._keeping = asyncio.create_task(self._keep(self._store, slow))
        return self._keeping

    def slow_in(self) -> float:
        """Return the seconds until more takes long than does now; infinity if nothing will."""
        over = asyncio.get_running_loop().time() - SLOW
        waits = (self._all[number].since - over for number in self.held)
        return min((each for each in waits if each > 0), default=math.inf)

    async def settle(self) -> None:
        """Wait until nothing is being written."""
        if self._keeping is not None:
            await asyncio.wait((self._keeping,))

    async def _keep(self, store: Inbox, slow: list[_Held]) -> bool:
        try:
            await store.keep_updates([each.as_kept for each in slow], self._clock())
        except StoreUnavailableError:
            return False
        finally:
            self._keeping = None
        for each in slow:
            each.kept = True
        await self._drop([n for each in slow if (n := each.update.update_id) not in self._all])
        return True

    async def _drop(self, numbers: list[int]) -> None:
        """Let go of updates; what a store that is away still has is known to be answered."""
        if self._store is not None and numbers:
            with suppress(StoreUnavailableError):
                await self._store.drop_updates(numbers)
