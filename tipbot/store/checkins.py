"""Logged twitches, day ratings and what belongs to a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tipbot.core.checkins import DOUBLE_TAP, is_double_tap, new_rating, new_twitch, rerated
from tipbot.core.model import (
    CheckIn,
    CheckInId,
    CheckInKind,
    DayContext,
    DeliveryId,
    Reaction,
    Subscriber,
    SubscriberId,
    Tap,
)
from tipbot.store import columns, rows
from tipbot.store.base import Logged, Slice
from tipbot.store.database import Dialect, Row, Rows, Transaction, one
from tipbot.store.deliveries import held_of, keep_reaction
from tipbot.store.records import Records, lock, locked

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

_INSERT = """
INSERT INTO check_ins (
    subscriber_id, kind, at, local_date, zone, strength, side, place, duration, ended_at,
    triggers, helped, flags, note, undone, logged_at
) VALUES (
    :subscriber_id, :kind, :at, :local_date, :zone, :strength, :side, :place, :duration,
    :ended_at, :triggers, :helped, :flags, :note, :undone, :logged_at
) RETURNING check_in_id"""
_UPDATE = """
UPDATE check_ins SET
    kind = :kind, at = :at, local_date = :local_date, zone = :zone, strength = :strength,
    side = :side, place = :place, duration = :duration, ended_at = :ended_at,
    triggers = :triggers, helped = :helped, flags = :flags, note = :note, undone = :undone,
    logged_at = :logged_at
WHERE check_in_id = :check_in_id"""
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

_CONTEXT = """
SELECT * FROM day_contexts WHERE subscriber_id = :who AND local_date = :local_date"""
_CONTEXTS = """
SELECT * FROM day_contexts
WHERE subscriber_id = :who AND local_date >= :first AND local_date <= :last
ORDER BY local_date"""
_KEEP_CONTEXT = """
INSERT INTO day_contexts (
    subscriber_id, local_date, sleep_hours, coffees, screen_hours, water, stress
) VALUES (:who, :local_date, :sleep_hours, :coffees, :screen_hours, :water, :stress)
ON CONFLICT (subscriber_id, local_date) DO UPDATE SET
    sleep_hours = excluded.sleep_hours, coffees = excluded.coffees,
    screen_hours = excluded.screen_hours, water = excluded.water, stress = excluded.stress"""

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


class CheckInRecords(Records):
    """Implements ``base.CheckIns``."""

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

    async def day_context(self, who: SubscriberId, local_date: date) -> DayContext | None:
        """Return what was said about a day, or None."""
        return await self._database.read(lambda tx: _context(tx, who, local_date))

    async def day_contexts(self, who: SubscriberId, first: date, last: date) -> list[DayContext]:
        """Return what was said about some local dates, oldest first."""
        params = {"who": who, "first": first.isoformat(), "last": last.isoformat()}
        found = await self._database.read(lambda tx: tx.execute(_CONTEXTS, params))
        return [_day_context(row) for row in found]

    async def edit_day_context(
        self, who: SubscriberId, local_date: date, change: Callable[[DayContext], DayContext]
    ) -> DayContext | None:
        """Apply a pure change to a day's context, made if need be; None for a stranger."""

        def body(tx: Transaction) -> DayContext | None:
            if locked(tx, who) is None:
                return None
            blank = DayContext(subscriber=who, local_date=local_date)
            changed = change(_context(tx, who, local_date) or blank)
            if (changed.subscriber, changed.local_date) != (who, local_date):
                message = "a change keeps whose day it is, and which"
                raise ValueError(message)
            tx.execute(_KEEP_CONTEXT, _context_params(changed))
            return changed

        return await self._database.write(body, repeatable=True)

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
        tx.execute(_UPDATE, rows.check_in_params(entry))
        return entry, None

    return make


def _insert(tx: Transaction, entry: CheckIn) -> Made:
    return entry, tx.execute(_INSERT, rows.check_in_params(entry))


def _overwrite(tx: Transaction, entry: CheckIn, which: CheckInId, who: SubscriberId) -> CheckIn:
    if (entry.id, entry.subscriber) != (which, who):
        message = "a change keeps an entry's id and whose it is"
        raise ValueError(message)
    stored = replace(entry, note=columns.storable(entry.note))
    tx.execute(_UPDATE, rows.check_in_params(stored))
    return stored


def _button(who: SubscriberId, tap: Tap) -> dict[str, int | str]:
    return {
        "who": who,
        "tap_key": tap.key,
        "message_id": tap.message_id,
        "nonce": tap.nonce,
        "tapped_at": columns.micros(tap.at),
    }


def _context(tx: Transaction, who: SubscriberId, local_date: date) -> DayContext | None:
    day = {"who": who, "local_date": local_date.isoformat()}
    row = tx.execute(_CONTEXT, day).first()
    return None if row is None else _day_context(row)


def _day_context(row: Row) -> DayContext:
    return DayContext(
        subscriber=SubscriberId(row["subscriber_id"]),
        local_date=date.fromisoformat(row["local_date"]),
        sleep_hours=row["sleep_hours"],
        coffees=row["coffees"],
        screen_hours=row["screen_hours"],
        water=row["water"],
        stress=row["stress"],
    )


def _context_params(context: DayContext) -> dict[str, int | str | None]:
    return {
        "who": context.subscriber,
        "local_date": context.local_date.isoformat(),
        "sleep_hours": context.sleep_hours,
        "coffees": context.coffees,
        "screen_hours": context.screen_hours,
        "water": context.water,
        "stress": context.stress,
    }
