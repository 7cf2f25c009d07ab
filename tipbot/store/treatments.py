"""Treatment marks: made by a tap or a typed date, changed, taken back, put back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tipbot.core.checkins import DOUBLE_TAP
from tipbot.core.model import SubscriberId, Tap
from tipbot.core.treatments import Treatment, TreatmentId, TreatmentKind
from tipbot.store import columns
from tipbot.store.database import Params, Row, Transaction, one
from tipbot.store.records import Records, locked

_OF_KEY = """
SELECT * FROM treatments WHERE subscriber_id = :who AND tap_key = :tap_key"""
_OF_BUTTON = """
SELECT * FROM treatments
WHERE subscriber_id = :who AND local_date = :local_date AND kind = :kind
    AND message_id = :message_id AND undone = 0 AND marked_at > :after AND marked_at < :before"""
_ONE = """
SELECT * FROM treatments WHERE treatment_id = :which AND subscriber_id = :who"""
_ONE_LOCKED = """
SELECT * FROM treatments WHERE treatment_id = :which AND subscriber_id = :who FOR UPDATE"""
_ALL = """
SELECT * FROM treatments WHERE subscriber_id = :who AND undone = 0
ORDER BY local_date, treatment_id"""
_INSERT = """
INSERT INTO treatments (
    subscriber_id, kind, local_date, note, undone, tap_key, message_id, marked_at
) VALUES (
    :who, :kind, :local_date, '', 0, :tap_key, :message_id, :marked_at
) RETURNING *"""
_UPDATE = """
UPDATE treatments SET kind = :kind, local_date = :local_date, note = :note, undone = :undone
WHERE treatment_id = :which AND subscriber_id = :who"""


class TreatmentRecords(Records):
    """Implements ``base.Treatments``."""

    async def mark_treatment(
        self, who: SubscriberId, kind: TreatmentKind, local_date: date, tap: Tap
    ) -> Treatment | None:
        """Mark a local day, once a tap; None for a stranger."""

        def body(tx: Transaction) -> Treatment | None:
            if locked(tx, who) is None:
                return None
            mark = _mark(who, kind, local_date, tap)
            seen = tx.execute(_OF_KEY, mark).first() or tx.execute(_OF_BUTTON, mark).first()
            return treatment(seen or one(tx.execute(_INSERT, mark)))

        return await self._database.write(body)

    async def treatment(self, which: TreatmentId, who: SubscriberId) -> Treatment | None:
        """Return a mark if it is this person's own, undone ones included."""
        params = {"which": which, "who": who}
        row = await self._database.read(lambda tx: tx.execute(_ONE, params).first())
        return None if row is None else treatment(row)

    async def edit_treatment(
        self, which: TreatmentId, who: SubscriberId, change: Callable[[Treatment], Treatment]
    ) -> Treatment | None:
        """Apply a pure change in one transaction; None if it is not this person's own."""

        def body(tx: Transaction) -> Treatment | None:
            row = tx.execute(_ONE_LOCKED, {"which": which, "who": who}).first()
            if row is None:
                return None
            changed = change(treatment(row))
            if (changed.id, changed.subscriber) != (which, who):
                message = "a change keeps a mark's id and whose it is"
                raise ValueError(message)
            stored = replace(changed, note=columns.storable(changed.note))
            tx.execute(_UPDATE, _params(stored))
            return stored

        return await self._database.write(body)

    async def treatments(self, who: SubscriberId) -> list[Treatment]:
        """Return a person's marks by day, without undone ones."""

        def body(tx: Transaction) -> list[Treatment]:
            return [treatment(row) for row in tx.execute(_ALL, {"who": who})]

        return await self._database.read(body)


def treatment(row: Row) -> Treatment:
    """Return the mark of a row of ``treatments``."""
    return Treatment(
        id=TreatmentId(row["treatment_id"]),
        subscriber=SubscriberId(row["subscriber_id"]),
        kind=TreatmentKind(row["kind"]),
        local_date=date.fromisoformat(row["local_date"]),
        note=row["note"],
        undone=bool(row["undone"]),
        marked_at=columns.moment(row["marked_at"]),
    )


def _mark(who: SubscriberId, kind: TreatmentKind, local_date: date, tap: Tap) -> Params:
    return {
        "who": who,
        "kind": kind.value,
        "local_date": local_date.isoformat(),
        "tap_key": tap.key,
        "message_id": tap.message_id,
        "marked_at": columns.micros(tap.at),
        "after": columns.micros(tap.at - DOUBLE_TAP),
        "before": columns.micros(tap.at + DOUBLE_TAP),
    }


def _params(mark: Treatment) -> Params:
    return {
        "which": mark.id,
        "who": mark.subscriber,
        "kind": mark.kind.value,
        "local_date": mark.local_date.isoformat(),
        "note": mark.note,
        "undone": int(mark.undone),
    }
