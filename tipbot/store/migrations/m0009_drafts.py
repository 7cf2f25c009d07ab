"""What editors are writing and have not saved yet."""

from tipbot.store.migrations.step import alike

# Refers to no subscriber: an editor need not be one.
_DRAFTS = """
CREATE TABLE drafts (
    subscriber_id BIGINT PRIMARY KEY,
    payload TEXT NOT NULL,
    expires_at BIGINT NOT NULL
)"""

STEP = alike("0009_drafts", _DRAFTS, "CREATE INDEX drafts_expiry ON drafts (expires_at)")
