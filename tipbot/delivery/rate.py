"""One budget of messages a second, paced and never bursting, with replies first.

Telegram allows about 30 messages a second to all chats together and about one a second to one chat,
promises neither, and answers 429 when it has had enough (its FAQ for bots, 'My bot is hitting
limits'). What is counted here:

* sending, copying and forwarding take a place in the budget and in the chat's own pace;
* edits take the chat's own pace alone: no new message reaches anybody, and a hundred people who tap
  details at once must not wait for a budget that was never meant for them; only those that a flood
  held back go one after another behind it, for all of them at once would be the next flood;
* everything else (answers to taps, chat actions, deletions, commands) passes at once.
"""

import asyncio
import heapq
import math
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count

from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.pace import SHARE
from tipbot.delivery.budget import Budget, Lane, Tempo
from tipbot.delivery.chats import Chats
from tipbot.delivery.departures import Departures, departure
from tipbot.delivery.gate import Gate
from tipbot.delivery.meter import Meter

AHEAD = 0.03
"""Seconds before its place at which a delivery may commit its intent, at most."""
TOLD_EVERY = 0.02
"""Seconds between two moments at which places are told: what leaves at two departures is committed
together, and everybody has at least ten milliseconds for it."""
_TRIES = 3
"""Places that a message which is late at its place is given, so that it cannot be late for ever."""

_Waiter = tuple[Lane, int, int | None, float, "asyncio.Future[float]"]
"""Lane, number of arrival, chat (None: its pace is kept already), the seconds before its place at
which it may be told, and what is told that place."""


class Pacer:
    """Tells callers when their message may go, by lane, then by arrival.

    Time is the running loop's own (monotonic), so a wall clock that is moved does not matter here.
    Places come from ``budget``: this process's own unless another one is given.
    """

    def __init__(
        self, rate: float, budget: Budget | None = None, measures: Measures = UNMEASURED
    ) -> None:
        self._tempo: Budget = budget or Tempo(rate)
        self._measures = measures
        self._tempo.follow(self._serve)
        self._gate = Gate(self._tempo.rate)
        self._departures = Departures()
        self._in_lane = [0] * len(Lane)
        self._chats = Chats()
        self._held_edits = Meter()
        self._noted: Callable[[int], None] = lambda _: None
        self._ready: list[_Waiter] = []
        self._held: list[tuple[float, _Waiter]] = []
        self._arrivals = count()
        self._timer: asyncio.TimerHandle | None = None

    def on_message(self, noted: Callable[[int], None]) -> None:
        """Call ``noted`` with the chat of each message or edit that goes from here."""
        self._noted = noted

    def count_others(self, chats: Iterable[int]) -> None:
        """Count messages that went to these chats from other processes just now."""
        now = asyncio.get_running_loop().time()
        for chat in chats:
            self._chats.take(chat, now)

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

    async def acquire(self, lane: Lane, chat: int) -> float:
        """Return the place of one message to ``chat`` once it is there.

        A caller that is cancelled takes none. ``leave`` then says when the message may go.
        """
        return await self._place(lane, chat, 0.0)

    async def leave(self, place: float) -> None:
        """Return when a message with a place and an open way may go, which is mostly at once.

        One that is late, as its connection had first to be opened, gets another place.
        """
        for _ in range(_TRIES):
            await self._while_flooded()
            if asyncio.get_running_loop().time() <= place + self._tempo.late:
                break
            place = await self._place(Lane.REPLY, None, 0.0)
        await self._pass_the_gate()

    async def reserve(self, lane: Lane, chat: int) -> float:
        """Return the place of one message to ``chat``, up to ``AHEAD`` seconds before it.

        ``depart`` then says when the message may go.
        """
        return await self._place(lane, chat, AHEAD)

    async def depart(self, place: float, by: float = math.inf) -> bool:
        """Return True at the first departure from the message's place on.

        One that is late gets another place before anybody else, so that what was held up does not
        go out all at once. False if a flood came, or if it could not leave before ``by``, in the
        running loop's time: what is stored about it may no longer hold then.
        """
        loop = asyncio.get_running_loop()
        first = place
        for _ in range(_TRIES):
            leaving = await self._departures.wait_from(place)
            if self._tempo.paused_until > first or loop.time() > by:
                return False
            if loop.time() <= leaving + self._tempo.late:
                break
            place = await self._another_place(by)
            if place > by:
                return False
        await self._pass_the_gate()
        return self._tempo.paused_until <= first and loop.time() <= by

    async def _another_place(self, by: float) -> float:
        """Return the next place, infinity if ``by`` comes before it is told."""
        try:
            async with asyncio.timeout_at(by):
                return await self._place(Lane.REPLY, None, 0.0)
        except TimeoutError:
            return math.inf

    async def _pass_the_gate(self) -> None:
        """Wait, which is seldom, until the last second has room for one more."""
        loop = asyncio.get_running_loop()
        while (ready := self._gate.ready_at()) > loop.time():  # noqa: ASYNC110 - time it waits for
            await asyncio.sleep(ready - loop.time())
        self._gate.pass_through(loop.time())

    async def _while_flooded(self) -> None:
        """Wait for the end of a flood's pause, which may be put off meanwhile."""
        loop = asyncio.get_running_loop()
        while (wait := self._tempo.paused_until - loop.time()) > 0:  # noqa: ASYNC110 - as above
            await asyncio.sleep(wait)

    async def _place(self, lane: Lane, chat: int | None, ahead: float) -> float:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[float] = loop.create_future()
        waiter, came = (lane, next(self._arrivals), chat, ahead, told), loop.time()
        self._queue(waiter)
        if self._ready[0] is waiter:
            self._serve()
        else:
            self._tempo.look_ahead(self._in_lane, came)
        try:
            place = await told
        except asyncio.CancelledError:
            self._drop(waiter)
            raise
        if chat is not None:
            self._measures.waited(lane.name.lower(), max(place, loop.time()) - came)
        return place

    def _queue(self, waiter: _Waiter) -> None:
        heapq.heappush(self._ready, waiter)
        self._in_lane[waiter[0]] += 1

    async def acquire_edit(self, chat: int) -> None:
        """Return when a message in ``chat`` may be edited; takes nothing from the budget.

        Behind a flood, edits that it held back follow each other at the rate of messages.
        """
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._chats.ready_at(chat, Lane.REPLY))
        self._take(chat, turn)
        if (wait := turn - loop.time()) > 0:
            await asyncio.sleep(wait)
        while self._tempo.paused_until > loop.time():  # may be put off meanwhile
            turn = max(self._tempo.paused_until, self._held_edits.turn)
            self._held_edits.take(turn, 1 / (self._tempo.rate * SHARE))
            await asyncio.sleep(turn - loop.time())

    def take_edit(self, chat: int) -> float:
        """Take a place for an edit in ``chat`` and return 0.0, or the seconds until there is one.

        Nobody waits here, and such edits never come closer than the chat's own pace: they are for
        messages that change by themselves, where a late change is better left out.
        """
        now = asyncio.get_running_loop().time()
        ready = max(self._chats.ready_at(chat, Lane.ANNOUNCEMENT), self._tempo.paused_until)
        if ready > now:
            return ready - now
        self._take(chat, now)
        return 0.0

    def flooded(self, retry_after: timedelta, left: float | None = None) -> None:
        """Stop every lane for ``retry_after`` and slow down once; call it for each 429.

        ``left`` is when the refused call was made, just now if nobody knows: the answers to what
        was under way together are one incident.
        """
        self._measures.flooded()
        now = asyncio.get_running_loop().time()
        self._tempo.flooded(now, retry_after.total_seconds(), now if left is None else left)
        self._serve()

    def _serve(self) -> None:
        """Let everyone go whose turn it is, and set the timer for the next."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._tempo.paused_until > now:
            self._turn_back(now)
        while (turn := self._next_turn(now)) is not None and turn <= now:
            self._admit(now)
        self._tempo.look_ahead(self._in_lane, now)
        if self._timer is not None:
            if self._timer.when() == turn:
                return
            self._timer.cancel()
        known = turn is not None and turn < math.inf
        self._timer = loop.call_at(turn, self._wake) if known and turn is not None else None

    def _wake(self) -> None:
        self._timer = None
        self._serve()

    def _take(self, chat: int, moment: float) -> None:
        self._chats.take(chat, moment)
        self._noted(chat)

    def _turn_back(self, now: float) -> None:
        """Tell those who are late at their place at once that there is a flood."""
        for _, _, chat, _, told in self._ready:
            if chat is None and not told.done():
                told.set_result(now)

    def _admit(self, now: float) -> None:
        """Give the next place to the first waiter, unless its chat is not ready or it has gone."""
        waiter = heapq.heappop(self._ready)
        lane, _, chat, _, told = waiter
        self._in_lane[lane] -= 1
        ready = now if chat is None else self._chats.ready_at(chat, lane)
        if ready > now:
            heapq.heappush(self._held, (ready, waiter))
        elif not told.done():
            place = self._tempo.take(now)
            if chat is not None:
                self._take(chat, place)
            told.set_result(place)

    def _next_turn(self, now: float) -> float | None:
        """Return when there is something to decide, or None if nobody waits.

        Whoever is told a place ahead of it hears of it at a departure, with the others.
        """
        while self._held and self._held[0][0] <= now:
            self._queue(heapq.heappop(self._held)[1])
        if self._ready:
            lane, ahead = self._ready[0][0], self._ready[0][3]
            turn = self._tempo.ready_at(now, lane) - ahead
            return departure(turn, TOLD_EVERY) if ahead and abs(turn) < math.inf else turn
        return self._held[0][0] if self._held else None

    def _drop(self, waiter: _Waiter) -> None:
        here = [each for each in self._ready if each[1] != waiter[1]]
        self._in_lane[waiter[0]] -= len(self._ready) - len(here)
        self._ready = here
        self._held = [each for each in self._held if each[1][1] != waiter[1]]
        heapq.heapify(self._ready)
        heapq.heapify(self._held)
        self._serve()
