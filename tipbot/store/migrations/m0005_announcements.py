"""Announcements; their deliveries stand beside those of tips, in a lane of their own."""

from tipbot.store.migrations.step import alike

# topic is NULL for an announcement to everyone. reached is the number of the last subscriber who
# was looked at, NULL once all were. Once all is over it is settled, with its figures, which outlast
# its deliveries; it stays open until these figures were shown. shown_at is when some were last.
_ANNOUNCEMENTS = """
CREATE TABLE announcements (
    announcement_id IDENTITY,
    actor_id BIGINT NOT NULL REFERENCES staff (actor_id),
    tap_key TEXT NOT NULL,
    topic TEXT,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    reached BIGINT,
    message_id BIGINT,
    settled BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    shown_at BIGINT NOT NULL,
    heads BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    unreachable BIGINT NOT NULL,
    unknown BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    expired BIGINT NOT NULL,
    UNIQUE (actor_id, tap_key)
)"""

STEP = alike(
    "0005_announcements",
    _ANNOUNCEMENTS,
    "ALTER TABLE deliveries ADD COLUMN announcement_id BIGINT"
    " REFERENCES announcements (announcement_id)",
    # Counts who would get one, and who there is at all.
    "CREATE INDEX subscribers_audience ON subscribers (presence, stage, paused_until)",
    # Two indexes, so that no tip is looked for behind thousands of announcements.
    "DROP INDEX deliveries_ready",
    "CREATE INDEX deliveries_ready ON deliveries (ready_at)"
    " WHERE ready_at IS NOT NULL AND announcement_id IS NULL",
    "CREATE INDEX deliveries_announced ON deliveries (ready_at)"
    " WHERE ready_at IS NOT NULL AND announcement_id IS NOT NULL",
    "CREATE INDEX deliveries_announcement ON deliveries (announcement_id, state)"
    " WHERE announcement_id IS NOT NULL",
)
