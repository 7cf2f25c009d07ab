"""The shuffle bag."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.selection import chance_below, draw

libraries = st.sets(st.integers(1, 50), min_size=1, max_size=12).map(sorted)
seeds = st.integers().map(str)


def draws(numbers: list[int], count: int, seed: str) -> list[int]:
    bag: tuple[int, ...] = ()
    drawn = []
    for turn in range(count):
        chosen, bag = draw(numbers, bag, f"{seed}:{turn}")
        drawn.append(chosen)
    return drawn


@given(libraries, seeds)
def test_none_comes_back_until_all_were_seen(numbers: list[int], seed: str) -> None:
    size = len(numbers)
    drawn = draws(numbers, 4 * size, seed)
    for start in range(0, len(drawn), size):
        assert sorted(drawn[start : start + size]) == numbers


@given(libraries, seeds)
def test_never_the_same_twice_in_a_row(numbers: list[int], seed: str) -> None:
    if len(numbers) > 1:
        assert all(one != other for one, other in pairwise(draws(numbers, 60, seed)))


@given(libraries, st.lists(st.integers(1, 50)).map(tuple), seeds)
def test_the_same_seed_chooses_alike_and_the_bag_stays_compact(
    numbers: list[int], bag: tuple[int, ...], seed: str
) -> None:
    chosen, onward = draw(numbers, tuple(dict.fromkeys(bag)), seed)
    assert (chosen, onward) == draw(numbers[::-1], tuple(dict.fromkeys(bag)), seed)
    assert chosen in numbers
    assert onward[-1] == chosen
    assert len(set(onward)) == len(onward) <= len(numbers)
    assert set(onward) <= set(numbers)


@given(st.lists(st.tuples(libraries, seeds), min_size=2, max_size=30))
def test_a_changing_library_never_repeats_what_the_bag_still_holds(
    history: list[tuple[list[int], str]],
) -> None:
    bag: tuple[int, ...] = ()
    for numbers, seed in history:
        unseen = set(numbers) - set(bag)
        chosen, onward = draw(numbers, bag, seed)
        assert chosen in unseen or not unseen
        assert not bag or chosen != bag[-1] or numbers == [chosen]
        bag = onward


def test_a_new_tip_joins_the_round_and_a_retired_one_leaves_it() -> None:
    assert draw([1, 2, 3], (1, 2), "any")[0] == 3
    assert draw([2, 4], (1, 2), "any") == (4, (2, 4))


def test_what_fits_goes_first_and_nothing_comes_back_before_all_were_seen() -> None:
    assert draw([1, 2, 3], (1,), "any", {3})[0] == 3
    assert draw([1, 2, 3], (1, 3), "any", {1, 3})[0] == 2
    assert draw([1, 2, 3], (3, 2, 1), "any", {1, 2})[0] == 2


def test_a_single_tip_repeats_and_none_is_refused() -> None:
    assert draw([9], (9,), "any") == (9, (9,))
    with pytest.raises(ValueError, match="nothing to draw"):
        draw([], (1,), "any")


def test_chance_is_even_and_the_same_everywhere() -> None:
    counts = Counter(chance_below(10, f"seed {n}") for n in range(20_000))
    assert sorted(counts) == list(range(10))
    assert max(counts.values()) < 1.15 * min(counts.values())
    assert [chance_below(1000, seed) for seed in ("a", "b", "11:sleep")] == [343, 333, 880]
