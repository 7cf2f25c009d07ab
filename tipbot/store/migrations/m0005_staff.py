"""Owners and editors, invitations, and the log of what they did."""

from tipbot.store.migrations.step import alike

# Refers to no subscriber: an editor need not be one. subscriber_id and name are taken out when all
# of a person is removed; the number stays, so that the log still tells one from another.
_STAFF = """
CREATE TABLE staff (
    actor_id IDENTITY,
    subscriber_id BIGINT UNIQUE,
    name TEXT NOT NULL,
    editor_since BIGINT
)"""

# Only what can still be opened stands here; subscriber_id is the owner who made it.
_INVITES = """
CREATE TABLE invites (
    invite_id IDENTITY,
    subscriber_id BIGINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    tap_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (subscriber_id, tap_key)
)"""

_AUDIT_LOG = """
CREATE TABLE audit_log (
    act_id IDENTITY,
    actor_id BIGINT NOT NULL REFERENCES staff (actor_id),
    about_actor BIGINT REFERENCES staff (actor_id),
    at BIGINT NOT NULL,
    deed TEXT NOT NULL,
    thing TEXT NOT NULL,
    detail TEXT NOT NULL
)"""

STEP = alike(
    "0005_staff",
    _STAFF,
    _INVITES,
    "CREATE INDEX invites_expiry ON invites (expires_at)",
    _AUDIT_LOG,
    "CREATE INDEX audit_log_actor ON audit_log (actor_id)",
    "CREATE INDEX audit_log_about ON audit_log (about_actor) WHERE about_actor IS NOT NULL",
)
