"""What goes together, against simulated diaries whose truth is known."""

from itertools import combinations
from random import Random
from statistics import fmean

import numpy as np
import pytest

from tests.core.diaries import simulated
from tipbot.core.charts import Comparison
from tipbot.core.insights import (
    ALPHA,
    UNTOLD,
    Fact,
    Finding,
    Observation,
    Question,
    together,
)
from tipbot.core.model import DayContext, Trigger
from tipbot.render.compare import compare, holm, interval, permutation_p

DIARIES = 150
FEW = 499
"""Permutations in the simulations: enough for a p-value of 0.05 / 13."""


def after_short_nights(chance: Random, context: DayContext, _: frozenset[Trigger]) -> int:
    return chance.choice((2, 3, 4) if (context.sleep_hours or 9) <= 6 else (1, 1, 2))


def under_stress(chance: Random, _: DayContext, ticked: frozenset[Trigger]) -> int:
    return chance.choice((3, 4) if Trigger.STRESS in ticked else (1, 1, 2))


def findings(diary: object, seed: int, permutations: int = FEW) -> tuple[Finding, ...]:
    asked = together(diary).questions  # type: ignore[arg-type] # a diary of days
    return compare(Comparison(questions=asked, seed=str(seed)), permutations).found


def question(exposed: list[float], others: list[float], strata: str = "") -> Question:
    values = [(v, True) for v in exposed] + [(v, False) for v in others]
    marks = strata or "a" * len(values)
    return Question(
        about=Fact.SLEEP,
        is_trigger=False,
        days=tuple(
            Observation(value=v, exposed=e, stratum=s)
            for (v, e), s in zip(values, marks, strict=True)
        ),
    )


@pytest.mark.parametrize("length", [30, 90])
def test_pure_noise_speaks_in_at_most_one_diary_in_twenty(length: int) -> None:
    spoke = sum(
        any(each.speaks for each in findings(simulated(seed, length), seed))
        for seed in range(DIARIES)
    )
    assert spoke <= 0.05 * DIARIES


def test_a_real_effect_of_a_fact_is_found_and_little_else() -> None:
    said = [
        {
            each.about
            for each in findings(simulated(seed, 90, after_short_nights), seed)
            if each.speaks
        }
        for seed in range(40)
    ]
    assert sum(Fact.SLEEP.value in one for one in said) >= 38
    assert sum(bool(one - {Fact.SLEEP.value}) for one in said) <= 4


def test_a_real_effect_of_a_trigger_is_found() -> None:
    said = [
        [
            each
            for each in findings(simulated(seed, 90, under_stress), seed)
            if each.speaks and each.is_trigger and each.about == Trigger.STRESS
        ]
        for seed in range(40)
    ]
    assert sum(bool(one) for one in said) >= 36
    assert all(each.low > 0 for one in said for each in one)


def test_the_same_diary_always_gets_the_same_answer() -> None:
    diary = simulated(5, 60)
    assert findings(diary, 7) == findings(diary, 7)
    assert findings(diary, 7) != findings(diary, 8)


def test_the_p_value_is_that_of_every_exchange_counted_out() -> None:
    exposed, others = [4.0, 3.0, 4.0, 2.0, 3.0], [1.0, 2.0, 3.0, 1.0, 2.0, 1.0]
    values, seen = exposed + others, abs(fmean(exposed) - fmean(others))
    extreme = total = 0
    for some in combinations(range(11), 5):
        one = fmean(values[i] for i in some)
        other = fmean(values[i] for i in range(11) if i not in some)
        extreme += abs(one - other) >= seen - 1e-9
        total += 1
    found = permutation_p(question(exposed, others), np.random.default_rng(1), 20_000)
    assert found == pytest.approx(extreme / total, abs=0.005)


def test_days_are_exchanged_within_their_stratum_only() -> None:
    slow_change = question([4.0] * 5, [1.0] * 5, "aaaaabbbbb")
    assert permutation_p(slow_change, np.random.default_rng(1), 99) == 1.0


def test_the_interval_encloses_the_difference_and_shrinks_with_more_days() -> None:
    few = question([3.0, 4.0, 2.0, 3.0, 4.0], [1.0, 2.0, 1.0, 3.0, 2.0])
    many = question(list(few.exposed) * 6, list(few.others) * 6)
    for each in (few, many):
        low, high = interval(each, np.random.default_rng(1))
        assert low <= each.difference <= high
    low, high = interval(few, np.random.default_rng(1))
    less, more = interval(many, np.random.default_rng(1))
    assert more - less < high - low


def test_an_interval_is_told_of_what_is_hardly_chance_and_of_nothing_else() -> None:
    found = [
        each for seed in range(5) for each in findings(simulated(seed, 90, under_stress), seed)
    ]
    told = [each.p <= ALPHA for each in found]
    assert [(each.low, each.high) != UNTOLD for each in found] == told
    assert len(set(told)) == 2


def test_values_that_never_vary_say_nothing() -> None:
    same = question([2.0] * 6, [2.0] * 6)
    (found,) = compare(Comparison(questions=(same,), seed="1")).found
    assert (found.p, found.low, found.high, found.speaks) == (1.0, 0.0, 0.0, False)


def test_holm_corrects_as_in_the_worked_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
