"""Taps that log something: a twitch, or the rating of a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tipbot.core.checkins import DOUBLE_TAP, is_double_tap, new_rating, new_twitch, rerated
from tipbot.core.model import (
    CheckIn,
    CheckInId,
    DeliveryId,
    Reaction,
    Subscriber,
    SubscriberId,
    Tap,
)
from tipbot.store import columns, rows
from tipbot.store.base import Logged
from tipbot.store.checkins import update
from tipbot.store.database import Dialect, Rows, Transaction, one
from tipbot.store.deliveries import held_of, keep_reaction
from tipbot.store.records import Records, lock

_OF_KEY = """
SELECT c.* FROM taps t JOIN check_ins c ON c.check_in_id = t.check_in_id
WHERE t.subscriber_id = :who AND t.tap_key = :tap_key"""
_OF_BUTTON = """
SELECT c.* FROM taps t JOIN check_ins c ON c.check_in_id = t.check_in_id
WHERE t.subscriber_id = :who AND t.message_id = :message_id AND t.nonce = :nonce
    AND t.tapped_at > :after AND t.tapped_at < :before AND c.kind = 'twitch' AND c.undone = 0
ORDER BY c.logged_at DESC"""
_NEWEST_TWITCH = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND undone = 0 AND kind = 'twitch'
ORDER BY at DESC LIMIT 1"""
_RATING = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND local_date = :local_date AND kind = 'day'"""

_INSERT = """
INSERT INTO check_ins (
    subscriber_id, kind, at, local_date, zone, strength, side, place, duration, ended_at,
    triggers, helped, flags, note, undone, logged_at
) VALUES (
    :subscriber_id, :kind, :at, :local_date, :zone, :strength, :side, :place, :duration,
    :ended_at, :triggers, :helped, :flags, :note, :undone, :logged_at
) RETURNING check_in_id"""
_KEEP_TAP = """
INSERT INTO taps (subscriber_id, tap_key, message_id, nonce, tapped_at, check_in_id)
VALUES (:who, :tap_key, :message_id, :nonce, :tapped_at, :check_in_id)"""
_KEEP_TAP_OF_NEW = {
    Dialect.SQLITE: _KEEP_TAP.replace(":check_in_id", "last_insert_rowid()"),
    Dialect.POSTGRES: _KEEP_TAP.replace(":check_in_id", "lastval()"),
}
"""Right behind ``_INSERT``, whose answer nobody needs to wait for."""

_LAST_NONCE = """
SELECT COALESCE(MAX(nonce), :nonce) AS nonce FROM taps
WHERE subscriber_id = :who AND message_id = :message_id"""

Made = tuple[CheckIn, Rows | None]
"""An entry, and its new id if this very transaction makes it."""
Make = Callable[[Subscriber], Made]
"""Makes a person's entry of what was asked for before."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a transaction that logs leaves behind; ``made`` can be looked at once it is over."""

    entry: CheckIn
    made: Rows | None
    next_nonce: int
    person: Subscriber


class TapRecords(Records):
    """Implements the part of ``base.CheckIns`` that logs."""

    async def log_twitch(
        self,
        who: SubscriberId,
        tap: Tap,
        may: Callable[[Subscriber], bool] | None = None,
        *,
        on: DeliveryId | None = None,
    ) -> Logged | None:
        """Store a twitch with side and place of the newest one; None for whoever ``may`` not."""
        return await self._log(who, tap, _twitch, may, on)

    async def rate_day(
        self, who: SubscriberId, local_date: date, strength: int, tap: Tap
    ) -> Logged | None:
        """Store or replace the rating of a local day; None for a stranger."""

        def rate(tx: Transaction, who: SubscriberId, tap: Tap) -> Make:
            return _rate(
                tx, who, local_date, lambda person: new_rating(person, local_date, strength, tap)
            )

        return await self._log(who, tap, rate)

    async def _log(
        self,
        who: SubscriberId,
        tap: Tap,
        log: Callable[[Transaction, SubscriberId, Tap], Make],
        may: Callable[[Subscriber], bool] | None = None,
        on: DeliveryId | None = None,
    ) -> Logged | None:
        """Answer a tap that was seen before with its entry; else log it and remember it.

        Taps of one person are taken one after the other. All that is read is asked for before any
        of it is looked at, and nothing that is written is waited for before the commit: on
        PostgreSQL either shares a round trip.
        """

        def body(tx: Transaction) -> _Kept | None:
            button, mine = _button(who, tap), None if on is None else held_of(tx, on, who)
            found = lock(tx, who)
            seen, last, make = (
                tx.execute(_OF_KEY, button),
                tx.execute(_LAST_NONCE, button),
                log(tx, who, tap),
            )
            person = next(map(rows.subscriber, found), None)
            if person is None or not (may is None or may(person)):
                return None
            known = seen.first()
            entry, made = make(person) if known is None else (rows.check_in(known), None)
            if made is not None:
                tx.execute(_KEEP_TAP_OF_NEW[tx.dialect], button)
            elif known is None:
                tx.execute(_KEEP_TAP, {**button, "check_in_id": entry.id})
            if on is not None and mine is not None and mine.first() is not None:
                keep_reaction(tx, on, who, Reaction.TWITCH, tap.at)
            return _Kept(entry, made, max(one(last)["nonce"], tap.nonce) + 1, person)

        kept = await self._database.write(body, repeatable=True)
        return None if kept is None else _logged(kept)


def _logged(kept: _Kept) -> Logged:
    entry, fresh = kept.entry, kept.made is not None
    if kept.made is not None:
        entry = replace(entry, id=CheckInId(one(kept.made)["check_in_id"]))
    return Logged(entry, fresh=fresh, next_nonce=kept.next_nonce, person=kept.person)


def _twitch(tx: Transaction, who: SubscriberId, tap: Tap) -> Make:
    window = {
        "after": columns.micros(tap.at - DOUBLE_TAP),
        "before": columns.micros(tap.at + DOUBLE_TAP),
    }
    before = tx.execute(_OF_BUTTON, {**_button(who, tap), **window})
    newest = tx.execute(_NEWEST_TWITCH, {"who": who})

    def make(person: Subscriber) -> Made:
        for row in before:
            entry = rows.check_in(row)
            if is_double_tap(entry.logged_at, tap.at):
                return entry, None
        last = newest.first()
        previous = None if last is None else rows.check_in(last)
        return _insert(tx, new_twitch(person, tap, previous))

    return make


def _rate(
    tx: Transaction, who: SubscriberId, local_date: date, new: Callable[[Subscriber], CheckIn]
) -> Make:
    rated = tx.execute(_RATING, {"who": who, "local_date": local_date.isoformat()})

    def make(person: Subscriber) -> Made:
        row, rating = rated.first(), new(person)
        if row is None:
            return _insert(tx, rating)
        entry = rerated(rows.check_in(row), rating)
        update(tx, entry)
        return entry, None

    return make


def _insert(tx: Transaction, entry: CheckIn) -> Made:
    return entry, tx.execute(_INSERT, rows.check_in_params(entry))


def _button(who: SubscriberId, tap: Tap) -> dict[str, int | str]:
    return {
        "who": who,
        "tap_key": tap.key,
        "message_id": tap.message_id,
        "nonce": tap.nonce,
        "tapped_at": columns.micros(tap.at),
    }
