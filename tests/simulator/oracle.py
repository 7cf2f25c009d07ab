"""Hears of every commit, call, answer, death and jump of the clock, in order, and judges them."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from tests.simulator.announced import AnnouncementOracle
from tests.simulator.calendar import moment
from tests.simulator.clock import WallClock
from tests.simulator.findings import Fault, Findings
from tests.simulator.journal import (
    AnnouncementRow,
    CheckedIn,
    DeliveryRow,
    Entry,
    Gone,
    PersonRow,
    PlanRow,
    Revision,
    Step,
    Wish,
)
from tests.simulator.network import Fate
from tests.simulator.planned import PLANNED_WITHIN, SHELF_HOURS, Key, PlannerOracle, expires, key_of
from tests.simulator.process import Process
from tests.simulator.sent import SenderOracle

_UNDER_WAY = 0.05
"""Seconds in which what had its turn before a flood may still leave: the time of two commits."""


class Oracle:
    """Knows everything, and shares no code with what it judges (a test holds that)."""

    def __init__(self, clock: WallClock, rate: float, shelf: dict[str, int]) -> None:
        self.clock = clock
        self.rate = rate
        self.people: dict[int, PersonRow] = {}
        self.checked_in: dict[int, datetime] = {}
        self.keys: dict[Key, int] = {}
        self.blockers: set[int] = set()
        self.findings = Findings(lambda: (clock.true, clock()))
        self.planner = PlannerOracle(self.findings, self.people, self.keys, shelf, self.calm)
        self.sender = SenderOracle(
            self.findings,
            self.people,
            self.planner.plans,
            self.checked_in,
            self.blockers,
            clock,
            self.calm,
            self.stored,
        )
        self.announced = AnnouncementOracle(
            self.findings, self.people, self.planner.plans, self.sender.letters, clock
        )
        self.sender.running = self.announced.running
        self.healthy: Callable[[], bool] = lambda: True
        """Whether there are processes, and all of them have their store."""
        self.dark: Callable[[], bool] = lambda: False
        """Whether a store is away."""
        self._troubled_at = self._away_at = float("-inf")
        self._window: deque[float] = deque()
        self._floods: dict[str, tuple[float, float]] = {}

    def calm(self) -> float:
        """Return the seconds since anything last went wrong that concerns all; 0 while it lasts."""
        return self.clock.true - self._troubled_at if self.healthy() else 0.0

    def stored(self) -> float:
        """Return the seconds since a store was last away or came back; 0 while one is away."""
        return 0.0 if self.dark() else self.clock.true - self._away_at

    def trouble(self, what: str, *details: Any) -> None:
        """Hear of a fault that may delay or cut short what is under way."""
        self._troubled_at = self.clock.true
        if what in {"store away", "store back"}:
            self._away_at = self.clock.true
        self.findings.tell(what, *details)

    def committed(self, entries: list[Entry]) -> None:
        """Judge one transaction."""
        made = [each for each in entries if isinstance(each, DeliveryRow) and each.before is None]
        revision = next((each for each in entries if isinstance(each, Revision)), None)
        changed = {entry.who for entry in entries if self._person_changed(entry)}
        touched = self._touched(entries, changed)
        for entry in entries:
            if isinstance(entry, Step):
                self.planner.step(entry, [each for each in made if each.plan == entry.plan])
        for row in touched.values():
            self.planner.changed(row, revision, self.clock())
        for who in {*changed, *(row.who for row in touched.values())}:
            self.announced.look_again(who)
        for entry in entries:
            if isinstance(entry, DeliveryRow):
                self._delivery(entry, entries)
            elif isinstance(entry, AnnouncementRow):
                self.announced.changed(entry)
            elif isinstance(entry, Gone):
                self._gone(entry)

    def _touched(self, entries: list[Entry], changed: set[int]) -> dict[int, PlanRow]:
        """Return the plans that are to be judged: changed, decided about, or of who changed."""
        plans = self.planner.plans
        touched = {entry.plan: entry for entry in entries if isinstance(entry, PlanRow)}
        if touched and not any(isinstance(each, Step) for each in entries):
            for row in list(touched.values()):
                facts = plans.get(row.plan)
                if facts is not None and facts.row == row and row.who not in changed:
                    del touched[row.plan]
        if changed:
            rows = (facts.row for facts in plans.values() if facts.row.who in changed)
            for row in rows:
                touched.setdefault(row.plan, row)
        return touched

    def _person_changed(self, entry: Entry) -> TypeGuard[PersonRow]:
        """Keep what is known of people; tell whether this changed one of them."""
        if isinstance(entry, PersonRow):
            if self.people.get(entry.who) == entry:
                return False
            self.people[entry.who] = entry
            self.findings.tell("person", *entry)
            return True
        if isinstance(entry, CheckedIn):
            self.checked_in[entry.who] = moment(entry.at)
            self.findings.tell("checked in", entry.who)
        elif isinstance(entry, Revision | Step):
            self.findings.tell("revised" if isinstance(entry, Revision) else "step", *entry)
        return False

    def _delivery(self, row: DeliveryRow, beside: list[Entry]) -> None:
        if row.before is None:
            self._made(row, beside)
        self.sender.moved(row)

    def _made(self, row: DeliveryRow, beside: list[Entry]) -> None:
        """Judge a new delivery: it has a cause, is the only one of its slot, ends in time."""
        key, person = key_of(row), self.people[row.who]
        self.findings.hold(key not in self.keys, Fault.SLOT_INVENTED, row, "is there already")
        self.keys[key] = row.delivery
        if row.plan < 0:
            self.announced.made(row)
            return
        if row.repeat == 0:
            caused = any(isinstance(each, Step) and each.plan == row.plan for each in beside)
        elif row.repeat < 0:
            caused = any(isinstance(each, Wish) and each.plan == row.plan for each in beside)
        else:
            first = self.keys.get((*key[:3], row.repeat - 1)) or self.keys.get((*key[:3], -1))
            caused = first is not None and self.sender.letters[first].row.tip == row.tip
        self.findings.hold(caused, Fault.SLOT_INVENTED, row, "without a cause")
        due, end = moment(row.due), moment(row.expires)
        last = due + timedelta(hours=SHELF_HOURS[row.topic])
        # Of a snooze, quiet hours may have been changed between the tap and its commit.
        right = end <= last if row.repeat > 0 else end == last
        if row.repeat == 0:
            right = end == expires(row.topic, person, due)
        self.findings.hold(right, Fault.SLOT_INVENTED, row, "expires at the wrong moment")
        self.planner.drew(row)

    def _gone(self, entry: Gone) -> None:
        self.findings.tell("gone", entry.table, entry.number)
        if entry.table == "subscribers":
            self.people.pop(entry.number, None)
            self.announced.look_again(entry.number)
            self.checked_in.pop(entry.number, None)
            for key in [key for key in self.planner.rounds if key[0] == entry.number]:
                del self.planner.rounds[key]
        elif entry.table == "plans":
            self.planner.plans.pop(entry.number, None)
        else:
            self.sender.removed(entry.number)

    def departed(self, delivery: int, chat: int, process: Process, fate: Fate) -> None:
        """Judge a call that leaves: its intent, its pace, and whether everybody was to wait."""
        now = self.clock.true
        self.findings.tell("departed", f"#{delivery}", f"chat={chat}", process.name, fate.value)
        self.sender.departed(delivery, chat, process.name, fate)
        self._window.append(now)
        while self._window[0] <= now - 1.0:
            self._window.popleft()
        count = len(self._window)
        self.findings.hold(count <= self.rate, Fault.TOO_FAST, count, "in a second, not", self.rate)
        for whom in ("", process.name):
            since, until = self._floods.get(whom, (0.0, 0.0))
            waits = since + _UNDER_WAY < now < until
            self.findings.hold(not waits, Fault.NOT_WAITED, f"#{delivery}", since, until)

    def flooded(self, wait: float, whom: str = "") -> None:
        """Hear that a process was told to wait, or that everybody can know of it."""
        now = self.clock.true
        self._floods[whom] = (now, now + wait)

    def accepted(self, delivery: int, chat: int, process: Process) -> None:
        """Judge a message that arrives."""
        self.findings.tell("arrived", f"#{delivery}", f"chat={chat}", process.name)
        self.sender.accepted(delivery)

    def answered(self, delivery: int, process: Process, status: int, wait: int) -> None:
        """Hear what a process was told."""
        self.findings.tell("answered", f"#{delivery}", process.name, status, wait)
        self.sender.answered(delivery)
        if status == 429:
            self.trouble("flood", wait)
            self.flooded(wait, process.name)

    def blocked(self, who: int) -> None:
        """Hear that somebody blocked the bot."""
        self.blockers.add(who)
        self.findings.tell("blocked", who)

    def doubted(self, delivery: int) -> None:
        """Hear that a process stopped waiting for an answer."""
        self.sender.doubt(delivery)

    def died(self, process: Process) -> None:
        """Hear of a death; what the process was sending is in doubt."""
        count = self.sender.orphan(process.name, in_good_order=process.ended)
        self.findings.counts["in flight at a death"] += count
        self.findings.counts["deaths while preparing"] += self.announced.preparing()
        self.trouble("ended" if process.ended else "died", process.name)

    def look(self) -> None:
        """Notice what is left lying."""
        self.planner.look(self.clock.true, self.clock())
        self.sender.look()

    def close(self) -> None:
        """Settle all accounts: nothing may be left over."""
        self.sender.close()
        self.announced.close()
        long_due = self.clock() - timedelta(seconds=PLANNED_WITHIN)
        for facts in self.planner.plans.values():
            late = facts.row.wake is not None and moment(facts.row.wake) <= long_due
            self.findings.hold(not late, Fault.PLAN_LATE, facts)
