"""Questions that wait for a typed answer."""

from datetime import datetime

from tipbot.core.model import Dialog, SubscriberId
from tipbot.store import columns
from tipbot.store.database import Transaction
from tipbot.store.records import Records

_OPEN = """
INSERT INTO dialogs (subscriber_id, kind, payload, expires_at)
VALUES (:who, :kind, :payload, :expires_at)
ON CONFLICT (subscriber_id) DO UPDATE
SET kind = excluded.kind, payload = excluded.payload, expires_at = excluded.expires_at"""
_FORGET_OLD = """
DELETE FROM dialogs WHERE subscriber_id IN (
    WITH batch AS MATERIALIZED (
        SELECT subscriber_id FROM dialogs WHERE expires_at <= :now FOR UPDATE SKIP LOCKED
    ) SELECT subscriber_id FROM batch
)"""
_ONE = """
SELECT * FROM dialogs WHERE subscriber_id = :who AND expires_at > :now"""
_CLOSE = "DELETE FROM dialogs WHERE subscriber_id = :who"
_CLOSE_KIND = "DELETE FROM dialogs WHERE subscriber_id = :who AND kind = :kind"


class DialogRecords(Records):
    """Implements ``base.Dialogs``."""

    async def open_dialog(self, dialog: Dialog) -> None:
        """Keep a question, in place of any other of the same person; forget expired ones."""
        now = columns.micros(self._clock())

        def body(tx: Transaction) -> None:
            put(tx, dialog)
            tx.execute(_FORGET_OLD, {"now": now})

        await self._database.write(body, repeatable=True)

    async def dialog(self, who: SubscriberId, now: datetime) -> Dialog | None:
        """Return the person's open question unless it expired."""
        params = {"who": who, "now": columns.micros(now)}
        row = await self._database.read(lambda tx: tx.execute(_ONE, params).first())
        return (
            None
            if row is None
            else Dialog(
                subscriber=SubscriberId(row["subscriber_id"]),
                kind=row["kind"],
                payload=row["payload"],
                expires_at=columns.moment(row["expires_at"]),
            )
        )

    async def close_dialog(self, who: SubscriberId) -> None:
        """Forget the person's open question."""
        await self._database.write(lambda tx: tx.execute(_CLOSE, {"who": who}), repeatable=True)


def put(tx: Transaction, dialog: Dialog) -> None:
    """Write a question, in place of any other of the same person."""
    params = {
        "who": dialog.subscriber,
        "kind": dialog.kind,
        "payload": columns.storable(dialog.payload),
        "expires_at": columns.micros(dialog.expires_at),
    }
    tx.execute(_OPEN, params)


def close(tx: Transaction, who: SubscriberId, kind: str) -> None:
    """Forget the person's open question if it is of this kind."""
    tx.execute(_CLOSE_KIND, {"who": who, "kind": kind})
