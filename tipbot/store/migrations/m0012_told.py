"""When the proposer of a change was told what became of it: once, also over a crash."""

from tipbot.store.migrations.step import alike

STEP = alike(
    "0012_told",
    "ALTER TABLE proposals ADD COLUMN told_at BIGINT",
    "UPDATE proposals SET told_at = settled_at",
)
