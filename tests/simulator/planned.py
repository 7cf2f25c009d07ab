"""The planner's half of the oracle: which slots there are, and what became of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.simulator.calendar import (
    Due,
    Timetable,
    first_slot,
    hushed,
    local_minute,
    micros,
    moment,
    next_showing,
    slots_within,
)
from tests.simulator.findings import Fault, Findings
from tests.simulator.journal import DeliveryRow, PersonRow, PlanRow, Revision, Step

SHELF_HOURS = {
    "screen_break": 0.5,
    "hydration": 1.0,
    "sleep": 1.5,
    "relaxation": 2.0,
    "facial_exercises": 3.0,
    "food_and_caffeine": 3.0,
    "movement": 3.0,
    "check_in": 3.0,
    "digest": 20.0,
}
"""How long a slot is of use, as the contract has it."""
PLANNED_WITHIN = 10.0
"""Seconds in which a healthy planner takes what is due."""
PUT_RIGHT_WITHIN = 70.0
"""Seconds in which it is noticed that a clock was ahead, if but for a process that is no more: the
others ask once a minute."""
GOOD_CLOCKS = timedelta(minutes=2)
"""By how much clocks may differ that nobody needs to put right."""
ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
"""How the end of a pause without an end is kept."""
Key = tuple[int, str, int, int]
"""What a delivery is unique by: plan, local date, minute, repeat."""


@dataclass(slots=True)
class PlanFacts:
    """A plan, and the moment up to which its slots are dealt with."""

    row: PlanRow
    since: datetime
    overdue: float | None = None
    """True time at which it was first seen due."""


def paused(person: PersonRow, now: datetime) -> bool:
    """Tell whether a pause is on."""
    return person.paused_until is not None and now < moment(person.paused_until)


def listening(person: PersonRow | None) -> bool:
    """Tell whether messages may go to somebody at all."""
    return person is not None and (person.presence, person.stage) == ("active", "done")


def quiet_at(person: PersonRow, now: datetime) -> bool:
    """Tell whether it is quiet where somebody is."""
    return hushed((person.quiet_start, person.quiet_end), local_minute(now, person.zone))


def expires(topic: str, person: PersonRow, due: datetime) -> datetime:
    """Return when a slot stops being of use: after its shelf life, or when quiet hours begin.

    A digest outlasts these.
    """
    end = due + timedelta(hours=SHELF_HOURS[topic])
    if topic == "digest" or person.quiet_start == person.quiet_end:
        return end
    return min(end, next_showing(person.zone, person.quiet_start, due))


def table_of(row: PlanRow, person: PersonRow) -> Timetable:
    """Return what decides a plan's slots."""
    quiet = (person.quiet_start, person.quiet_end)
    return Timetable(row.schedule, row.days, row.thin, person.zone, quiet)


@dataclass(slots=True)
class PlannerOracle:
    """Follows every plan from change to change and from step to step."""

    findings: Findings
    people: Mapping[int, PersonRow]
    keys: Mapping[Key, int]
    shelf: Mapping[str, int]
    """How many tips each topic has."""
    calm: Callable[[], float]
    """Seconds since anything last went wrong."""
    plans: dict[int, PlanFacts] = field(default_factory=dict)
    rounds: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def step(self, step: Step, made: Sequence[DeliveryRow]) -> None:
        """Check what one step of the planner did about one plan."""
        facts = self.plans[step.plan]
        row, now = facts.row, step.now
        person = self.people[row.who]
        due = slots_within(table_of(row, person), facts.since, now)
        heard = self._heard(facts, due, now)
        used = self._usable(row, person, heard, now)
        key: Key | None = None
        if used is not None:
            key = (step.plan, used[1].isoformat(), used[2], 0)
            self._check_made(key, used, made, row, person)
        self.findings.hold(
            not [each for each in made if key_of(each) != key], Fault.SLOT_INVENTED, step, made, key
        )
        missed = [each for each in heard if used is None or each[0] != used[0]]
        if missed and self.calm() > PLANNED_WITHIN:
            self.findings.accuse(Fault.SLOT_LOST, f"{step} passed over {missed}; used {used}")
        self.findings.counts["slots"] += len(due)
        self.findings.counts["slots missed"] += len(missed)
        facts.since, facts.overdue = now, None

    def _heard(self, facts: PlanFacts, due: Sequence[Due], now: datetime) -> list[Due]:
        """Return the slots that their owner was there for and may still want.

        A clock that was put back since may have noted their return ahead: that counts for nothing.
        """
        person = self.people[facts.row.who]
        self.findings.hold(bool(due), Fault.SLOT_INVENTED, "no slot was due", facts.row, now)
        if not (listening(person) and facts.row.enabled) or paused(person, now):
            return []
        there = [moment(at) for at in (person.paused_until, person.returned) if at is not None]
        known = [at for at in there if at <= now + GOOD_CLOCKS]
        return [each for each in due if all(each[0] >= at for at in known)]

    @staticmethod
    def _usable(row: PlanRow, person: PersonRow, heard: Sequence[Due], now: datetime) -> Due | None:
        if not heard or now >= expires(row.topic, person, heard[-1][0]):
            return None
        return heard[-1]

    def _check_made(
        self, key: Key, used: Due, made: Sequence[DeliveryRow], row: PlanRow, person: PersonRow
    ) -> None:
        fresh = [each for each in made if key_of(each) == key]
        if key in self.keys:
            self.findings.hold(not fresh, Fault.SLOT_INVENTED, key, "is there already")
            return
        self.findings.hold(len(fresh) == 1, Fault.SLOT_LOST, key, "was not written")
        for each in fresh:
            until = expires(row.topic, person, used[0])
            good = (moment(each.due), moment(each.expires)) == (used[0], until)
            self.findings.hold(good, Fault.SLOT_INVENTED, each, "expected", used[0], until)

    def drew(self, made: DeliveryRow) -> None:
        """Check that a new delivery's tip was not out of the bag already."""
        if made.tip is None or made.repeat > 0:
            return
        seen = self.rounds.setdefault((made.who, made.topic), [])
        if made.tip in seen:
            through = len(seen) == self.shelf[made.topic] and seen[-1] != made.tip
            self.findings.hold(through, Fault.TIP_REPEATED, made, "bag", seen)
            seen.clear()
        seen.append(made.tip)

    def changed(self, row: PlanRow, revision: Revision | None, now: datetime) -> None:
        """Check that a plan waits for the first slot that is not dealt with."""
        facts = self.plans.get(row.plan)
        if facts is None:
            facts = self.plans[row.plan] = PlanFacts(row, revision.now if revision else now)
        before, facts.row = facts.row, row
        if revision is not None:
            facts.since = self._dealt_with(before, facts, revision)
        wanted = self._next(facts)
        self.findings.hold(
            wanted == _next_of(row), Fault.PLAN_ASTRAY, row, "should wait for", wanted, facts.since
        )
        awake = bool(row.enabled) and self.people[row.who].presence == "active"
        wake = row.next_due if awake else None
        self.findings.hold(row.wake == wake, Fault.PLAN_ASTRAY, row, "should wake at", wake)
        if row.wake is None or moment(row.wake) > now:
            facts.overdue = None

    def _dealt_with(self, before: PlanRow, facts: PlanFacts, revision: Revision) -> datetime:
        """Return the moment after which slots are still to come, once somebody changed settings.

        What is due and still in the plan is to come; nothing else that is due is.
        """
        row, person, due = facts.row, self.people[facts.row.who], _next_of(before)
        if due is None or before.wake is None or due[0] > revision.now:
            unchanged = self._next(facts) == _next_of(row)
            return facts.since if unchanged else revision.now
        just_before = due[0] - timedelta(microseconds=1)
        there = due in slots_within(table_of(row, person), just_before, due[0])
        stays = there and row.enabled and not paused(person, revision.now)
        return just_before if stays else revision.now

    def _next(self, facts: PlanFacts) -> Due | None:
        person, after = self.people[facts.row.who], facts.since
        if person.paused_until is not None:
            after = max(after, moment(person.paused_until))
        if not facts.row.enabled or after >= ENDLESS:
            return None
        return first_slot(table_of(facts.row, person), after)

    def look(self, true: float, now: datetime) -> None:
        """Notice plans that are due and left lying although all is well."""
        past, late = micros(now), now + GOOD_CLOCKS
        for facts in self.plans.values():
            if facts.since >= late:
                self._look_ahead(facts, now)
            wake = facts.row.wake
            if wake is None or wake > past:
                facts.overdue = None
            elif facts.overdue is None:
                facts.overdue = true
            elif min(true - facts.overdue, self.calm()) > PLANNED_WITHIN:
                self.findings.accuse(Fault.PLAN_LATE, f"{facts}")
                facts.overdue = None

    def due(self, now: datetime) -> bool:
        """Tell whether a plan is due."""
        past = micros(now)
        wakes = (facts.row.wake for facts in self.plans.values())
        return any(wake is not None and wake <= past for wake in wakes)

    def dated_ahead(self, now: datetime) -> bool:
        """Tell whether plans may still wait by a clock that was put back."""
        late = now + GOOD_CLOCKS
        plans = self.plans.values()
        return any(facts.since >= late and facts.row.wake is not None for facts in plans)

    def _look_ahead(self, facts: PlanFacts, now: datetime) -> None:
        """Notice a plan that still waits by a clock which was put back long ago."""
        if facts.row.wake is None or self.calm() < PLANNED_WITHIN:
            return
        row, wanted = facts.row, self._next(PlanFacts(facts.row, now))
        late = wanted is not None and row.next_due is not None and wanted[0] < moment(row.next_due)
        if late and self.calm() < PUT_RIGHT_WITHIN:
            return
        if late:
            self.findings.accuse(Fault.PLAN_ASTRAY, f"{row} should wait for {wanted} again")
        facts.since = now


def key_of(row: DeliveryRow) -> Key:
    """Return what a delivery is unique by."""
    return (row.plan, row.date, row.minute, row.repeat)


def _next_of(row: PlanRow) -> Due | None:
    if row.next_due is None or row.next_date is None or row.next_minute is None:
        return None
    return moment(row.next_due), date.fromisoformat(row.next_date), row.next_minute
