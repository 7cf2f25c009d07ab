"""What the oracle found wrong, and the story up to there."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """The kinds of what must never happen."""

    SLOT_LOST = "a due slot was neither delivered nor accounted for"
    SLOT_INVENTED = "a delivery for something that was no slot, or a second one"
    PLAN_ASTRAY = "a plan waits for another moment than its next slot"
    PLAN_LATE = "a due plan was left lying"
    TIP_REPEATED = "a tip came back before its bag was through"
    DELIVERY_STUCK = "a delivery was left lying"
    DELIVERY_LOST = "a delivery ended unsent without a reason"
    DOUBLED = "a message arrived twice"
    UNPROVEN = "recorded as sent, and never arrived"
    UNRECORDED = "it arrived, and the record denies it"
    NO_INTENT = "a call without its intent on disk"
    LATE_CALL = "a call long after its intent was committed"
    WRONG_CHAT = "sent to another chat than its reader's"
    IN_QUIET_HOURS = "sent in quiet hours"
    UNWANTED = "sent after a stop, a pause, a block or when it was switched off"
    STALE = "sent after it had expired"
    OUT_OF_ORDER = "a chat's messages overtook each other"
    UNEXPLAINED_DOUBT = "in doubt without a reason"
    NOT_IN_FLIGHT = "in doubt after a death, though it was not in flight"
    BAD_MOVE = "a state that cannot follow the one before"
    TOO_FAST = "more than the rate in one second"
    NOT_WAITED = "sent while a flood asked to wait"
    TOO_MANY_AFTER_OUTAGE = "more than one fresh tip of a topic after an outage"
    LEFT_OUT = "somebody was left out of an announcement"
    MISCOUNTED = "an announcement's figures are not what became of it"
    ERROR = "an unexpected error"


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must never happen, and did."""

    fault: Fault
    said: str


@dataclass(slots=True)
class Findings:
    """Collects violations, counts and a trace, which costs nothing until it is read."""

    now: Callable[[], tuple[float, datetime]]
    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _trace: list[tuple[float, datetime, str, tuple[Any, ...]]] = field(default_factory=list)

    def tell(self, what: str, *details: Any) -> None:
        """Add a line to the story, and count its kind."""
        true, wall = self.now()
        self._trace.append((true, wall, what, details))
        self.counts[what] += 1

    def accuse(self, fault: Fault, said: str) -> None:
        """Add a violation."""
        self.tell("VIOLATION", fault, said)
        self.violations.append(Violation(fault, said))

    def hold(self, holds: bool, fault: Fault, *said: Any) -> None:  # noqa: FBT001 - as a sentence
        """Accuse unless something holds."""
        if not holds:
            self.accuse(fault, " ".join(map(str, said)))

    def story(self) -> str:
        """Return the trace to read: true seconds, wall time in UTC, what happened."""
        return "\n".join(
            f"{true:12.4f}  {wall:%Y-%m-%d %H:%M:%S.%f}  {what:<14} {' '.join(map(str, details))}"
            for true, wall, what, details in self._trace
        )
