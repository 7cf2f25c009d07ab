"""Deliveries one by one: read, added, answered, counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tipbot.clock import Clock
from tipbot.core.model import (
    AnnouncementId,
    Delivery,
    DeliveryId,
    DeliveryState,
    NewDelivery,
    Notice,
    PlanId,
    Reaction,
    SubscriberId,
    Tip,
    Topic,
)
from tipbot.store import columns, rows
from tipbot.store.database import Database, Row, Rows, Transaction
from tipbot.store.many import ForEach
from tipbot.store.records import Records
from tipbot.store.shelves import ShelfMemory

WHOLE = """
SELECT d.delivery_id, d.plan_id, d.topic, d.slot_date, d.slot_minute, d.repeat, d.state, d.attempt,
    d.due_at, d.expires_at, d.tip_number, d.tip_revision, d.announcement_id, d.message_id,
    s.subscriber_id, s.chat_id, s.language, s.zone, s.stage, s.presence, s.quiet_start,
    s.quiet_end, s.bedtime, s.silent, s.paused_until, s.unanswered, s.diagnosed,
    s.pad_message_id, s.created_at,
    p.enabled, p.thin, a.body AS notice, a.state AS notice_state,
    (SELECT max(c.at) FROM check_ins c
     WHERE c.subscriber_id = d.subscriber_id AND c.undone = 0) AS last_check_in_at,
    (SELECT value FROM counters WHERE name = 'library') AS library
FROM deliveries d
JOIN subscribers s ON s.subscriber_id = d.subscriber_id
LEFT JOIN plans p ON p.plan_id = d.plan_id
LEFT JOIN announcements a ON a.announcement_id = d.announcement_id
WHERE d.delivery_id IN :ids"""
"""Deliveries with all that is known of them: what ``Delivery`` holds."""

Pieces = Mapping[tuple[int, int], Any]
"""Texts by the number and the revision of their tip."""

_INSERT = """
INSERT INTO deliveries (
    plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt, due_at,
    expires_at, ready_at, tip_number, tip_revision, code
)
SELECT plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, 'pending', 0, due_at,
    expires_at, due_at, tip_number, tip_revision, ''
FROM json_to_recordset(CAST(:rows AS json)) AS v (
    plan_id BIGINT, subscriber_id BIGINT, topic TEXT, slot_date TEXT, slot_minute BIGINT,
    repeat BIGINT, due_at BIGINT, expires_at BIGINT, tip_number BIGINT, tip_revision BIGINT
)
WHERE true
ON CONFLICT (plan_id, slot_date, slot_minute, repeat) DO NOTHING"""
_INSERT_EACH = ForEach(_INSERT)

_OWN = """
SELECT delivery_id FROM deliveries
WHERE delivery_id = :which AND subscriber_id = :who"""
# The person first: locks are taken in the order in which they are named.
_OWN_LOCKED = """
SELECT d.delivery_id
FROM deliveries d JOIN subscribers s ON s.subscriber_id = d.subscriber_id
WHERE d.delivery_id = :which AND d.subscriber_id = :who
FOR NO KEY UPDATE OF s, d"""
_ARRIVED = """
UPDATE deliveries SET state = 'sent' WHERE delivery_id = :which AND state = 'unknown'"""
_ANSWERED = """
UPDATE subscribers SET unanswered = 0 WHERE subscriber_id = :who AND unanswered <> 0"""
_UNREACT = """
DELETE FROM reactions WHERE delivery_id = :which AND reaction = :other"""
_REACT = """
INSERT INTO reactions (delivery_id, reaction, subscriber_id, reacted_at)
VALUES (:which, :reaction, :who, :now)
ON CONFLICT (delivery_id, reaction) DO NOTHING"""

_PUT_OFF = """
SELECT topic, min(ready_at) AS moment FROM deliveries
WHERE subscriber_id = :who AND state = 'pending' AND tip_number IS NOT NULL AND ready_at > :now
GROUP BY topic"""
_COUNTS = "SELECT state, count(*) AS n FROM deliveries GROUP BY state"
NEXT_PLAN = """
SELECT wake_at AS moment FROM plans WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1"""
NEXT_WAITING = """
SELECT ready_at AS moment FROM deliveries
WHERE ready_at IS NOT NULL AND announcement_id IS NULL AND worker IS NULL
ORDER BY ready_at LIMIT 1"""
NEXT_ANNOUNCED = """
SELECT ready_at AS moment FROM deliveries
WHERE ready_at IS NOT NULL AND announcement_id IS NOT NULL AND worker IS NULL
ORDER BY ready_at LIMIT 1"""

_NEXT = (NEXT_PLAN, NEXT_WAITING, NEXT_ANNOUNCED)

_STATES = {each.value: each for each in DeliveryState}
_OPPOSITE = {Reaction.HELPFUL: Reaction.NOT_HELPFUL, Reaction.NOT_HELPFUL: Reaction.HELPFUL}


def held_of(tx: Transaction, which: DeliveryId, who: SubscriberId) -> Rows:
    """Return one row if a delivery is this person's own; nobody else changes either meanwhile."""
    return tx.execute(_OWN_LOCKED, {"which": which, "who": who})


def keep_reaction(
    tx: Transaction, which: DeliveryId, who: SubscriberId, reaction: Reaction, now: datetime
) -> None:
    """Keep a reaction to a delivery that is held, once a kind: it arrived and was answered."""
    if reaction in _OPPOSITE:
        tx.execute(_UNREACT, {"which": which, "other": _OPPOSITE[reaction].value})
    params = {"which": which, "who": who, "reaction": reaction.value, "now": columns.micros(now)}
    for statement in (_REACT, _ARRIVED, _ANSWERED):
        tx.execute(statement, params)


class DeliveryRecords(Records):
    """Implements the part of ``base.Deliveries`` that looks at single deliveries."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._memory = ShelfMemory()

    async def add_delivery(self, delivery: NewDelivery) -> bool:
        """Write one delivery outside the planner; False if it exists already."""
        params = [delivery_params(delivery)]
        return await self._database.write(lambda tx: insert_deliveries(tx, params)) > 0

    async def delivery(self, which: DeliveryId, who: SubscriberId) -> Delivery | None:
        """Return a delivery if it is this person's own, else None."""

        def body(tx: Transaction) -> Delivery | None:
            own = tx.execute(_OWN, {"which": which, "who": who}).first()
            return None if own is None else self._one(tx, which)

        return await self._database.read(body)

    async def react(
        self, which: DeliveryId, who: SubscriberId, reaction: Reaction, now: datetime
    ) -> Delivery | None:
        """Keep a reaction, once a kind; None if the delivery is not this person's own."""

        def body(tx: Transaction) -> Delivery | None:
            if held_of(tx, which, who).first() is None:
                return None
            keep_reaction(tx, which, who, reaction, now)
            return self._one(tx, which)

        return await self._database.write(body, repeatable=True)

    async def put_off(self, who: SubscriberId, now: datetime) -> Mapping[Topic, datetime]:
        """Return when the next tip of each topic comes that waits for a moment still ahead."""
        params = {"who": who, "now": columns.micros(now)}
        found = await self._database.read(lambda tx: tx.execute(_PUT_OFF, params))
        return {Topic(row["topic"]): columns.moment(row["moment"]) for row in found}

    async def counts(self) -> Mapping[str, int]:
        """Return how many deliveries there are in each state, 0 included."""
        found = await self._database.read(lambda tx: tx.execute(_COUNTS))
        return dict.fromkeys((state.value for state in DeliveryState), 0) | {
            row["state"]: row["n"] for row in found
        }

    async def next_due(self) -> datetime | None:
        """Return the earliest moment at which a plan or a waiting delivery falls due."""

        def body(tx: Transaction) -> list[int]:
            firsts = [tx.execute(sql).first() for sql in _NEXT]
            return [row["moment"] for row in firsts if row is not None]

        return columns.maybe_moment(min(await self._database.read(body), default=None))

    def _one(self, tx: Transaction, which: DeliveryId) -> Delivery:
        """Return a delivery that is there as it stands in this transaction."""
        found = tx.execute(WHOLE, {"ids": (which,)}).found
        return delivery_of(found[0], self._pieces(tx, found))

    def _pieces(self, tx: Transaction, found: Sequence[Row]) -> Pieces:
        """Return the texts of the deliveries whose rows ``WHOLE`` found."""
        editions = [
            (row["tip_number"], row["tip_revision"])
            for row in found
            if row["tip_number"] is not None
        ]
        return self._memory.pieces(tx, found[0]["library"], editions) if editions else {}


def delivery_params(delivery: NewDelivery) -> dict[str, int | str | None]:
    """Return a new delivery as columns."""
    return {
        "plan_id": delivery.plan,
        "subscriber_id": delivery.subscriber,
        "topic": delivery.topic.value,
        "slot_date": columns.day_text(delivery.slot.date),
        "slot_minute": delivery.slot.minute,
        "repeat": delivery.repeat,
        "due_at": columns.shared_micros(delivery.due_at),
        "expires_at": columns.shared_micros(delivery.expires_at),
        "tip_number": delivery.tip_number,
        "tip_revision": delivery.tip_revision,
    }


def insert_deliveries(tx: Transaction, params: Sequence[dict[str, int | str | None]]) -> int:
    """Write deliveries that do not exist yet; return how many there were of these."""
    return _INSERT_EACH.run(tx, params)


def delivery_of(row: Row, pieces: Pieces, *, begun: bool = False) -> Delivery:
    """Return the delivery of a row that ``WHOLE`` found; raise if it is spoilt.

    With ``begun`` as it stands once its next call has begun: to change that later would cost as
    much as to read it.
    """
    piece = pieces.get((row["tip_number"], row["tip_revision"]))
    notice = _notice(row)
    return Delivery(
        id=DeliveryId(row["delivery_id"]),
        plan=PlanId(row["plan_id"]),
        topic=Topic.CHECK_IN if notice else rows.TOPICS[row["topic"]],
        slot=columns.slot(row["slot_date"], row["slot_minute"]),
        repeat=row["repeat"],
        state=DeliveryState.SENDING if begun else _STATES[row["state"]],
        attempt=row["attempt"] + begun,
        due_at=columns.shared_moment(row["due_at"]),
        expires_at=columns.shared_moment(row["expires_at"]),
        tip=piece if isinstance(piece, Tip) else None,
        notice=notice,
        tip_number=row["tip_number"],
        subscriber=rows.subscriber(row),
        plan_enabled=bool(row["enabled"]),
        thin=row["thin"] or 1,
        last_check_in_at=columns.maybe_moment(row["last_check_in_at"]),
        message_id=row["message_id"],
    )


def _notice(row: Row) -> Notice | None:
    """Return the announcement of a delivery, None for a tip or a prompt."""
    which = row["announcement_id"]
    if which is None:
        return None
    return Notice(AnnouncementId(which), row["notice"], row["notice_state"] == "running")
