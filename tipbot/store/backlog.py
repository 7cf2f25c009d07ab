"""How much is due and not done, in a few looks at indexes of what is not over."""

from datetime import datetime, timedelta

from tipbot.store import columns
from tipbot.store.base import Backlog
from tipbot.store.database import Transaction, one
from tipbot.store.deliveries import NEXT_PLAN, NEXT_WAITING
from tipbot.store.records import Records

_SOON = timedelta(minutes=1)
"""Claimed rows carry the end of their lease, which is no further away."""

# Each lane has its own index.
_WAITING = """
SELECT count(*) AS n FROM deliveries WHERE ready_at <= :until AND announcement_id IS NULL"""
_ANNOUNCED = """
SELECT count(*) AS n FROM deliveries WHERE ready_at <= :until AND announcement_id IS NOT NULL"""
_SENDING = "SELECT count(*) AS n FROM deliveries WHERE sending_at IS NOT NULL"
_UNKNOWN = "SELECT count(*) AS n FROM deliveries WHERE state = 'unknown'"


class BacklogRecords(Records):
    """Implements ``base.Watched``."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how much is due and not done."""
        params = {"until": columns.micros(now + _SOON)}

        def body(tx: Transaction) -> Backlog:
            waiting, announced, sending, unknown = (
                one(tx.execute(sql, params))["n"]
                for sql in (_WAITING, _ANNOUNCED, _SENDING, _UNKNOWN)
            )
            firsts = [tx.execute(sql).first() for sql in (NEXT_PLAN, NEXT_WAITING)]
            due = min((row["moment"] for row in firsts if row is not None), default=None)
            oldest = columns.maybe_moment(due)
            return Backlog(
                waiting=waiting + announced,
                sending=sending,
                unknown=unknown,
                lag=timedelta(0) if oldest is None else max(timedelta(0), now - oldest),
            )

        return await self._database.read(body)
