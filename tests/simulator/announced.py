"""The oracle's part about announcements: whom they are for, who gets them, and what is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulator.calendar import micros, moment, next_showing
from tests.simulator.clock import WallClock
from tests.simulator.findings import Fault, Findings
from tests.simulator.journal import AnnouncementRow, DeliveryRow, PersonRow
from tests.simulator.planned import PlanFacts, listening, paused, quiet_at
from tests.simulator.sent import LOOK, OPEN, Letter

KEPT = timedelta(days=1)
"""How long an announcement may still be sent, as the contract has it."""


@dataclass(slots=True)
class Announced:
    """What is known about one announcement."""

    row: AnnouncementRow
    owed: set[int] = field(default_factory=set)
    """People it was for when it was started, and has been for ever since."""
    made: set[int] = field(default_factory=set)
    """People for whom there is a delivery."""

    @property
    def preparing(self) -> bool:
        """Tell whether somebody may be without their delivery yet."""
        return self.row.state == "running" and self.row.reached is not None


@dataclass(slots=True)
class AnnouncementOracle:
    """Follows every announcement from its start to its last figures."""

    findings: Findings
    people: Mapping[int, PersonRow]
    plans: Mapping[int, PlanFacts]
    letters: Mapping[int, Letter]
    clock: WallClock
    known: dict[int, Announced] = field(default_factory=dict)
    _stirred: datetime | None = None
    """When somebody changed last."""

    def running(self, which: int) -> bool:
        """Tell whether an announcement may be sent."""
        return self.known[which].row.state == "running"

    def preparing(self) -> bool:
        """Tell whether any has people without their delivery."""
        return any(each.preparing for each in self.known.values())

    def changed(self, row: AnnouncementRow) -> None:
        """Judge one change of one announcement."""
        each = self.known.get(row.which)
        if each is None:
            each = self.known[row.which] = Announced(row)
        before, each.row = each.row, row
        if before.state != row.state:
            self.findings.tell(f"announcement {row.state}", row.which)
        if (before.state, row.state) == ("draft", "running"):
            self._started(each)
        if before.reached is not None and row.reached is None and row.state == "running":
            self._prepared(each)
        if row.settled and not before.settled:
            self._settled(each)

    def _started(self, each: Announced) -> None:
        now = self.clock()
        for_now, for_then = (set(self._audience(each.row, at)) for at in (now, now - LOOK))
        if self.clock.steady < 1:
            return
        if for_now == for_then and not self._just_stirred(now):
            self.findings.hold(
                each.row.heads == len(for_now), Fault.MISCOUNTED, each.row, "is for", for_now
            )
        # Of whoever paused once, a clock that is set may change what holds.
        each.owed = {who for who in for_now if self.people[who].paused_until is None}

    def _just_stirred(self, now: datetime) -> bool:
        """Tell whether somebody changed or left since what was counted may have been read."""
        return self._stirred is not None and self._stirred > now - LOOK

    def _audience(self, row: AnnouncementRow, now: datetime) -> Iterable[int]:
        return (who for who in self.people if self._is_for(row, who, now))

    def _is_for(self, row: AnnouncementRow, who: int, now: datetime) -> bool:
        person = self.people.get(who)
        if person is None or not listening(person) or paused(person, now):
            return False
        mine = (facts.row for facts in self.plans.values() if facts.row.who == who)
        return not row.topic or any(plan.topic == row.topic and plan.enabled for plan in mine)

    def look_again(self, who: int) -> None:
        """Hear that somebody has changed: what is no longer for them is not owed to them."""
        now = self._stirred = self.clock()
        for each in self.known.values():
            if who in each.owed and not self._is_for(each.row, who, now):
                each.owed.discard(who)

    def made(self, row: DeliveryRow) -> None:
        """Judge a new delivery of an announcement."""
        each, who, now = self.known[-row.plan], row.who, self.clock()
        looks = (now, now - LOOK)
        each.made.add(who)
        self.findings.counts["announced"] += 1
        wanted = any(self._is_for(each.row, who, look) for look in looks)
        running = each.preparing and row.repeat == who
        self.findings.hold(wanted and running, Fault.SLOT_INVENTED, row, "of", each.row)
        started = each.row.started
        kept = started is not None and moment(row.expires) == moment(started) + KEPT
        self.findings.hold(kept, Fault.SLOT_INVENTED, row, "expires at the wrong moment")
        if self.clock.steady >= 1:
            earliest, latest = sorted(self._due(who, look) for look in looks)
            right = earliest <= moment(row.due) <= latest
            self.findings.hold(right, Fault.SLOT_INVENTED, row, "is due at the wrong moment")

    def _prepared(self, each: Announced) -> None:
        """Judge whether everybody got their delivery, unless their morning comes too late."""
        now, end = self.clock(), moment(each.row.started or 0) + KEPT
        missing = [who for who in sorted(each.owed - each.made) if self._due(who, now) < end]
        self.findings.hold(not missing, Fault.LEFT_OUT, each.row, missing)

    def _due(self, who: int, now: datetime) -> datetime:
        """Return when somebody may get what is announced now: not in quiet hours."""
        person = self.people[who]
        return next_showing(person.zone, person.quiet_end, now) if quiet_at(person, now) else now

    def _settled(self, each: Announced) -> None:
        """Judge the last figures."""
        rows = [letter.row for letter in self.letters.values() if not letter.removed]
        states = Counter(row.state for row in rows if row.plan == -each.row.which)
        waiting = sum(states[state] for state in OPEN)
        self.findings.hold(not waiting, Fault.MISCOUNTED, each.row, "is not over", states)
        if self._just_stirred(self.clock()):
            return
        said = Counter(each.row.figures())
        self.findings.hold(said == states, Fault.MISCOUNTED, each.row, "but there are", states)

    def close(self) -> None:
        """Settle every account at the end: all is over, but for what waits for a morning."""
        now = micros(self.clock())
        rows = [letter.row for letter in self.letters.values() if letter.row.state in OPEN]
        later = {-row.plan for row in rows if row.ready is not None and row.ready > now}
        for which, each in self.known.items():
            over = each.row.state == "draft" or bool(each.row.settled) or which in later
            held = over and not each.preparing
            self.findings.hold(held, Fault.DELIVERY_STUCK, each.row, "is not over")
