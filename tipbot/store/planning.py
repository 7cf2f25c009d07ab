"""From due plans to deliveries, a batch a transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from tipbot.clock import CLOCKS_AGREE, Clock
from tipbot.core.model import TIP_TOPICS, NewDelivery, Plan, Presence, SubscriberId, Topic
from tipbot.core.planning import DuePlan, PlanStep, Shelves
from tipbot.store import columns, rows
from tipbot.store.database import Database, Dialect, Params, Row, Transaction
from tipbot.store.deliveries import DeliveryRecords, delivery_params, insert_deliveries
from tipbot.store.many import ForEach
from tipbot.store.records import locked

log = structlog.get_logger(__name__)

Decide = Callable[[DuePlan, Shelves], PlanStep]

AT_ONCE = 25
"""Plans a transaction where one writer serves everybody: it is held for a millisecond, and then
whoever taps goes first. All of a batch are still on disk by one flush if nobody does."""
PUT_OFF = timedelta(hours=1)
"""How long a plan whose decision failed is left alone."""

# In order, though any would do: PostgreSQL else reads the whole table while it takes many for due.
_ANY_DUE = "SELECT 1 AS yes FROM plans WHERE wake_at <= :now ORDER BY wake_at LIMIT 1"
_DUE = """
SELECT p.*, s.* FROM plans p JOIN subscribers s ON s.subscriber_id = p.subscriber_id
WHERE p.wake_at <= :now ORDER BY p.wake_at LIMIT :limit
FOR NO KEY UPDATE OF p SKIP LOCKED"""
_ADVANCE = """
UPDATE plans SET
    next_date = v.next_date, next_minute = v.next_minute, next_due_at = v.next_due_at,
    wake_at = v.wake_at, bag = v.bag
FROM json_to_recordset(CAST(:rows AS json)) AS v (
    plan_id BIGINT, next_date TEXT, next_minute BIGINT, next_due_at BIGINT, wake_at BIGINT, bag TEXT
)
WHERE plans.plan_id = v.plan_id"""
_ADVANCE_EACH = ForEach(_ADVANCE, ("plans.plan_id", "plan_id"))
_PUT_OFF = "UPDATE plans SET wake_at = :later WHERE plan_id = :plan_id"
_OF_SLOTS = """
SELECT plan_id, slot_date, slot_minute, repeat, delivery_id FROM deliveries
WHERE plan_id IN :plans AND slot_date IN :dates"""
_OWN = """
SELECT * FROM plans WHERE subscriber_id = :who AND enabled = 1 FOR NO KEY UPDATE"""


@dataclass(slots=True)
class _Batch:
    bags: dict[object, str] = field(default_factory=dict)
    """What was in the bag of each plan before its step."""
    advanced: list[dict[str, int | str | None]] = field(default_factory=list)
    written: list[dict[str, int | str | None]] = field(default_factory=list)
    put_off: list[dict[str, int]] = field(default_factory=list)


class PlanningRecords(DeliveryRecords):
    """Implements the part of ``base.Deliveries`` that the planner calls."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._more_due = False

    async def plan_due(self, now: datetime, limit: int, decide: Decide) -> int:
        """Advance up to ``limit`` due plans and write their deliveries; return how many.

        On SQLite in transactions of ``AT_ONCE``, side by side.
        """
        moment = {"now": columns.micros(now)}
        if not (self._more_due or await self._any_due(moment)):
            return 0
        at_once = AT_ONCE if self._database.dialect is Dialect.SQLITE else max(1, limit)
        parts = [min(at_once, limit - first) for first in range(0, limit, at_once)]
        counts = await asyncio.gather(*(self._plan(now, part, decide) for part in parts))
        self._more_due = sum(counts) == limit
        return sum(counts)

    async def _plan(self, now: datetime, limit: int, decide: Decide) -> int:
        """Advance up to ``limit`` due plans in one transaction; return how many."""
        due_by = {"now": columns.micros(now), "limit": limit}

        def body(tx: Transaction) -> int:
            tx.read_in_order()
            due = tx.execute(_DUE, due_by).found
            if due:
                _write(tx, _decide_all(due, self._memory.shelves(tx), now, decide))
            return len(due)

        return await self._database.write(body, later=True, repeatable=True)

    async def _any_due(self, moment: Params) -> bool:
        """Tell whether there is anything to do, without keeping those from writing who have."""
        return await self._database.read(lambda tx: bool(tx.execute(_ANY_DUE, moment).found))

    async def send_next_tip(
        self, who: SubscriberId, now: datetime, decide: Decide, topic: Topic | None = None
    ) -> bool:
        """Plan one tip at once for an enabled tip plan of someone who is ACTIVE.

        ``now`` is for ``decide`` to know; False if there is nothing to send or it exists already.
        """
        del now
        wanted = TIP_TOPICS if topic is None else (topic,)

        def body(tx: Transaction) -> bool:
            person = locked(tx, who)
            if person is None or person.presence is not Presence.ACTIVE:
                return False
            plans = {plan.topic: plan for plan in map(rows.plan, tx.execute(_OWN, {"who": who}))}
            plan = next((plans[topic] for topic in wanted if topic in plans), None)
            if plan is None:
                return False
            due = DuePlan(plan, person)
            return _write_at_once(tx, _checked(decide(due, self._memory.shelves(tx)), due), due)

        return await self._database.write(body)


def _decide_all(due: Sequence[Row], shelves: Shelves, now: datetime, decide: Decide) -> _Batch:
    batch = _Batch()
    for row in due:
        try:
            each = DuePlan(rows.plan(row), rows.subscriber(row))
            step = _checked(decide(each, shelves), each)
            step = _without_missed(step, each.plan, row["returned_at"], now)
        except Exception:
            log.exception("plan_put_off", plan=row["plan_id"])
            later = columns.micros(now + PUT_OFF)
            batch.put_off.append({"plan_id": row["plan_id"], "later": later})
        else:
            batch.bags[each.plan.id] = row["bag"]
            batch.advanced.append(_onward(step, each))
            if step.delivery is not None:
                batch.written.append(delivery_params(step.delivery))
    return batch


def _checked(step: PlanStep, due: DuePlan) -> PlanStep:
    """Return a decision; raise ValueError if its delivery is another plan's."""
    if step.delivery is not None and not _belongs(step.delivery, due.plan):
        message = "a decision keeps to its plan"
        raise ValueError(message)
    return step


def _belongs(delivery: NewDelivery, plan: Plan) -> bool:
    return (delivery.plan, delivery.subscriber) == (plan.id, plan.subscriber)


def _without_missed(step: PlanStep, before: Plan, returned: int | None, now: datetime) -> PlanStep:
    """Drop a delivery that fell due while its owner was away, and put its tip back in the bag.

    A return further ahead than ``CLOCKS_AGREE`` was noted by a clock that was put back since: it
    tells nothing.
    """
    delivery = step.delivery
    if delivery is None or returned is None or returned > columns.micros(now + CLOCKS_AGREE):
        return step
    if columns.micros(delivery.due_at) >= returned:
        return step
    return replace(step, bag=before.bag, delivery=None)


def _onward(step: PlanStep, due: DuePlan) -> dict[str, int | str | None]:
    return rows.onward_params(due.plan, step.onward, step.bag, due.subscriber.presence)


def _write(tx: Transaction, batch: _Batch) -> None:
    if batch.written:
        made = insert_deliveries(tx, batch.written)
        if made < len(batch.written):
            _put_back(tx, batch, made)
    _ADVANCE_EACH.run(tx, batch.advanced)
    if batch.put_off:
        tx.executemany(_PUT_OFF, batch.put_off)


def _put_back(tx: Transaction, batch: _Batch, made: int) -> None:
    """Return to its bag what was drawn for a slot that had a delivery: it will not be sent.

    A journey to the west and a clock that was set back lead to such a slot.
    """
    slots = {
        "plans": tuple(each["plan_id"] for each in batch.written),
        "dates": tuple({each["slot_date"] for each in batch.written}),
    }
    ids = {_slot(row): row["delivery_id"] for row in tx.execute(_OF_SLOTS, slots)}
    # Ids only grow, and the plans are locked: the newest are those that were made just now.
    # What has no row any more was thinned just now, so it was there before.
    oldest = sorted((ids.get(_slot(each), 0), each["plan_id"]) for each in batch.written)
    had_one = {plan for _, plan in oldest[: len(oldest) - made]}
    for each in batch.advanced:
        if each["plan_id"] in had_one:
            each["bag"] = batch.bags[each["plan_id"]]


def _slot(row: Row) -> tuple[object, ...]:
    """Return what a delivery is unique by."""
    return row["plan_id"], row["slot_date"], row["slot_minute"], row["repeat"]


def _write_at_once(tx: Transaction, step: PlanStep, due: DuePlan) -> bool:
    delivery = step.delivery
    if delivery is None or not insert_deliveries(tx, [delivery_params(delivery)]):
        return False
    _ADVANCE_EACH.run(tx, [_onward(step, due)])
    return True
