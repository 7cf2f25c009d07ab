"""Virtual time: an event loop whose clock moves only while everybody waits."""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from contextvars import Context, copy_context
from typing import Any, TypeVarTuple

Args = TypeVarTuple("Args")
_AT_ONCE = 1e-9
"""Seconds by which moments may differ and still be the same one."""


class _Call(asyncio.TimerHandle):
    """A callback to come, without what asyncio keeps of it for its debug mode."""

    __slots__ = ("call", "context")
    # Of timers at one moment none comes before another, and no two are equal.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __init__(
        self,
        when: float,
        call: Callable[..., object],
        args: tuple[Any, ...],
        context: Context | None,
    ) -> None:
        self._when = when
        self.call = call
        self._args = args
        self.context = copy_context() if context is None else context
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True


class SimulatedLoop(asyncio.BaseEventLoop):
    """An event loop on a clock of its own; the same callbacks always run in the same order.

    It never asks the operating system and never waits. There is one thread, and no debug mode:
    a seed makes thousands of calls that take no time, so what each costs is most of what it costs.
    """

    def __init__(self) -> None:
        self._running = self._ending = False
        super().__init__()
        self._now = 1000.0
        self._soon: deque[_Call] = deque()
        self._timers: list[tuple[float, _Call]] = []

    def time(self) -> float:
        """Return the virtual time in seconds."""
        return self._now

    def leap(self, seconds: float) -> None:
        """Let time pass at once, as if all had slept: every timer has as long to go as before."""
        self._now += seconds
        for place, (when, timer) in enumerate(self._timers):
            timer._when = when + seconds
            self._timers[place] = timer._when, timer

    def call_soon(
        self,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Call it in the next turn."""
        call = _Call(self._now, callback, args, context)
        self._soon.append(call)
        return call

    call_soon_threadsafe = call_soon

    def call_later(
        self,
        delay: float,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call it after so many seconds."""
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[[*Args], object],
        *args: *Args,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call it at a moment."""
        call = _Call(when, callback, args, context)
        heapq.heappush(self._timers, (when, call))
        return call

    def is_running(self) -> bool:
        """Tell whether it runs."""
        return self._running

    def stop(self) -> None:
        """End after this turn."""
        self._ending = True

    def run_forever(self) -> None:
        """Run turn after turn until ``stop``."""
        self._running, self._ending = True, False
        asyncio._set_running_loop(self)
        try:
            while not self._ending:
                self._turn()
        finally:
            self._running = False
            asyncio._set_running_loop(None)

    def _turn(self) -> None:
        """Make all calls that can be made now; let time pass first if there are none."""
        soon, timers = self._soon, self._timers
        while timers and timers[0][1]._cancelled:
            heapq.heappop(timers)
        if not soon:
            self._pass_time()
        while timers and timers[0][0] < self._now + _AT_ONCE:
            soon.append(heapq.heappop(timers)[1])
        for _ in range(len(soon)):
            call = soon.popleft()
            if not call._cancelled:
                try:
                    call.context.run(call.call, *call._args)
                except Exception as error:  # noqa: BLE001 - as asyncio does
                    self.call_exception_handler({"message": f"{call.call}", "exception": error})

    def _pass_time(self) -> None:
        if not self._timers:
            message = "everybody waits, and nothing is to come"
            raise RuntimeError(message)
        self._now += max(0.0, self._timers[0][0] - self._now)
