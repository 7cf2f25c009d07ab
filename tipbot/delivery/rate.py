"""One budget of messages a second, paced and never bursting, with replies first.

Telegram allows about 30 messages a second to all chats together and about one a second to one chat,
promises neither, and answers 429 when it has had enough (its FAQ for bots, 'My bot is hitting
limits'). What is counted here:

* sending, copying and forwarding take a place in the budget and in the chat's own pace;
* edits take the chat's own pace alone: no new message reaches anybody, and a hundred people who tap
  details at once must not wait for a budget that was never meant for them;
* everything else (answers to taps, chat actions, deletions, commands) passes at once.
"""

import asyncio
import heapq
from datetime import timedelta
from enum import IntEnum
from itertools import count

SHARE = 0.97
"""The part of the rate that is used, and what makes room for ``_CATCH_UP``."""
_CATCH_UP = 0.01
"""Seconds that a late timer may make good. With the share s, any one-second window holds at most
``floor((1 + catch_up) * s * rate) + 1`` messages, which stays within the rate while
``catch_up < 1 / s - 1`` (about 0.03)."""
CHAT_INTERVAL = 1.05
"""Seconds; a little more than the one a second that Telegram names, as networks jitter."""
_BURST = 3
"""Messages that a chat may get at once: the first tip follows the replies that led to it."""
_SLOW_DOWN = 0.7
_SLOWEST = 0.1
_RECOVERY = 0.01
"""Part of the full rate that comes back in each second after a flood."""
_MANY_CHATS = 10_000


class Lane(IntEnum):
    """Who goes first when several want the next place; lower is sooner."""

    REPLY = 0
    TIP = 1
    ANNOUNCEMENT = 2


class Meter:
    """The generic cell rate algorithm: events ``interval`` seconds apart, pure and without a clock.

    An event may come up to ``slack`` seconds before its turn, which is then not lost.
    """

    __slots__ = ("turn",)

    def __init__(self) -> None:
        self.turn = float("-inf")
        """The moment at which the next event is due."""

    def ready_at(self, slack: float) -> float:
        """Return the earliest moment for the next event."""
        return self.turn - slack

    def take(self, now: float, interval: float) -> None:
        """Count an event at ``now``."""
        self.turn = max(self.turn, now) + interval


class Tempo:
    """The pace of the whole budget: the rate now, and the pause that a flood asks for. Pure.

    One incident slows down once, however many calls report it; the rate comes back slowly.
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.paused_until = 0.0
        self._factor = 1.0
        self._since = 0.0
        self._meter = Meter()

    def factor(self, now: float) -> float:
        """Return the part of the full rate that is in use at ``now``."""
        return min(1.0, self._factor + _RECOVERY * max(0.0, now - self._since))

    def ready_at(self) -> float:
        """Return the earliest moment for the next message."""
        return max(self.paused_until, self._meter.ready_at(_CATCH_UP))

    def take(self, now: float) -> None:
        """Count a message at ``now``."""
        self._meter.take(now, 1 / (self.rate * SHARE * self.factor(now)))

    def flooded(self, now: float, seconds: float) -> None:
        """Stop for ``seconds``, and go on more slowly afterwards."""
        if now >= self.paused_until:
            self._factor = max(_SLOWEST, self.factor(now) * _SLOW_DOWN)
        self.paused_until = max(self.paused_until, now + seconds)
        self._since = self.paused_until


class Chats:
    """The pace of each chat: one message a second, replies and tips three at once. Pure."""

    def __init__(self) -> None:
        self._meters: dict[int, Meter] = {}

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._meters)

    def ready_at(self, chat: int, lane: Lane) -> float:
        """Return the earliest moment for the next message of this lane to ``chat``."""
        meter = self._meters.get(chat)
        slack = 0.0 if lane is Lane.ANNOUNCEMENT else CHAT_INTERVAL * (_BURST - 1)
        return float("-inf") if meter is None else meter.ready_at(slack)

    def take(self, chat: int, now: float) -> None:
        """Count a message to ``chat`` at ``now``."""
        if len(self._meters) >= _MANY_CHATS:
            self._meters = {key: each for key, each in self._meters.items() if each.turn > now}
        self._meters.setdefault(chat, Meter()).take(now, CHAT_INTERVAL)


_Waiter = tuple[Lane, int, int, "asyncio.Future[None]"]
"""Lane, number of arrival, chat, and what is told when the turn has come."""


class Pacer:
    """Tells callers when their message may go, by lane, then by arrival.

    Time is the running loop's own (monotonic), so a wall clock that is moved does not matter here.
    """

    def __init__(self, rate: float) -> None:
        self._tempo = Tempo(rate)
        self._chats = Chats()
        self._ready: list[_Waiter] = []
        self._held: list[tuple[float, _Waiter]] = []
        self._arrivals = count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        """The full rate in messages a second."""
        return self._tempo.rate

    @property
    def waiting(self) -> int:
        """How many callers wait for their turn."""
        return len(self._ready) + len(self._held)

    @property
    def pause(self) -> timedelta:
        """How much longer a flood keeps every lane still."""
        left = self._tempo.paused_until - asyncio.get_running_loop().time()
        return timedelta(seconds=max(0.0, left))

    async def acquire(self, lane: Lane, chat: int) -> None:
        """Return when one message may go to ``chat``; a caller that is cancelled takes no place."""
        loop = asyncio.get_running_loop()
        waiter = (lane, next(self._arrivals), chat, loop.create_future())
        heapq.heappush(self._ready, waiter)
        self._serve()
        try:
            await waiter[3]
        except asyncio.CancelledError:
            self._drop(waiter)
            raise

    async def acquire_edit(self, chat: int) -> None:
        """Return when a message in ``chat`` may be edited; takes nothing from the budget."""
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._chats.ready_at(chat, Lane.REPLY))
        self._chats.take(chat, turn)
        await asyncio.sleep(turn - loop.time())
        await asyncio.sleep(max(0.0, self._tempo.paused_until - loop.time()))

    def take_edit(self, chat: int) -> float:
        """Take a place for an edit in ``chat`` and return 0.0, or the seconds until there is one.

        Nobody waits here, and such edits never come closer than the chat's own pace: they are for
        messages that change by themselves, where a late change is better left out.
        """
        now = asyncio.get_running_loop().time()
        ready = max(self._chats.ready_at(chat, Lane.ANNOUNCEMENT), self._tempo.paused_until)
        if ready > now:
            return ready - now
        self._chats.take(chat, now)
        return 0.0

    def flooded(self, retry_after: timedelta) -> None:
        """Stop every lane for ``retry_after`` and slow down once; call it for each 429."""
        self._tempo.flooded(asyncio.get_running_loop().time(), retry_after.total_seconds())
        self._serve()

    def _serve(self) -> None:
        """Let everyone go whose turn it is, and set the timer for the next."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while (turn := self._next_turn(now)) is not None and turn <= now:
            waiter = heapq.heappop(self._ready)
            lane, _, chat, told = waiter
            ready = self._chats.ready_at(chat, lane)
            if ready > now:
                heapq.heappush(self._held, (ready, waiter))
            elif not told.done():
                self._tempo.take(now)
                self._chats.take(chat, now)
                told.set_result(None)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if turn is None else loop.call_at(turn, self._serve)

    def _next_turn(self, now: float) -> float | None:
        """Return when there is something to decide, or None if nobody waits."""
        while self._held and self._held[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._held)[1])
        if self._ready:
            return self._tempo.ready_at()
        if self._held:
            return max(self._held[0][0], self._tempo.ready_at())
        return None

    def _drop(self, waiter: _Waiter) -> None:
        self._ready = [each for each in self._ready if each[1] != waiter[1]]
        self._held = [each for each in self._held if each[1][1] != waiter[1]]
        heapq.heapify(self._ready)
        heapq.heapify(self._held)
        self._serve()
