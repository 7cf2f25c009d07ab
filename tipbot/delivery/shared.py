"""The one pace of all processes on a database: places reserved a few at a time, chats told of.

Moments come from the database's clock. They are carried over into the loop's own time by the least
delayed answer of the last seconds, so that processes agree on them to within a fraction of a round
trip. Tips reserve only a little ahead; replies, which may reserve further, find their place right
behind, in whichever process.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from tipbot.core.pace import SHARE
from tipbot.delivery.budget import CATCH_UP, Lane, Tempo
from tipbot.delivery.rate import Pacer
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError

MOST = 20
"""Places in one reservation, unless the answer takes as long as that many messages: at a thousand a
second that makes fifty reservations a second."""
_IN_HAND = 0.1
"""Seconds' worth of places that a process holds at most, if that is more than ``MOST``."""
_TIPS_AHEAD, _REPLIES_AHEAD = 0.1, 2.0
"""How many seconds ahead these lanes may reserve, all processes together; announcements half of
what tips may. At a low rate it is three places instead, far away four round trips."""
_LONGEST_ANSWER = 2.0
"""Seconds after which the database counts as away."""
_ALONE = 1 / 30
"""The part of the rate that each process may use for replies while the database is away: then no
tip can be sent, and /signs must be. It begins once no places can be left in anybody's hand."""
_AWAY = 0.5
"""Seconds after which the database is asked again. Places begin later than that when it is back:
others may still be sending replies alone."""
_MEMORY = 10.0
"""Seconds for which an answer helps to tell the database's clock."""
_ANSWERS = 5
"""And so many it takes: one alone may be late."""
_DRIFT = 0.005
"""Seconds by which two good clocks may part in that time."""
_GATHER, _AT_ONCE = 0.05, 400
"""Seconds for which news of chats gather, and how many of them PostgreSQL tells in one go."""

log = structlog.get_logger(__name__)


class CommonPace(Protocol):
    """The part of the cluster that the budget needs."""

    async def reserve_places(self, wanted: PlacesWanted) -> Places:
        """Take the next places of the one pace."""
        ...

    async def report_flood(self, wait: timedelta, age: timedelta) -> Places:
        """Pause everybody for ``wait`` and slow down, once an incident.

        The call that was refused left ``age`` ago.
        """
        ...

    def tell(self, subject: str, words: str = "") -> None:
        """Tell the other processes something."""
        ...

    def hear(self, subject: str, listener: Callable[[str], None]) -> None:
        """Call ``listener`` with what others tell."""
        ...


class ChatNews:
    """Tells other processes which chats got a message, so that each keeps to a chat's own pace.

    It is told a moment late, and may be lost: a chat's pace bears that, for a few may come at once.
    """

    def __init__(self, common: CommonPace, pacer: Pacer) -> None:
        self._common = common
        self._chats: list[int] = []
        common.hear("chats", lambda words: pacer.count_others(map(int, words.split(","))))
        pacer.on_message(self._note)

    def _note(self, chat: int) -> None:
        self._chats.append(chat)
        if len(self._chats) == 1:
            asyncio.get_running_loop().call_later(_GATHER, self._tell)

    def _tell(self) -> None:
        chats, self._chats = self._chats, []
        for start in range(0, len(chats), _AT_ONCE):
            self._common.tell("chats", ",".join(map(str, chats[start : start + _AT_ONCE])))


class ForeignClock:
    """Tells moments of another clock in the loop's own time. Pure."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque()

    def known(self, now: float) -> bool:
        """Tell whether there were enough answers lately."""
        return sum(at > now - _MEMORY for at, _ in self._samples) >= _ANSWERS

    def saw(self, theirs: float, after: float, before: float) -> None:
        """Learn that their clock showed ``theirs`` between two moments of ours."""
        if self.in_our_time(theirs) < after - _DRIFT:
            self._samples.clear()  # their clock was put back
        while self._samples and self._samples[0][0] < before - _MEMORY:
            self._samples.popleft()
        self._samples.append((before, before - theirs))

    def in_our_time(self, theirs: float) -> float:
        """Return a moment of their clock in our time; infinitely long ago if nothing is known."""
        return theirs + min((offset for _, offset in self._samples), default=-math.inf)


@dataclass(slots=True)
class _Flood:
    """What the others have yet to be told of: the end of the pause, the last call refused."""

    until: float = -math.inf
    left: float = -math.inf

    def add(self, until: float, left: float) -> None:
        """Take in one more refusal."""
        self.until, self.left = max(self.until, until), max(self.left, left)


class SharedTempo:
    """The budget of a process that shares the rate with others; implements ``budget.Budget``."""

    def __init__(self, rate: float, common: CommonPace) -> None:
        self.rate = rate
        self.paused_until = 0.0
        # What the others send meanwhile is not known here: with the wait for a departure it must
        # stay well within the part of the rate that is not used.
        self.late = CATCH_UP
        self._common = common
        self._clock = ForeignClock()
        self._places: deque[float] = deque()
        self._alone = Tempo(max(0.5, rate * _ALONE))
        self._alone_from = math.inf
        self._alone_until = 0.0
        self._lead = 0.005
        self._after_outage = 0.0
        self._again = dict.fromkeys(Lane, 0.0)
        self._waiting: Sequence[int] = ()
        self._changed: Callable[[], None] = lambda: None
        self._asking: asyncio.Task[None] | None = None
        self._flood = _Flood()
        self._reporting: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        common.hear("flood", self._hear_of_flood)

    async def begin(self) -> None:
        """Learn of a pause that began before this process did.

        A database that is away tells of it with its first places.
        """
        with suppress(StoreUnavailableError, TimeoutError):
            await self._answer(0, self._horizon(Lane.REPLY))

    def follow(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever places or a pause come from the database."""
        self._changed = changed

    def ready_at(self, now: float, lane: Lane) -> float:
        """Return the moment of the next place for a lane, infinity while none is known."""
        while self._places and self._places[0] < now - CATCH_UP:
            self._places.popleft()
        if self._places:
            return max(self.paused_until, self._places[0])
        if self._alone_from <= now < self._alone_until and lane is Lane.REPLY:
            return max(self.paused_until, self._alone.ready_at())
        return math.inf

    def take(self, now: float) -> float:
        """Use up the next place for a message at ``now`` or soon after; return its moment."""
        if self._places:
            return max(now, self._places.popleft())
        return self._alone.take(now)

    def flooded(self, now: float, seconds: float, left: float) -> None:
        """Stop for ``seconds``, here at once and everywhere else as soon as they hear of it.

        What is refused while the others are being told is told them together.
        """
        self._pause(now + seconds)
        self._flood.add(now + seconds, left)
        if self._reporting is None:
            self._reporting = asyncio.create_task(self._report_all())

    def look_ahead(self, waiting: Sequence[int], now: float) -> None:
        """Reserve places for those who wait and have none."""
        self._waiting = waiting
        lane, count = self._wanted()
        if self._asking is not None or not count:
            return
        when = max(self._again[lane], self.paused_until - self._lead)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if when <= now:
            self._asking = asyncio.create_task(self._ask(lane, count))
        else:
            self._timer = asyncio.get_running_loop().call_at(when, self._changed)

    async def close(self) -> None:
        """Give up what is being asked; tell of a flood first."""
        if self._timer is not None:
            self._timer.cancel()
        if self._reporting is not None:
            await asyncio.wait((self._reporting,), timeout=_LONGEST_ANSWER)
        for task in (self._reporting, self._asking):
            if task is not None:
                task.cancel()

    def _wanted(self) -> tuple[Lane, int]:
        """Return the first lane in which somebody waits without a place, and how many do."""
        short = -len(self._places)
        most = max(MOST, math.ceil(self.rate * _IN_HAND))
        for lane in Lane:
            short += self._waiting[lane] if self._waiting else 0
            if short > 0 and len(self._places) <= most // 2:
                return lane, min(short, most, self._at_once())
        return Lane.REPLY, 0

    def _at_once(self) -> int:
        """Return how many places to ask for: no fewer than go out until the answer is there."""
        return max(MOST, math.ceil(self.rate * self._lead))

    async def _ask(self, lane: Lane, count: int) -> None:
        try:
            await self._reserve(lane, count)
            self._alone_from = math.inf
        except (StoreUnavailableError, TimeoutError):
            log.warning("pace_put_off")
            self._go_alone()
        except Exception:
            log.exception("pace_failed")
            self._go_alone()
        finally:
            self._asking = None
        self._changed()

    def _go_alone(self) -> None:
        now = asyncio.get_running_loop().time()
        self._alone_from = min(self._alone_from, now + _REPLIES_AHEAD)
        self._alone_until = now + _AWAY
        self._after_outage = 1.2 * _AWAY
        self._again = dict.fromkeys(Lane, self._alone_until)

    async def _reserve(self, lane: Lane, count: int) -> None:
        loop = asyncio.get_running_loop()
        ahead = self._horizon(lane)
        while not self._clock.known(loop.time()):
            await self._answer(0, ahead)
        places = await self._answer(count, ahead)
        if places.count:
            self._after_outage = 0.0
        first = self._clock.in_our_time(places.first)
        if places.count < count:
            full = first + places.count * places.step - ahead / 2
            self._again[lane] = max(loop.time() + places.step / 2, full)
        if self.paused_until <= first:
            self._places.extend(first + number * places.step for number in range(places.count))

    async def _answer(self, count: int, ahead: float) -> Places:
        loop = asyncio.get_running_loop()
        lead = max(self._lead, self._after_outage)
        wanted = PlacesWanted(
            count=count,
            interval=timedelta(seconds=1 / (self.rate * SHARE)),
            lead=timedelta(seconds=lead),
            horizon=timedelta(seconds=max(ahead, lead)),
        )
        asked = loop.time()
        async with asyncio.timeout(_LONGEST_ANSWER):
            places = await self._common.reserve_places(wanted)
        self._lead = max(1.5 * (loop.time() - asked), self._lead / 2)
        self._learn(places, asked)
        return places

    def _horizon(self, lane: Lane) -> float:
        """Return how many seconds ahead a lane may reserve."""
        tips = max(_TIPS_AHEAD, 3 / (self.rate * SHARE), 4 * self._lead)
        if lane is Lane.REPLY:
            return max(_REPLIES_AHEAD, tips)
        return tips if lane is Lane.TIP else tips / 2

    def _learn(self, places: Places, asked: float) -> None:
        self._clock.saw(places.now, asked, asyncio.get_running_loop().time())
        if places.paused_until > places.now:
            self._pause(self._clock.in_our_time(places.paused_until))

    def _pause(self, until: float) -> None:
        if until > self.paused_until:
            self.paused_until = until
            self._places.clear()

    async def _report_all(self) -> None:
        try:
            while self._flood.until > asyncio.get_running_loop().time():
                flood, self._flood = self._flood, _Flood()
                await self._report(flood)
        finally:
            self._reporting = None

    async def _report(self, flood: "_Flood") -> None:
        """Let everybody know of a flood; this process waits even if that cannot be."""
        asked = asyncio.get_running_loop().time()
        wait, age = timedelta(seconds=flood.until - asked), timedelta(seconds=asked - flood.left)
        try:
            async with asyncio.timeout(_LONGEST_ANSWER):
                places = await self._common.report_flood(wait, age)
        except (StoreUnavailableError, TimeoutError):
            log.warning("flood_not_told")
            return
        self._common.tell("flood", str(places.paused_until))
        self._learn(places, asked)

    def _hear_of_flood(self, words: str) -> None:
        until = self._clock.in_our_time(float(words))
        if until > asyncio.get_running_loop().time():
            self._pause(until)
            self._changed()
        elif math.isinf(until):
            self._look_at_once()

    def _look_at_once(self) -> None:
        """Ask for the pause itself: this process has not seen the database's clock yet."""
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(Lane.REPLY, 1))
