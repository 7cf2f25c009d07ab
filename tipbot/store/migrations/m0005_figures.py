"""What the figures of a day look up, each by an index that holds all it needs."""

from tipbot.store.migrations.step import alike

STEP = alike(
    "0005_figures",
    # As before for thinning; with state and tip it answers for a day without a look at the rows.
    "DROP INDEX deliveries_over",
    "CREATE INDEX deliveries_over ON deliveries (due_at, state, tip_number)"
    " WHERE ready_at IS NULL AND sending_at IS NULL",
    "CREATE INDEX reactions_day ON reactions (reacted_at, reaction, delivery_id)",
    "CREATE INDEX subscribers_created ON subscribers (created_at)",
)
