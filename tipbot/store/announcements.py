"""Announcements: drafted, prepared batch by batch, stopped, counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tipbot.core.announcements import (
    DRAFT_KEPT,
    SHELF_LIFE,
    Announcement,
    AnnouncementState,
    Figures,
)
from tipbot.core.audit import Act
from tipbot.core.model import (
    AnnouncementId,
    Presence,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.roles import ActorId
from tipbot.store import columns, rows
from tipbot.store.audit import actor_of, record
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records

DueFor = Callable[[Subscriber, datetime, datetime], datetime | None]

_DRAFT = """
INSERT INTO announcements (
    actor_id, tap_key, topic, body, state, created_at, reached, settled, is_open, shown_at,
    heads, sent, unreachable, unknown, failed, expired
) VALUES (:actor, :tap_key, :topic, :body, 'draft', :now, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
ON CONFLICT (actor_id, tap_key) DO NOTHING"""
_OF_TAP = """
SELECT announcement_id FROM announcements WHERE actor_id = :actor AND tap_key = :tap_key"""
_OTHER_DRAFTS = """
DELETE FROM announcements
WHERE actor_id = :actor AND state = 'draft' AND announcement_id <> :which"""
_DROP = """
DELETE FROM announcements
WHERE announcement_id = :which AND state = 'draft'
    AND actor_id = (SELECT actor_id FROM staff WHERE subscriber_id = :who)"""

_ONE = """
SELECT a.*, s.subscriber_id AS author FROM announcements a
JOIN staff s ON s.actor_id = a.actor_id
WHERE a.announcement_id = :which"""
_NEWEST = """
SELECT a.*, s.subscriber_id AS author FROM announcements a
JOIN staff s ON s.actor_id = a.actor_id
WHERE a.state <> 'draft' ORDER BY a.announcement_id DESC LIMIT :limit"""
_OPEN = """
SELECT a.*, s.subscriber_id AS author FROM announcements a
JOIN staff s ON s.actor_id = a.actor_id
WHERE a.is_open = 1 ORDER BY a.announcement_id"""
_LOCKED = """
SELECT * FROM announcements WHERE announcement_id = :which FOR UPDATE"""
_START = """
UPDATE announcements SET
    state = 'running', started_at = :now, message_id = :message_id, is_open = 1, heads = :heads,
    shown_at = :now
WHERE announcement_id = :which"""
_STOP = """
UPDATE announcements SET state = 'stopped', ended_at = :now, reached = NULL
WHERE announcement_id = :which AND state = 'running'"""

_COUNT_ALL = """
SELECT COUNT(*) AS heads FROM subscribers s
WHERE s.presence = 'active' AND s.stage = 'done'
    AND (s.paused_until IS NULL OR s.paused_until <= :now)"""
_COUNT_TOPIC = """
SELECT COUNT(*) AS heads FROM subscribers s
WHERE s.presence = 'active' AND s.stage = 'done'
    AND (s.paused_until IS NULL OR s.paused_until <= :now)
    AND EXISTS (
        SELECT 1 FROM plans p
        WHERE p.subscriber_id = s.subscriber_id AND p.topic = :topic AND p.enabled = 1
    )"""

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
# The plus sign keeps SQLite from looking at every delivery of the announcement.
_LAST_DUE = """
SELECT ready_at FROM deliveries
WHERE +announcement_id = :which AND announcement_id IS NOT NULL AND ready_at IS NOT NULL
ORDER BY ready_at DESC LIMIT 1"""
_OVER = """
UPDATE announcements SET
    state = CASE WHEN state = 'running' THEN 'done' ELSE state END,
    ended_at = COALESCE(ended_at, :now), settled = 1, sent = :sent, unreachable = :unreachable,
    unknown = :unknown, failed = :failed, expired = :expired
WHERE announcement_id = :which AND settled = 0"""
_SHOW = """
UPDATE announcements SET shown_at = :now WHERE announcement_id = :which AND shown_at <= :before"""
_CLOSE = "UPDATE announcements SET is_open = 0 WHERE announcement_id = :which"

_WAITING = ("pending", "retry", "claimed", "sending")


class AnnouncementRecords(Records):
    """Implements ``base.Announcements``."""

    async def save_draft(
        self, body: str, topic: Topic | None, tap_key: str, act: Act
    ) -> AnnouncementId:
        """Keep a text that is not sent yet, in place of any other draft of whoever acts."""

        def write(tx: Transaction) -> AnnouncementId:
            params = {
                "actor": actor_of(tx, act),
                "tap_key": tap_key,
                "topic": None if topic is None else topic.value,
                "body": columns.storable(body),
                "now": columns.micros(act.at),
            }
            tx.execute(_DRAFT, params)
            which = one(tx.execute(_OF_TAP, params))["announcement_id"]
            tx.execute(_OTHER_DRAFTS, {**params, "which": which})
            return AnnouncementId(which)

        return await self._database.write(write)

    async def drop_draft(self, which: AnnouncementId, by: SubscriberId) -> bool:
        """Forget a draft; False if it is not a draft of this person's own."""
        params = {"which": which, "who": by}
        return await self._database.write(lambda tx: tx.execute(_DROP, params).changed > 0)

    async def count_audience(self, topic: Topic | None, now: datetime) -> int:
        """Return how many would get an announcement now."""
        return await self._database.read(lambda tx: _heads(tx, topic, now))

    async def start_announcement(
        self, which: AnnouncementId, message_id: int, act: Act
    ) -> Announcement | None:
        """Let a draft be sent from now on; see ``base.Announcements``."""

        def body(tx: Transaction) -> Announcement | None:
            row = tx.execute(_LOCKED, {"which": which}).first()
            if row is None or row["actor_id"] != actor_of(tx, act):
                return None
            draft = row["state"] == AnnouncementState.DRAFT
            if draft and act.at >= columns.moment(row["created_at"]) + DRAFT_KEPT:
                return None
            if draft:
                topic = _topic(row)
                now, heads = columns.micros(act.at), _heads(tx, topic, act.at)
                start = {"which": which, "message_id": message_id, "now": now, "heads": heads}
                tx.execute(_START, start)
                record(tx, replace(act, thing=str(which), detail=topic or "all"))
            return _read(tx, which)

        return await self._database.write(body)

    async def stop_announcement(self, which: AnnouncementId, act: Act) -> Announcement | None:
        """Send no more of a running announcement; see ``base.Announcements``."""

        def body(tx: Transaction) -> Announcement | None:
            if tx.execute(_STOP, {"which": which, "now": columns.micros(act.at)}).changed:
                record(tx, replace(act, thing=str(which)))
            found = _read(tx, which)
            return found if found and found.state is not AnnouncementState.DRAFT else None

        return await self._database.write(body)

    async def announcement(self, which: AnnouncementId) -> Announcement | None:
        """Return an announcement or draft with its figures."""
        return await self._database.read(lambda tx: _read(tx, which))

    async def announcements(self, limit: int) -> list[Announcement]:
        """Return the newest announcements that were started, with their figures."""
        return await self._listed(_NEWEST, limit)

    async def open_announcements(self) -> list[Announcement]:
        """Return those whose last figures have not been shown yet, with their figures."""
        return await self._listed(_OPEN)

    async def _listed(self, sql: str, limit: int = 0) -> list[Announcement]:
        return await self._database.read(
            lambda tx: [_announcement(tx, row) for row in tx.execute(sql, {"limit": limit})]
        )

    async def tend_announcements(self, now: datetime, limit: int, due_for: DueFor) -> bool:
        """Take announcements one step on; return whether there is more to do at once."""
        if not await self._database.read(_needs_tending):
            return False

        def body(tx: Transaction) -> bool:
            if _prepare(tx, now, limit, due_for):
                return True
            for row in tx.execute(_UNSETTLED).found:
                which = {"which": row["announcement_id"], "limit": limit}
                ended = row["state"] == "stopped" and tx.execute(_END, which).changed
                if ended or (row["reached"] is None and _settle(tx, which, now)):
                    return True
            return False

        return await self._database.write(body, later=True, repeatable=True)

    async def claim_showing(self, which: AnnouncementId, now: datetime, before: datetime) -> bool:
        """Take the showing of figures for now; False if some were shown after ``before``."""
        params = {
            "which": which, "now": columns.micros(now), "before": columns.micros(before)
        }  # fmt: skip
        return await self._database.write(lambda tx: tx.execute(_SHOW, params).changed > 0)

    async def close_announcement(self, which: AnnouncementId) -> None:
        """Keep that the last figures of an announcement that is over were shown."""
        await self._database.write(lambda tx: tx.execute(_CLOSE, {"which": which}))


def _heads(tx: Transaction, topic: Topic | None, now: datetime) -> int:
    params = {"now": columns.micros(now)}
    if topic is None:
        return int(one(tx.execute(_COUNT_ALL, params))["heads"])
    return int(one(tx.execute(_COUNT_TOPIC, {**params, "topic": topic.value}))["heads"])


def _needs_tending(tx: Transaction) -> bool:
    """Tell whether any announcement can be taken a step on."""
    for row in tx.execute(_UNSETTLED):
        which = {"which": row["announcement_id"]}
        if row["state"] == "stopped" and tx.execute(_UNWANTED, which).found:
            return True
        if row["reached"] is not None or not tx.execute(_ANY_WAITING, which).found:
            return True
    return False


def _prepare(tx: Transaction, now: datetime, limit: int, due_for: DueFor) -> bool:
    """Write the deliveries of the next people; False if no announcement is to be prepared."""
    row = tx.execute(_UNPREPARED).first()
    if row is None:
        return False
    who = {"topic": row["topic"], "reached": row["reached"], "limit": limit}
    people = tx.execute(_NEXT_PEOPLE, who).found
    started = columns.moment(row["started_at"])
    written = [
        _delivery(row, person, due)
        for each in people
        if (person := _reader(each, row["topic"], now)) is not None
        and (due := due_for(person, started, now)) is not None
    ]
    if written:
        tx.executemany(_INSERT, written)
    reached = people[-1]["subscriber_id"] if len(people) == limit else None
    tx.execute(_REACHED, {"which": row["announcement_id"], "reached": reached})
    return True


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


def _settle(tx: Transaction, which: dict[str, Any], now: datetime) -> bool:
    """Keep the last figures of an announcement for which nothing waits any more."""
    if tx.execute(_ANY_WAITING, which).found:
        return False
    found = _counted(tx, which["which"], heads=0)
    totals = {
        name: getattr(found, name)
        for name in ("sent", "unreachable", "unknown", "failed", "expired")
    }
    return tx.execute(_OVER, {**which, **totals, "now": columns.micros(now)}).changed > 0


def _read(tx: Transaction, which: AnnouncementId) -> Announcement | None:
    row = tx.execute(_ONE, {"which": which}).first()
    return None if row is None else _announcement(tx, row)


def _counted(tx: Transaction, which: int, heads: int) -> Figures:
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


def _kept(row: Row) -> Figures:
    return Figures(
        heads=row["heads"],
        sent=row["sent"],
        unreachable=row["unreachable"],
        unknown=row["unknown"],
        failed=row["failed"],
        expired=row["expired"],
    )


def _topic(row: Row) -> Topic | None:
    return None if row["topic"] is None else Topic(row["topic"])


def _announcement(tx: Transaction, row: Row) -> Announcement:
    which, author = row["announcement_id"], row["author"]
    figures = _kept(row) if row["settled"] else _counted(tx, which, row["heads"])
    last = tx.execute(_LAST_DUE, {"which": which}).first() if figures.waiting else None
    return Announcement(
        id=AnnouncementId(which),
        by=ActorId(row["actor_id"]),
        author=None if author is None else SubscriberId(author),
        topic=_topic(row),
        body=row["body"],
        state=AnnouncementState(row["state"]),
        settled=bool(row["settled"]),
        created_at=columns.moment(row["created_at"]),
        started_at=columns.maybe_moment(row["started_at"]),
        ended_at=columns.maybe_moment(row["ended_at"]),
        preparing=row["state"] == "running" and row["reached"] is not None,
        message_id=row["message_id"],
        shown_at=columns.moment(row["shown_at"]),
        last_due=None if last is None else columns.moment(last["ready_at"]),
        figures=figures,
    )
