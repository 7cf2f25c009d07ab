"""How late it was when delivery last looked at its clock, and plans after a clock was put back."""

from collections.abc import Callable
from datetime import datetime

import structlog

from tipbot.core.model import Plan, PlanId, Subscriber
from tipbot.store import columns, rows
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records

log = structlog.get_logger(__name__)

Anew = Callable[[Plan, Subscriber], Plan]

_NOTE = """
INSERT INTO counters (name, value) VALUES ('lived_until', :now)
ON CONFLICT (name) DO UPDATE SET
    value = CASE WHEN counters.value < excluded.value THEN excluded.value ELSE counters.value END
RETURNING value"""
_PUT_BACK = "UPDATE counters SET value = :now WHERE name = 'lived_until' AND value = :latest"
# The planner goes by `wake_at`, which of a plan that was put off is another moment.
_WAITING = """
SELECT p.*, s.* FROM plans p JOIN subscribers s ON s.subscriber_id = p.subscriber_id
WHERE p.plan_id > :beyond AND (p.next_due_at > :now OR p.wake_at > :now)
ORDER BY p.plan_id LIMIT :limit
FOR NO KEY UPDATE OF p SKIP LOCKED"""
_MOVED = ("next_date", "next_minute", "next_due_at", "wake_at")
_SET = """
UPDATE plans SET
    next_date = :next_date, next_minute = :next_minute, next_due_at = :next_due_at,
    wake_at = :wake_at
WHERE plan_id = :plan_id"""


class TimeRecords(Records):
    """Implements ``base.Timekeeping``."""

    async def note_time(self, now: datetime) -> datetime:
        """Keep how late it is, unless it was later before; return the latest."""
        noted = {"now": columns.micros(now)}

        def body(tx: Transaction) -> datetime:
            return columns.moment(one(tx.execute(_NOTE, noted))["value"])

        return await self._database.write(body, later=True)

    async def put_time_back(self, latest: datetime, now: datetime) -> None:
        """Keep that it is but ``now``, unless ``latest`` is not the latest any more."""
        times = {"latest": columns.micros(latest), "now": columns.micros(now)}

        def body(tx: Transaction) -> None:
            tx.execute(_PUT_BACK, times)

        await self._database.write(body, later=True)

    async def set_anew(
        self, beyond: PlanId, now: datetime, limit: int, anew: Anew
    ) -> PlanId | None:
        """Replace ``limit`` plans that wait until after ``now``, of ids beyond ``beyond``."""
        params = {"beyond": beyond, "now": columns.micros(now), "limit": limit}

        def body(tx: Transaction) -> PlanId | None:
            found = tx.execute(_WAITING, params).found
            changed = [each for row in found if (each := _set_anew(row, anew)) is not None]
            if changed:
                tx.executemany(_SET, changed)
            return PlanId(found[-1]["plan_id"]) if found else None

        return await self._database.write(body, later=True)


def _set_anew(row: Row, anew: Anew) -> dict[str, int | str | None] | None:
    """Return the columns of a plan that waits for another slot than it should, else None."""
    try:
        owner = rows.subscriber(row)
        changed = rows.plan_params(anew(rows.plan(row), owner), owner.presence)
    except Exception:
        log.exception("plan_not_set_anew", plan=row["plan_id"])
        return None
    return None if all(row[name] == changed[name] for name in _MOVED) else changed
