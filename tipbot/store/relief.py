"""Relief sessions: begun by a tap, led on by whoever claims them, rated at the end."""

from dataclasses import replace
from datetime import datetime

import structlog

from tipbot.core.checkins import toggle_helped
from tipbot.core.helped import Outcomes, RatedSession, TickedEntry
from tipbot.core.model import CheckIn, CheckInId, Presence, Relief, SubscriberId, Tap
from tipbot.core.relief import GUIDES, Pace, Technique
from tipbot.core.sessions import (
    TICK_WITHIN,
    Answer,
    Session,
    SessionId,
    next_edit,
)
from tipbot.store import columns, rows
from tipbot.store.base import Begun, Led, Rated
from tipbot.store.database import Params, Row, Transaction, one
from tipbot.store.records import Records, locked

log = structlog.get_logger(__name__)

_OF_KEY = """
SELECT * FROM relief_sessions WHERE subscriber_id = :who AND tap_key = :tap_key"""
_LIVE = """
SELECT * FROM relief_sessions WHERE subscriber_id = :who AND ended_at IS NULL"""
_ONE = """
SELECT * FROM relief_sessions WHERE session_id = :which AND subscriber_id = :who"""
_INSERT = """
INSERT INTO relief_sessions (
    subscriber_id, message_id, technique, pace, tap_key, started_at, due_at
) VALUES (
    :who, :message_id, :technique, :pace, :tap_key, :started_at, :due_at
) RETURNING *"""
_END = """
UPDATE relief_sessions SET ended_at = :now, due_at = NULL
WHERE session_id = :which AND ended_at IS NULL"""

_ANY_DUE = "SELECT 1 AS yes FROM relief_sessions WHERE due_at <= :now LIMIT 1"
_DUE = """
SELECT r.session_id, s.* FROM relief_sessions r
JOIN subscribers s ON s.subscriber_id = r.subscriber_id
WHERE r.due_at <= :now ORDER BY r.due_at LIMIT :limit
FOR NO KEY UPDATE OF r SKIP LOCKED"""
_LATER = """
UPDATE relief_sessions SET due_at = :due_at
WHERE session_id = :which AND subscriber_id = :who AND ended_at IS NULL"""

_ANSWER = """
UPDATE relief_sessions SET answer = :answer, ticked_entry = :ticked WHERE session_id = :which"""
_ENTRY = """
SELECT * FROM check_ins WHERE check_in_id = :entry AND subscriber_id = :who FOR UPDATE"""
_NEWEST = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND undone = 0 AND at > :after AND at <= :now
    AND (strength IS NULL OR strength > 0)
ORDER BY at DESC LIMIT 1 FOR UPDATE"""
_TICK = "UPDATE check_ins SET helped = :helped WHERE check_in_id = :entry"
_RATED = """
SELECT technique, answer, ended_at, ticked_entry FROM relief_sessions
WHERE subscriber_id = :who AND answer IS NOT NULL AND started_at > :after AND started_at <= :until
ORDER BY session_id"""
_TICKED = """
SELECT check_in_id, at, helped FROM check_ins
WHERE subscriber_id = :who AND undone = 0 AND at > :after AND at <= :until AND helped <> ''
ORDER BY at, check_in_id"""


class ReliefRecords(Records):
    """Implements ``base.Relief``."""

    async def begin_relief(
        self, who: SubscriberId, technique: Technique, pace: Pace, tap: Tap
    ) -> Begun | None:
        """Begin a session and end the person's other one; None for a stranger."""

        def body(tx: Transaction) -> Begun | None:
            if locked(tx, who) is None:
                return None
            seen = tx.execute(_OF_KEY, {"who": who, "tap_key": tap.key}).first()
            live = tx.execute(_LIVE, {"who": who}).first()
            if seen is None and live is not None and live["message_id"] == tap.message_id:
                seen = live
            if seen is not None:
                return Begun(_session(seen))
            replaced = None if live is None else _ended(tx, _session(live), tap.at)
            return Begun(_begin(tx, who, technique, pace, tap), replaced)

        return await self._database.write(body)

    async def relief_session(self, which: SessionId, who: SubscriberId) -> Session | None:
        """Return a session if it is this person's own."""
        row = await self._database.read(lambda tx: _row(tx, which, who))
        return None if row is None else _session(row)

    async def live_relief(self, who: SubscriberId) -> Session | None:
        """Return the session that a person is led through, or None."""
        row = await self._database.read(lambda tx: tx.execute(_LIVE, {"who": who}).first())
        return None if row is None else _session(row)

    async def claim_relief(self, now: datetime, limit: int) -> list[Led]:
        """Take up to ``limit`` live sessions whose message is to change, longest due first."""
        moment = {"now": columns.micros(now)}
        if not await self._database.read(lambda tx: tx.execute(_ANY_DUE, moment).found):
            return []

        def body(tx: Transaction) -> list[Led]:
            due = tx.execute(_DUE, {**moment, "limit": limit})
            claimed = (_claim(tx, row, now) for row in due)
            return [led for led in claimed if led is not None]

        return await self._database.write(body)

    async def hold_relief(self, which: SessionId, who: SubscriberId, until: datetime) -> None:
        """Let a live session's message be until a moment."""
        later = {"which": which, "who": who, "due_at": columns.micros(until)}
        await self._database.write(lambda tx: tx.execute(_LATER, later))

    async def end_relief(
        self, which: SessionId, who: SubscriberId, now: datetime
    ) -> Session | None:
        """End a session, once; None if it is not this person's own."""

        def body(tx: Transaction) -> Session | None:
            row = _row(tx, which, who) if locked(tx, who) else None
            return None if row is None else _ended(tx, _session(row), now)

        return await self._database.write(body)

    async def rate_relief(
        self, which: SessionId, who: SubscriberId, answer: Answer, now: datetime
    ) -> Rated | None:
        """Keep whether a session that has ended helped, and tick or untick what it was for."""

        def body(tx: Transaction) -> Rated | None:
            row = _row(tx, which, who) if locked(tx, who) else None
            if row is None or row["ended_at"] is None:
                return None
            return _rate(tx, row, answer, now)

        return await self._database.write(body)

    async def outcomes(self, who: SubscriberId, after: datetime, until: datetime) -> Outcomes:
        """Return what was said about what helped in some time."""
        params = {"who": who, "after": columns.micros(after), "until": columns.micros(until)}

        def body(tx: Transaction) -> Outcomes:
            return Outcomes(
                sessions=[_rated(row) for row in tx.execute(_RATED, params)],
                entries=[_ticked(row) for row in tx.execute(_TICKED, params)],
            )

        return await self._database.read(body)


def _row(tx: Transaction, which: SessionId, who: SubscriberId) -> Row | None:
    return tx.execute(_ONE, {"which": which, "who": who}).first()


def _begin(
    tx: Transaction, who: SubscriberId, technique: Technique, pace: Pace, tap: Tap
) -> Session:
    new = Session(
        id=SessionId(0),
        subscriber=who,
        message_id=tap.message_id,
        technique=technique,
        pace=pace,
        started_at=tap.at,
    )
    params: Params = {
        "who": who,
        "message_id": tap.message_id,
        "technique": technique.value,
        "pace": pace.value,
        "tap_key": tap.key,
        "started_at": columns.micros(tap.at),
        "due_at": columns.maybe_micros(next_edit(new, tap.at)),
    }
    return _session(one(tx.execute(_INSERT, params)))


def _claim(tx: Transaction, row: Row, now: datetime) -> Led | None:
    """Move a due session's next change on; end one that is too old or whose person is away.

    One that cannot be read ends, too, and holds up no other.
    """
    which = SessionId(row["session_id"])
    found = _row(tx, which, SubscriberId(row["subscriber_id"]))
    if found is None or found["ended_at"] is not None:
        return None
    try:
        session, person = _session(found), rows.subscriber(row)
        following = next_edit(session, now)
    except Exception:
        log.exception("relief_not_read", session=which)
        tx.execute(_END, {"which": which, "now": columns.micros(now)})
        return None
    if following is None or person.presence is Presence.BLOCKED:
        _ended(tx, session, now)
        return None
    later = {"which": session.id, "who": person.id, "due_at": columns.micros(following)}
    tx.execute(_LATER, later)
    return Led(session, person)


def _ended(tx: Transaction, session: Session, now: datetime) -> Session:
    """End a session unless it has ended, at the latest when its last step is over."""
    if session.ended_at is not None:
        return session
    end = max(session.started_at, min(now, session.due_to_end_at))
    tx.execute(_END, {"which": session.id, "now": columns.micros(end)})
    return replace(session, ended_at=end)


def _rate(tx: Transaction, row: Row, answer: Answer, now: datetime) -> Rated:
    session, ticked = _session(row), row["ticked_entry"]
    if session.answer is not answer:
        _untick(tx, session, ticked)
        entry = _tick(tx, session, now) if answer is Answer.BETTER else None
        ticked = None if entry is None else entry.id
        kept = {"which": session.id, "answer": answer.value, "ticked": ticked}
        tx.execute(_ANSWER, kept)
    return Rated(replace(session, answer=answer), _entry(tx, session, ticked) if ticked else None)


def _tick(tx: Transaction, session: Session, now: datetime) -> CheckIn | None:
    """Tick what helped on the newest entry of the last hours, unless it stands ticked already."""
    window = {
        "who": session.subscriber,
        "after": columns.micros(now - TICK_WITHIN),
        "now": columns.micros(now),
    }
    row = tx.execute(_NEWEST, window).first()
    if row is None:
        return None
    entry, helped = rows.check_in(row), GUIDES[session.technique].helped
    return None if helped in entry.helped else _set(tx, session, entry, on=True)


def _untick(tx: Transaction, session: Session, entry: int | None) -> None:
    found = None if entry is None else _entry(tx, session, entry)
    if found is not None:
        _set(tx, session, found, on=False)


def _set(tx: Transaction, session: Session, entry: CheckIn, *, on: bool) -> CheckIn:
    changed = toggle_helped(entry, GUIDES[session.technique].helped, on=on)
    tx.execute(_TICK, {"entry": entry.id, "helped": columns.words(changed.helped)})
    return changed


def _entry(tx: Transaction, session: Session, which: int) -> CheckIn | None:
    row = tx.execute(_ENTRY, {"entry": CheckInId(which), "who": session.subscriber}).first()
    return None if row is None else rows.check_in(row)


def _session(row: Row) -> Session:
    return Session(
        id=SessionId(row["session_id"]),
        subscriber=SubscriberId(row["subscriber_id"]),
        message_id=row["message_id"],
        technique=Technique(row["technique"]),
        pace=Pace(row["pace"]),
        started_at=columns.moment(row["started_at"]),
        ended_at=columns.maybe_moment(row["ended_at"]),
        answer=row["answer"] and Answer(row["answer"]),
    )


def _rated(row: Row) -> RatedSession:
    ticked = row["ticked_entry"]
    return RatedSession(
        Technique(row["technique"]),
        Answer(row["answer"]),
        columns.moment(row["ended_at"]),
        None if ticked is None else CheckInId(ticked),
    )


def _ticked(row: Row) -> TickedEntry:
    return TickedEntry(
        CheckInId(row["check_in_id"]),
        columns.moment(row["at"]),
        columns.members(Relief, row["helped"]),
    )
