"""What every group of use cases stands on: a database, a clock, and the order of locks.

On PostgreSQL transactions wait for each other's rows, but never in a circle:

- Who changes more than one row of a person has locked the person before (``lock``), and of several
  people each before those with greater numbers.
- Then come plans before deliveries before reactions, and after these all else of the person.
- Who takes what is due, whoever's it is, passes over what is held, and so waits for nobody.
- Without the person there is a wait for deliveries alone: one of a person, by their numbers.

docs/decisions/0002-one-transaction-body-for-two-databases.md says who keeps to it in which way.
"""

from collections.abc import Collection
from datetime import datetime

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
WHERE subscriber_id IN :people"""

_PRESENCE = """
UPDATE subscribers SET presence = :presence WHERE subscriber_id = :who"""
# Someone who said /stop stays STOPPED: a block lifted later must not bring them back.
_BLOCK = """
UPDATE subscribers SET presence = 'blocked'
WHERE subscriber_id IN :people AND presence = 'active'"""
# In the order in which intents take them.
_END_WAITING = """
UPDATE deliveries SET state = :state, ready_at = NULL, worker = NULL
WHERE delivery_id IN (
    WITH batch AS MATERIALIZED (
        SELECT delivery_id FROM deliveries
        WHERE subscriber_id IN :people AND state IN ('pending', 'retry', 'claimed')
        ORDER BY delivery_id FOR NO KEY UPDATE
    ) SELECT delivery_id FROM batch
)"""
_END_RELIEF = """
UPDATE relief_sessions SET due_at = NULL, ended_at = CASE
    WHEN due_at < :now THEN due_at WHEN started_at > :now THEN started_at ELSE :now END
WHERE subscriber_id IN :people AND ended_at IS NULL"""
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


def be_away(tx: Transaction, who: SubscriberId, presence: Presence, now: datetime) -> None:
    """Keep the planner from the plans of someone who is locked, and end what waits for them."""
    _end_all(tx, (who,), DeliveryState.EXPIRED, now)
    tx.execute(_PRESENCE, {"who": who, "presence": presence.value})


def be_blocked(tx: Transaction, people: Collection[SubscriberId], now: datetime) -> None:
    """Keep everything from people who are locked and whom Telegram refuses; end what waits."""
    _end_all(tx, tuple(people), DeliveryState.UNREACHABLE, now)
    tx.execute(_BLOCK, {"people": tuple(people)})


def _end_all(
    tx: Transaction, people: tuple[SubscriberId, ...], state: DeliveryState, now: datetime
) -> None:
    tx.execute(_ASLEEP, {"people": people})
    tx.execute(_END_WAITING, {"people": people, "state": state.value})
    tx.execute(_END_RELIEF, {"people": people, "now": columns.micros(now)})


def be_back(tx: Transaction, who: SubscriberId, clock: Clock) -> None:
    """Show someone's plans to the planner again; slots up to now stay missed."""
    tx.execute(_BACK, {"who": who, "now": columns.micros(clock())})
    tx.execute(_AWAKE, {"who": who})
