"""The sender's half of the oracle: each delivery from its row to the wire and back."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulator.calendar import local, micros, moment, next_showing
from tests.simulator.clock import WallClock
from tests.simulator.findings import Fault, Findings
from tests.simulator.journal import DeliveryRow, PersonRow
from tests.simulator.network import DOUBTS, Fate
from tests.simulator.planned import PlanFacts, listening, paused, quiet_at

WAITING = ("pending", "retry")
OPEN = (*WAITING, "claimed", "sending")
DELIVERED_WITHIN = 240.0
"""Seconds in which a healthy sender deals with what is ready: a lease and a doubt may be first."""
DOUBT = timedelta(minutes=2)
LOOK = timedelta(seconds=0.1)
"""How old the last look before a send may be: the time that a commit takes."""
AT_ONCE = 0.05
"""Seconds in which a call follows its intent, and its record the answer: two groups of commits."""
_AWAY = 6.0
"""Seconds after which whoever waits for a store has tried again."""
_NEXT: Mapping[str | None, frozenset[str]] = {
    None: frozenset({"pending"}),
    "pending": frozenset({"claimed", "expired", "unreachable"}),
    "retry": frozenset({"claimed", "expired", "unreachable"}),
    "claimed": frozenset({"claimed", "sending", "pending", "retry", "expired", "unreachable"}),
    "sending": frozenset({"sent", "retry", "failed", "unreachable", "unknown", "expired"}),
    "unknown": frozenset({"unknown", "sent", "retry", "failed", "unreachable", "expired"}),
}
FIRST_TIP = -1


def process_of(worker: str | None) -> str | None:
    """Return the process of a worker: it has one for tips, and one for announcements."""
    return worker and worker.partition(":")[0]


ATTEMPTS = 6
OUTAGE = timedelta(hours=3)


@dataclass(slots=True, eq=False)
class Letter:
    """Everything that is known about one delivery."""

    row: DeliveryRow
    made_at: float
    """True time at which it was written."""
    holder: str | None = None
    begun: int = 0
    begun_at: float = 0.0
    """True time at which its intent was committed."""
    answered_at: float | None = None
    """True time at which the last call was over."""
    departed: int = 0
    accepted: int = 0
    faults: int = 0
    """Calls that met with a fault on the way or at the server."""
    refused: bool = False
    never_left: bool = False
    """The last call proved that it was not made."""
    doubtful: bool = False
    orphaned: bool = False
    """Its process died while it was being sent."""
    removed: bool = False
    fault_at: float = float("-inf")
    """True time of the last fault that met it."""
    waiting: float | None = None
    """True time since when it is ready, and nothing happens."""


@dataclass(slots=True)
class SenderOracle:
    """Follows every delivery."""

    findings: Findings
    people: Mapping[int, PersonRow]
    plans: Mapping[int, PlanFacts]
    checked_in: Mapping[int, datetime]
    blockers: set[int]
    """People who ever blocked the bot."""
    clock: WallClock
    calm: Callable[[], float]
    stored: Callable[[], float]
    """Seconds since a store was last away."""
    running: Callable[[int], bool] = lambda _: False
    """Whether an announcement may be sent."""
    letters: dict[int, Letter] = field(default_factory=dict)
    open: dict[int, dict[int, Letter]] = field(default_factory=lambda: defaultdict(dict))
    """By person, what is not over."""
    _outage: tuple[float, datetime] | None = None
    """The true time since when nobody was there, and what the clock showed when they were back."""
    _after_outage: dict[tuple[int, str], int] = field(default_factory=dict)

    def moved(self, row: DeliveryRow) -> None:
        """Check one change of one delivery."""
        letter = self.letters.get(row.delivery)
        if letter is None:
            letter = self.letters[row.delivery] = Letter(row, self.clock.true)
        before, letter.row = letter.row, row
        self.findings.hold(row.state in _NEXT.get(row.before, ()), Fault.BAD_MOVE, row)
        self.findings.tell(row.state, row)
        check: Callable[[Letter, DeliveryRow], None] | None = getattr(self, f"_{row.state}", None)
        if check is not None:
            check(letter, before)
        if row.state != "claimed" and (row.state not in WAITING or self._later(row)):
            letter.waiting = None
        if row.state in OPEN:
            self.open[row.who][row.delivery] = letter
        else:
            self.open[row.who].pop(row.delivery, None)

    def _later(self, row: DeliveryRow) -> bool:
        """Tell whether what waits is to wait."""
        return row.ready is None or row.ready > micros(self.clock())

    def _claimed(self, letter: Letter, _: DeliveryRow) -> None:
        row, now = letter.row, self.clock()
        letter.holder = process_of(row.worker)
        if self.clock.steady < 1:
            return
        for other in self.open[row.who].values():
            if other is letter:
                continue
            his = other.row
            held = his.state == "claimed" and his.ready is not None and moment(his.ready) > now
            self.findings.hold(
                not (held or his.state == "sending"), Fault.OUT_OF_ORDER, "two under way", row, his
            )
            ready = his.ready is not None and moment(his.ready) <= now - 10 * LOOK
            first = his.state in WAITING and ready and _before(his, row)
            self.findings.hold(not first, Fault.OUT_OF_ORDER, row, "before", his)

    def _sending(self, letter: Letter, before: DeliveryRow) -> None:
        row, now = letter.row, self.clock()
        letter.begun += 1
        letter.begun_at, letter.answered_at = self.clock.true, None
        self.findings.hold(row.worker == before.worker, Fault.BAD_MOVE, row, "was held by", before)
        said = f"#{row.delivery} at {now}"
        person = self.people.get(row.who)
        self.findings.hold(listening(person), Fault.UNWANTED, said, person)
        self.findings.hold(self._switched_on(row), Fault.UNWANTED, said)
        if person is None or self.clock.steady < 1:
            return
        looks = (now - LOOK, now)
        late = all(look >= moment(row.expires) for look in looks)
        self.findings.hold(not late, Fault.STALE, said, row)
        resting = all(paused(person, look) for look in looks)
        self.findings.hold(not resting, Fault.UNWANTED, said, person)
        hush = row.repeat != FIRST_TIP and all(quiet_at(person, look) for look in looks)
        self.findings.hold(not hush, Fault.IN_QUIET_HOURS, said, person)
        asked = all(self._asked(row, person, look) for look in looks)
        self.findings.hold(not asked, Fault.UNWANTED, said, "checked in already")

    def _switched_on(self, row: DeliveryRow) -> bool:
        """Tell whether a delivery's plan is enabled, or its announcement was not stopped."""
        if row.plan < 0:
            return self.running(-row.plan)
        facts = self.plans.get(row.plan)
        return facts is not None and bool(facts.row.enabled)

    def _asked(self, row: DeliveryRow, person: PersonRow, now: datetime) -> bool:
        """Tell whether today's answer is there already, not two hours old."""
        last = self.checked_in.get(row.who)
        if row.topic != "check_in" or last is None:
            return False
        same = local(last, person.zone).date() == local(now, person.zone).date()
        return same and now - last < timedelta(hours=2)

    def _sent(self, letter: Letter, _: DeliveryRow) -> None:
        self.findings.hold(letter.accepted > 0, Fault.UNPROVEN, letter)

    def _failed(self, letter: Letter, _: DeliveryRow) -> None:
        faults = letter.faults + letter.begun - letter.departed
        given_up = letter.row.attempt >= ATTEMPTS and faults >= ATTEMPTS - 1
        given_up = given_up and not letter.never_left
        self.findings.hold(letter.refused or given_up, Fault.DELIVERY_LOST, letter)

    def _unreachable(self, letter: Letter, _: DeliveryRow) -> None:
        self.findings.hold(letter.row.who in self.blockers, Fault.DELIVERY_LOST, letter)

    def _unknown(self, letter: Letter, before: DeliveryRow) -> None:
        old = before.sending is not None and abs(self.clock() - moment(before.sending)) >= DOUBT
        moved = old and self.calm() < DELIVERED_WITHIN
        known = letter.doubtful or letter.orphaned or moved
        self.findings.hold(known, Fault.UNEXPLAINED_DOUBT, letter, before)

    def _expired(self, letter: Letter, before: DeliveryRow) -> None:
        row, now, person = letter.row, self.clock(), self.people.get(letter.row.who)
        if person is None or not listening(person) or not self._switched_on(row):
            return
        looks = (now - LOOK, now)
        if any(paused(person, look) or self._asked(row, person, look) for look in looks):
            return
        if self.clock.steady < 1:
            return
        end = moment(row.expires)
        if now < end:
            quiet = any(quiet_at(person, look) for look in looks)
            morning = next_showing(person.zone, person.quiet_end, now)
            self.findings.hold(quiet and morning >= end, Fault.DELIVERY_LOST, letter, before)
            return
        hushed_at_end = quiet_at(person, end - LOOK) or quiet_at(person, now)
        calm = min(self.calm(), self.clock.true - letter.fault_at) > DELIVERED_WITHIN
        self.findings.hold(hushed_at_end or not calm, Fault.DELIVERY_LOST, letter, before)

    def removed(self, number: int) -> None:
        """Hear that a delivery is forgotten with its person."""
        letter = self.letters.get(number)
        if letter is not None:
            letter.removed = True
            self.open[letter.row.who].pop(number, None)

    def orphan(self, worker: str, *, in_good_order: bool) -> int:
        """Hear that a process is no more; return how many of its sends were under way.

        What was in flight may be left in doubt, and nothing else; one that ended in good order
        gave back what it had claimed.
        """
        for letter in self.letters.values():
            if letter.row.state == "unknown" and letter.holder == worker:
                letter.orphaned |= self.stored() <= _AWAY or self._in_flight(letter)
        mine = [each for each in self.under_way() if process_of(each.row.worker) == worker]
        sending = [each for each in mine if each.row.state == "sending"]
        for letter in sending:
            letter.orphaned = True
            if self.stored() > _AWAY:
                self.findings.hold(self._in_flight(letter), Fault.NOT_IN_FLIGHT, letter)
        if in_good_order and self.stored() > _AWAY:
            self.findings.hold(len(mine) == len(sending), Fault.DELIVERY_STUCK, "kept", mine)
        return len(sending)

    def _in_flight(self, letter: Letter) -> bool:
        """Tell whether a call is about to be made, or under way, or its record is."""
        if letter.departed < letter.begun:
            return self.clock.true - letter.begun_at <= AT_ONCE
        return letter.answered_at is None or self.clock.true - letter.answered_at <= AT_ONCE

    def under_way(self) -> list[Letter]:
        """Return what is not over."""
        return [letter for each in self.open.values() for letter in each.values()]

    def departed(self, delivery: int, chat: int, worker: str, fate: Fate) -> None:
        """Check that a call has its intent, that of this worker, just before; and its address."""
        letter = self.letters[delivery]
        letter.departed += 1
        row, person = letter.row, self.people.get(letter.row.who)
        intended = row.state == "sending" and process_of(row.worker) == worker
        excused = letter.removed or (self.calm() < DELIVERED_WITHIN and letter.holder == worker)
        known = (intended or (excused and letter.begun > 0)) and letter.departed <= letter.begun
        self.findings.hold(known, Fault.NO_INTENT, letter, worker)
        age = self.clock.true - letter.begun_at
        self.findings.hold(age <= AT_ONCE, Fault.LATE_CALL, letter, age)
        if not letter.removed:
            right = person is not None and person.chat == chat
            self.findings.hold(right, Fault.WRONG_CHAT, letter, chat, person)
        letter.never_left = fate is Fate.REFUSED
        if fate is not Fate.FINE:
            letter.fault_at = self.clock.true
            letter.faults += 1
            letter.doubtful = letter.doubtful or fate in DOUBTS
            letter.refused = letter.refused or fate is Fate.WRONG

    def doubt(self, delivery: int) -> None:
        """Hear that a call had no answer in time."""
        self.letters[delivery].doubtful = True
        self.answered(delivery)

    def answered(self, delivery: int) -> None:
        """Hear that a call is over."""
        self.letters[delivery].answered_at = self.clock.true

    def accepted(self, delivery: int) -> None:
        """Check that a message that arrives does so for the first time."""
        letter = self.letters[delivery]
        letter.accepted += 1
        self.findings.hold(letter.accepted == 1, Fault.DOUBLED, letter)
        row = letter.row
        if self._outage is not None and row.repeat == 0 and moment(row.due) <= self._outage[1]:
            # What was written before lived that long because a clock had been ahead.
            key, made_since = (row.who, row.topic), letter.made_at >= self._outage[0]
            self._after_outage[key] = count = self._after_outage.get(key, 0) + made_since
            self.findings.hold(count <= 1, Fault.TOO_MANY_AFTER_OUTAGE, letter, self._outage)

    def restarted(self, since: float, now: datetime) -> None:
        """Hear that an outage of hours is over, which began at a true time."""
        self._outage = since, now
        self._after_outage.clear()

    def clock_set(self) -> None:
        """Hear that a clock was set: what was before an outage is blurred."""
        self._outage = None

    def look(self) -> None:
        """Notice deliveries that are ready and left lying although all is well."""
        true = self.clock.true
        for letter in self.under_way():
            row = letter.row
            if row.state in WAITING and self._later(row):
                letter.waiting = None
            elif letter.waiting is None:
                letter.waiting = true
            elif min(true - letter.waiting, self.calm()) > DELIVERED_WITHIN:
                self.findings.accuse(Fault.DELIVERY_STUCK, f"{letter}")
                letter.waiting = None

    def dated_ahead(self) -> bool:
        """Tell whether a clock that was set back left rows under way that it calls the future."""
        late = micros(self.clock() + DOUBT)
        return any(
            each.row.worker is not None and max(each.row.ready or 0, each.row.sending or 0) > late
            for each in self.under_way()
        )

    def close(self) -> None:
        """Settle every account at the end."""
        for letter in self.letters.values():
            row, state = letter.row, letter.row.state
            if letter.removed:
                continue
            over = state not in OPEN or (state in WAITING and self._later(row))
            self.findings.hold(over, Fault.DELIVERY_STUCK, letter)
            if state == "sent":
                self.findings.hold(letter.accepted == 1, Fault.UNPROVEN, letter)
            elif state == "unknown":
                known = letter.doubtful or letter.orphaned
                self.findings.hold(known, Fault.UNEXPLAINED_DOUBT, letter)
            else:
                self.findings.hold(letter.accepted == 0, Fault.UNRECORDED, letter)


def _before(one: DeliveryRow, other: DeliveryRow) -> bool:
    """Tell whether one comes first in a chat: tips by their moments, then announcements."""
    if one.plan > 0 and other.plan > 0:
        return one.due < other.due
    return other.plan < 0 and (one.plan > 0 or one.delivery < other.delivery)
