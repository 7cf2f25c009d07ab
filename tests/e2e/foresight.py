"""Which tip somebody gets next, found out on a copy of a running program's database."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.e2e.stored import stored
from tipbot.core.model import TIP_TOPICS, DeliveryId, SubscriberId, Tip
from tipbot.core.planning import plan_step
from tipbot.delivery.plan import Planner
from tipbot.store.base import Store


async def tip_to_come(database: Path, folder: Path, who: SubscriberId) -> Tip:
    """Return the tip that falls due next; the copy is kept in ``folder``."""
    with (
        closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(folder / "tipbot.db")) as copy,
    ):
        live.backup(copy)
    async with stored(folder) as store:
        due = await _next_due(store, who)
        known = await _newest(store)
        await Planner(store, lambda: due, plan_step).sweep()
        for number in range(known + 1, await _newest(store) + 1):
            delivery = await store.delivery(DeliveryId(number), who)
            if delivery is not None and delivery.tip is not None:
                return delivery.tip
    message = f"{who} gets no tip at {due}"
    raise AssertionError(message)


async def _next_due(store: Store, who: SubscriberId) -> datetime:
    enrolment = await store.enrolment(who)
    assert enrolment is not None
    moments = [plan.next_due_at for plan in enrolment.plans if plan.topic in TIP_TOPICS]
    return min(moment for moment in moments if moment is not None)


async def _newest(store: Store) -> int:
    """Return the greatest id of a delivery: they are counted from one."""
    return sum((await store.counts()).values())
