"""What several processes on one database agree on: whose turn a tick is, and the common pace."""

from tipbot.store.migrations.step import alike

# next_at is when a tick may run again, whichever process asks for it then.
_TICKS = "CREATE TABLE ticks (name TEXT PRIMARY KEY, next_at BIGINT NOT NULL)"

# turn_at is when the next message is due, by the database's own clock; factor is the part of the
# full pace in millionths, as of the moment `since`.
_PACE = """
CREATE TABLE pace (
    name TEXT PRIMARY KEY,
    turn_at BIGINT NOT NULL,
    paused_until BIGINT NOT NULL,
    factor BIGINT NOT NULL,
    since BIGINT NOT NULL
)"""

STEP = alike(
    "0007_cluster",
    _TICKS,
    _PACE,
    "INSERT INTO pace (name, turn_at, paused_until, factor, since)"
    " VALUES ('messages', 0, 0, 1000000, 0)",
)
