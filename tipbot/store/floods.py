"""The last flood, for a program that has its pace to itself and may be killed in the middle of it.

It is kept beside the common pace of many processes, which looks after its own floods.
"""

import structlog

from tipbot.core.pace import Flood
from tipbot.store import columns
from tipbot.store.database import Row, Transaction
from tipbot.store.records import Records

log = structlog.get_logger(__name__)
_MILLION = 1_000_000

# `turn_at` is when it was heard of, by the wall clock as all the others.
_KEEP = """
INSERT INTO pace (name, turn_at, paused_until, factor, since)
VALUES ('alone', :heard_at, :until, :factor, :until)
ON CONFLICT (name) DO UPDATE SET
    turn_at = excluded.turn_at, paused_until = excluded.paused_until, factor = excluded.factor,
    since = excluded.since"""
_LAST = "SELECT turn_at, paused_until, factor FROM pace WHERE name = 'alone'"


class FloodRecords(Records):
    """Implements ``base.Floods``."""

    async def keep_flood(self, flood: Flood) -> None:
        """Keep a flood in place of the one before."""
        params = {
            "heard_at": columns.micros(flood.heard_at),
            "until": columns.micros(flood.until),
            "factor": round(flood.factor * _MILLION),
        }

        def body(tx: Transaction) -> None:
            tx.execute(_KEEP, params)

        await self._database.write(body)

    async def last_flood(self) -> Flood | None:
        """Return the flood that was kept last; None if there never was one, or it is spoilt."""
        row = await self._database.read(lambda tx: tx.execute(_LAST).first())
        try:
            return None if row is None else _flood(row)
        except OverflowError:
            log.warning("flood_spoilt")
            return None


def _flood(row: Row) -> Flood:
    return Flood(
        heard_at=columns.moment(row["turn_at"]),
        until=columns.moment(row["paused_until"]),
        factor=row["factor"] / _MILLION,
    )
