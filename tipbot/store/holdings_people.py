"""What is kept of everybody: settings, plans, what was sent to them, what they tapped."""

from collections.abc import Mapping

from tipbot.core.holdings import Holding
from tipbot.store import holdings_read as read
from tipbot.store.holdings_source import WITH_THE_SETTINGS, Field, Source

_PERSON = "SELECT * FROM subscribers WHERE subscriber_id = :who"
_PLANS = "SELECT * FROM plans WHERE subscriber_id = :who ORDER BY plan_id"
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
_UPDATES = "SELECT * FROM inbox WHERE subscriber_id = :who ORDER BY update_id"

REACTIONS = Source(
    table="reactions",
    sql=_REACTIONS,
    fields=(Field("reaction", "reaction"), Field("at", "reacted_at", read.moment)),
    omitted={
        "subscriber_id": WITH_THE_SETTINGS,
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
            Field("joined_at", "created_at", read.moment),
            Field("language", "language"),
            Field("time_zone", "zone"),
            Field("onboarding", "stage"),
            Field("messages", "presence"),
            Field("quiet_hours_start", "quiet_start", read.clock),
            Field("quiet_hours_end", "quiet_end", read.clock),
            Field("bedtime", "bedtime", read.clock),
            Field("without_sound", "silent", read.yes),
            Field("paused_until", "paused_until", read.until),
            Field("tips_in_a_row_without_a_tap", "unanswered"),
            Field("has_a_diagnosis", "diagnosed", read.yes),
            Field("log_pad_message_id", "pad_message_id"),
            Field("last_came_back_at", "returned_at", read.moment),
            Field("last_export_at", "exported_at", read.moment),
        ),
    ),
    Holding.PLANS: Source(
        table="plans",
        sql=_PLANS,
        omitted={
            "subscriber_id": WITH_THE_SETTINGS,
            "wake_at": "repeats next_due_at for the planner's index",
        },
        fields=(
            Field("plan_id", "plan_id"),
            Field("topic", "topic"),
            Field("switched_on", "enabled", read.yes),
            Field("schedule", "schedule", read.schedule),
            Field("days", "days", read.weekdays),
            Field("one_slot_in", "thin"),
            Field("next_slot_date", "next_date", read.day),
            Field("next_slot_time", "next_minute", read.clock),
            Field("next_due_at", "next_due_at", read.moment),
            Field("tips_seen", "bag", read.tips_seen),
        ),
    ),
    Holding.DELIVERIES: Source(
        table="deliveries",
        sql=_DELIVERIES,
        cursor=(("after", "delivery_id", 0),),
        omitted={
            "subscriber_id": WITH_THE_SETTINGS,
            "worker": "names a process of the program, not the person",
        },
        fields=(
            Field("delivery_id", "delivery_id"),
            Field("plan_id", "plan_id"),
            Field("topic", "topic"),
            Field("slot_date", "slot_date", read.day),
            Field("slot_time", "slot_minute", read.clock),
            Field("repeat", "repeat"),
            Field("state", "state"),
            Field("calls_made", "attempt"),
            Field("due_at", "due_at", read.moment),
            Field("expires_at", "expires_at", read.moment),
            Field("waits_until", "ready_at", read.moment),
            Field("sending_since", "sending_at", read.moment),
            Field("tip", "tip_number", read.tip),
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
            Field("at", "tapped_at", read.moment),
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
            Field("expires_at", "expires_at", read.moment),
        ),
    ),
    Holding.UPDATES: Source(
        table="inbox",
        sql=_UPDATES,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("number", "update_id"),
            Field("what", "payload", read.content),
            Field("at", "kept_at", read.moment),
        ),
    ),
}
