"""What a rate can carry, against a walk over single messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.capacity import (
    HIGHEST_RATE,
    MOST_TIPS,
    WIDTHS,
    Load,
    Remedy,
    day_of,
    enough_fewer,
    enough_rate,
    enough_width,
    forecast,
    places,
    remedies,
    spread_over,
)
from tipbot.core.model import MINUTES_A_DAY, Topic
from tipbot.core.schedule import SHELF_LIFE

WATER, SLEEP, DIGEST = Topic.HYDRATION, Topic.SLEEP, Topic.DIGEST


def a_day(counts: Mapping[Topic, Mapping[int, int]]) -> Load:
    def minutes(of: Mapping[int, int]) -> Sequence[int]:
        return [of.get(minute, 0) for minute in range(MINUTES_A_DAY)]

    return {topic: minutes(of) for topic, of in counts.items()}


loads = st.dictionaries(
    st.sampled_from(Topic),
    st.dictionaries(st.integers(0, MINUTES_A_DAY - 1), st.integers(0, 9000), max_size=12),
    max_size=4,
).map(a_day)
small = st.dictionaries(
    st.sampled_from(Topic),
    st.dictionaries(st.integers(0, MINUTES_A_DAY - 1), st.integers(0, 400), max_size=4),
    max_size=3,
).map(a_day)
rates = st.integers(1, 60)


@dataclass
class Letter:
    due: int
    expires: int
    topic: Topic


def one_by_one(load: Load, room: int, days: int) -> tuple[int, dict[Topic, int], int]:
    """Send every message by itself; return what the last day sent, lost, and its longest wait."""
    waiting: list[Letter] = []
    sent, longest, lost = 0, 0, dict[Topic, int]()
    busy = {at for counts in load.values() for at, count in enumerate(counts) if count}
    for minute in range(days * MINUTES_A_DAY):
        if minute % MINUTES_A_DAY == 0:
            sent, longest, lost = 0, 0, {}
        for late in [each for each in waiting if each.expires <= minute]:
            lost[late.topic] = lost.get(late.topic, 0) + 1
            waiting.remove(late)
        if not waiting and minute % MINUTES_A_DAY not in busy:
            continue
        for topic, counts in load.items():
            life = int(SHELF_LIFE[topic].total_seconds() // 60)
            waiting += [
                Letter(minute, minute + life, topic) for _ in range(counts[minute % MINUTES_A_DAY])
            ]
        waiting.sort(key=lambda each: (each.due, each.expires, each.topic))
        going, waiting = waiting[:room], waiting[room:]
        sent += len(going)
        longest = max([longest, *(minute - each.due for each in going)])
    return sent, lost, longest


@given(small, st.integers(1, 2))
def test_it_counts_as_a_walk_over_single_messages_does(load: Load, rate: int) -> None:
    seen = forecast(load, rate)
    if seen.found == seen.left:
        found = one_by_one(load, places(rate), 4)
        assert found == (seen.sent, dict(seen.expired), seen.longest_wait)


@given(loads, rates)
def test_what_falls_due_is_sent_expires_or_waits(load: Load, rate: int) -> None:
    seen = forecast(load, rate)
    assert seen.due + seen.found == seen.sent + seen.lost + seen.left
    assert seen.due == sum(map(sum, load.values()))
    assert seen.sent <= MINUTES_A_DAY * places(rate)
    assert seen.expired.keys() <= load.keys()
    assert seen.busiest <= seen.longest_queue + seen.busiest * (seen.due == 0)
    assert seen.longest_wait < max(int(life.total_seconds()) // 60 for life in SHELF_LIFE.values())


@given(loads, rates, rates)
def test_more_rate_never_lets_more_expire(load: Load, rate: int, more: int) -> None:
    assert forecast(load, rate + more).lost <= forecast(load, rate).lost


@given(loads)
def test_the_lowest_rate_that_is_enough_is_enough_and_no_lower_one_is(load: Load) -> None:
    rate = enough_rate(load)
    if rate is None:
        assert forecast(load, HIGHEST_RATE).lost
    else:
        assert not forecast(load, rate).lost
        assert rate == 1 or forecast(load, rate - 1).lost


@given(loads, st.sampled_from(WIDTHS))
def test_spreading_moves_messages_and_loses_none(load: Load, width: int) -> None:
    spread = spread_over(load, width)
    assert {t: sum(each) for t, each in spread.items()} == {t: sum(e) for t, e in load.items()}
    assert max((max(each) for each in spread.values()), default=0) <= max(
        (sum(each) // width + len(WIDTHS) * width for each in load.values()), default=0
    )


@given(st.integers(0, 10**7), st.integers(0, 1439), st.integers(1, 240))
def test_a_minute_is_spread_evenly_from_itself_on(count: int, minute: int, width: int) -> None:
    (counts,) = spread_over(a_day({WATER: {minute: count}}), width).values()
    inside = [counts[(minute + step) % MINUTES_A_DAY] for step in range(width)]
    assert sum(inside) == count == sum(counts)
    assert max(inside) - min(inside) <= 1


@given(st.integers(0, 10**6), st.integers(0, MOST_TIPS), st.integers(1, 120), st.integers(1, 24))
def test_everybody_gets_their_tips_in_a_day_from_numbers(
    people: int, tips: int, spread: int, zones: int
) -> None:
    assert forecast(day_of(people, tips, spread=spread, zones=zones), 1000).due == people * tips


def test_what_waits_past_its_shelf_life_expires() -> None:
    seen = forecast(a_day({WATER: {600: 58 * 61}, SLEEP: {1200: 58 * 91}}), 1)
    assert places(1) == 58
    assert seen.expired == {WATER: 58, SLEEP: 58}
    assert (seen.longest_wait, seen.busiest_minute, seen.busiest) == (89, 1200, 58 * 91)
    assert (seen.found, seen.left, seen.busy_minutes) == (0, 0, 150)


def test_what_is_left_in_the_evening_waits_in_the_morning() -> None:
    seen = forecast(a_day({DIGEST: {1439: 580}}), 1)
    assert (seen.sent, seen.lost, seen.found, seen.left) == (580, 0, 522, 522)


def test_four_hundred_thousand_at_nine_fit_once_they_are_spread() -> None:
    at_nine = a_day({WATER: {540: 200_000}})
    assert forecast(at_nine, 30).lost == 200_000 - 60 * places(30)
    assert enough_rate(at_nine) == 58
    assert enough_width(at_nine, 30) == 60
    assert enough_width(a_day({WATER: {540: 3_000_000}}), 30) is None


@pytest.mark.parametrize(("people", "zones", "percent"), [(200_000, 1, 49), (400_000, 8, 30)])
def test_sending_as_much_fewer_as_is_said_is_enough_and_one_percent_less_is_not(
    people: int, zones: int, percent: int
) -> None:
    assert dict(remedies(day_of(people, 4, spread=30, zones=zones), 30))[Remedy.FEWER] == percent

    def lost(fewer: int) -> int:
        some = people * (100 - fewer) // 100
        return forecast(day_of(some, 4, spread=30, zones=zones), 30).lost

    assert (lost(percent), lost(percent - 1) > 0) == (0, True)


@given(loads, st.integers(1, 60))
def test_fewer_messages_are_always_enough_in_the_end(load: Load, rate: int) -> None:
    fewer = enough_fewer(load, rate)
    assert 0 <= fewer <= 100
    assert (fewer == 0) == (forecast(load, rate).lost == 0)


def test_nobody_is_told_to_send_nothing() -> None:
    crowd = day_of(10**9, 4, spread=30, zones=1)
    assert remedies(crowd, 30) == ((Remedy.NO_RATE, HIGHEST_RATE),)


def test_a_day_has_its_minutes_and_its_tips() -> None:
    with pytest.raises(ValueError, match="1,440"):
        forecast({WATER: [1, 2]}, 30)
    with pytest.raises(ValueError, match="at most"):
        day_of(10, MOST_TIPS + 1, spread=30, zones=1)


@pytest.mark.parametrize(("rate", "minute"), [(1, 58), (30, 1746), (1.5, 87), (1000, 58_200)])
def test_a_minute_has_room_for_all_of_the_share_that_is_used(rate: float, minute: int) -> None:
    assert places(rate) == minute
