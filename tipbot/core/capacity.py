"""Whether the rate can carry a day: messages minute by minute, in a queue, oldest first.

The day repeats itself: what is left of it at its end waits in the next one. What cannot be sent
within its topic's shelf life expires, as it does in the bot. Quiet hours may end it sooner.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate, pairwise

from tipbot.core.model import MINUTES_A_DAY, Topic
from tipbot.core.pace import SHARE
from tipbot.core.schedule import SHELF_LIFE

LOWEST_RATE, HIGHEST_RATE = 1, 1000
"""Messages a second: what the setting takes; Telegram's paid broadcasts end at a thousand (Bot API,
``allow_paid_broadcast``)."""
WIDTHS = (30, 60, 90, 120, 180, 240)
"""Minutes over which it is tried to spread what falls due in one."""
_ALL = 100
"""Percent."""
_MOST_DAYS = 10
"""Days that are gone through at most until one leaves as much as it found."""

Load = Mapping[Topic, Sequence[int]]
"""For each topic how many messages fall due in each minute of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A day at some rate, when all days are like it."""

    due: int
    sent: int
    expired: Mapping[Topic, int]
    """Only topics of which something expires."""
    found: int
    """What waited when the day began."""
    left: int
    """What waits when it ends."""
    busiest_minute: int
    """The minute of the day in which most messages fall due."""
    busiest: int
    """How many those are."""
    longest_wait: int
    """Minutes until the last of those that are sent has gone, at the worst time of the day."""
    longest_queue: int
    """Messages that wait at once, at the most."""
    busy_minutes: int
    """Minutes of the day in which as much is sent as the rate allows."""

    @property
    def lost(self) -> int:
        """How many expire, of all topics."""
        return sum(self.expired.values())


def places(rate: float) -> int:
    """Return how many messages a minute a rate has room for, ``SHARE`` of it being used."""
    return math.floor(round(rate * SHARE * 60, 6))  # 30 * 0.97 * 60 is a little less than 1746


@dataclass(slots=True)
class _Waiting:
    """What fell due in one minute of one topic and is not sent yet."""

    due: int
    expires: int
    count: int


class _Queue:
    """All that waits: oldest first, and of the same minute what expires first."""

    def __init__(self) -> None:
        self.waiting = 0
        self._lines: dict[Topic, deque[_Waiting]] = {
            topic: deque() for topic in sorted(Topic, key=lambda each: (SHELF_LIFE[each], each))
        }

    def add(self, topic: Topic, minute: int, count: int) -> None:
        if count:
            life = int(SHELF_LIFE[topic].total_seconds()) // 60
            self._lines[topic].append(_Waiting(minute, minute + life, count))
            self.waiting += count

    def expire(self, minute: int) -> Iterator[tuple[Topic, int]]:
        for topic, line in self._lines.items() if self.waiting else ():
            while line and line[0].expires <= minute:
                count = line.popleft().count
                self.waiting -= count
                yield topic, count

    def send(self, room: int) -> Iterator[tuple[int, int]]:
        """Take out up to ``room`` messages; yield when each lot fell due, and how many it is."""
        while room and self.waiting:
            line = min((each for each in self._lines.values() if each), key=_since)
            count = min(room, line[0].count)
            yield line[0].due, count
            room -= count
            self.waiting -= count
            line[0].count -= count
            if not line[0].count:
                line.popleft()


def _since(line: deque[_Waiting]) -> int:
    return line[0].due


@dataclass(slots=True)
class _Day:
    """What is counted of one day."""

    found: int
    sent: int = 0
    expired: dict[Topic, int] = field(default_factory=dict)
    longest_wait: int = 0
    longest_queue: int = 0
    busy_minutes: int = 0

    def live(self, load: Load, due: Sequence[int], room: int, queue: _Queue, start: int) -> None:
        """Go through the minutes from ``start`` on; ``due`` are the sums of the ``load``."""
        for minute, fall_due in enumerate(due, start):
            if not (fall_due or queue.waiting):
                continue
            for topic, count in queue.expire(minute):
                self.expired[topic] = self.expired.get(topic, 0) + count
            for topic, counts in load.items():
                queue.add(topic, minute, counts[minute - start])
            self.longest_queue = max(self.longest_queue, queue.waiting)
            gone = 0
            for since, count in queue.send(room):
                self.longest_wait = max(self.longest_wait, minute - since)
                gone += count
            self.sent += gone
            self.busy_minutes += gone == room


def forecast(load: Load, rate: float) -> Forecast:
    """Return what becomes of a day at a rate, in messages a second, once all days are like it.

    Each topic has a number for each of the 1,440 minutes. Raises ValueError if one has not.
    """
    _require_minutes(load)
    due = [sum(each) for each in zip(*load.values(), strict=True)] or [0] * MINUTES_A_DAY
    room, queue = places(rate), _Queue()
    for number in range(_MOST_DAYS):
        day = _Day(queue.waiting)
        day.live(load, due, room, queue, number * MINUTES_A_DAY)
        if queue.waiting == day.found:
            break
    return Forecast(
        due=sum(due),
        sent=day.sent,
        expired=day.expired,
        found=day.found,
        left=queue.waiting,
        busiest_minute=due.index(max(due)),
        busiest=max(due),
        longest_wait=day.longest_wait,
        longest_queue=day.longest_queue,
        busy_minutes=day.busy_minutes,
    )


def _require_minutes(load: Load) -> None:
    if any(len(counts) != MINUTES_A_DAY for counts in load.values()):
        message = "a day has 1,440 minutes"
        raise ValueError(message)


def enough_rate(load: Load) -> int | None:
    """Return the lowest whole rate at which nothing expires, None if no rate is enough."""

    def carries(rate: int) -> bool:
        return not forecast(load, rate).lost

    if not carries(HIGHEST_RATE):
        return None
    return _first(LOWEST_RATE, HIGHEST_RATE, carries)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the lowest number for which it holds, as it does for ``high`` and all from there."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high


def spread_over(load: Load, width: int) -> Load:
    """Return the day with what falls due in a minute spread evenly over ``width`` from there on."""
    return {topic: _spread(counts, width) for topic, counts in load.items()}


def _spread(counts: Sequence[int], width: int) -> list[int]:
    spread = [0] * MINUTES_A_DAY
    for minute, count in enumerate(counts):
        whole, rest = divmod(count, width)
        for step in range(width if count else 0):
            # The rest goes to minutes all over the width, so that none gets two of it.
            more = (step + 1) * rest // width - step * rest // width
            spread[(minute + step) % MINUTES_A_DAY] += whole + more
    return spread


def enough_width(load: Load, rate: float) -> int | None:
    """Return the least of ``WIDTHS`` that lets nothing expire at a rate, None if none does.

    It comes on top of what people's times are spread by already.
    """
    for width in WIDTHS:
        if not forecast(spread_over(load, width), rate).lost:
            return width
    return None


def enough_fewer(load: Load, rate: float) -> int:
    """Return by what whole percentage all times must have fewer messages for none to expire."""
    return _first(0, _ALL, lambda less: not forecast(_reduced(load, less), rate).lost)


def _reduced(load: Load, less: int) -> Load:
    """Return the day with a percentage taken from every time, and from small numbers in turn."""
    return {topic: _kept(counts, _ALL - less) for topic, counts in load.items()}


def _kept(counts: Sequence[int], percent: int) -> list[int]:
    kept = [total * percent // _ALL for total in accumulate(counts, initial=0)]
    return [after - before for before, after in pairwise(kept)]


class Remedy(StrEnum):
    """What would help where messages expire."""

    RATE = "rate"
    """A higher rate; the number is the lowest that is enough."""
    NO_RATE = "no_rate"
    """No rate that there is would be enough."""
    SPREAD = "spread"
    """Times spread over so many more minutes."""
    FEWER = "fewer"
    """Fewer messages at all times of the day; the number is the lowest percentage that is enough.

    It is more than what expires now: that is missing at the worst times alone.
    """


def remedies(load: Load, rate: float) -> tuple[tuple[Remedy, int], ...]:
    """Return what would let a day fit its rate, each with its number; nothing if it does fit."""
    if not forecast(load, rate).lost:
        return ()
    enough, width = enough_rate(load), enough_width(load, rate)
    by_rate = (Remedy.RATE, enough) if enough else (Remedy.NO_RATE, HIGHEST_RATE)
    by_width = ((Remedy.SPREAD, width),) if width else ()
    fewer = enough_fewer(load, rate)
    by_number = ((Remedy.FEWER, fewer),) if fewer < _ALL else ()
    return (by_rate, *by_width, *by_number)


def day_of(subscribers: int, tips: int, *, spread: int, zones: int) -> Load:
    """Return a day of people who each get ``tips`` at the same local times, spread by ``spread``.

    Topics come in the order and at the times of a day in which all are switched on. Zones are
    whole hours apart and equally full. Raises ValueError for more tips than there are times.
    """
    if tips > len(_TIMES):
        message = f"a day has at most {len(_TIMES)} tips here"
        raise ValueError(message)
    load = {topic: [0] * MINUTES_A_DAY for topic, _ in _TIMES[:tips]}
    for topic, start in _TIMES[:tips]:
        for zone in range(zones):
            people = subscribers * (zone + 1) // zones - subscribers * zone // zones
            load[topic][(start - 60 * zone) % MINUTES_A_DAY] += people
    return spread_over(load, spread)


_TIMES = (
    (Topic.HYDRATION, 10 * 60),
    (Topic.SCREEN_BREAK, 14 * 60),
    (Topic.RELAXATION, 17 * 60),
    (Topic.SLEEP, 21 * 60),
    (Topic.CHECK_IN, 20 * 60),
    (Topic.FACIAL_EXERCISES, 11 * 60),
    (Topic.FOOD_AND_CAFFEINE, 12 * 60),
    (Topic.MOVEMENT, 16 * 60),
)
"""Topics and their local minutes, as ``core.presets`` has them; the four core topics come first."""
MOST_TIPS = len(_TIMES)
