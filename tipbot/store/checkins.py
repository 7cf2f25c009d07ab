"""Logged twitches and day ratings, read and changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tipbot.core.model import CheckIn, CheckInId, CheckInKind, SubscriberId
from tipbot.store import columns, rows
from tipbot.store.base import Slice
from tipbot.store.database import Transaction, one
from tipbot.store.records import Records

_ONE = """
SELECT * FROM check_ins WHERE check_in_id = :which AND subscriber_id = :who"""
_ONE_LOCKED = """
SELECT * FROM check_ins WHERE check_in_id = :which AND subscriber_id = :who FOR UPDATE"""
_BETWEEN = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND local_date >= :first AND local_date <= :last AND undone = 0
ORDER BY at, check_in_id"""
_COUNT = """
SELECT count(*) AS n FROM check_ins
WHERE subscriber_id = :who AND local_date >= :first AND local_date <= :last AND undone = 0"""
_NEWEST = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND undone = 0 AND local_date >= :first AND local_date <= :last
ORDER BY at DESC, check_in_id DESC LIMIT :limit OFFSET :skip"""
_UPDATE = """
UPDATE check_ins SET
    kind = :kind, at = :at, local_date = :local_date, zone = :zone, strength = :strength,
    side = :side, place = :place, duration = :duration, ended_at = :ended_at,
    triggers = :triggers, helped = :helped, flags = :flags, note = :note, undone = :undone,
    logged_at = :logged_at
WHERE check_in_id = :check_in_id"""


class CheckInRecords(Records):
    """Implements the part of ``base.CheckIns`` about entries that are there."""

    async def check_in(self, which: CheckInId, who: SubscriberId) -> CheckIn | None:
        """Return an entry if it is this person's own, undone ones included."""
        params = {"which": which, "who": who}
        row = await self._database.read(lambda tx: tx.execute(_ONE, params).first())
        return None if row is None else rows.check_in(row)

    async def edit_check_in(
        self, which: CheckInId, who: SubscriberId, change: Callable[[CheckIn], CheckIn]
    ) -> CheckIn | None:
        """Apply a pure change in one transaction; None if it is not this person's own."""

        def body(tx: Transaction) -> CheckIn | None:
            row = tx.execute(_ONE_LOCKED, {"which": which, "who": who}).first()
            if row is None:
                return None
            return _overwrite(tx, change(rows.check_in(row)), which, who)

        return await self._database.write(body, repeatable=True)

    async def check_ins(
        self, who: SubscriberId, first: date, last: date, kind: CheckInKind | None = None
    ) -> list[CheckIn]:
        """Return the entries of some local dates, oldest first, without undone ones."""
        params = {"who": who, "first": first.isoformat(), "last": last.isoformat()}

        def body(tx: Transaction) -> list[CheckIn]:
            entries = [rows.check_in(row) for row in tx.execute(_BETWEEN, params)]
            return [entry for entry in entries if kind in (None, entry.kind)]

        return await self._database.read(body)

    async def count_check_ins(self, who: SubscriberId, first: date, last: date) -> int:
        """Return how many entries some local dates have, without undone ones."""
        params = {"who": who, "first": first.isoformat(), "last": last.isoformat()}
        found: int = await self._database.read(lambda tx: one(tx.execute(_COUNT, params))["n"])
        return found

    async def newest_check_ins(
        self, who: SubscriberId, first: date, last: date, page: Slice
    ) -> list[CheckIn]:
        """Return a slice of the entries of some local dates, newest first."""
        dates = {"who": who, "first": first.isoformat(), "last": last.isoformat()}
        params = {**dates, "skip": page.skip, "limit": page.limit}

        def body(tx: Transaction) -> list[CheckIn]:
            return [rows.check_in(row) for row in tx.execute(_NEWEST, params)]

        return await self._database.read(body)


def update(tx: Transaction, entry: CheckIn) -> None:
    """Write an entry over the one with its id."""
    tx.execute(_UPDATE, rows.check_in_params(entry))


def _overwrite(tx: Transaction, entry: CheckIn, which: CheckInId, who: SubscriberId) -> CheckIn:
    if (entry.id, entry.subscriber) != (which, who):
        message = "a change keeps an entry's id and whose it is"
        raise ValueError(message)
    stored = replace(entry, note=columns.storable(entry.note))
    update(tx, stored)
    return stored
