"""What became of a send, and the clearing up after workers that died."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tipbot.core.model import DeliveryId, DeliveryState
from tipbot.core.outcomes import Verdict
from tipbot.store import columns
from tipbot.store.base import Swept
from tipbot.store.claiming import ClaimingRecords
from tipbot.store.database import Row, Transaction
from tipbot.store.many import ForEach
from tipbot.store.records import be_blocked

# The person before the delivery, one person after the other, as ``records`` has it.
_OPEN = """
SELECT d.delivery_id, d.subscriber_id, d.tip_number, d.state
FROM deliveries d JOIN subscribers s ON s.subscriber_id = d.subscriber_id
WHERE d.delivery_id IN :ids AND d.state IN ('sending', 'unknown')
ORDER BY d.subscriber_id, d.delivery_id
FOR NO KEY UPDATE OF s, d"""
_RECORD = """
UPDATE deliveries SET
    state = v.state, message_id = COALESCE(v.message_id, deliveries.message_id), code = v.code,
    ready_at = v.ready_at, worker = NULL, sending_at = NULL
FROM json_to_recordset(CAST(:rows AS json)) AS v (
    id BIGINT, state TEXT, message_id BIGINT, code TEXT, ready_at BIGINT
)
WHERE deliveries.delivery_id = v.id"""
_RECORD_EACH = ForEach(_RECORD, ("deliveries.delivery_id", "id"))
# A tap may overtake the record of the send that it answers.
_UNANSWERED = """
UPDATE subscribers SET unanswered = unanswered + v.tips
FROM (
    SELECT w.who, count(*) AS tips
    FROM json_to_recordset(CAST(:rows AS json)) AS w (id BIGINT, who BIGINT)
    WHERE NOT EXISTS (SELECT 1 FROM reactions r WHERE r.delivery_id = w.id)
    GROUP BY w.who
) AS v
WHERE subscribers.subscriber_id = v.who"""
_UNANSWERED_EACH = ForEach(_UNANSWERED, ("subscribers.subscriber_id", "who"))

# `worker > ''` and the plus sign keep both databases on the small index of rows in flight. What is
# further ahead than `:ahead` was written before the wall clock was set back: nobody's either, and
# it would keep its chat waiting for as long as the clock was moved.
_ANY_STALE = """
SELECT 1 AS yes FROM deliveries
WHERE worker > '' AND (
    (state = 'claimed' AND (+ready_at <= :now OR +ready_at > :ahead))
    OR (state = 'sending' AND (+sending_at <= :doubt OR +sending_at > :ahead))
) LIMIT 1"""
# What somebody holds is just being changed: the next sweep looks at it again. Materialized: see
# `rights._THIN_DELIVERIES`.
_FREE = """
UPDATE deliveries SET
    state = CASE WHEN attempt > 0 THEN 'retry' ELSE 'pending' END, worker = NULL,
    ready_at = due_at
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE worker > '' AND state = 'claimed' AND (+ready_at <= :now OR +ready_at > :ahead)
        FOR NO KEY UPDATE SKIP LOCKED
    ) SELECT delivery_id FROM batch
)"""
_DOUBT = """
UPDATE deliveries SET state = 'unknown', worker = NULL, sending_at = NULL, code = 'no_record'
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE worker > '' AND state = 'sending' AND (+sending_at <= :doubt OR +sending_at > :ahead)
        FOR NO KEY UPDATE SKIP LOCKED
    ) SELECT delivery_id FROM batch
)"""

# Last in its transaction, so that nobody waits for it who holds what another one wants.
_DOUBTED = """
INSERT INTO counters (name, value) VALUES ('doubts', :count)
ON CONFLICT (name) DO UPDATE SET value = counters.value + :count"""

# A row that has a ready_at and no worker waits: asked by state, SQLite would sort all that do.
_ANY_EXPIRED = """
SELECT 1 AS yes FROM deliveries
WHERE expires_at <= :now AND ready_at IS NOT NULL AND worker IS NULL
ORDER BY expires_at LIMIT 1"""
# Materialized: see `rights._THIN_DELIVERIES`.
_EXPIRE = """
UPDATE deliveries SET state = 'expired', ready_at = NULL
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE expires_at <= :now AND ready_at IS NOT NULL AND worker IS NULL
        ORDER BY expires_at LIMIT :limit
        FOR NO KEY UPDATE SKIP LOCKED
    ) SELECT delivery_id FROM batch
)"""


class RecordingRecords(ClaimingRecords):
    """Implements the part of ``base.Deliveries`` that ends a send or an abandoned one."""

    async def record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]], now: datetime) -> None:
        """Write what became of SENDING rows, in one transaction."""
        outcomes = dict(verdicts)
        if outcomes:
            await self._database.write(lambda tx: _record(tx, outcomes, now), later=True)

    async def sweep(self, now: datetime, doubt_after: timedelta) -> Swept:
        """Free lapsed CLAIMED rows and turn SENDING rows older than ``doubt_after`` to UNKNOWN.

        So it does with rows from further ahead than ``doubt_after``, by a clock since set back.
        """
        params = {
            "now": columns.micros(now),
            "doubt": columns.micros(now - doubt_after),
            "ahead": columns.micros(now + doubt_after),
        }
        if not await self._database.read(lambda tx: tx.execute(_ANY_STALE, params).found):
            return Swept(0, 0)

        def body(tx: Transaction) -> Swept:
            reclaimed = tx.execute(_FREE, params).changed
            doubted = tx.execute(_DOUBT, params).changed
            _count_doubts(tx, doubted)
            return Swept(reclaimed, doubted)

        return await self._database.write(body, later=True)

    async def expire_deliveries(self, now: datetime, limit: int) -> int:
        """End waiting rows whose ``expires_at`` has passed; return how many."""
        params = {"now": columns.micros(now), "limit": limit}
        if not await self._database.read(lambda tx: tx.execute(_ANY_EXPIRED, params).found):
            return 0
        return await self._database.write(
            lambda tx: tx.execute(_EXPIRE, params).changed, later=True
        )


def _record(tx: Transaction, outcomes: Mapping[DeliveryId, Verdict], now: datetime) -> None:
    found = tx.execute(_OPEN, {"ids": tuple(outcomes)}).found
    if not found:
        return
    known = [(row, outcomes[row["delivery_id"]]) for row in found]
    gone = {row["subscriber_id"] for row, v in known if v.state is DeliveryState.UNREACHABLE}
    if gone:  # before the deliveries, as it changes plans
        be_blocked(tx, sorted(gone), now)
    _RECORD_EACH.run(tx, [_params(row, verdict, now) for row, verdict in known])
    sent = [row for row, verdict in known if verdict.state is DeliveryState.SENT]
    tips = [
        {"id": row["delivery_id"], "who": row["subscriber_id"]}
        for row in sent
        if row["tip_number"] is not None
    ]
    _UNANSWERED_EACH.run(tx, tips)
    doubted = [row for row, v in known if v.state is DeliveryState.UNKNOWN != row["state"]]
    _count_doubts(tx, len(doubted))


def _count_doubts(tx: Transaction, doubted: int) -> None:
    if doubted:
        tx.execute(_DOUBTED, {"count": doubted})


def _params(row: Row, verdict: Verdict, now: datetime) -> dict[str, int | str | None]:
    retry = verdict.state is DeliveryState.RETRY
    return {
        "id": row["delivery_id"],
        "state": verdict.state.value,
        "message_id": verdict.message_id,
        "code": verdict.code,
        "ready_at": columns.micros(verdict.not_before or now) if retry else None,
    }
