"""Updates that take long, kept so that Telegram need not keep them."""

from tipbot.store.migrations.step import alike

# Refers to no subscriber: whoever writes need not be one. A row stands until its update is over.
_INBOX = """
CREATE TABLE inbox (
    update_id BIGINT PRIMARY KEY,
    subscriber_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    kept_at BIGINT NOT NULL
)"""

STEP = alike("0015_inbox", _INBOX, "CREATE INDEX inbox_sender ON inbox (subscriber_id)")
