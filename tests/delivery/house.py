"""An open store with people who have something due."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.store.house import HOUR, LIBRARY, START, decide_daily, new_delivery, plan, with_plans
from tipbot.clock import TravelClock
from tipbot.core.model import (
    NO_QUIET_HOURS,
    Delivery,
    DeliveryState,
    Plan,
    Slot,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.delivery.sender import Message
from tipbot.store.base import Store, StoreUnavailableError
from tipbot.store.connect import connect


@dataclass
class Neighbourhood:
    """A store, its clock, and what was put into it."""

    store: Store
    clock: TravelClock
    plans: dict[int, Plan]

    async def move_in(self, *people: int, topic: Topic = Topic.HYDRATION) -> None:
        """Enrol people by chat id; each gets one plan."""
        for person in people:
            newcomer = Subscriber(
                id=SubscriberId(person), chat_id=person, stage=Stage.DONE, quiet=NO_QUIET_HOURS
            )
            await self.store.enrol(newcomer)
            kept = await self.store.revise(newcomer.id, with_plans(plan(topic, None)))
            assert kept is not None
            self.plans[person] = kept.plans[0]

    async def have_plans_due(self, *people: int) -> None:
        """Enrol people; each gets one plan, with a slot that is due now."""
        await self.move_in(*people)
        for person in people:
            kept = self.plans[person]
            slot = Slot(START.date(), kept.schedule.minutes[0])  # type: ignore[union-attr] # AtTimes
            due = replace(kept, next_slot=slot, next_due_at=self.clock())
            await self.store.revise(kept.subscriber, with_plans(due))

    async def fall_due(self, *people: int, day: int = 0) -> None:
        """Give each one delivery that is due now."""
        for person in people:
            new = new_delivery(self.plans[person], day, due=self.clock())
            assert await self.store.add_delivery(replace(new, expires_at=self.clock() + 3 * HOUR))

    async def counts(self) -> dict[str, int]:
        return {state: n for state, n in (await self.store.counts()).items() if n}

    async def states(self) -> set[DeliveryState]:
        return {DeliveryState(state) for state in await self.counts()}


def daily(due: DuePlan, shelves: Shelves, _: datetime) -> PlanStep:
    """Use the slot that is due, and set the plan to the next day's."""
    return decide_daily(due, shelves)


@asynccontextmanager
async def neighbourhood(folder: Path) -> AsyncIterator[Neighbourhood]:
    clock = TravelClock(lambda: START)
    store = connect(f"sqlite:///{folder / 'store.db'}", clock)
    await store.open()
    await store.sync_library(LIBRARY, START)
    yield Neighbourhood(store, clock, {})
    await store.close()


class Flickering:
    """The real store, except that named methods are unavailable for a number of calls."""

    def __init__(self, store: Store, **away: int) -> None:
        self._store = store
        self.away = away
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._store, name)

        async def call(*args: Any) -> Any:
            self.calls.append(name)
            if self.away.get(name, 0):
                self.away[name] -= 1
                raise StoreUnavailableError
            return await method(*args)

        return call


def words(delivery: Delivery, _: object = None) -> Message:
    """Render a delivery as tests read it."""
    assert delivery.tip is not None
    return Message(chat_id=delivery.subscriber.chat_id, text=f"{delivery.id}: {delivery.tip.title}")


async def nothing_more(delivery: Delivery) -> None:
    """Follow a sent delivery up with nothing."""
