"""The story of one seed, from its empty database to what the oracle found."""

import asyncio
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, NoReturn

import structlog

from tests.simulator.connections import Connections
from tests.simulator.design import REAL, Design
from tests.simulator.findings import Fault, Findings, Violation
from tests.simulator.loop import SimulatedLoop
from tests.simulator.process import owned_task
from tests.simulator.world import World
from tipbot.store.base import StoreUnavailableError

_FAULTS_LOGGED = frozenset(
    {"plan_put_off", "delivery_lost", "follow_up_failed", "render_failed", "send_failed"}
)


@dataclass(frozen=True, slots=True)
class Story:
    """What came of a seed."""

    seed: int
    findings: Findings

    @property
    def wrongs(self) -> list[Violation]:
        """What must never happen, and did."""
        return self.findings.violations


def simulate(seed: int, connections: Connections, design: Design = REAL) -> Story:
    """Live through one seed; the same seed and design make the same story."""
    connections.begin()
    loop = SimulatedLoop()
    loop.set_task_factory(owned_task)
    world: World | None = None

    def listen(_: Any, __: str, event: MutableMapping[str, Any]) -> NoReturn:
        assert world is not None
        put_off = event.get("error") == StoreUnavailableError.__name__
        if (event["event"] in _FAULTS_LOGGED and not put_off) or event.get("exc_info"):
            world.oracle.findings.accuse(Fault.ERROR, f"{event}")
        raise structlog.DropEvent

    def complain(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        assert world is not None
        world.oracle.findings.accuse(Fault.ERROR, f"{context}")

    async def live() -> None:
        nonlocal world
        loop.set_exception_handler(complain)
        world = World(seed, design, connections, loop)
        await world.run()

    before = structlog.get_config()
    structlog.configure(processors=[listen])
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(live())
    finally:
        structlog.configure(**before)
    assert world is not None
    return Story(seed, world.oracle.findings)
