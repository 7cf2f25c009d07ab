"""Which updates were answered, so that one that Telegram hands over again is not answered twice."""

from tipbot.store.migrations.step import alike

# A key leads to nobody: it is an update's number and a digest.
_ANSWERED = "CREATE TABLE answered (key BIGINT PRIMARY KEY, answered_at BIGINT NOT NULL)"

STEP = alike(
    "0011_answered",
    _ANSWERED,
    "CREATE INDEX answered_by_moment ON answered (answered_at)",
)
