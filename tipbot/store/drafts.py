"""What editors are writing: one draft each, and the question that it waits for."""

from datetime import datetime

from tipbot.core.drafts import ASKED, DRAFT_KEPT, Draft, from_json, to_json
from tipbot.core.model import Dialog, SubscriberId
from tipbot.store import columns, dialogs
from tipbot.store.database import Transaction
from tipbot.store.records import Records

_KEEP = """
INSERT INTO drafts (subscriber_id, payload, expires_at) VALUES (:who, :payload, :expires_at)
ON CONFLICT (subscriber_id) DO UPDATE
SET payload = excluded.payload, expires_at = excluded.expires_at"""
_FORGET_OLD = """
DELETE FROM drafts WHERE subscriber_id IN (
    WITH batch AS MATERIALIZED (
        SELECT subscriber_id FROM drafts WHERE expires_at <= :now FOR UPDATE SKIP LOCKED
    ) SELECT subscriber_id FROM batch
)"""
_ONE = "SELECT payload FROM drafts WHERE subscriber_id = :who AND expires_at > :now"
_DROP = "DELETE FROM drafts WHERE subscriber_id = :who"


class DraftRecords(Records):
    """Implements ``base_library.Drafts``."""

    async def keep_tip_draft(
        self, who: SubscriberId, draft: Draft, now: datetime, question: Dialog | None = None
    ) -> None:
        """Keep what an editor is writing with its question, in place of both that were there."""
        params = {
            "who": who,
            "payload": columns.storable(to_json(draft)),
            "now": columns.micros(now),
            "expires_at": columns.micros(now + DRAFT_KEPT),
        }

        def body(tx: Transaction) -> None:
            if question is None:
                dialogs.close(tx, who, ASKED)
            else:
                dialogs.put(tx, question)
            tx.execute(_KEEP, params)
            tx.execute(_FORGET_OLD, params)

        await self._database.write(body)

    async def tip_draft(self, who: SubscriberId, now: datetime) -> Draft | None:
        """Return what an editor is writing, unless nothing was changed for a month."""
        params = {"who": who, "now": columns.micros(now)}
        row = await self._database.read(lambda tx: tx.execute(_ONE, params).first())
        return None if row is None else from_json(row["payload"])

    async def drop_tip_draft(self, who: SubscriberId) -> None:
        """Forget what an editor is writing, and what was asked about it."""

        def body(tx: Transaction) -> None:
            dialogs.close(tx, who, ASKED)
            tx.execute(_DROP, {"who": who})

        await self._database.write(body)
