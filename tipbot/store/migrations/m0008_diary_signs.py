"""What was said of the course of a diary, once each; and one place less for the weekly digest.

Whether somebody gets the digest stands in its plan, as with every other message of a plan.
"""

from tipbot.store.migrations.step import alike

# claimed_at is when a process took it upon itself to say it; said_at is NULL until that was done.
_DIARY_SIGNS = """
CREATE TABLE diary_signs (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    sign TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    said_at BIGINT,
    PRIMARY KEY (subscriber_id, sign)
)"""

STEP = alike(
    "0008_diary_signs",
    _DIARY_SIGNS,
    "ALTER TABLE subscribers DROP COLUMN digest",
)
