"""What was committed, in the order of the commits, seen by the database itself.

Temporary triggers, which belong to a connection and not to the file, tell of every row that
changes; ``Journal.note`` adds what a function that ran inside the transaction knew. A body that is
rolled back is forgotten.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class PlanRow(NamedTuple):
    """A plan as it stands after a change."""

    plan: int
    who: int
    topic: str
    schedule: str
    days: str
    enabled: int
    thin: int
    next_date: str | None
    next_minute: int | None
    next_due: int | None
    wake: int | None
    bag: str


class PersonRow(NamedTuple):
    """A person as they stand after a change."""

    who: int
    chat: int
    zone: str
    stage: str
    presence: str
    quiet_start: int
    quiet_end: int
    paused_until: int | None
    returned: int | None


class DeliveryRow(NamedTuple):
    """A delivery as it stands after a change; ``before`` is the state it had."""

    before: str | None
    delivery: int
    plan: int
    who: int
    topic: str
    date: str
    minute: int
    repeat: int
    state: str
    attempt: int
    due: int
    expires: int
    ready: int | None
    worker: str | None
    sending: int | None
    tip: int | None
    code: str

    def __str__(self) -> str:
        """Return what a story tells of it."""
        slot = f"{self.date} {self.minute // 60:02}:{self.minute % 60:02} repeat={self.repeat}"
        return (
            f"#{self.delivery} who={self.who} {self.topic} {slot} tip={self.tip}"
            f" worker={self.worker} {self.code}"
        )


class Step(NamedTuple):
    """The planner decided about a plan."""

    plan: int
    now: datetime


class Wish(NamedTuple):
    """Somebody asked for a tip of this plan."""

    plan: int
    now: datetime


class Revision(NamedTuple):
    """Somebody changed their settings."""

    who: int
    now: datetime
    what: str


class CheckedIn(NamedTuple):
    """Somebody logged a twitch."""

    who: int
    at: int


class AnnouncementRow(NamedTuple):
    """An announcement as it stands after a change."""

    which: int
    state: str
    topic: str | None
    reached: int | None
    started: int | None
    settled: int
    heads: int
    sent: int
    unreachable: int
    unknown: int
    failed: int
    expired: int

    def figures(self) -> dict[str, int]:
        """Return the deliveries in each state that ends one, as they were counted."""
        names = ("sent", "unreachable", "unknown", "failed", "expired")
        return {name: count for name in names if (count := getattr(self, name))}


class Gone(NamedTuple):
    """A row was removed."""

    table: str
    number: int


Entry = (
    PlanRow | PersonRow | DeliveryRow | AnnouncementRow | Step | Wish | Revision | CheckedIn | Gone
)

_PLAN = (
    "plan_id, subscriber_id, topic, schedule, days, enabled, thin, next_date, next_minute,"
    " next_due_at, wake_at, bag"
)
_PERSON = (
    "subscriber_id, chat_id, zone, stage, presence, quiet_start, quiet_end, paused_until,"
    " returned_at"
)
_DELIVERY = (
    "delivery_id, plan_id, subscriber_id, topic, slot_date, slot_minute, repeat, state, attempt,"
    " due_at, expires_at, ready_at, worker, sending_at, tip_number, code"
)
_ANNOUNCEMENT = (
    "announcement_id, state, topic, reached, started_at, settled, heads, sent, unreachable,"
    " unknown, failed, expired"
)


def _trigger(name: str, event: str, table: str, values: str) -> str:
    return (
        f"CREATE TEMP TRIGGER {name} AFTER {event} ON main.{table} BEGIN"
        f" SELECT saw_{table}({values}); END"
    )


def _new(columns: str) -> str:
    return ", ".join(f"NEW.{column.strip()}" for column in columns.split(","))


def _gone(table: str, key: str) -> str:
    return (
        f"CREATE TEMP TRIGGER {table}_gone AFTER DELETE ON main.{table} BEGIN"
        f" SELECT saw_gone('{table}', OLD.{key}); END"
    )


TRIGGERS = (
    _trigger("plan_made", "INSERT", "plans", _new(_PLAN)),
    _trigger("plan_changed", "UPDATE", "plans", _new(_PLAN)),
    _trigger("person_came", "INSERT", "subscribers", _new(_PERSON)),
    _trigger("person_changed", "UPDATE", "subscribers", _new(_PERSON)),
    _trigger("delivery_made", "INSERT", "deliveries", f"NULL, {_new(_DELIVERY)}"),
    _trigger("delivery_changed", "UPDATE", "deliveries", f"OLD.state, {_new(_DELIVERY)}"),
    _trigger("announcement_made", "INSERT", "announcements", _new(_ANNOUNCEMENT)),
    _trigger("announcement_changed", "UPDATE", "announcements", _new(_ANNOUNCEMENT)),
    _trigger("checked_in", "INSERT", "check_ins", _new("subscriber_id, at")),
    _gone("plans", "plan_id"),
    _gone("subscribers", "subscriber_id"),
    _gone("deliveries", "delivery_id"),
)
_KINDS: dict[str, Callable[..., Entry]] = {
    "plans": PlanRow,
    "subscribers": PersonRow,
    "deliveries": DeliveryRow,
    "announcements": AnnouncementRow,
    "check_ins": CheckedIn,
    "gone": Gone,
}


def _unheard(_: list[Entry]) -> None:
    """Hear of a transaction, and say nothing."""


@dataclass(slots=True)
class Journal:
    """Collects what each transaction's body does, and hands it on once that is committed."""

    committed: Callable[[list[Entry]], None] = _unheard
    _bodies: list[list[Entry]] = field(default_factory=list)

    def attach(self, connection: sqlite3.Connection) -> None:
        """Watch what this connection changes."""
        for table, kind in _KINDS.items():
            connection.create_function(f"saw_{table}", -1, self._watch(kind))
        for trigger in TRIGGERS:
            connection.execute(trigger)

    def _watch(self, kind: Callable[..., Entry]) -> Callable[..., None]:
        def saw(*values: Any) -> None:
            self._bodies[-1].append(kind(*values))

        return saw

    def note(self, entry: Entry) -> None:
        """Add what the transaction under way knows."""
        self._bodies[-1].append(entry)

    def run(self, body: Callable[[sqlite3.Connection], Any], connection: sqlite3.Connection) -> Any:
        """Run a transaction's body, and forget what it did if it raises."""
        self._bodies.append([])
        try:
            return body(connection)
        except BaseException:
            self._bodies.pop()
            raise

    def settle(self) -> None:
        """Hand on what was committed, body after body."""
        bodies, self._bodies = self._bodies, []
        for entries in bodies:
            if entries:
                self.committed(entries)
