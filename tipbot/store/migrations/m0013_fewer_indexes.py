"""Indexes that a delivery's way changed at each step now hold only the rows that are asked for."""

from tipbot.store.migrations.step import alike

STEP = alike(
    "0013_fewer_indexes",
    # Nobody asks for other states by themselves.
    "DROP INDEX deliveries_state",
    "CREATE INDEX deliveries_unknown ON deliveries (state) WHERE state = 'unknown'",
    "DROP INDEX deliveries_tip",
    "CREATE INDEX deliveries_tip ON deliveries (tip_number)"
    " WHERE state = 'sent' AND tip_number IS NOT NULL",
)
