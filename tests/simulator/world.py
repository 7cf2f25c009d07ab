"""One seed: a town of subscribers, one to three processes, and everything that can happen to them.

Time passes in small steps while something is due or under way; over the hours in which nothing is,
the loop's clock and the one on the wall leap together.
"""

import asyncio
import heapq
import random
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from tests.delivery.pace import Row
from tests.simulator.calendar import micros
from tests.simulator.clock import WallClock
from tests.simulator.connections import Connections
from tests.simulator.database import InlineSqlite
from tests.simulator.design import Design
from tests.simulator.house import TIPS_A_TOPIC
from tests.simulator.loop import SimulatedLoop
from tests.simulator.mishaps import DAY, Mishaps
from tests.simulator.network import Telegram, Wire
from tests.simulator.oracle import Oracle
from tests.simulator.owner import TOPICS, Owner
from tests.simulator.pace import TownPace
from tests.simulator.people import Visitor
from tests.simulator.process import Parts, Process
from tests.simulator.sent import DOUBT
from tests.simulator.town import drawn
from tipbot.bot.answers import NotSentError
from tipbot.core.model import TIP_TOPICS, SubscriberId
from tipbot.delivery.budget import Lane
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import Courier
from tipbot.delivery.sender import TelegramSender
from tipbot.delivery.shared import ChatNews, SharedTempo
from tipbot.store.base import Store

LAID = {"death": 3.0, "end": 1.0, "dark": 2.0, "stir": 10.0, "jump": 3.0, "slip": 3.0}
"""What happens between two batches of a sweep, and how often a day it is to."""
_DOUBT = DOUBT // timedelta(microseconds=1)


class World(Mishaps):
    """Everything in one seed."""

    def __init__(
        self, seed: int, design: Design, connections: Connections, loop: SimulatedLoop
    ) -> None:
        self.chance = chance = random.Random(f"world:{seed}")  # noqa: S311 - repeatable
        self.seed = seed
        self.design = design
        self.loop = loop
        self.town = town = drawn(chance, design)
        self.clock = WallClock(town.start, loop)
        shelf = {topic.value: TIPS_A_TOPIC for topic in TIP_TOPICS}
        self.oracle = Oracle(self.clock, town.rate, shelf)
        self.connections = connections
        connections.journal.committed = self.oracle.committed
        network = random.Random(f"network:{seed}")  # noqa: S311 - repeatable
        self.telegram = Telegram(network, self.oracle)
        self.processes = []
        self.dead: list[Process] = []
        """Kept, lest their tasks be cleared away while they wait."""
        self.lives = 0
        self.pace = Row(chance=random.Random(f"pace:{seed}"))  # noqa: S311 - repeatable
        self.visitors = [self.newcomer(number) for number in range(town.people)]
        self.agenda = []
        self._entries = 0
        self._announced = 0
        self.end = town.days * DAY
        self.oracle.healthy = self.healthy
        self.oracle.dark = self.dark

    def newcomer(self, number: int) -> Visitor:
        """Return somebody who lives here."""
        own = random.Random(f"visitor:{self.seed}:{number}")  # noqa: S311 - repeatable
        return Visitor(
            SubscriberId(100 + number),
            own,
            self.telegram,
            self.letters,
            self.clock,
            eager=self.town.crowd,
            taste=f"taste:{self.seed}:{0 if self.town.alike else number}",
        )

    def healthy(self) -> bool:
        """Tell whether there is a process that is not ending, and each has its store."""
        stores = [process.database for process in self.processes if not process.stopping]
        return bool(stores) and not any(each is None or each.away for each in stores)

    def dark(self) -> bool:
        """Tell whether a process's store is away."""
        stores = [process.database for process in self.processes]
        return any(each is not None and each.away for each in stores)

    def left(self) -> bool:
        """Tell whether a plan is due."""
        return self.oracle.planner.due(self.clock())

    def letters(self, who: int) -> list[Any]:
        """Return the tips that somebody has in their chat."""
        letters = self.oracle.sender.letters.values()
        mine = [each for each in letters if each.accepted and each.row.who == who]
        return [each for each in mine if each.row.plan > 0]

    def build(self, process: Process) -> Parts:
        """Put a process together as the composition root does."""
        assert process.database is not None
        store = self.design.store(process.database, self.clock, self.connections.journal)
        shared = self.design.one_budget and self.town.processes > 1
        pacer = self.share(process) if shared else Pacer(self.town.rate)
        rules = self.design.rules(store, self.clock)

        def on(lane: Lane) -> Courier:
            return self.design.courier(
                store,
                TelegramSender(Wire(self.telegram, process), NotSentError),
                rules,
                clock=self.clock,
                pacer=pacer,
                worker=f"{process.name}:{lane.name.lower()}",
                batch=self.town.in_hand,
                lane=lane,
            )

        courier = on(Lane.TIP)
        announcer = on(Lane.ANNOUNCEMENT) if self.town.announces else None
        planner = self.design.planner(
            store,
            self.clock,
            self.design.decide,
            courier,
            batch=self.town.batch,
            weight=self.town.weight,
            process=process,
            counts=self.oracle.findings.counts,
            left=self.left,
        )
        return Parts(store=store, courier=courier, announcer=announcer, planner=planner)

    def share(self, process: Process) -> Pacer:
        """Build the pace of a process that shares the rate with others."""
        way = TownPace(self.pace, process, self.oracle.flooded)
        pacer = Pacer(self.town.rate, SharedTempo(self.town.rate, way))
        ChatNews(way, pacer)
        return pacer

    def start(self) -> None:
        """Start one process."""
        if len(self.processes) >= self.town.processes:
            return
        self.lives += 1
        name = f"w{self.lives}"
        own = random.Random(f"process:{self.seed}:{name}")  # noqa: S311 - repeatable
        process = Process(
            name=name,
            chance=own,
            clock=self.clock,
            on_death=self.died,
            on_fuse=self.fire,
            in_step=self.town.in_step,
        )
        self.oracle.trouble("started", name)
        self.processes.append(process)
        process.start(InlineSqlite(self.connections, process), self.build)

    def died(self, process: Process) -> None:
        """Take a dead process away; somebody starts another soon."""
        self.oracle.died(process)
        self.processes.remove(process)
        self.dead.append(process)
        self.plan(self.clock.true + self.chance.choice((0.6, 2, 30, 100)), self.start)

    async def run(self) -> None:
        """Let everything happen, then let it come to rest, and settle the accounts."""
        try:
            for _ in range(self.town.processes):
                self.start()
            await asyncio.sleep(0.1)
            for visitor in self.visitors:
                self.processes[0].spawn(visitor.enrol(self._store(self.processes[0])))
            await asyncio.sleep(1)
            self._fill_agenda()
            while self.clock.true < self.end and not self.oracle.findings.violations:
                await self._until(self.end)
            await self._come_to_rest()
        finally:
            for process in list(self.processes):
                process.die()

    @staticmethod
    def _store(process: Process) -> Any:
        assert process.parts is not None
        return process.parts.store

    def _fill_agenda(self) -> None:
        chance, days = self.chance, self.end / DAY
        kinds: list[tuple[Callable[[], object], float]] = [
            (self.kill, 3.0),
            (partial(self.arm, "death"), 12.0),
            (partial(self.arm, "end"), 3.0),
            (partial(self.arm, "dark"), 6.0),
            (self.outage, 0.7),
            (self.jump, 1.5),
            (self.weather, 5.0),
        ]
        if self.town.announces:
            kinds.append((self.announce, 4.0))
        if self.town.paced:
            kinds += [(partial(self.lay, what), often) for what, often in LAID.items()]
        calls = 1.0 if self.town.crowd else 6.0
        kinds += [(partial(self.come, visitor), calls) for visitor in self.visitors]
        hurry = 4 if self.town.crowd else 1
        for act, a_day in kinds:
            for _ in range(round(chance.expovariate(1) * a_day * days * hurry)):
                self.plan(chance.uniform(0, self.end), act)

    async def _until(self, end: float) -> None:
        while self.clock.true < end and not self.oracle.findings.violations:
            while self.agenda and self.agenda[0][0] <= self.clock.true:
                heapq.heappop(self.agenda)[2]()
            await self._step(end)
            self.oracle.look()

    async def _step(self, end: float) -> None:
        """Let a little time pass, or leap to shortly before the next thing."""
        ahead = min(self._next_due(), end - self.clock.true)
        if ahead > 1:
            self.loop.leap(ahead - self.chance.uniform(0.02, 0.9))
            return
        coming = self.agenda[0][0] - self.clock.true if self.agenda else 1.0
        await asyncio.sleep(max(0.001, min(coming, 1.0)))

    def _next_due(self) -> float:
        """Return the seconds to the next moment at which something happens; 0 for now."""
        ahead = self.agenda[0][0] - self.clock.true if self.agenda else DAY
        if self.telegram.in_the_air or self.oracle.sender.dated_ahead() or self._busy():
            return 0.0
        if all(process.database is None or process.database.away for process in self.processes):
            return ahead
        ahead_of = self.oracle.planner.dated_ahead(self.clock())
        if self.healthy() and (ahead_of or self.oracle.announced.preparing()):
            return 0.0
        first = min(filter(None, self._due()), default=None)
        return ahead if first is None else min(ahead, (first - micros(self.clock())) / 1e6)

    def _due(self) -> Iterator[int | None]:
        """Yield the moments at which plans and deliveries are to be dealt with."""
        for facts in self.oracle.planner.plans.values():
            yield facts.row.wake
        for letter in self.oracle.sender.under_way():
            yield letter.row.ready
            yield letter.row.sending and letter.row.sending + _DOUBT

    def _busy(self) -> bool:
        """Tell whether a step is under way: it would last as long as the leap."""
        if any(visitor.busy for visitor in self.visitors):
            return True
        return any(self._at_work(process) for process in self.processes)

    @staticmethod
    def _at_work(process: Process) -> bool:
        if process.database is None:
            return False
        couriers = () if process.parts is None else process.parts.couriers
        held = any(each.in_hand > 0 for each in couriers)
        waits = held and not process.database.away
        return waits or process.database.writing or process.steps > 0

    async def _come_to_rest(self) -> None:
        """Let every fault end, and wait until what can be done is done."""
        self.agenda.clear()
        self.telegram.trouble = 0.0
        for process in list(self.processes):
            process.fuses.clear()
            if process.database is not None:
                process.database.away = False
        self.oracle.trouble("calm")
        while len(self.processes) < self.town.processes:
            self.start()
        await self._until(self.clock.true + 400)
        if self.oracle.findings.violations:
            return
        self.oracle.look()
        await self._finish()
        self.oracle.close()

    async def _finish(self) -> None:
        """Let all processes end in good order."""
        for _ in range(60):
            if not any(each.row.worker for each in self.oracle.sender.under_way()):
                break
            await asyncio.sleep(0.5)
        await asyncio.gather(*(process.stop() for process in list(self.processes)))

    def stir(self) -> None:
        """Let some people do something at the same moment."""
        for visitor in self.visitors:
            if self.chance.random() < 0.5:
                self.visit(visitor)

    def come(self, visitor: Visitor) -> None:
        """Let somebody do some things within the hour."""
        at = self.clock.true
        for _ in range(self.chance.randint(1, 4)):
            self.plan(at, partial(self.visit, visitor))
            at += self.chance.choice((1, 60, 900)) * self.chance.random()

    def announce(self) -> None:
        """Let the owner announce something, and perhaps stop it midway."""
        self._announced += 1
        owner = Owner(f"m{self._announced}", self.chance.choice(TOPICS), self.clock)
        self._by_owner(owner.start)
        if meanwhile := self.chance.choice((None, self.kill, self.stir, self.jump)):
            self.plan(self.clock.true + 2 * self.chance.random(), meanwhile)
        if self.chance.random() < 0.5:
            soon = (
                self.clock.true + self.chance.choice((0.2, 1, 3, 60, 7200)) * self.chance.random()
            )
            self.plan(soon, partial(self._by_owner, owner.stop))

    def _by_owner(self, act: Callable[[Store], Coroutine[Any, Any, None]]) -> None:
        """Let the owner do something, if there is a process to take it."""
        if process := self._ready():
            process.spawn(act(self._store(process)))

    def _ready(self) -> Process | None:
        """Return a process that takes what people do."""
        ready = [each for each in self.processes if each.parts is not None and not each.stopping]
        return self.chance.choice(ready) if ready else None

    def visit(self, visitor: Visitor) -> None:
        """Let somebody do something, if there is a process to take it."""
        if process := self._ready():
            process.spawn(visitor.act(self._store(process)))
