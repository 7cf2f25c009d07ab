"""What delivery may ask: what falls due, what is on its way, what became of it.

A part of ``store.base``, which says what holds for every method.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tipbot.core.model import (
    Card,
    Claimed,
    Delivery,
    DeliveryId,
    Document,
    NewDelivery,
    Plan,
    PlanId,
    Reaction,
    Subscriber,
    SubscriberId,
    Tip,
    TipId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.pace import Flood
from tipbot.core.planning import DuePlan, PlanStep, Shelves


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows a sweep set free, and how many it left in doubt."""

    reclaimed: int
    unknown: int


class Deliveries(Protocol):
    """Planning, claiming and recording: the delivery state machine at rest."""

    async def plan_due(
        self, now: datetime, limit: int, decide: Callable[[DuePlan, Shelves], PlanStep]
    ) -> int:
        """Advance up to ``limit`` plans with ``next_due_at <= now``; return how many there were.

        In one transaction a plan moves on as ``decide`` says and its delivery is written; one
        that exists already, by (plan, slot, repeat), is left as it is. Plans of people who are not
        ACTIVE are not due. A plan for which ``decide`` raises, or returns another plan's delivery,
        is put off by an hour and logged.
        """
        ...

    async def add_delivery(self, delivery: NewDelivery) -> bool:
        """Write one delivery outside the planner; False if it exists already."""
        ...

    async def send_next_tip(
        self,
        who: SubscriberId,
        now: datetime,
        decide: Callable[[DuePlan, Shelves], PlanStep],
        topic: Topic | None = None,
    ) -> bool:
        """Plan one tip at once for a person's enabled tip plan, through ``decide``.

        It is the plan of ``topic``, or the first one if that is None. Idempotent by the
        (plan, slot) of the delivery that ``decide`` returns.
        """
        ...

    async def put_off(self, who: SubscriberId, now: datetime) -> Mapping[Topic, datetime]:
        """Return when the next tip of each topic comes that waits for a moment still ahead.

        That is what a person put off; what falls due by a plan waits for nothing.
        """
        ...

    async def claim_deliveries(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Claim PENDING, due RETRY and lapsed CLAIMED rows for ``worker``, oldest due first.

        A chat whose earlier delivery is still CLAIMED or SENDING elsewhere is passed over, so
        that each chat stays in order. Announcements are left to ``claim_announced``.
        """
        ...

    async def claim_announced(
        self, worker: str, now: datetime, limit: int, lease: timedelta
    ) -> list[Claimed]:
        """Claim deliveries of announcements as ``claim_deliveries`` claims all others.

        A chat in which anything else is ready or on its way is passed over.
        """
        ...

    async def begin_sending(
        self,
        worker: str,
        claimed: Sequence[DeliveryId],
        now: datetime,
        allow: Callable[[Delivery], datetime | bool],
    ) -> list[Delivery]:
        """Commit SENDING for those of ``claimed`` that are still wanted; return exactly these.

        Rows are read afresh inside the transaction. ``allow`` answers True (send), False (EXPIRED)
        or a moment (back to PENDING, not before then). Rows that ``worker`` no longer holds are
        left alone. Each returned row counts one more attempt.
        """
        ...

    async def record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]], now: datetime) -> None:
        """Write what became of SENDING rows, in one transaction.

        A row that is no longer SENDING or UNKNOWN is left as it is. SENT adds one to the person's
        ``unanswered`` for a tip; UNREACHABLE marks the person BLOCKED and ends what waits for them.
        """
        ...

    async def release(self, worker: str) -> int:
        """Give back every row that ``worker`` has CLAIMED but not begun to send."""
        ...

    async def sweep(self, now: datetime, doubt_after: timedelta) -> Swept:
        """Free lapsed CLAIMED rows and turn SENDING rows older than ``doubt_after`` to UNKNOWN.

        So it does with rows whose lease ends, or whose sending began, more than ``doubt_after``
        ahead of ``now``: the wall clock was set back since. No lease may be longer than that.
        """
        ...

    async def expire_deliveries(self, now: datetime, limit: int) -> int:
        """End waiting rows whose ``expires_at`` has passed; return how many."""
        ...

    async def delivery(self, which: DeliveryId, who: SubscriberId) -> Delivery | None:
        """Return a delivery if it is this person's own, else None: ids in buttons may be forged."""
        ...

    async def react(
        self, which: DeliveryId, who: SubscriberId, reaction: Reaction, now: datetime
    ) -> Delivery | None:
        """Keep the reaction, once a kind; HELPFUL and NOT_HELPFUL replace each other.

        Sets ``unanswered`` to 0 and turns an UNKNOWN delivery to SENT: the tap proves that it
        arrived. None if the delivery is not this person's own.
        """
        ...

    async def counts(self) -> Mapping[str, int]:
        """Return how many deliveries there are in each state."""
        ...

    async def next_due(self) -> datetime | None:
        """Return the earliest moment at which a plan or a waiting delivery falls due."""
        ...


class Tips(Protocol):
    """The tip library as subscribers get it: what is published."""

    async def tip(self, which: TipId) -> Tip | None:
        """Return the current revision of a published tip."""
        ...

    async def tips(self, topic: Topic) -> list[Tip]:
        """Return the published tips of a topic in order of id."""
        ...

    async def card(self, which: TipId) -> Card | None:
        """Return the current revision of a published card."""
        ...

    async def cards(self) -> list[Card]:
        """Return the published cards by shelf, then title."""
        ...

    async def documents(self) -> Mapping[str, Document]:
        """Return the source documents by file name."""
        ...


class Answered(Protocol):
    """Which updates were answered; a key is a number that leads to nobody."""

    async def was_answered(self, key: int) -> bool:
        """Tell whether an update was answered, by any process, within ``ANSWERS_KEPT``."""
        ...

    async def newest_answered(self) -> int:
        """Return the highest key of all that were answered within ``ANSWERS_KEPT``, or -1."""
        ...

    async def mark_answered(self, keys: Collection[int], now: datetime) -> None:
        """Keep that some updates were answered; twice is once."""
        ...


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update as Telegram handed it over: its number, whoever sent it, and it as JSON."""

    number: int
    who: int
    payload: str


class Inbox(Protocol):
    """Updates that were taken and are not over, so that a process that dies loses none."""

    async def keep_updates(self, updates: Collection[KeptUpdate], now: datetime) -> None:
        """Keep updates until they are over; twice is once."""
        ...

    async def drop_updates(self, numbers: Collection[int]) -> None:
        """Keep some updates no longer."""
        ...

    async def kept_updates(self, now: datetime) -> list[KeptUpdate]:
        """Return what is kept, in the order of its coming; let go of what is too old."""
        ...


class Turns(Protocol):
    """Work that is done once for all processes on a database."""

    async def take_turn(self, tick: str, now: datetime, every: timedelta) -> bool:
        """Tell whether a tick is the caller's to run now: at most one caller in ``every``."""
        ...

    async def doubts_to_tell(self, now: datetime, every: timedelta) -> int:
        """Return how many deliveries became UNKNOWN since this last returned some, and keep that.

        0 if there were none, or if it returned some less than ``every`` ago: of all who ask, one
        gets a number to tell.
        """
        ...


class Timekeeping(Protocol):
    """How late it was, and plans after a clock was put back."""

    async def note_time(self, now: datetime) -> datetime:
        """Keep how late it is, unless it was later before; return the latest."""
        ...

    async def put_time_back(self, latest: datetime, now: datetime) -> None:
        """Keep that it is but ``now``, unless ``latest`` is not the latest any more."""
        ...

    async def set_anew(
        self,
        beyond: PlanId,
        now: datetime,
        limit: int,
        anew: Callable[[Plan, Subscriber], Plan],
    ) -> PlanId | None:
        """Replace ``limit`` plans that wait until after ``now``, of ids beyond ``beyond``.

        Each becomes what ``anew`` makes of it and its owner. Returns the last of their ids, None if
        there are none. One for which ``anew`` raises is logged and stays as it is.
        """
        ...


class Floods(Protocol):
    """What Telegram asked for last, for a program that has its pace to itself."""

    async def keep_flood(self, flood: Flood) -> None:
        """Keep a flood in place of the one before."""
        ...

    async def last_flood(self) -> Flood | None:
        """Return the flood that was kept last; None if there never was one, or it is spoilt."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is due and not done: deliveries by how far they are, and how long the oldest waits."""

    waiting: int
    """Due by now or within a minute, claimed ones included."""
    sending: int
    unknown: int
    lag: timedelta
    """How long ago the first plan or delivery that nobody has taken fell due; zero if none has."""


class Watched(Protocol):
    """What whoever watches over the program may ask."""

    async def backlog(self, now: datetime) -> Backlog:
        """Return how much is due and not done."""
        ...
