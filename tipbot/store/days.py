"""What was said about whole days."""

from collections.abc import Callable
from datetime import date

from tipbot.core.model import DayContext, SubscriberId
from tipbot.store.database import Row, Transaction
from tipbot.store.records import Records, locked

_CONTEXT = """
SELECT * FROM day_contexts WHERE subscriber_id = :who AND local_date = :local_date"""
_CONTEXTS = """
SELECT * FROM day_contexts
WHERE subscriber_id = :who AND local_date >= :first AND local_date <= :last
ORDER BY local_date"""
_KEEP_CONTEXT = """
INSERT INTO day_contexts (
    subscriber_id, local_date, sleep_hours, coffees, screen_hours, water, stress
) VALUES (:who, :local_date, :sleep_hours, :coffees, :screen_hours, :water, :stress)
ON CONFLICT (subscriber_id, local_date) DO UPDATE SET
    sleep_hours = excluded.sleep_hours, coffees = excluded.coffees,
    screen_hours = excluded.screen_hours, water = excluded.water, stress = excluded.stress"""


class DayRecords(Records):
    """Implements the part of ``base.CheckIns`` about days as wholes."""

    async def day_context(self, who: SubscriberId, local_date: date) -> DayContext | None:
        """Return what was said about a day, or None."""
        return await self._database.read(lambda tx: _context(tx, who, local_date))

    async def day_contexts(self, who: SubscriberId, first: date, last: date) -> list[DayContext]:
        """Return what was said about some local dates, oldest first."""
        params = {"who": who, "first": first.isoformat(), "last": last.isoformat()}
        found = await self._database.read(lambda tx: tx.execute(_CONTEXTS, params))
        return [_day_context(row) for row in found]

    async def edit_day_context(
        self, who: SubscriberId, local_date: date, change: Callable[[DayContext], DayContext]
    ) -> DayContext | None:
        """Apply a pure change to a day's context, made if need be; None for a stranger."""

        def body(tx: Transaction) -> DayContext | None:
            if locked(tx, who) is None:
                return None
            blank = DayContext(subscriber=who, local_date=local_date)
            changed = change(_context(tx, who, local_date) or blank)
            if (changed.subscriber, changed.local_date) != (who, local_date):
                message = "a change keeps whose day it is, and which"
                raise ValueError(message)
            tx.execute(_KEEP_CONTEXT, _context_params(changed))
            return changed

        return await self._database.write(body, repeatable=True)


def _context(tx: Transaction, who: SubscriberId, local_date: date) -> DayContext | None:
    day = {"who": who, "local_date": local_date.isoformat()}
    row = tx.execute(_CONTEXT, day).first()
    return None if row is None else _day_context(row)


def _day_context(row: Row) -> DayContext:
    return DayContext(
        subscriber=SubscriberId(row["subscriber_id"]),
        local_date=date.fromisoformat(row["local_date"]),
        sleep_hours=row["sleep_hours"],
        coffees=row["coffees"],
        screen_hours=row["screen_hours"],
        water=row["water"],
        stress=row["stress"],
    )


def _context_params(context: DayContext) -> dict[str, int | str | None]:
    return {
        "who": context.subscriber,
        "local_date": context.local_date.isoformat(),
        "sleep_hours": context.sleep_hours,
        "coffees": context.coffees,
        "screen_hours": context.screen_hours,
        "water": context.water,
        "stress": context.stress,
    }
