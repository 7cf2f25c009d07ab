"""Which updates were answered."""

from datetime import datetime

from tipbot.store import columns
from tipbot.store.database import Transaction
from tipbot.store.records import Records

_KNOWN = "SELECT key FROM answered WHERE key = :key"
_KEEP = """
INSERT INTO answered (key, answered_at) VALUES (:key, :now) ON CONFLICT (key) DO NOTHING"""


class AnsweredRecords(Records):
    """Implements ``base.Answered``."""

    async def was_answered(self, key: int) -> bool:
        """Tell whether an update was answered, by any process, within ``ANSWERS_KEPT``."""

        def body(tx: Transaction) -> bool:
            return tx.execute(_KNOWN, {"key": key}).first() is not None

        return await self._database.read(body)

    async def mark_answered(self, key: int, now: datetime) -> None:
        """Keep that an update was answered."""
        params = {"key": key, "now": columns.micros(now)}
        await self._database.write(lambda tx: tx.execute(_KEEP, params), later=True)
