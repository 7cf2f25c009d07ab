"""The few fixed ticks that drive delivery; no job belongs to a subscriber."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from tipbot.clock import Clock, system_clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.delivery.plan import Planner
from tipbot.delivery.send import DOUBT_AFTER
from tipbot.delivery.timekeeping import Timekeeper
from tipbot.store.base import Deliveries, StoreUnavailableError, Timekeeping, Turns

EXPIRED_AT_ONCE = 500
_BEHIND = 0.01
"""Seconds after which a tick runs again that took longer than its interval: APScheduler left out
the runs that came meanwhile, and has noticed by then that this one is over."""
_EARLY = 0.9
"""The part of a tick's interval after which its next turn may be taken: rhythms are not exact."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that is done every ``seconds``, one run at a time; ``name`` is for logs."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]
    once: bool = False
    """Whether one process is enough where several share a database; ``in_turn`` sees to it."""


class Beat(BaseTrigger):  # type: ignore[misc]  # APScheduler comes without types
    """Fires every ``seconds``, and once after a gap of any length.

    APScheduler lists each missed run before it makes up for one of them. Its own interval trigger
    names them all: a clock that is set ahead by a year would hold the loop still for minutes.
    """

    def __init__(self, seconds: float) -> None:
        """Fire this often."""
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the next moment in the rhythm, or one interval from now if that has passed."""
        if previous_fire_time is None or previous_fire_time + self._interval <= now:
            return now + self._interval
        return previous_fire_time + self._interval


class Ticks:
    """Runs ticks on APScheduler until stopped.

    A run that is late is made up for once, never dropped; one that raises is logged by its name and
    the next comes as usual. The ticks' own rhythm says nothing about what is due. APScheduler goes
    by the machine's clock and would stand still for an hour if that were set back by one, so each
    ``watch`` seconds of the loop's time a tick that is too far away is brought near.
    """

    def __init__(self, ticks: Iterable[Tick], watch: float = 5.0) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: set[asyncio.Task[object]] = set()
        self._ticks = tuple(ticks)
        self._watch_every = watch
        self._watch: asyncio.TimerHandle | None = None
        for tick in self._ticks:
            self._scheduler.add_job(
                self._run,
                Beat(tick.seconds),
                args=(tick,),
                id=tick.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Start ticking, on the running loop; the first run of each is one interval away."""
        self._scheduler.start()
        self._bring_near()

    def hurry(self, name: str) -> None:
        """Let the next run of a tick, by its name, begin at once."""
        if self._scheduler.running:
            self._scheduler.get_job(name).modify(next_run_time=system_clock())

    async def stop(self, seconds: float = 10.0) -> None:
        """Start nothing more and let what runs finish, but no longer than ``seconds``."""
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.pause()
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _bring_near(self) -> None:
        now = system_clock()
        for tick in self._ticks:
            job = self._scheduler.get_job(tick.name)
            if job.next_run_time > now + timedelta(seconds=2 * tick.seconds):
                job.modify(next_run_time=now)
        self._watch = asyncio.get_running_loop().call_later(self._watch_every, self._bring_near)

    async def _run(self, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        self._running.add(task)
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            await tick.work()
        except StoreUnavailableError:
            log.warning("tick_put_off", tick=tick.name)
        except Exception:
            log.exception("tick_failed", tick=tick.name)
        finally:
            self._running.discard(task)
            if loop.time() > began + tick.seconds:
                loop.call_later(_BEHIND, self.hurry, tick.name)


class Tended(Deliveries, Timekeeping, Protocol):
    """The part of the store that the ticks need."""


def delivery_ticks(
    planner: Planner,
    store: Tended,
    clock: Clock,
    measures: Measures = UNMEASURED,
) -> tuple[Tick, ...]:
    """Return what delivery lives on: plan each second, sweep each ten, expire each minute."""
    timekeeper = Timekeeper(store, clock)

    async def plan() -> None:
        await planner.sweep(timekeeper.look)

    async def sweep() -> None:
        swept = await store.sweep(clock(), DOUBT_AFTER)
        if swept.unknown:
            measures.doubted(swept.unknown)
            log.warning("deliveries_in_doubt", count=swept.unknown)

    async def expire() -> None:
        for _ in range(100):
            ended = await store.expire_deliveries(clock(), EXPIRED_AT_ONCE)
            measures.expired(ended)
            if ended < EXPIRED_AT_ONCE:
                return

    return (
        Tick("plan", 1, plan),
        Tick("sweep", 10, sweep, once=True),
        Tick("expire", 60, expire, once=True),
    )


def in_turn(tick: Tick, store: Turns, clock: Clock) -> Tick:
    """Return a tick that runs in one of all processes, whichever comes first each time."""
    every = timedelta(seconds=tick.seconds * _EARLY)

    async def work() -> None:
        if await store.take_turn(tick.name, clock(), every):
            await tick.work()

    return replace(tick, work=work)
