"""What thinning old records looks up by age, and when someone last exported their data."""

from tipbot.store.migrations.step import alike

STEP = alike(
    "0002_retention",
    "ALTER TABLE subscribers ADD COLUMN exported_at BIGINT",
    # Deliveries that are over: neither waiting nor on their way.
    "CREATE INDEX deliveries_over ON deliveries (due_at)"
    " WHERE ready_at IS NULL AND sending_at IS NULL",
    "CREATE INDEX taps_age ON taps (tapped_at)",
)
