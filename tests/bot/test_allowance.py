from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.chat import Chat, Person
from tests.bot.diaries import Sketcher, logs
from tipbot.bot.allowance import BURST, REFILL, Allowance
from tipbot.bot.buttons.diary import Look, OpenChart
from tipbot.core.diary import Span
from tipbot.core.model import SubscriberId
from tipbot.places import City

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALICE, BOB = SubscriberId(1), SubscriberId(2)


def test_a_burst_goes_through_and_then_one_after_the_other() -> None:
    allowance = Allowance(burst=3, refill=timedelta(seconds=10))
    assert [allowance.take(ALICE, 1, NOW) for _ in range(3)] == [None] * 3
    assert allowance.take(ALICE, 1, NOW) == timedelta(seconds=10)
    assert allowance.take(BOB, 3, NOW) is None
    assert allowance.take(ALICE, 1, NOW + timedelta(seconds=10)) is None
    assert allowance.take(ALICE, 2, NOW + timedelta(seconds=10)) == timedelta(seconds=20)


def test_a_refusal_takes_nothing_and_a_forgotten_person_begins_anew() -> None:
    allowance = Allowance(burst=1, refill=timedelta(seconds=10))
    allowance.take(ALICE, 1, NOW)
    assert {allowance.take(ALICE, 1, NOW) for _ in range(9)} == {timedelta(seconds=10)}
    allowance.forget(ALICE)
    assert allowance.take(ALICE, 1, NOW) is None


def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_long() -> None:
    allowance = Allowance(burst=2, refill=timedelta(seconds=10))
    for _ in range(2):
        allowance.take(ALICE, 1, NOW)
    assert allowance.take(ALICE, 1, NOW - timedelta(days=9)) == timedelta(seconds=10)


def test_only_so_many_people_are_remembered() -> None:
    allowance = Allowance(burst=1, most=2)
    for who in (1, 2, 3):
        allowance.take(SubscriberId(who), 1, NOW)
    assert allowance.take(SubscriberId(1), 1, NOW) is None
    assert allowance.take(SubscriberId(3), 1, NOW) is not None


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from([1, 4])), max_size=120))
def test_nobody_gets_more_than_burst_and_refill_in_any_time(asked: list[tuple[int, int]]) -> None:
    allowance, now, taken = Allowance(), NOW, list[tuple[datetime, int]]()
    for pause, cost in asked:
        now += timedelta(seconds=pause)
        wait = allowance.take(ALICE, cost, now)
        if wait is None:
            taken.append((now, cost))
        else:
            assert timedelta(0) < wait <= cost * REFILL
    for at, (first, _) in enumerate(taken):
        for last in range(at, len(taken)):
            spent = sum(cost for _, cost in taken[at : last + 1])
            assert spent <= BURST + (taken[last][0] - first) / REFILL


async def test_too_many_places_are_put_off_kindly(
    chat: Chat, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    async def cities_named(name: str) -> list[City]:
        looked_up.append(name)
        return []

    monkeypatch.setattr(chat.house.places, "cities_named", cities_named)
    await bob.sends("/settings")
    await bob.taps("Time zone")
    for number in range(BURST + 3):
        await bob.sends(f"Atlantis {number}")
    assert len(looked_up) == BURST
    assert "You asked for much at once" in bob.screen
    await bob.shares_location(52.5, 13.4)
    assert "You asked for much at once" in bob.screen
    bob.waits(seconds=3)
    await bob.shares_location(52.5, 13.4)
    assert "Berlin" in bob.screen


async def test_too_many_charts_are_put_off_kindly_and_a_twitch_is_always_logged(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0)
    for number in range(BURST + 3):
        span = list(Span)[number % 4]
        await bob.taps_value(OpenChart(Look.HOURS, span, dark=number % 2 == 0))
    assert len(sketcher.charts) == BURST
    assert bob.alerted
    assert bob.toast is not None
    assert "Please try again in 3 seconds" in bob.toast
    said = len(bob.said)
    await bob.sends("/diary")
    assert "You asked for much at once" in bob.screen
    assert len(bob.said) == said + 1
    await bob.sends("/twitch")
    assert "Logged" in bob.screen
    bob.waits(seconds=3)
    await bob.taps_value(OpenChart(Look.PLACES, Span.DAY, dark=False))
    assert len(sketcher.charts) == BURST + 1
