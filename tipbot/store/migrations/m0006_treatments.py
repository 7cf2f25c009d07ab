"""Treatment marks: the days of injections and of changes of medicine."""

from tipbot.store.migrations.step import alike

# tap_key is the press or the typed message that made the mark; message_id the question it answered.
_TREATMENTS = """
CREATE TABLE treatments (
    treatment_id IDENTITY,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    local_date TEXT NOT NULL,
    note TEXT NOT NULL,
    undone BIGINT NOT NULL,
    tap_key TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    marked_at BIGINT NOT NULL,
    UNIQUE (subscriber_id, tap_key)
)"""

STEP = alike(
    "0006_treatments",
    _TREATMENTS,
    "CREATE INDEX treatments_day ON treatments (subscriber_id, local_date)",
)
