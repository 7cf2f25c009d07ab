"""What owners and editors are still to be told, and why a change was turned down."""

from tipbot.store.migrations.step import alike

# Refers to no subscriber: an owner or editor need not be one. A row stands until it is sent.
_NOTICES = """
CREATE TABLE notices (
    notice_id IDENTITY,
    subscriber_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    proposal_id BIGINT REFERENCES proposals (proposal_id),
    about_actor BIGINT REFERENCES staff (actor_id),
    made_at BIGINT NOT NULL
)"""

STEP = alike(
    "0010_notices",
    _NOTICES,
    "CREATE INDEX notices_recipient ON notices (subscriber_id)",
    "ALTER TABLE proposals ADD COLUMN why TEXT NOT NULL DEFAULT ''",
    # When the others were told that it waits; NULL until then.
    "ALTER TABLE proposals ADD COLUMN called_at BIGINT",
    "CREATE INDEX proposals_uncalled ON proposals (called_at) WHERE outcome = 'open'",
)
