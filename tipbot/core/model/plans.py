"""Plans: what somebody is reminded of, when, and which moment is next."""

from dataclasses import dataclass
from datetime import date, datetime

from tipbot.core.model.ids import PlanId, SubscriberId
from tipbot.core.model.times import EVERY_DAY, MINUTES_A_DAY, Minute, require_aware
from tipbot.core.model.tips import Topic


@dataclass(frozen=True, slots=True)
class AtTimes:
    """A schedule of fixed local minutes, ascending and unique."""

    minutes: tuple[Minute, ...]

    def __post_init__(self) -> None:
        """Refuse an empty, unsorted or impossible list."""
        ordered = tuple(sorted(set(self.minutes)))
        if not ordered or ordered != self.minutes or ordered[0] < 0 or ordered[-1] >= MINUTES_A_DAY:
            message = f"times are ascending minutes of a day, not {self.minutes}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Every:
    """A schedule of every ``step`` minutes from ``start`` to ``end``, both included.

    ``start > end`` spans midnight: the later part belongs to the next local date.
    """

    step: int
    start: Minute
    end: Minute

    def __post_init__(self) -> None:
        """Refuse a step below 15 minutes or a window outside the day."""
        low, high = min(self.start, self.end), max(self.start, self.end)
        if not (15 <= self.step <= MINUTES_A_DAY and low >= 0 and high < MINUTES_A_DAY):
            message = f"not a schedule: every {self.step} min from {self.start} to {self.end}"
            raise ValueError(message)


Schedule = AtTimes | Every


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One due moment of a plan, named by the local date and minute it was scheduled for.

    With the plan it is the identity of a delivery, so a change of zone, a clock that jumps or a
    second process cannot make two of one.
    """

    date: date
    minute: Minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One subscriber's reminder for one topic; there is at most one a topic."""

    id: PlanId
    subscriber: SubscriberId
    topic: Topic
    schedule: Schedule
    days: frozenset[int] = EVERY_DAY
    enabled: bool = True
    thin: int = 1
    """Only every ``thin``-th slot is used; a power of two, 1 for all."""
    next_slot: Slot | None = None
    next_due_at: datetime | None = None
    """The moment of ``next_slot``; None while nothing will ever be due."""
    bag: tuple[int, ...] = ()
    """Numbers of the tips seen since the bag was last refilled, oldest first."""

    def __post_init__(self) -> None:
        """Refuse naive moments and impossible days."""
        require_aware(self.next_due_at)
        if not self.days <= EVERY_DAY or self.thin < 1:
            message = f"not a plan: days {sorted(self.days)}, every {self.thin}. slot"
            raise ValueError(message)

    @property
    def waits_for(self) -> tuple[Slot, datetime] | None:
        """The next slot and its moment; None while nothing will ever be due."""
        slot, due = self.next_slot, self.next_due_at
        return None if slot is None or due is None else (slot, due)
