from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.diaries import simulated
from tipbot.core.insights import ENOUGH_DAYS, ENOUGH_EACH, Fact, Finding, Measure, together
from tipbot.core.model import Trigger


@given(st.integers(0, 10_000), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_nothing_is_asked_without_enough_days_on_either_side(seed: int, length: int) -> None:
    days = simulated(seed, length)
    found = together(days)
    assert found.usable == sum(day.worst is not None for day in days)
    assert found.days_to_go == max(0, ENOUGH_DAYS - found.usable)
    if found.days_to_go:
        assert found.questions == ()
    for question in found.questions:
        assert min(len(question.exposed), len(question.others)) >= ENOUGH_EACH


def test_a_fact_is_compared_over_all_rated_days_and_missing_ones_are_left_out() -> None:
    days = simulated(1, 60)
    (sleep,) = (q for q in together(days).questions if q.about == Fact.SLEEP)
    rated = [d for d in days if d.worst is not None]
    short = [d.worst for d in rated if d.context and (d.context.sleep_hours or 0) <= 6]
    assert sorted(sleep.exposed) == sorted(x for x in short if x is not None)
    assert len(sleep.days) == len(rated)


def test_a_trigger_is_compared_with_days_that_had_a_twitch_too() -> None:
    days = simulated(2, 60)
    (stress,) = (q for q in together(days).questions if q.is_trigger and q.about == Trigger.STRESS)
    assert len(stress.days) == sum(bool(day.strengths) for day in days)
    assert all(day.value >= 1 for day in stress.days)
    assert {day.stratum.split("/")[1] for day in stress.days} == {"1", "2", "3", "4"}


def test_a_diary_without_self_ratings_is_compared_by_count_and_asks_no_trigger() -> None:
    days = [
        replace(day, strengths=(), rating=None if day.twitches else day.rating)
        for day in simulated(3, 60)
    ]
    found = together(days)
    assert found.measure is Measure.COUNT
    assert found.questions
    assert not any(question.is_trigger for question in found.questions)


@pytest.mark.parametrize(
    ("low", "high", "p", "speaks"),
    [(0.1, 1, 0.04, True), (-1, -0.1, 0.05, True), (0.1, 1, 0.06, False), (-0.1, 1, 0.01, False)],
)
def test_a_finding_speaks_if_test_and_interval_agree(
    low: float, high: float, p: float, *, speaks: bool
) -> None:
    assert Finding(about="x", is_trigger=True, low=low, high=high, p=p).speaks is speaks
