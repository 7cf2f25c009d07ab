"""Announcements on their way: deliveries written batch by batch, ended, and counted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog

from tipbot.core.announcements import SHELF_LIFE, Figures
from tipbot.core.model import Presence, Stage, Subscriber
from tipbot.store import columns, rows
from tipbot.store.database import Row, Transaction
from tipbot.store.records import Records

log = structlog.get_logger(__name__)

DueFor = Callable[[Subscriber, datetime, datetime], datetime | None]

_UNPREPARED = """
SELECT * FROM announcements
WHERE state = 'running' AND reached IS NOT NULL ORDER BY announcement_id LIMIT 1
FOR UPDATE SKIP LOCKED"""
_UNSETTLED = """
SELECT announcement_id, state, reached FROM announcements
WHERE settled = 0 AND state IN ('running', 'stopped')"""
_NEXT_PEOPLE = """
SELECT s.*, EXISTS (
    SELECT 1 FROM plans p
    WHERE p.subscriber_id = s.subscriber_id AND p.topic = :topic AND p.enabled = 1
) AS listens
FROM subscribers s WHERE s.subscriber_id > :reached ORDER BY s.subscriber_id LIMIT :limit
FOR NO KEY UPDATE OF s"""
# plan_id and repeat make a delivery of an announcement unique for its recipient: no plan has a
# number below zero.
_INSERT = """
INSERT INTO deliveries (
    plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt, due_at,
    expires_at, ready_at, code, announcement_id
) VALUES (
    :plan_id, :who, 'announcement', :slot_date, 0, :who, 'pending', 0, :due_at,
    :expires_at, :due_at, '', :which
) ON CONFLICT (plan_id, slot_date, slot_minute, repeat) DO NOTHING"""
_REACHED = "UPDATE announcements SET reached = :reached WHERE announcement_id = :which"

_UNWANTED = """
SELECT 1 AS yes FROM deliveries
WHERE announcement_id = :which AND state IN ('pending', 'retry') LIMIT 1"""
# Materialized: see `rights._THIN_DELIVERIES`.
_END = """
UPDATE deliveries SET state = 'expired', ready_at = NULL
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE announcement_id = :which AND state IN ('pending', 'retry') LIMIT :limit
        FOR NO KEY UPDATE SKIP LOCKED
    ) SELECT delivery_id FROM batch
)"""
_ANY_WAITING = """
SELECT 1 AS yes FROM deliveries
WHERE announcement_id = :which AND state IN ('pending', 'retry', 'claimed', 'sending') LIMIT 1"""
_COUNTS = """
SELECT state, COUNT(*) AS n FROM deliveries WHERE announcement_id = :which GROUP BY state"""
_OVER = """
UPDATE announcements SET
    state = CASE WHEN state = 'running' THEN 'done' ELSE state END,
    ended_at = COALESCE(ended_at, :now), settled = 1, sent = :sent, unreachable = :unreachable,
    unknown = :unknown, failed = :failed, expired = :expired
WHERE announcement_id = :which AND settled = 0"""

_WAITING = ("pending", "retry", "claimed", "sending")


class AnnouncingRecords(Records):
    """Implements the part of ``base.Announcements`` that takes them on by themselves."""

    async def tend_announcements(self, now: datetime, limit: int, due_for: DueFor) -> bool:
        """Take announcements one step on; return whether there is more to do at once."""
        found = await self._database.read(_looked)
        if not found.more and not found.over:
            return False

        def body(tx: Transaction) -> bool:
            if _prepare(tx, now, limit, due_for):
                return True
            for row in tx.execute(_UNSETTLED).found:
                which = {"which": row["announcement_id"], "limit": limit}
                ended = row["state"] == "stopped" and tx.execute(_END, which).changed
                last = found.over.get(row["announcement_id"])
                if ended or (last is not None and _settle(tx, which, last, now)):
                    return True
            return False

        return await self._database.write(body, later=True, repeatable=True)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What there is to do about announcements."""

    more: bool = False
    """Whether some are to be prepared or ended; that goes first."""
    over: Mapping[int, Figures] = field(default_factory=dict)
    """The figures of those for which nothing waits. To count them takes long where they are many,
    so that is done here and not where everybody who taps waits for it."""


def _looked(tx: Transaction) -> _Looked:
    unsettled = tx.execute(_UNSETTLED).found
    if any(_is_unready(tx, row) for row in unsettled):
        return _Looked(more=True)
    ids = [row["announcement_id"] for row in unsettled]
    over = [which for which in ids if not tx.execute(_ANY_WAITING, {"which": which}).found]
    return _Looked(over={which: counted(tx, which, heads=0) for which in over})


def _is_unready(tx: Transaction, row: Row) -> bool:
    if row["reached"] is not None:
        return True
    which = {"which": row["announcement_id"]}
    return row["state"] == "stopped" and bool(tx.execute(_UNWANTED, which).found)


def _prepare(tx: Transaction, now: datetime, limit: int, due_for: DueFor) -> bool:
    """Write the deliveries of the next people; False if no announcement is to be prepared."""
    row = tx.execute(_UNPREPARED).first()
    if row is None:
        return False
    who = {"topic": row["topic"], "reached": row["reached"], "limit": limit}
    people = tx.execute(_NEXT_PEOPLE, who).found
    written = _written(row, people, now, due_for)
    if written:
        tx.executemany(_INSERT, written)
    reached = people[-1]["subscriber_id"] if len(people) == limit else None
    tx.execute(_REACHED, {"which": row["announcement_id"], "reached": reached})
    return True


def _written(
    row: Row, people: Sequence[Row], now: datetime, due_for: DueFor
) -> list[dict[str, Any]]:
    """Return some people's deliveries; whose row cannot be read is left out, and no one else."""
    started = columns.moment(row["started_at"])
    written = []
    for each in people:
        try:
            person = _reader(each, row["topic"], now)
            due = None if person is None else due_for(person, started, now)
        except Exception:
            log.exception("left_out", announcement=row["announcement_id"])
            continue
        if person is not None and due is not None:
            written.append(_delivery(row, person, due))
    return written


def _reader(row: Row, topic: str | None, now: datetime) -> Subscriber | None:
    """Return a person if announcements on this topic are for them now."""
    person = rows.subscriber(row)
    wanted = topic is None or row["listens"]
    present = person.presence is Presence.ACTIVE and person.stage is Stage.DONE
    return person if wanted and present and not person.paused(now) else None


def _delivery(row: Row, person: Subscriber, due: datetime) -> dict[str, Any]:
    started = columns.moment(row["started_at"])
    return {
        "plan_id": -row["announcement_id"],
        "who": person.id,
        "slot_date": started.astimezone(UTC).date().isoformat(),
        "due_at": columns.micros(due),
        "expires_at": columns.micros(started + SHELF_LIFE),
        "which": row["announcement_id"],
    }


def _settle(tx: Transaction, which: dict[str, Any], last: Figures, now: datetime) -> bool:
    """Keep the last figures of an announcement, unless something waits again."""
    if tx.execute(_ANY_WAITING, which).found:
        return False
    totals = {
        name: getattr(last, name)
        for name in ("sent", "unreachable", "unknown", "failed", "expired")
    }
    return tx.execute(_OVER, {**which, **totals, "now": columns.micros(now)}).changed > 0


def counted(tx: Transaction, which: int, heads: int) -> Figures:
    """Return what has become of an announcement's deliveries by now."""
    n = Counter({row["state"]: row["n"] for row in tx.execute(_COUNTS, {"which": which})})
    return Figures(
        heads=heads,
        waiting=sum(n[state] for state in _WAITING),
        sent=n["sent"],
        unreachable=n["unreachable"],
        unknown=n["unknown"],
        failed=n["failed"],
        expired=n["expired"],
    )
