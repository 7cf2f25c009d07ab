"""The first schema. Every table with something personal carries ``subscriber_id``."""

from tipbot.store.migrations.step import alike

# returned_at is when someone last came back after a stop or a block.
_SUBSCRIBERS = """
CREATE TABLE subscribers (
    subscriber_id BIGINT PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    stage TEXT NOT NULL,
    presence TEXT NOT NULL,
    quiet_start BIGINT NOT NULL,
    quiet_end BIGINT NOT NULL,
    bedtime BIGINT NOT NULL,
    silent BIGINT NOT NULL,
    paused_until BIGINT,
    unanswered BIGINT NOT NULL,
    diagnosed BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    pad_message_id BIGINT,
    created_at BIGINT NOT NULL,
    returned_at BIGINT
)"""

# wake_at repeats next_due_at while the plan is on and its owner ACTIVE, else it is NULL: the
# planner's index then holds no plan that it would have to pass over.
_PLANS = """
CREATE TABLE plans (
    plan_id IDENTITY,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    schedule TEXT NOT NULL,
    days TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    thin BIGINT NOT NULL,
    next_date TEXT,
    next_minute BIGINT,
    next_due_at BIGINT,
    wake_at BIGINT,
    bag TEXT NOT NULL,
    UNIQUE (subscriber_id, topic)
)"""

_TIPS = """
CREATE TABLE tips (
    number IDENTITY,
    tip_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    shelf TEXT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL
)"""

_TIP_VERSIONS = """
CREATE TABLE tip_versions (
    number BIGINT NOT NULL REFERENCES tips (number),
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (number, revision)
)"""

_DOCUMENTS = """
CREATE TABLE documents (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    sections TEXT NOT NULL
)"""

# plan_id refers to nothing: a delivery outlives its plan, and plan ids are never used again.
# ready_at is when a claim may next take the row: its due moment, the end of a pause before a
# retry, or the end of a claim's lease; NULL once it is being sent or over.
_DELIVERIES = """
CREATE TABLE deliveries (
    delivery_id IDENTITY,
    plan_id BIGINT NOT NULL,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    slot_date TEXT NOT NULL,
    slot_minute BIGINT NOT NULL,
    repeat BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ready_at BIGINT,
    worker TEXT,
    sending_at BIGINT,
    tip_number BIGINT,
    tip_revision BIGINT,
    message_id BIGINT,
    code TEXT NOT NULL,
    UNIQUE (plan_id, slot_date, slot_minute, repeat),
    FOREIGN KEY (tip_number, tip_revision) REFERENCES tip_versions (number, revision)
)"""

_REACTIONS = """
CREATE TABLE reactions (
    delivery_id BIGINT NOT NULL REFERENCES deliveries (delivery_id) ON DELETE CASCADE,
    reaction TEXT NOT NULL,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    reacted_at BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, reaction)
)"""

_CHECK_INS = """
CREATE TABLE check_ins (
    check_in_id IDENTITY,
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    local_date TEXT NOT NULL,
    zone TEXT NOT NULL,
    strength BIGINT,
    side TEXT,
    place TEXT,
    duration TEXT,
    ended_at BIGINT,
    triggers TEXT NOT NULL,
    helped TEXT NOT NULL,
    flags TEXT NOT NULL,
    note TEXT NOT NULL,
    undone BIGINT NOT NULL,
    logged_at BIGINT NOT NULL
)"""

# Every press that was answered with an entry, the second of a double press included: either may
# be handed over again after a crash, long after the two stopped looking like one wish.
_TAPS = """
CREATE TABLE taps (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    tap_key TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    nonce BIGINT NOT NULL,
    tapped_at BIGINT NOT NULL,
    check_in_id BIGINT NOT NULL REFERENCES check_ins (check_in_id) ON DELETE CASCADE,
    PRIMARY KEY (subscriber_id, tap_key)
)"""

_DAY_CONTEXTS = """
CREATE TABLE day_contexts (
    subscriber_id BIGINT NOT NULL REFERENCES subscribers (subscriber_id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    sleep_hours BIGINT,
    coffees BIGINT,
    screen_hours BIGINT,
    water BIGINT,
    stress BIGINT,
    PRIMARY KEY (subscriber_id, local_date)
)"""

# Refers to no subscriber: an editor may be asked something without being one.
_DIALOGS = """
CREATE TABLE dialogs (
    subscriber_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    expires_at BIGINT NOT NULL
)"""

_COUNTERS = "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)"

STEP = alike(
    "0001_first",
    _SUBSCRIBERS,
    "CREATE INDEX subscribers_chat ON subscribers (chat_id)",
    _PLANS,
    "CREATE INDEX plans_wake ON plans (wake_at) WHERE wake_at IS NOT NULL",
    _TIPS,
    _TIP_VERSIONS,
    _DOCUMENTS,
    _DELIVERIES,
    "CREATE INDEX deliveries_ready ON deliveries (ready_at) WHERE ready_at IS NOT NULL",
    "CREATE INDEX deliveries_expiry ON deliveries (expires_at) WHERE ready_at IS NOT NULL",
    "CREATE INDEX deliveries_sending ON deliveries (sending_at) WHERE sending_at IS NOT NULL",
    "CREATE INDEX deliveries_worker ON deliveries (worker) WHERE worker IS NOT NULL",
    "CREATE INDEX deliveries_person ON deliveries (subscriber_id, state)",
    "CREATE INDEX deliveries_state ON deliveries (state)",
    _REACTIONS,
    "CREATE INDEX reactions_person ON reactions (subscriber_id)",
    _CHECK_INS,
    "CREATE INDEX check_ins_day ON check_ins (subscriber_id, local_date)",
    "CREATE INDEX check_ins_newest ON check_ins (subscriber_id, undone, at)",
    "CREATE UNIQUE INDEX check_ins_one_rating"
    " ON check_ins (subscriber_id, local_date) WHERE kind = 'day'",
    _TAPS,
    "CREATE INDEX taps_button ON taps (subscriber_id, message_id, nonce, tapped_at)",
    "CREATE INDEX taps_entry ON taps (check_in_id)",
    _DAY_CONTEXTS,
    _DIALOGS,
    "CREATE INDEX dialogs_expiry ON dialogs (expires_at)",
    _COUNTERS,
    "INSERT INTO counters (name, value) VALUES ('library', 0), ('ping', 0)",
)
