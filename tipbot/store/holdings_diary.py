"""What is kept of a diary: check-ins, days, relief, treatments, signs."""

from collections.abc import Mapping

from tipbot.core.holdings import Holding
from tipbot.store import holdings_read as read
from tipbot.store.holdings_source import Field, Source

_CHECK_INS = """
SELECT * FROM check_ins
WHERE subscriber_id = :who AND local_date >= :after_date
    AND (local_date > :after_date OR check_in_id > :after)
ORDER BY local_date, check_in_id LIMIT :limit"""
_DAYS = """
SELECT * FROM day_contexts WHERE subscriber_id = :who AND local_date > :after
ORDER BY local_date LIMIT :limit"""
# The plus sign keeps both databases on the index of the person's own.
_SESSIONS = """
SELECT * FROM relief_sessions WHERE subscriber_id = :who AND +session_id > :after
ORDER BY +session_id LIMIT :limit"""
_TREATMENTS = """
SELECT * FROM treatments
WHERE subscriber_id = :who AND local_date >= :after_date
    AND (local_date > :after_date OR treatment_id > :after)
ORDER BY local_date, treatment_id LIMIT :limit"""
_SIGNS = "SELECT * FROM diary_signs WHERE subscriber_id = :who ORDER BY sign"

SOURCES: Mapping[Holding, Source] = {
    Holding.CHECK_INS: Source(
        table="check_ins",
        sql=_CHECK_INS,
        cursor=(("after_date", "local_date", ""), ("after", "check_in_id", 0)),
        fields=(
            Field("check_in_id", "check_in_id"),
            Field("kind", "kind"),
            Field("at", "at", read.moment),
            Field("local_date", "local_date", read.day),
            Field("time_zone", "zone"),
            Field("strength", "strength"),
            Field("side", "side"),
            Field("place", "place"),
            Field("how_long", "duration"),
            Field("ended_at", "ended_at", read.moment),
            Field("possible_triggers", "triggers", read.words),
            Field("helped", "helped", read.words),
            Field("warning_signs", "flags", read.words),
            Field("note", "note"),
            Field("taken_back", "undone", read.yes),
            Field("logged_at", "logged_at", read.moment),
        ),
    ),
    Holding.DAYS: Source(
        table="day_contexts",
        sql=_DAYS,
        cursor=(("after", "local_date", ""),),
        fields=(
            Field("local_date", "local_date", read.day),
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
            Field("started_at", "started_at", read.moment),
            Field("ended_at", "ended_at", read.moment),
            Field("did_it_help", "answer"),
            Field("ticked_check_in_id", "ticked_entry"),
            Field("next_change_at", "due_at", read.moment),
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
            Field("local_date", "local_date", read.day),
            Field("note", "note"),
            Field("taken_back", "undone", read.yes),
            Field("marked_at", "marked_at", read.moment),
            Field("message_id", "message_id"),
            Field("tap", "tap_key"),
        ),
    ),
    Holding.SIGNS: Source(
        table="diary_signs",
        sql=_SIGNS,
        fields=(
            Field("sign", "sign"),
            Field("noticed_at", "claimed_at", read.moment),
            Field("said_at", "said_at", read.moment),
        ),
    ),
}
