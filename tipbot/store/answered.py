"""Which updates were answered."""

from collections.abc import Collection
from datetime import datetime

from tipbot.store import columns
from tipbot.store.database import Transaction
from tipbot.store.records import Records

KNOWN = "SELECT key FROM answered WHERE key = :key"
_NEWEST = "SELECT key FROM answered ORDER BY key DESC LIMIT 1"
_KEEP = """
INSERT INTO answered (key, answered_at) VALUES (:key, :now) ON CONFLICT (key) DO NOTHING"""


class AnsweredRecords(Records):
    """Implements ``base.Answered``."""

    async def was_answered(self, key: int) -> bool:
        """Tell whether an update was answered, by any process, within ``ANSWERS_KEPT``."""

        def body(tx: Transaction) -> bool:
            return tx.execute(KNOWN, {"key": key}).first() is not None

        return await self._database.read(body)

    async def newest_answered(self) -> int:
        """Return the highest key of all that were answered within ``ANSWERS_KEPT``, or -1."""
        row = await self._database.read(lambda tx: tx.execute(_NEWEST).first())
        return -1 if row is None else int(row["key"])

    async def mark_answered(self, keys: Collection[int], now: datetime) -> None:
        """Keep that some updates were answered; lost with the power, a reply may come twice."""
        kept = [{"key": key, "now": columns.micros(now)} for key in sorted(keys)]
        await self._database.write(
            lambda tx: tx.executemany(_KEEP, kept), later=True, repeatable=True
        )
