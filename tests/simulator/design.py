"""The parts that a simulated process is put together from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.simulator.noting import NotingStore
from tests.simulator.sweeps import TownPlanner
from tipbot.bot.features.pace import slow_down_if_quiet
from tipbot.clock import Clock
from tipbot.core.model import (
    Delivery,
    Topic,
)
from tipbot.core.planning import DuePlan, PlanStep, Shelves, plan_step
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.attempt import Rules
from tipbot.delivery.send import Courier
from tipbot.delivery.sender import Message
from tipbot.store.store import DatabaseStore


def words(delivery: Delivery, _: object) -> Message:
    """Render a delivery so that the wire can tell which it is."""
    return Message(chat_id=delivery.subscriber.chat_id, text=str(delivery.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Which parts processes are made of: the real ones, but for a planted fault."""

    store: type[NotingStore] = NotingStore
    courier: type[Courier] = Courier
    planner: type[TownPlanner] = TownPlanner
    allow: Callable[[Delivery, datetime], bool | datetime] = allowed_now
    resend: Callable[[Topic], bool] = resend_doubtful
    decide: Callable[[DuePlan, Shelves, datetime], PlanStep] = plan_step
    one_budget: bool = True
    """All processes share one pace."""
    processes: int | None = None
    """How many there are; by default the seed says."""
    crowd: float | None = None
    """How often the town is crowded and all are due at once; by default, now and then."""

    announces: float | None = None
    """How often the town's owner announces things; by default, in some towns."""

    def rules(self, store: DatabaseStore, clock: Clock) -> Rules:
        """Return what the courier asks."""

        async def after_sent(sent: Delivery) -> None:
            await slow_down_if_quiet(store, sent, clock())

        return Rules(
            render=words, allow=self.allow, resend_doubtful=self.resend, after_sent=after_sent
        )


REAL = Design()
