"""Work that is done once for all processes on a database."""

from datetime import datetime, timedelta

from tipbot.store import columns
from tipbot.store.database import Transaction
from tipbot.store.records import Records

# A turn further away than `every` was set by a clock that has been put back since.
_TAKE = """
INSERT INTO ticks (name, next_at) VALUES (:name, :next)
ON CONFLICT (name) DO UPDATE SET next_at = :next
    WHERE ticks.next_at <= :now OR ticks.next_at > :next
RETURNING name"""
_DOUBTS = """
SELECT name, value FROM counters WHERE name IN ('doubts', 'doubts_told')
ORDER BY name FOR NO KEY UPDATE"""
_TOLD = """
INSERT INTO counters (name, value) VALUES ('doubts_told', :value)
ON CONFLICT (name) DO UPDATE SET value = :value"""
_TELLING = "tell_doubts"


class TurnRecords(Records):
    """Implements ``base.Turns``."""

    async def take_turn(self, tick: str, now: datetime, every: timedelta) -> bool:
        """Tell whether a tick is the caller's to run now: at most one caller in ``every``."""
        return await self._database.write(lambda tx: _take(tx, tick, now, every))

    async def doubts_to_tell(self, now: datetime, every: timedelta) -> int:
        """Return how many deliveries became UNKNOWN since this last returned some; keep that."""

        def body(tx: Transaction) -> int:
            known = {row["name"]: row["value"] for row in tx.execute(_DOUBTS)}
            fresh: int = known.get("doubts", 0) - known.get("doubts_told", 0)
            if fresh <= 0 or not _take(tx, _TELLING, now, every):
                return 0
            tx.execute(_TOLD, {"value": known["doubts"]})
            return fresh

        return await self._database.write(body)


def _take(tx: Transaction, tick: str, now: datetime, every: timedelta) -> bool:
    turn = {"name": tick, "now": columns.micros(now), "next": columns.micros(now + every)}
    return tx.execute(_TAKE, turn).first() is not None
