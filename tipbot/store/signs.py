"""The course of a diary as its rules look at it, and which of its signs somebody was told."""

from collections.abc import Collection
from datetime import date, datetime

from tipbot.core.model import CheckInKind, Place, Side, SubscriberId
from tipbot.core.signs import DIARY_SIGNS, SAY_WITHIN, Course, Sign
from tipbot.core.traces import Trace
from tipbot.store import columns
from tipbot.store.database import Row, Transaction
from tipbot.store.records import Records, lock, locked

_SAID = """
SELECT sign FROM diary_signs WHERE subscriber_id = :who AND said_at IS NOT NULL"""
_TRACES = """
SELECT local_date, kind, strength, side, place FROM check_ins
WHERE subscriber_id = :who AND local_date >= :first AND local_date <= :last AND undone = 0"""
# One that was claimed and never said is free again after a while: its process is gone.
_CLAIM = """
INSERT INTO diary_signs (subscriber_id, sign, claimed_at) VALUES (:who, :sign, :now)
ON CONFLICT (subscriber_id, sign) DO UPDATE SET claimed_at = excluded.claimed_at
WHERE diary_signs.said_at IS NULL AND diary_signs.claimed_at <= :lapsed
RETURNING sign"""
_MARK = """
UPDATE diary_signs SET said_at = :now WHERE subscriber_id = :who AND sign = :sign"""


class SignRecords(Records):
    """Implements ``base.DiarySigns``."""

    async def course(self, who: SubscriberId, first: date, last: date) -> Course:
        """Return the entries of some local dates, none once every sign was said, and what was."""
        params = {"who": who, "first": first.isoformat(), "last": last.isoformat()}

        def body(tx: Transaction) -> Course:
            told, found = tx.execute(_SAID, params), tx.execute(_TRACES, params)
            said = frozenset(Sign(row["sign"]) for row in told)
            traces = [] if len(said) == len(DIARY_SIGNS) else list(map(_trace, found))
            return Course(traces, said)

        return await self._database.read(body)

    async def claim_signs(
        self, who: SubscriberId, signs: Collection[Sign], now: datetime
    ) -> frozenset[Sign]:
        """Return those of ``signs`` that the caller is to say now."""
        claim = {
            "who": who,
            "now": columns.micros(now),
            "lapsed": columns.micros(now - SAY_WITHIN),
        }

        def body(tx: Transaction) -> frozenset[Sign]:
            if locked(tx, who) is None:
                return frozenset()
            claimed = (tx.execute(_CLAIM, {**claim, "sign": sign.value}) for sign in signs)
            return frozenset(Sign(row["sign"]) for rows in claimed for row in rows)

        return await self._database.write(body)

    async def mark_signs_said(
        self, who: SubscriberId, signs: Collection[Sign], now: datetime
    ) -> None:
        """Keep that these signs were said."""
        said = [{"who": who, "sign": s.value, "now": columns.micros(now)} for s in signs]

        def body(tx: Transaction) -> None:
            lock(tx, who)
            tx.executemany(_MARK, said)

        if said:
            await self._database.write(body)


def _trace(row: Row) -> Trace:
    side, place = row["side"], row["place"]
    return Trace(
        date.fromisoformat(row["local_date"]),
        CheckInKind(row["kind"]),
        row["strength"],
        None if side is None else Side(side),
        None if place is None else Place(place),
    )
