"""A process of the bot: everything in its memory is lost when it is killed, at any await."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.simulator.database import InlineSqlite
from tipbot.clock import Clock
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.plan import Planner
from tipbot.delivery.schedule import Tick, delivery_ticks
from tipbot.delivery.send import Courier
from tipbot.store.base import Store, StoreUnavailableError

T = TypeVar("T")
BOUNDARIES = {
    "write": 1,
    "commit": 1,
    "committed": 1,
    "pace": 1,
    "call": 2,
    "departed": 2,
    "answer": 2,
}
"""A write is handed in, committed, heard of; places are asked for; a call is to be made, has left,
has its answer: between any two of them a process may die or lose its store. How often which."""
_BEHIND = 0.01
"""Seconds after which a tick that took longer than its interval comes again."""
_OWNER: ContextVar["Process | None"] = ContextVar("owner", default=None)


def owned_task(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, T] | Generator[Any, None, T],
    /,
    **options: Any,
) -> "asyncio.Future[T]":
    """Make a task, and let the process in whose context it is made remember it."""
    task = asyncio.Task(work, loop=loop, **options)
    context = options.get("context")
    owner = context.get(_OWNER) if context is not None else _OWNER.get()
    if owner is not None:
        tasks = owner.tasks
        tasks[task] = None
        task.add_done_callback(lambda over: tasks.pop(over, None))
    return task


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a process is put together from, once its store is open."""

    store: Store
    courier: Courier
    announcer: Courier | None
    """Who sends announcements, in a town that has any."""
    planner: Planner

    @property
    def couriers(self) -> tuple[Courier, ...]:
        """All who send."""
        return (self.courier,) if self.announcer is None else (self.courier, self.announcer)

    def ticks(self, clock: Clock) -> tuple[Tick, ...]:
        """Return what the process lives on."""
        every = delivery_ticks(self.planner, self.store, clock)
        if self.announcer is None:
            return every
        return (*every, announcement_tick(self.store, self.announcer, clock))


@dataclass(slots=True, kw_only=True, eq=False)
class Process:
    """Runs planner, courier and ticks until it is stopped or killed."""

    name: str
    chance: random.Random
    clock: Callable[[], Any]
    on_death: Callable[["Process"], None]
    on_fuse: Callable[["Process", str], None]
    steps: int = 0
    """How many reads take their time just now."""
    in_step: bool = False
    """It ticks at the same moments as its fellows."""
    alive: bool = True
    stopping: bool = False
    ended: bool = False
    """It came to an end in good order."""
    fuses: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What happens to it, at which kind of boundary, after how many more of these."""
    tasks: dict["asyncio.Task[Any]", None] = field(default_factory=dict)
    """In the order of their making, so that a death is the same each time."""
    database: InlineSqlite | None = None
    parts: Parts | None = None
    never: asyncio.Event = field(default_factory=asyncio.Event)
    """What the code of a dead process waits for."""

    def start(self, database: InlineSqlite, build: Callable[["Process"], Parts]) -> None:
        """Begin to live."""
        self.database = database
        context = copy_context()
        context.run(_OWNER.set, self)
        asyncio.get_running_loop().create_task(self._live(build), context=context)

    async def _live(self, build: Callable[["Process"], Parts]) -> None:
        assert self.database is not None
        await self.database.open()
        self.parts = parts = build(self)
        for courier in parts.couriers:
            self.spawn(courier.run())
        for tick in parts.ticks(self.clock):
            self.spawn(self._tick(tick))

    async def _tick(self, tick: Tick) -> None:
        phase = 0.003 if self.in_step else min(tick.seconds, 5)
        await asyncio.sleep(self.chance.uniform(0, phase))
        loop = asyncio.get_running_loop()
        while not self.stopping:
            began = loop.time()
            with suppress(StoreUnavailableError):
                await tick.work()
            await asyncio.sleep(max(_BEHIND, began + tick.seconds - loop.time()))

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something as a part of this process."""
        context = copy_context()
        context.run(_OWNER.set, self)
        asyncio.get_running_loop().create_task(work, context=context)

    async def stop(self) -> None:
        """End as a signal to end asks: finish what was begun, give back the rest."""
        self.stopping = True
        if self.parts is not None:
            await asyncio.gather(*(each.stop() for each in self.parts.couriers))
        self.ended = self.alive
        self.die()

    def die(self) -> None:
        """End as kill -9 does: no more effects, and nothing in memory matters any more."""
        if not self.alive:
            return
        self.alive = False
        if self.database is not None:
            self.database.abandon()
        for task in list(self.tasks):
            task.cancel()
        self.on_death(self)

    def burn(self, kind: str) -> None:
        """Come one boundary nearer to what is to happen."""
        for what, (where, left) in list(self.fuses.items()):
            if where == kind:
                self.fuses[what] = where, left - 1
                if left <= 1:
                    del self.fuses[what]
                    self.on_fuse(self, what)

    async def boundary(self, kind: str) -> None:
        """Pass a point at which a death makes a difference."""
        self.burn(kind)
        if not self.alive:
            await self.never.wait()

    def delay(self, what: str) -> float:
        """Return how many seconds a step takes."""
        return self.chance.uniform(0.0002, 0.005 if what == "commit" else 0.001)

    async def spend(self, what: str) -> None:
        """Let a step take its time, now and then."""
        if self.chance.random() < 0.2:
            self.steps += 1
            try:
                await asyncio.sleep(self.delay(what))
            finally:
                self.steps -= 1
        if not self.alive:
            await self.never.wait()
