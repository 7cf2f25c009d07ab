"""What goes wrong in a town: deaths, ends, stores that are away, outages, clocks and networks."""

import heapq
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.simulator.clock import WallClock
from tests.simulator.network import Telegram
from tests.simulator.oracle import Oracle
from tests.simulator.process import BOUNDARIES, Process
from tests.simulator.town import Town

DAY = 86_400.0


class Mishaps:
    """The part of a world that harms it."""

    chance: random.Random
    clock: WallClock
    oracle: Oracle
    telegram: Telegram
    processes: list[Process]
    town: Town
    agenda: list[tuple[float, int, Callable[[], object]]]
    """What is to come, by true time."""
    end: float
    """True time at which everything comes to rest."""
    _entries: int

    def plan(self, at: float, act: Callable[[], object]) -> None:
        """Put something on the agenda, by true time."""
        self._entries += 1
        heapq.heappush(self.agenda, (at, self._entries, act))

    def start(self) -> None:
        """Start one process."""
        raise NotImplementedError

    def kill(self) -> None:
        """Kill a process at this moment."""
        if self.processes:
            self.chance.choice(self.processes).die()

    def arm(self, what: str) -> None:
        """Let something happen to a process, at some boundary to come or, now and then, at once."""
        if self.processes:
            process = self.chance.choice(self.processes)
            if self.chance.random() < 0.7:
                (where,) = self.chance.choices(list(BOUNDARIES), list(BOUNDARIES.values()))
                process.fuses[what] = where, self.chance.randint(1, 4)
            else:
                self.fire(process, what)

    def lay(self, what: str) -> None:
        """Let something happen to a process between two batches of a sweep to come."""
        if self.processes:
            self.chance.choice(self.processes).fuses[what] = "batch", self.chance.randint(1, 6)

    def fire(self, process: Process, what: str) -> None:
        """Let it happen."""
        happens: dict[str, Callable[[], None]] = {
            "death": process.die,
            "end": partial(self.stop, process),
            "dark": partial(self.darken, process),
            "stir": self.stir,
            "jump": self.jump,
            "slip": self.slip,
        }
        happens[what]()

    def stop(self, process: Process) -> None:
        """Ask a process to end."""
        if process.parts is not None and not process.stopping:
            self.oracle.trouble("asked to end", process.name)
            process.spawn(process.stop())

    def outage(self) -> None:
        """Kill everything, and start again after a long while."""
        for process in list(self.processes):
            process.die()
        hours = self.chance.choice((0.3, 1.0, 3.1, 5.0, 14.0))
        back = self.clock.true + hours * 3600
        self.end = max(self.end, back + 0.05 * DAY)
        self.agenda = [each for each in self.agenda if each[0] >= back]
        heapq.heapify(self.agenda)
        if hours > 3:
            gone = self.clock.true
            self.plan(back, lambda: self.oracle.sender.restarted(gone, self.clock()))
        self.oracle.findings.tell("outage", hours)
        for _ in range(self.town.processes):
            self.plan(back, self.start)

    def darken(self, process: Process) -> None:
        """Take a process's database away."""
        database = process.database
        assert database is not None
        database.away = True
        self.oracle.trouble("store away")

        def give_back() -> None:
            database.away = False
            self.oracle.trouble("store back")

        self.plan(self.clock.true + self.chance.choice((0.5, 5, 60, 300)), give_back)

    def jump(self) -> None:
        """Set the wall clock, forward or back."""
        self._set(self.chance.choice((-7200, -3600, -900, -5, 5, 130, 1800, 3600, 7200, 14_400)))

    def slip(self) -> None:
        """Set the wall clock ahead for a moment, perhaps the last one of a process."""
        by, back = self.chance.choice((1800, 7200, 14_400)), self.chance.choice((0.15, 0.6, 5))
        self._set(by)
        self.plan(self.clock.true + back, partial(self._set, -by))
        if self.chance.random() < 0.5:
            self.plan(self.clock.true + back * self.chance.random(), self.kill)

    def _set(self, by: float) -> None:
        self.oracle.trouble("clock set", by)
        self.oracle.sender.clock_set()
        self.clock.jump(timedelta(seconds=by))

    def stir(self) -> None:
        """Let some people do something at the same moment."""
        raise NotImplementedError

    def weather(self) -> None:
        """Change how well the network does."""
        self.telegram.trouble = self.chance.choice((0.0, 0.0, 0.1, 0.4, 0.9))
        self.telegram.slow = self.chance.choice((0.0, 0.05, 0.5))
