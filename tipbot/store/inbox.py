"""Updates that were taken and are not over."""

from collections.abc import Collection
from datetime import datetime

from tipbot.core.holdings import UPDATES_KEPT
from tipbot.store import columns
from tipbot.store.base import KeptUpdate
from tipbot.store.database import Transaction
from tipbot.store.records import Records

_KEEP = """
INSERT INTO inbox (update_id, subscriber_id, payload, kept_at)
VALUES (:number, :who, :payload, :now)
ON CONFLICT (update_id) DO UPDATE SET
    subscriber_id = excluded.subscriber_id, payload = excluded.payload,
    kept_at = excluded.kept_at"""
_DROP = "DELETE FROM inbox WHERE update_id IN :numbers"
_STALE = "DELETE FROM inbox WHERE kept_at < :stale"
_ALL = "SELECT * FROM inbox ORDER BY update_id"


class InboxRecords(Records):
    """Implements ``base.Inbox``."""

    async def keep_updates(self, updates: Collection[KeptUpdate], now: datetime) -> None:
        """Keep updates until they are over; twice is once."""
        kept = [
            {
                "number": update.number,
                "who": update.who,
                "payload": update.payload,
                "now": columns.micros(now),
            }
            for update in updates
        ]
        await self._database.write(lambda tx: tx.executemany(_KEEP, kept), later=True)

    async def drop_updates(self, numbers: Collection[int]) -> None:
        """Keep some updates no longer; a loss of power may bring one back, to be answered again."""
        params = {"numbers": tuple(numbers)}
        await self._database.write(
            lambda tx: tx.execute(_DROP, params), later=True, repeatable=True
        )

    async def kept_updates(self, now: datetime) -> list[KeptUpdate]:
        """Return what is kept, in the order of its coming; let go of what is too old."""
        params = {"stale": columns.micros(now - UPDATES_KEPT)}

        def body(tx: Transaction) -> list[KeptUpdate]:
            tx.execute(_STALE, params)
            return [
                KeptUpdate(row["update_id"], row["subscriber_id"], row["payload"])
                for row in tx.execute(_ALL)
            ]

        return await self._database.write(body)
