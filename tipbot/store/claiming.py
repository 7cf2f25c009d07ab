"""Who sends what: claims with a lease, and the commitment to send."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

import structlog

from tipbot.core.model import Claimed, Delivery, DeliveryId, SubscriberId
from tipbot.store import columns, rows
from tipbot.store.database import Row, Transaction
from tipbot.store.deliveries import WHOLE, Pieces, delivery_of
from tipbot.store.planning import PUT_OFF, PlanningRecords

# In order, though any would do: as ``planning`` says.
_ANY_READY = """
SELECT 1 AS yes FROM deliveries WHERE ready_at <= :now AND announcement_id IS NULL
ORDER BY ready_at LIMIT 1"""
_ANY_ANNOUNCED = """
SELECT 1 AS yes FROM deliveries WHERE ready_at <= :now AND announcement_id IS NOT NULL
ORDER BY ready_at LIMIT 1"""

# The first of each chat that is ready, unless another of the chat is on its way. The person is
# locked too, so that two workers cannot take two deliveries of one chat at the same moment. No tip
# waits for an announcement that is only waiting itself. The OFFSET changes nothing but PostgreSQL's
# mind: it then looks at the rows of one chat at a time, where it would else, as long as it has not
# noticed how many are due, hold each of them against all the others.
_HEADS = """
SELECT d.delivery_id, d.topic, d.announcement_id, d.due_at, s.subscriber_id, s.chat_id
FROM deliveries d JOIN subscribers s ON s.subscriber_id = d.subscriber_id
WHERE d.ready_at <= :now AND d.announcement_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM deliveries e
    WHERE e.subscriber_id = d.subscriber_id
        AND e.state IN ('pending', 'retry', 'claimed', 'sending')
        AND (
            e.state = 'sending'
            OR (e.state = 'claimed' AND e.ready_at > :now)
            OR (
                e.ready_at <= :now AND e.announcement_id IS NULL
                AND (
                    e.due_at < d.due_at
                    OR (e.due_at = d.due_at AND e.delivery_id < d.delivery_id)
                )
            )
        )
    LIMIT 1 OFFSET 0
)
ORDER BY d.ready_at LIMIT :limit
FOR NO KEY UPDATE OF s, d SKIP LOCKED"""
_ANNOUNCED_HEADS = """
SELECT d.delivery_id, d.topic, d.announcement_id, d.due_at, s.subscriber_id, s.chat_id
FROM deliveries d JOIN subscribers s ON s.subscriber_id = d.subscriber_id
WHERE d.ready_at <= :now AND d.announcement_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM deliveries e
    WHERE e.subscriber_id = d.subscriber_id
        AND e.state IN ('pending', 'retry', 'claimed', 'sending')
        AND (
            e.state = 'sending'
            OR (e.state = 'claimed' AND e.ready_at > :now)
            OR (
                e.ready_at <= :now
                AND (e.announcement_id IS NULL OR e.delivery_id < d.delivery_id)
            )
        )
    LIMIT 1 OFFSET 0
)
ORDER BY d.ready_at LIMIT :limit
FOR NO KEY UPDATE OF s, d SKIP LOCKED"""

# Asked again, for the snapshot of the first statement may be older than its locks.
_CLAIM = """
UPDATE deliveries AS d SET state = 'claimed', worker = :worker, ready_at = :until
WHERE d.delivery_id IN :ids AND NOT EXISTS (
    SELECT 1 FROM deliveries e
    WHERE e.subscriber_id = d.subscriber_id AND e.delivery_id <> d.delivery_id
        AND (e.state = 'sending' OR (e.state = 'claimed' AND e.ready_at > :now))
        AND e.state IN ('claimed', 'sending')
    LIMIT 1 OFFSET 0
)
RETURNING delivery_id"""

_HELD = f"""{WHOLE} AND d.state = 'claimed' AND COALESCE(d.worker, '') = :worker
ORDER BY d.delivery_id FOR NO KEY UPDATE OF d"""
_SEND = """
UPDATE deliveries SET
    state = 'sending', attempt = attempt + 1, sending_at = :now, ready_at = NULL
WHERE delivery_id IN :ids"""
_PUT_BACK = """
UPDATE deliveries SET state = 'pending', worker = NULL, ready_at = :moment
WHERE delivery_id = :id"""
_EXPIRE = """
UPDATE deliveries SET state = 'expired', worker = NULL, ready_at = NULL
WHERE delivery_id = :id"""
_RELEASE = """
UPDATE deliveries SET
    state = CASE WHEN attempt > 0 THEN 'retry' ELSE 'pending' END, worker = NULL,
    ready_at = due_at
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE worker = :worker AND state = 'claimed'
        ORDER BY delivery_id FOR NO KEY UPDATE
    ) SELECT delivery_id FROM batch
)"""

log = structlog.get_logger(__name__)

_DUE_FIRST = itemgetter("due_at", "delivery_id")

Allow = Callable[[Delivery], datetime | bool | None]


class ClaimingRecords(PlanningRecords):
    """Implements the part of ``base.Deliveries`` that the sender calls before a send."""

    async def claim_deliveries(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Claim what is ready but announcements, at most one delivery a chat, longest ready first.

        The result is in order of the due moments.
        """
        return await self._claim((_ANY_READY, _HEADS), worker, now, limit, lease)

    async def claim_announced(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Claim what is ready of announcements, for chats in which nothing else is."""
        return await self._claim((_ANY_ANNOUNCED, _ANNOUNCED_HEADS), worker, now, limit, lease)

    async def _claim(
        self,
        lane: tuple[str, str],
        worker: str,
        now: datetime,
        limit: int,
        lease: timedelta,
    ) -> list[Claimed]:
        """Claim what ``lane`` finds: whether there is any, and the first of each chat."""
        any_ready, heads_of = lane
        moment = columns.micros(now)
        claim = {"worker": worker, "now": moment, "until": columns.micros(now + lease)}
        if not await self._database.read(lambda tx: tx.execute(any_ready, claim).found):
            return []

        def body(tx: Transaction) -> list[Claimed]:
            tx.read_in_order()
            heads = tx.execute(heads_of, {"now": moment, "limit": limit}).found
            if not heads:
                return []
            ids = tuple(row["delivery_id"] for row in heads)
            held = {row["delivery_id"] for row in tx.execute(_CLAIM, {**claim, "ids": ids})}
            mine = [row for row in heads if row["delivery_id"] in held]
            return [_claimed(row) for row in sorted(mine, key=_DUE_FIRST)]

        return await self._database.write(body, later=True, repeatable=True)

    async def begin_sending(
        self, worker: str, claimed: Sequence[DeliveryId], now: datetime, allow: Allow
    ) -> list[Delivery]:
        """Commit SENDING for those that ``worker`` still holds and ``allow`` lets through.

        What cannot be read is put off, until it can be or has expired.
        """
        if not claimed:
            return []
        held = {"worker": worker, "ids": tuple(claimed)}

        def body(tx: Transaction) -> list[Delivery]:
            if not (found := tx.execute(_HELD, held).found):
                return []
            verdicts, spoilt = _judged(found, self._pieces(tx, found), allow)
            going = [each for each, verdict in verdicts if verdict is True]
            if going:
                ids = tuple(each.id for each in going)
                tx.execute(_SEND, {"ids": ids, "now": columns.micros(now)})
            later = [(each.id, when) for each, when in verdicts if isinstance(when, datetime)]
            later += [(which, now + PUT_OFF) for which in spoilt]
            _each(tx, _PUT_BACK, [{"id": d, "moment": columns.micros(w)} for d, w in later])
            over = [each.id for each, verdict in verdicts if not verdict]
            _each(tx, _EXPIRE, [{"id": each} for each in over])
            return going

        return await self._database.write(body, later=True)

    async def release(self, worker: str) -> int:
        """Give back every row that ``worker`` has CLAIMED but not begun to send."""
        given = {"worker": worker}
        return await self._database.write(
            lambda tx: tx.execute(_RELEASE, given).changed, later=True
        )


def _claimed(row: Row) -> Claimed:
    """Return what a row says whose topic, if it is unknown, is not to hold up the others."""
    announced = row["announcement_id"] is not None
    return Claimed(
        id=DeliveryId(row["delivery_id"]),
        subscriber=SubscriberId(row["subscriber_id"]),
        chat_id=row["chat_id"],
        topic=None if announced else rows.TOPICS.get(row["topic"]),
    )


def _judged(
    found: Sequence[Row], pieces: Pieces, allow: Allow
) -> tuple[list[tuple[Delivery, datetime | bool | None]], list[DeliveryId]]:
    """Return a verdict on each delivery whose call would begin, and what cannot be read."""
    verdicts, spoilt = [], []
    for row in found:
        try:
            each = delivery_of(row, pieces, begun=True)
            verdicts.append((each, allow(each)))
        except Exception:
            which = DeliveryId(row["delivery_id"])
            log.exception("delivery_not_read", delivery=which)
            spoilt.append(which)
    return verdicts, spoilt


def _each(tx: Transaction, sql: str, params: Sequence[Mapping[str, object]]) -> None:
    if params:
        tx.executemany(sql, params)
