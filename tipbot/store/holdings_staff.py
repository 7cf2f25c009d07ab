"""What is kept of owners and editors beside their work on the library."""

from collections.abc import Mapping

from tipbot.core.holdings import Holding
from tipbot.store import holdings_read as read
from tipbot.store.holdings_source import Field, Source

_NOTICES = "SELECT * FROM notices WHERE subscriber_id = :who ORDER BY notice_id"
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

SOURCES: Mapping[Holding, Source] = {
    Holding.ROLE: Source(
        table="staff",
        sql=_ROLE,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("number_in_the_log", "actor_id"),
            Field("name", "name"),
            Field("language", "language"),
            Field("editor_since", "editor_since", read.moment),
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
            Field("made_at", "created_at", read.moment),
            Field("expires_at", "expires_at", read.moment),
            Field("tap", "tap_key"),
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
            Field("at", "made_at", read.moment),
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
            Field("written_at", "created_at", read.moment),
            Field("started_at", "started_at", read.moment),
            Field("ended_at", "ended_at", read.moment),
            Field("figures_shown_at", "shown_at", read.moment),
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
            Field("at", "at", read.moment),
            Field("by_number", "actor_id"),
            Field("about_number", "about_actor"),
            Field("what", "deed"),
            Field("on_what", "thing"),
            Field("more", "detail"),
        ),
    ),
}
