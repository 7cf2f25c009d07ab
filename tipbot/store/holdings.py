"""Where each kind of holding stands in the database, column by column.

A test walks the schema of both databases: every column of every table about a person is read by a
field here, or is left out with a reason.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tipbot.core.holdings import Fact, Holding, Record
from tipbot.core.model import FOREVER, AtTimes
from tipbot.store import columns
from tipbot.store.database import Row, Transaction

PAGE = 500
"""Rows read at a time."""

_PERSON = "SELECT * FROM subscribers WHERE subscriber_id = :who"
_PLANS = "SELECT * FROM plans WHERE subscriber_id = :who ORDER BY plan_id"
_CHECK_INS = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND local_date >= :after_date
    AND (local_date > :after_date OR check_in_id > :after)
ORDER BY local_date, check_in_id LIMIT :limit"""
_DAYS = """
SELECT * FROM day_contexts WHERE subscriber_id = :who AND local_date > :after
ORDER BY local_date LIMIT :limit"""
_SESSIONS = """
SELECT * FROM relief_sessions WHERE subscriber_id = :who AND +session_id > :after
ORDER BY +session_id LIMIT :limit"""
_TREATMENTS = """
SELECT * FROM treatments
WHERE subscriber_id = :who AND local_date >= :after_date
    AND (local_date > :after_date OR treatment_id > :after)
ORDER BY local_date, treatment_id LIMIT :limit"""
_SIGNS = "SELECT * FROM diary_signs WHERE subscriber_id = :who ORDER BY sign"
# The plus sign keeps both databases on the index of the person's own.
_DELIVERIES = """
SELECT d.*, t.tip_id, v.content FROM deliveries d
LEFT JOIN tips t ON t.number = d.tip_number
LEFT JOIN tip_versions v ON v.number = d.tip_number AND v.revision = d.tip_revision
WHERE d.subscriber_id = :who AND +d.delivery_id > :after
ORDER BY +d.delivery_id LIMIT :limit"""
_REACTIONS = """
SELECT * FROM reactions WHERE delivery_id IN :ids AND subscriber_id = :who ORDER BY reacted_at"""
_TAPS = """
SELECT * FROM taps WHERE subscriber_id = :who AND tap_key > :after
ORDER BY tap_key LIMIT :limit"""
_QUESTION = "SELECT * FROM dialogs WHERE subscriber_id = :who"
_NOTICES = "SELECT * FROM notices WHERE subscriber_id = :who ORDER BY notice_id"
_UPDATES = "SELECT * FROM inbox WHERE subscriber_id = :who ORDER BY update_id"
_DRAFT = "SELECT * FROM drafts WHERE subscriber_id = :who"
_ROLE = "SELECT * FROM staff WHERE subscriber_id = :who"
_INVITES = "SELECT * FROM invites WHERE subscriber_id = :who ORDER BY invite_id"
_ACTS = """
SELECT l.* FROM audit_log l
WHERE l.act_id > :after AND (
    l.actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
    OR l.about_actor IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
)
ORDER BY l.act_id LIMIT :limit"""
_ANNOUNCEMENTS = """
SELECT * FROM announcements
WHERE actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
ORDER BY announcement_id"""
_TIP_REVISIONS = """
SELECT v.*, t.tip_id FROM tip_versions v JOIN tips t ON t.number = v.number
WHERE (v.number > :after OR (v.number = :after AND v.revision > :after_revision)) AND (
    v.actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
    OR v.approved_by IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
)
ORDER BY v.number, v.revision LIMIT :limit"""
_TIP_PROPOSALS = """
SELECT p.* FROM proposals p
WHERE p.proposal_id > :after AND (
    p.actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
    OR p.settled_by IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
)
ORDER BY p.proposal_id LIMIT :limit"""
_ZONE = "SELECT zone FROM subscribers WHERE subscriber_id = :who"
_TIP_IDS = "SELECT number, tip_id FROM tips"

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WITH_THE_SETTINGS = "stands in the settings, which are of the same person"


@dataclass(frozen=True, slots=True)
class Reading:
    """What it takes to read a column: the zone of its moments, and the tips' ids by number."""

    zone: tzinfo
    tip_ids: Mapping[int, str] = field(default_factory=dict)


Reader = Callable[[Any, Reading], Fact]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an export and the column that it is read from."""

    key: str
    column: str
    read: Reader = lambda value, _: value


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table about people; ``cursor`` names where a page goes on: parameter, column, start."""

    table: str
    sql: str
    fields: tuple[Field, ...]
    omitted: Mapping[str, str] = field(
        default_factory=lambda: {"subscriber_id": _WITH_THE_SETTINGS}
    )
    """Columns that are left out, each with its reason."""
    cursor: tuple[tuple[str, str, int | str], ...] = ()

    @property
    def columns(self) -> set[str]:
        """Return every column of the table that this source knows."""
        return {each.column for each in self.fields} | self.omitted.keys()

    def pages(self, tx: Transaction, params: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """Yield all rows of a person, at most ``PAGE`` at a time if there may be many."""
        place = {name: start for name, _, start in self.cursor}
        while True:
            found = tx.execute(self.sql, {**params, **place, "limit": PAGE}).found
            if found:
                yield found
            if not self.cursor or len(found) < PAGE:
                return
            place = {name: found[-1][column] for name, column, _ in self.cursor}

    def record(self, row: Row, reading: Reading) -> dict[str, Fact]:
        """Return a row under its human-readable keys."""
        return {each.key: each.read(row[each.column], reading) for each in self.fields}


def _moment(value: Any, reading: Reading) -> Fact:
    return None if value is None else columns.moment(value).astimezone(reading.zone)


def _until(value: Any, reading: Reading) -> Fact:
    if value is not None and columns.moment(value) == FOREVER:
        return "until you go on"
    return _moment(value, reading)


def _day(value: Any, _: Reading) -> Fact:
    return columns.maybe_date(value)


def _yes(value: Any, _: Reading) -> Fact:
    return bool(value)


def _clock(value: Any, _: Reading) -> Fact:
    return None if value is None else f"{value // 60:02}:{value % 60:02}"


def _words(value: Any, _: Reading) -> Fact:
    return list(value.split())


def _weekdays(value: Any, _: Reading) -> Fact:
    return [_WEEKDAYS[day] for day in columns.integers(value)]


def _schedule(value: Any, reading: Reading) -> Fact:
    schedule = columns.schedule(value)
    if isinstance(schedule, AtTimes):
        return {"at": [_clock(minute, reading) for minute in schedule.minutes]}
    start, end = _clock(schedule.start, reading), _clock(schedule.end, reading)
    return {"every_minutes": schedule.step, "from": start, "to": end}


def _tips_seen(value: Any, reading: Reading) -> Fact:
    return [reading.tip_ids.get(number, str(number)) for number in columns.integers(value)]


def _tip(value: Any, reading: Reading) -> Fact:
    return None if value is None else reading.tip_ids.get(value, str(value))


def _content(value: Any, _: Reading) -> Fact:
    parts: Fact = json.loads(value)
    return parts


REACTIONS = Source(
    table="reactions",
    sql=_REACTIONS,
    fields=(Field("reaction", "reaction"), Field("at", "reacted_at", _moment)),
    omitted={
        "subscriber_id": _WITH_THE_SETTINGS,
        "delivery_id": "stands in the delivery that holds the reaction",
    },
)
"""Reactions stand inside their deliveries."""

SOURCES: Mapping[Holding, Source] = {
    Holding.SETTINGS: Source(
        table="subscribers",
        sql=_PERSON,
        omitted={},
        fields=(
            Field("telegram_user_id", "subscriber_id"),
            Field("chat_id", "chat_id"),
            Field("joined_at", "created_at", _moment),
            Field("language", "language"),
            Field("time_zone", "zone"),
            Field("onboarding", "stage"),
            Field("messages", "presence"),
            Field("quiet_hours_start", "quiet_start", _clock),
            Field("quiet_hours_end", "quiet_end", _clock),
            Field("bedtime", "bedtime", _clock),
            Field("without_sound", "silent", _yes),
            Field("paused_until", "paused_until", _until),
            Field("tips_in_a_row_without_a_tap", "unanswered"),
            Field("has_a_diagnosis", "diagnosed", _yes),
            Field("log_pad_message_id", "pad_message_id"),
            Field("last_came_back_at", "returned_at", _moment),
            Field("last_export_at", "exported_at", _moment),
        ),
    ),
    Holding.PLANS: Source(
        table="plans",
        sql=_PLANS,
        omitted={
            "subscriber_id": _WITH_THE_SETTINGS,
            "wake_at": "repeats next_due_at for the planner's index",
        },
        fields=(
            Field("plan_id", "plan_id"),
            Field("topic", "topic"),
            Field("switched_on", "enabled", _yes),
            Field("schedule", "schedule", _schedule),
            Field("days", "days", _weekdays),
            Field("one_slot_in", "thin"),
            Field("next_slot_date", "next_date", _day),
            Field("next_slot_time", "next_minute", _clock),
            Field("next_due_at", "next_due_at", _moment),
            Field("tips_seen", "bag", _tips_seen),
        ),
    ),
    Holding.CHECK_INS: Source(
        table="check_ins",
        sql=_CHECK_INS,
        cursor=(("after_date", "local_date", ""), ("after", "check_in_id", 0)),
        fields=(
            Field("check_in_id", "check_in_id"),
            Field("kind", "kind"),
            Field("at", "at", _moment),
            Field("local_date", "local_date", _day),
            Field("time_zone", "zone"),
            Field("strength", "strength"),
            Field("side", "side"),
            Field("place", "place"),
            Field("how_long", "duration"),
            Field("ended_at", "ended_at", _moment),
            Field("possible_triggers", "triggers", _words),
            Field("helped", "helped", _words),
            Field("warning_signs", "flags", _words),
            Field("note", "note"),
            Field("taken_back", "undone", _yes),
            Field("logged_at", "logged_at", _moment),
        ),
    ),
    Holding.DAYS: Source(
        table="day_contexts",
        sql=_DAYS,
        cursor=(("after", "local_date", ""),),
        fields=(
            Field("local_date", "local_date", _day),
            Field("sleep_hours", "sleep_hours"),
            Field("coffees", "coffees"),
            Field("screen_hours", "screen_hours"),
            Field("water", "water"),
            Field("stress", "stress"),
        ),
    ),
    Holding.RELIEF: Source(
        table="relief_sessions",
        sql=_SESSIONS,
        cursor=(("after", "session_id", 0),),
        fields=(
            Field("session_id", "session_id"),
            Field("technique", "technique"),
            Field("pace", "pace"),
            Field("started_at", "started_at", _moment),
            Field("ended_at", "ended_at", _moment),
            Field("did_it_help", "answer"),
            Field("ticked_check_in_id", "ticked_entry"),
            Field("next_change_at", "due_at", _moment),
            Field("message_id", "message_id"),
            Field("tap", "tap_key"),
        ),
    ),
    Holding.TREATMENTS: Source(
        table="treatments",
        sql=_TREATMENTS,
        cursor=(("after_date", "local_date", ""), ("after", "treatment_id", 0)),
        fields=(
            Field("treatment_id", "treatment_id"),
            Field("kind", "kind"),
            Field("local_date", "local_date", _day),
            Field("note", "note"),
            Field("taken_back", "undone", _yes),
            Field("marked_at", "marked_at", _moment),
            Field("message_id", "message_id"),
            Field("tap", "tap_key"),
        ),
    ),
    Holding.SIGNS: Source(
        table="diary_signs",
        sql=_SIGNS,
        fields=(
            Field("sign", "sign"),
            Field("noticed_at", "claimed_at", _moment),
            Field("said_at", "said_at", _moment),
        ),
    ),
    Holding.DELIVERIES: Source(
        table="deliveries",
        sql=_DELIVERIES,
        cursor=(("after", "delivery_id", 0),),
        omitted={
            "subscriber_id": _WITH_THE_SETTINGS,
            "worker": "names a process of the program, not the person",
        },
        fields=(
            Field("delivery_id", "delivery_id"),
            Field("plan_id", "plan_id"),
            Field("topic", "topic"),
            Field("slot_date", "slot_date", _day),
            Field("slot_time", "slot_minute", _clock),
            Field("repeat", "repeat"),
            Field("state", "state"),
            Field("calls_made", "attempt"),
            Field("due_at", "due_at", _moment),
            Field("expires_at", "expires_at", _moment),
            Field("waits_until", "ready_at", _moment),
            Field("sending_since", "sending_at", _moment),
            Field("tip", "tip_number", _tip),
            Field("tip_revision", "tip_revision"),
            Field("message_id", "message_id"),
            Field("result_code", "code"),
            Field("announcement", "announcement_id"),
        ),
    ),
    Holding.TAPS: Source(
        table="taps",
        sql=_TAPS,
        cursor=(("after", "tap_key", ""),),
        fields=(
            Field("tap", "tap_key"),
            Field("at", "tapped_at", _moment),
            Field("message_id", "message_id"),
            Field("button_number", "nonce"),
            Field("check_in_id", "check_in_id"),
        ),
    ),
    Holding.QUESTION: Source(
        table="dialogs",
        sql=_QUESTION,
        fields=(
            Field("kind", "kind"),
            Field("about", "payload"),
            Field("expires_at", "expires_at", _moment),
        ),
    ),
    Holding.DRAFT: Source(
        table="drafts",
        sql=_DRAFT,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("text", "payload"),
            Field("kept_until", "expires_at", _moment),
        ),
    ),
    Holding.NOTICES: Source(
        table="notices",
        sql=_NOTICES,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("notice", "notice_id"),
            Field("what", "kind"),
            Field("proposal", "proposal_id"),
            Field("about_number", "about_actor"),
            Field("at", "made_at", _moment),
        ),
    ),
    Holding.UPDATES: Source(
        table="inbox",
        sql=_UPDATES,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("number", "update_id"),
            Field("what", "payload", _content),
            Field("at", "kept_at", _moment),
        ),
    ),
    Holding.ROLE: Source(
        table="staff",
        sql=_ROLE,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("number_in_the_log", "actor_id"),
            Field("name", "name"),
            Field("language", "language"),
            Field("editor_since", "editor_since", _moment),
        ),
    ),
    Holding.INVITATIONS: Source(
        table="invites",
        sql=_INVITES,
        omitted={
            "subscriber_id": "is the person's Telegram user id",
            "token_hash": "guards a secret that was shown once",
        },
        fields=(
            Field("invitation", "invite_id"),
            Field("made_at", "created_at", _moment),
            Field("expires_at", "expires_at", _moment),
            Field("tap", "tap_key"),
        ),
    ),
    Holding.ANNOUNCEMENTS: Source(
        table="announcements",
        sql=_ANNOUNCEMENTS,
        omitted={
            "actor_id": "is the person's number in the log, which stands in their role",
            "reached": "is how far a batch has come, not the person's",
            "settled": "guides the program's own work",
            "is_open": "guides the program's own work",
        },
        fields=(
            Field("announcement", "announcement_id"),
            Field("topic", "topic"),
            Field("text", "body"),
            Field("state", "state"),
            Field("written_at", "created_at", _moment),
            Field("started_at", "started_at", _moment),
            Field("ended_at", "ended_at", _moment),
            Field("figures_shown_at", "shown_at", _moment),
            Field("message_id", "message_id"),
            Field("meant_for", "heads"),
            Field("sent", "sent"),
            Field("unreachable", "unreachable"),
            Field("unknown", "unknown"),
            Field("failed", "failed"),
            Field("expired", "expired"),
            Field("tap", "tap_key"),
        ),
    ),
    Holding.ACTS: Source(
        table="audit_log",
        sql=_ACTS,
        cursor=(("after", "act_id", 0),),
        omitted={},
        fields=(
            Field("act", "act_id"),
            Field("at", "at", _moment),
            Field("by_number", "actor_id"),
            Field("about_number", "about_actor"),
            Field("what", "deed"),
            Field("on_what", "thing"),
            Field("more", "detail"),
        ),
    ),
    Holding.TIP_REVISIONS: Source(
        table="tip_versions",
        sql=_TIP_REVISIONS,
        cursor=(("after", "number", 0), ("after_revision", "revision", 0)),
        omitted={
            "kind": "says whether it is a tip or a card, as its id does",
            "content": "is the library's text, which is about nobody",
        },
        fields=(
            Field("tip", "number", _tip),
            Field("revision", "revision"),
            Field("at", "saved_at", _moment),
            Field("by_number", "actor_id"),
            Field("approved_by_number", "approved_by"),
            Field("what", "deed"),
            Field("changed", "fields", _words),
            Field("state", "state"),
        ),
    ),
    Holding.TIP_PROPOSALS: Source(
        table="proposals",
        sql=_TIP_PROPOSALS,
        cursor=(("after", "proposal_id", 0),),
        omitted={"kind": "says whether it is a tip or a card, as its id does"},
        fields=(
            Field("proposal", "proposal_id"),
            Field("tip", "number", _tip),
            Field("on_revision", "base"),
            Field("at", "proposed_at", _moment),
            Field("by_number", "actor_id"),
            Field("what", "deed"),
            Field("changed", "fields", _words),
            Field("state", "state"),
            Field("text", "content", _content),
            Field("outcome", "outcome"),
            Field("settled_by_number", "settled_by"),
            Field("settled_at", "settled_at", _moment),
            Field("became_revision", "made"),
            Field("reason", "why"),
            Field("others_told_at", "called_at", _moment),
        ),
    ),
}
"""Every kind of holding and its table; an export holds them in this order."""

_TITLE, _ANSWERS = "tip_title", "reactions"


def keys(kind: Holding) -> tuple[str, ...]:
    """Return the keys of a kind's records, in order."""
    own = tuple(each.key for each in SOURCES[kind].fields)
    return (*own, _TITLE, _ANSWERS) if kind is Holding.DELIVERIES else own


def records(tx: Transaction, who: int, kind: Holding) -> Iterator[Record]:
    """Yield everything of one kind that is kept of a person."""
    source, params = SOURCES[kind], {"who": who}
    home = _reading(tx, params)
    for page in source.pages(tx, params):
        answers = _answers(tx, who, page, home) if kind is Holding.DELIVERIES else {}
        for row in page:
            if kind is Holding.CHECK_INS:
                yield source.record(row, Reading(_zone(row["zone"])))
            elif kind is Holding.DELIVERIES:
                found = answers.get(row["delivery_id"], [])
                yield source.record(row, home) | {_TITLE: _title(row), _ANSWERS: found}
            else:
                yield source.record(row, home)


def _reading(tx: Transaction, params: Mapping[str, Any]) -> Reading:
    row = tx.execute(_ZONE, params).first()
    tip_ids = {tip["number"]: tip["tip_id"] for tip in tx.execute(_TIP_IDS)}
    return Reading(UTC if row is None else _zone(row["zone"]), tip_ids)


def _zone(name: str) -> tzinfo:
    """Return a zone; one that the machine no longer knows keeps nobody from their data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _answers(
    tx: Transaction, who: int, page: Sequence[Row], reading: Reading
) -> dict[int, list[Fact]]:
    ids = tuple(row["delivery_id"] for row in page)
    found: dict[int, list[Fact]] = {}
    for row in tx.execute(REACTIONS.sql, {"ids": ids, "who": who}):
        found.setdefault(row["delivery_id"], []).append(REACTIONS.record(row, reading))
    return found


def _title(row: Row) -> str | None:
    return None if row["content"] is None else str(json.loads(row["content"])["title"])
