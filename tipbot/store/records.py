"""What every group of use cases stands on: a database and a clock."""

from tipbot.clock import Clock
from tipbot.core.model import DeliveryState, Presence, Subscriber, SubscriberId
from tipbot.store import columns, rows
from tipbot.store.database import Database, Rows, Transaction

# NO KEY: a delivery that refers to the person may be written meanwhile; a second change may not.
_LOCKED = """
SELECT * FROM subscribers WHERE subscriber_id = :who FOR NO KEY UPDATE"""

_AWAKE = """
UPDATE plans SET wake_at = next_due_at
WHERE subscriber_id = :who AND enabled = 1"""
_ASLEEP = """
UPDATE plans SET wake_at = NULL
WHERE subscriber_id = :who"""

_PRESENCE = """
UPDATE subscribers SET presence = :presence WHERE subscriber_id = :who"""
# Someone who said /stop stays STOPPED: a block lifted later must not bring them back.
_BLOCK = """
UPDATE subscribers SET presence = 'blocked'
WHERE subscriber_id = :who AND presence = 'active'"""
_END_WAITING = """
UPDATE deliveries SET state = :state, ready_at = NULL, worker = NULL
WHERE subscriber_id = :who AND state IN ('pending', 'retry', 'claimed')"""
_END_RELIEF = """
UPDATE relief_sessions SET ended_at = due_at, due_at = NULL
WHERE subscriber_id = :who AND ended_at IS NULL"""
_BACK = """
UPDATE subscribers SET presence = 'active', returned_at = :now WHERE subscriber_id = :who"""


class Records:
    """Base of the use cases; the concrete store is all of them together."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on ``database``; ``clock`` serves where a method is handed no moment."""
        self._database = database
        self._clock = clock


def lock(tx: Transaction, who: SubscriberId) -> Rows:
    """Return the row of a person, if any; no other transaction changes it until this one ends."""
    return tx.execute(_LOCKED, {"who": who})


def locked(tx: Transaction, who: SubscriberId) -> Subscriber | None:
    """Return a person whom no other transaction can change until this one ends, or None."""
    row = lock(tx, who).first()
    return None if row is None else rows.subscriber(row)


def be_away(tx: Transaction, who: SubscriberId, presence: Presence) -> None:
    """Keep the planner from someone's plans, and end what waits for them."""
    tx.execute(_END_WAITING, {"who": who, "state": DeliveryState.EXPIRED.value})
    tx.execute(_PRESENCE, {"who": who, "presence": presence.value})
    tx.execute(_END_RELIEF, {"who": who})
    tx.execute(_ASLEEP, {"who": who})


def be_blocked(tx: Transaction, who: SubscriberId) -> None:
    """Keep everything from someone whom Telegram refuses, and end what waits for them."""
    tx.execute(_END_WAITING, {"who": who, "state": DeliveryState.UNREACHABLE.value})
    tx.execute(_BLOCK, {"who": who})
    tx.execute(_END_RELIEF, {"who": who})
    tx.execute(_ASLEEP, {"who": who})


def be_back(tx: Transaction, who: SubscriberId, clock: Clock) -> None:
    """Show someone's plans to the planner again; slots up to now stay missed."""
    tx.execute(_BACK, {"who": who, "now": columns.micros(clock())})
    tx.execute(_AWAKE, {"who": who})
