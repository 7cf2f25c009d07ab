"""Announcements: drafted, started, stopped, and read with their figures."""

from dataclasses import replace
from datetime import datetime

from tipbot.core.announcements import DRAFT_KEPT, Announcement, AnnouncementState, Figures
from tipbot.core.audit import Act
from tipbot.core.model import AnnouncementId, SubscriberId, Topic
from tipbot.core.roles import ActorId
from tipbot.store import columns
from tipbot.store.announcing import counted
from tipbot.store.audit import actor_of, record
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records

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
# The plus sign keeps SQLite from looking at every delivery of the announcement.
_LAST_DUE = """
SELECT ready_at FROM deliveries
WHERE +announcement_id = :which AND announcement_id IS NOT NULL AND ready_at IS NOT NULL
ORDER BY ready_at DESC LIMIT 1"""
# What was shown further ahead than `:ahead` was shown by a clock that has been put back since.
_SHOW = """
UPDATE announcements SET shown_at = :now
WHERE announcement_id = :which AND (shown_at <= :before OR shown_at > :ahead)
    AND actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id IS NOT NULL)"""
_LEAVE = """
UPDATE announcements SET message_id = NULL
WHERE is_open = 1 AND message_id = :message_id
    AND actor_id = (SELECT actor_id FROM staff WHERE subscriber_id = :who)"""
_FOLLOW = """
UPDATE announcements SET message_id = :message_id
WHERE announcement_id = :which AND is_open = 1
    AND actor_id = (SELECT actor_id FROM staff WHERE subscriber_id = :who)"""
_CLOSE = "UPDATE announcements SET is_open = 0 WHERE announcement_id = :which"


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
        """Let a draft be sent from now on; see ``base.Announcements``.

        Whom it is for is counted a moment before, and its figures after: among very many that takes
        long, and whoever writes has everybody else wait who taps.
        """
        heads = await self._database.read(lambda tx: _heads_of(tx, which, act.at))

        def body(tx: Transaction) -> bool:
            actor = actor_of(tx, act)
            row = tx.execute(_LOCKED, {"which": which}).first()
            if row is None or row["actor_id"] != actor:
                return False
            draft = row["state"] == AnnouncementState.DRAFT
            if draft and act.at >= columns.moment(row["created_at"]) + DRAFT_KEPT:
                return False
            if draft:
                start = {"which": which, "message_id": message_id, "heads": heads}
                tx.execute(_START, {**start, "now": columns.micros(act.at)})
                record(tx, replace(act, thing=str(which), detail=_topic(row) or "all"))
            return True

        return await self.announcement(which) if await self._database.write(body) else None

    async def stop_announcement(self, which: AnnouncementId, act: Act) -> Announcement | None:
        """Send no more of a running announcement; see ``base.Announcements``."""

        def body(tx: Transaction) -> None:
            if tx.execute(_STOP, {"which": which, "now": columns.micros(act.at)}).changed:
                record(tx, replace(act, thing=str(which)))

        await self._database.write(body)
        found = await self.announcement(which)
        return found if found and found.state is not AnnouncementState.DRAFT else None

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

    async def claim_showing(self, which: AnnouncementId, now: datetime, before: datetime) -> bool:
        """Take the showing of figures for now; see ``base.Announcements``."""
        params = {
            "which": which,
            "now": columns.micros(now),
            "before": columns.micros(before),
            "ahead": columns.micros(now + (now - before)),
        }
        return await self._database.write(lambda tx: tx.execute(_SHOW, params).changed > 0)

    async def turn_progress(
        self, message_id: int, who: SubscriberId, which: AnnouncementId | None = None
    ) -> None:
        """Let a message show the figures of one announcement of this person's, or of none."""
        params = {"message_id": message_id, "who": who, "which": which}

        def body(tx: Transaction) -> None:
            tx.execute(_LEAVE, params)
            if which is not None:
                tx.execute(_FOLLOW, params)

        await self._database.write(body, repeatable=True)

    async def close_announcement(self, which: AnnouncementId) -> None:
        """Keep that the last figures of an announcement that is over were shown."""
        await self._database.write(lambda tx: tx.execute(_CLOSE, {"which": which}))


def _heads_of(tx: Transaction, which: AnnouncementId, now: datetime) -> int:
    """Return how many would get a draft now; 0 for what is none."""
    row = tx.execute(_ONE, {"which": which}).first()
    if row is None or row["state"] != AnnouncementState.DRAFT:
        return 0
    return _heads(tx, _topic(row), now)


def _heads(tx: Transaction, topic: Topic | None, now: datetime) -> int:
    params = {"now": columns.micros(now)}
    if topic is None:
        return int(one(tx.execute(_COUNT_ALL, params))["heads"])
    return int(one(tx.execute(_COUNT_TOPIC, {**params, "topic": topic.value}))["heads"])


def _read(tx: Transaction, which: AnnouncementId) -> Announcement | None:
    row = tx.execute(_ONE, {"which": which}).first()
    return None if row is None else _announcement(tx, row)


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
    figures = _kept(row) if row["settled"] else counted(tx, which, row["heads"])
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
