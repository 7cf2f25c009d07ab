"""Everything of a person read out, everything of a person removed, and what is old thinned."""

from contextlib import suppress
from datetime import datetime

from tipbot.core.holdings import ANSWERS_KEPT, Holding
from tipbot.core.model import SubscriberId
from tipbot.store import columns, holdings
from tipbot.store.base import StoreUnavailableError, TakeHolding, Thinned
from tipbot.store.database import Dialect, Transaction
from tipbot.store.records import Records
from tipbot.store.unhurried import unhurried

_EXPORTED = "SELECT exported_at FROM subscribers WHERE subscriber_id = :who"
_MARK = "UPDATE subscribers SET exported_at = :now WHERE subscriber_id = :who"

# NO KEY: a delivery that refers to the person may be written meanwhile; it goes with the person.
_LOCK = "SELECT subscriber_id FROM subscribers WHERE subscriber_id = :who FOR NO KEY UPDATE"
# In the order of `records`. What stands in no list here goes by its reference to the person, and a
# reaction by the one to its delivery.
_NO_PLANS = "DELETE FROM plans WHERE subscriber_id = :who"
_NO_DELIVERIES = "DELETE FROM deliveries WHERE subscriber_id = :who"
_NO_TAPS = "DELETE FROM taps WHERE subscriber_id = :who"
_NO_CHECK_INS = "DELETE FROM check_ins WHERE subscriber_id = :who"
_NO_DAYS = "DELETE FROM day_contexts WHERE subscriber_id = :who"
_NO_SESSIONS = "DELETE FROM relief_sessions WHERE subscriber_id = :who"
_NO_TREATMENTS = "DELETE FROM treatments WHERE subscriber_id = :who"
_NO_SIGNS = "DELETE FROM diary_signs WHERE subscriber_id = :who"
_NO_UPDATES = "DELETE FROM inbox WHERE subscriber_id = :who"
_NO_INVITES = "DELETE FROM invites WHERE subscriber_id = :who"
# As whoever edits has it: invitations before the name, and that before what is done under it.
_LOCK_NAME = "SELECT actor_id FROM staff WHERE subscriber_id = :who FOR UPDATE"
# Else its proposer could come back under another number and approve it.
_NO_PROPOSALS = """
UPDATE proposals SET outcome = 'withdrawn', settled_by = actor_id
WHERE outcome = 'open' AND actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)"""
# Typed words go with whoever typed them.
_NO_REASONS = """
UPDATE proposals SET why = ''
WHERE settled_by IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)"""
# What an owner or editor did stays in the log, under a number that leads to nobody any more.
_NO_NAME = """
UPDATE staff SET subscriber_id = NULL, name = '', language = '', editor_since = NULL
WHERE subscriber_id = :who"""
_NO_QUESTION = "DELETE FROM dialogs WHERE subscriber_id = :who"
_NO_DRAFT = "DELETE FROM drafts WHERE subscriber_id = :who"
_NO_NOTICES = "DELETE FROM notices WHERE subscriber_id = :who"
_NO_PERSON = "DELETE FROM subscribers WHERE subscriber_id = :who"
# Until `scrub` is through; it outlives a crash.
_OWED = """
INSERT INTO counters (name, value) VALUES ('unscrubbed', 1)
ON CONFLICT (name) DO UPDATE SET value = counters.value + 1"""
_OWES = "SELECT value FROM counters WHERE name = 'unscrubbed'"
_SCRUBBED = "DELETE FROM counters WHERE name = 'unscrubbed' AND value = :owed"
_FORGET = (
    _NO_PLANS,
    _NO_DELIVERIES,
    _NO_TAPS,
    _NO_CHECK_INS,
    _NO_DAYS,
    _NO_SESSIONS,
    _NO_TREATMENTS,
    _NO_SIGNS,
    _NO_UPDATES,
    _NO_INVITES,
    _LOCK_NAME,
    _NO_PROPOSALS,
    _NO_REASONS,
    _NO_NAME,
    _NO_QUESTION,
    _NO_DRAFT,
    _NO_NOTICES,
)

# Materialized: PostgreSQL may else run the part with the limit again for each row that it looks at,
# find other rows each time, as those before are locked, and go far beyond the limit.
_THIN_DELIVERIES = """
DELETE FROM deliveries WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE due_at < :before AND ready_at IS NULL AND sending_at IS NULL
        ORDER BY due_at LIMIT :limit
        FOR UPDATE SKIP LOCKED
    ) SELECT delivery_id FROM batch
)"""
_THIN_TAPS = """
DELETE FROM taps WHERE (subscriber_id, tap_key) IN (
    WITH batch AS MATERIALIZED (
        SELECT subscriber_id, tap_key FROM taps
        WHERE tapped_at < :before
        ORDER BY tapped_at LIMIT :limit
        FOR UPDATE SKIP LOCKED
    ) SELECT subscriber_id, tap_key FROM batch
)"""
_THIN_ANSWERED = """
DELETE FROM answered WHERE key IN (
    SELECT key FROM answered WHERE answered_at < :answered ORDER BY answered_at LIMIT :limit
)"""
_THIN_QUESTIONS = """
DELETE FROM dialogs WHERE subscriber_id IN (
    WITH batch AS MATERIALIZED (
        SELECT subscriber_id FROM dialogs
        WHERE expires_at <= :now
        ORDER BY expires_at LIMIT :limit
        FOR UPDATE SKIP LOCKED
    ) SELECT subscriber_id FROM batch
)"""

_THIN_DRAFTS = """
DELETE FROM drafts WHERE subscriber_id IN (
    WITH batch AS MATERIALIZED (
        SELECT subscriber_id FROM drafts
        WHERE expires_at <= :now
        ORDER BY expires_at LIMIT :limit
        FOR UPDATE SKIP LOCKED
    ) SELECT subscriber_id FROM batch
)"""


class RightsRecords(Records):
    """Implements ``base.DataRights``."""

    async def exported_at(self, who: SubscriberId) -> datetime | None:
        """Return when a person last exported their data, or None."""
        row = await self._database.read(lambda tx: tx.execute(_EXPORTED, {"who": who}).first())
        return None if row is None else columns.maybe_moment(row["exported_at"])

    async def mark_exported(self, who: SubscriberId, now: datetime) -> None:
        """Keep that a person exported their data."""
        params = {"who": who, "now": columns.micros(now)}
        await self._database.write(lambda tx: tx.execute(_MARK, params))

    async def read_out(self, who: SubscriberId, take: TakeHolding) -> None:
        """Hand everything of a person to ``take``, one kind after the other."""

        def body(tx: Transaction) -> None:
            for kind in Holding:
                take(kind, holdings.keys(kind), unhurried(holdings.records(tx, who, kind)))

        await self._database.read(body)

    async def forget(self, who: SubscriberId) -> bool:
        """Remove everything of a person; return whether they were a subscriber."""

        def body(tx: Transaction) -> bool:
            tx.execute(_LOCK, {"who": who})
            for statement in _FORGET:
                tx.execute(statement, {"who": who})
            if tx.dialect is Dialect.SQLITE:
                tx.execute(_OWED)
            return tx.execute(_NO_PERSON, {"who": who}).changed > 0

        gone = await self._database.write(body)
        with suppress(StoreUnavailableError):  # `scrub` does it again
            await self._database.scrub(rebuild=False)
        return gone

    async def scrub(self) -> None:
        """Take those who were forgotten since the last time out of the database's files, too."""
        owed = await self._database.read(lambda tx: tx.execute(_OWES).first())
        if owed is not None and await self._database.scrub(rebuild=True):
            params = {"owed": owed["value"]}
            await self._database.write(lambda tx: tx.execute(_SCRUBBED, params), later=True)

    async def thin_records(self, now: datetime, before: datetime, limit: int) -> Thinned:
        """Remove up to ``limit`` of each kind of record that is too old."""
        params = {
            "now": columns.micros(now),
            "before": columns.micros(before),
            "answered": columns.micros(now - ANSWERS_KEPT),
            "limit": limit,
        }

        def body(tx: Transaction) -> Thinned:
            tx.execute(_THIN_DRAFTS, params)
            return Thinned(
                deliveries=tx.execute(_THIN_DELIVERIES, params).changed,
                taps=tx.execute(_THIN_TAPS, params).changed,
                questions=tx.execute(_THIN_QUESTIONS, params).changed,
                answers=tx.execute(_THIN_ANSWERED, params).changed,
            )

        return await self._database.write(body, later=True)
