"""Relief sessions: what leads each one on after a restart, and what came of it."""

from tipbot.store.migrations.step import alike

# due_at is when the session's message is to change next, NULL once it has ended: the tick's index
# holds live sessions alone. tap_key is the press that began it. ticked_entry is the check-in on
# which the answer ticked what helped; it refers to nothing, and is only read as its owner's own.
_SESSIONS = """
CREATE TABLE relief_sessions (
    session_id IDENTITY,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    message_id BIGINT NOT NULL,
    technique TEXT NOT NULL,
    pace TEXT NOT NULL,
    tap_key TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    due_at BIGINT,
    ended_at BIGINT,
    answer TEXT,
    ticked_entry BIGINT,
    UNIQUE (subscriber_id, tap_key)
)"""

STEP = alike(
    "0003_relief",
    _SESSIONS,
    "CREATE INDEX relief_sessions_due ON relief_sessions (due_at) WHERE due_at IS NOT NULL",
    "CREATE UNIQUE INDEX relief_sessions_one_live"
    " ON relief_sessions (subscriber_id) WHERE ended_at IS NULL",
    "CREATE INDEX relief_sessions_record ON relief_sessions (subscriber_id, technique, answer)",
)
