"""The clock that several machines share goes right, whatever their own ones show."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.clock import CommonClock, system_clock, uptime

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
EXACT = timedelta(microseconds=5)
"""What the steps of floats and of microseconds may make of a moment."""


class Machine:
    """A machine with a wrong clock, far from the one that all share."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.wrong = timedelta(hours=-7)
        self.shared_is = timedelta(0)
        self.clock = CommonClock(lambda: self.shared() + self.wrong, lambda: 5_000 + self.passed)

    def shared(self) -> datetime:
        return START + self.shared_is + timedelta(seconds=self.passed)

    def ask(self, there: float = 0.0, back: float = 0.0) -> None:
        """Ask for the shared time; question and answer take so many seconds."""
        asked = self.clock.counter()
        self.passed += there
        showed = self.shared()
        self.passed += back
        self.clock.showed(showed, asked)

    def off(self) -> timedelta:
        return abs(self.clock() - self.shared())


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_it_is_the_machines_own_until_it_is_set(machine: Machine) -> None:
    assert machine.clock() == machine.shared() + machine.wrong


def test_it_shows_the_shared_time_and_goes_on_with_it(machine: Machine) -> None:
    machine.ask()
    machine.passed += 3600
    assert machine.off() < EXACT


def test_nobody_can_set_it_on_the_machine(machine: Machine) -> None:
    machine.ask()
    machine.wrong = timedelta(days=400)
    assert machine.off() < EXACT


def test_it_follows_the_shared_clock_when_that_is_set(machine: Machine) -> None:
    machine.ask(0.01, 0.01)
    for by in (timedelta(hours=3), timedelta(days=-2)):
        machine.shared_is += by
        machine.ask(0.01, 0.01)
        assert machine.off() <= timedelta(seconds=0.02) + EXACT


answers = st.tuples(st.floats(0, 10), st.floats(0, 10))


@given(st.lists(answers, min_size=1))
def test_it_is_as_right_as_the_quickest_answer(asked: list[tuple[float, float]]) -> None:
    machine = Machine()
    for there, back in asked:
        machine.ask(there, back)
    quickest = min(there + back for there, back in asked)
    assert machine.off() <= timedelta(seconds=quickest) + EXACT


@given(st.lists(answers, min_size=1))
def test_a_slow_answer_never_makes_it_less_right(asked: list[tuple[float, float]]) -> None:
    machine = Machine()
    machine.ask(*asked[0])
    before = machine.off()
    for there, back in asked[1:]:
        machine.ask(there, back)
        assert machine.off() <= before + EXACT
        before = machine.off()


def test_the_machines_clock_and_counter_go_on() -> None:
    assert system_clock().tzinfo is UTC
    earlier = uptime()
    assert uptime() >= earlier


def test_a_machine_without_one_counter_goes_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    counters = ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC_RAW")
    for gone, left in ((0, counters[1]), (1, None)):
        monkeypatch.delattr(time, counters[gone], raising=False)
        asked = time.monotonic() if left is None else time.clock_gettime(getattr(time, left))
        assert asked <= uptime() <= asked + 5
