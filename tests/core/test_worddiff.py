"""What changed, word by word."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_library import a_tip
from tipbot.core.model import Citation
from tipbot.core.worddiff import Fate, FieldDiff, Run, entry_diff, word_diff

KEPT, REMOVED, ADDED = Fate.KEPT, Fate.REMOVED, Fate.ADDED
texts = st.text(st.sampled_from("ab \n,.'é_*"), max_size=60)


def test_a_replaced_word_stands_beside_the_one_it_replaces() -> None:
    assert word_diff("Drink a glass now.", "Drink a cup now.") == (
        Run(KEPT, "Drink a "),
        Run(REMOVED, "glass"),
        Run(ADDED, "cup"),
        Run(KEPT, " now."),
    )


def test_words_that_changed_in_a_row_read_as_one_change() -> None:
    assert word_diff("one two three", "four five three") == (
        Run(REMOVED, "one two"),
        Run(ADDED, "four five"),
        Run(KEPT, " three"),
    )


def test_words_that_stay_by_chance_do_not_tear_a_new_text_apart() -> None:
    old = "Tiredness and stress can both set off twitches."
    new = "Put one slow breath to each step and you rest sooner."
    assert word_diff(old, new) == (
        Run(REMOVED, old.removesuffix(".")),
        Run(ADDED, new.removesuffix(".")),
        Run(KEPT, "."),
    )
    assert word_diff("a cup of tea now", "a mug of tea then") == (
        Run(KEPT, "a "),
        Run(REMOVED, "cup"),
        Run(ADDED, "mug"),
        Run(KEPT, " of tea "),
        Run(REMOVED, "now"),
        Run(ADDED, "then"),
    )


def test_a_body_is_compared_as_it_is_typed_and_with_its_marks() -> None:
    old = a_tip(body=r"Drink \*two\* cups.")
    (diff,) = entry_diff(old, replace(old, body=r"Drink \*two\* **cups** & \<mugs>."))
    assert diff.runs == (
        Run(KEPT, "Drink *two* "),
        Run(ADDED, "**"),
        Run(KEPT, "cups"),
        Run(ADDED, "** & <mugs>"),
        Run(KEPT, "."),
    )


def test_equal_texts_are_one_kept_run_and_empty_ones_none() -> None:
    assert word_diff("Drink.", "Drink.") == (Run(KEPT, "Drink."),)
    assert word_diff("", "") == ()
    assert word_diff("", "New.") == (Run(ADDED, "New."),)
    assert word_diff("Old.", "") == (Run(REMOVED, "Old."),)


@given(texts, texts)
def test_a_diff_spells_both_texts(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.fate is not ADDED) == old
    assert "".join(run.text for run in runs if run.fate is not REMOVED) == new
    assert all(one.fate is not other.fate for one, other in pairwise(runs))
    assert all(run.text for run in runs)


def test_very_long_texts_are_compared_by_the_line() -> None:
    old = "".join(f"line {n} is here\n" for n in range(2000))
    runs = word_diff(old, old.replace("line 7 is", "line 7 was"))
    assert Run(REMOVED, "line 7 is here\n") in runs


def test_each_changed_field_has_its_own_diff_in_words_of_the_file() -> None:
    old = a_tip(sources=())
    new = replace(old, title="A cup", tags=("water",), sources=(Citation("one.txt", "Water"),))
    diffs = entry_diff(old, new)
    assert [diff.field for diff in diffs] == ["title", "tags", "sources"]
    assert diffs[1] == FieldDiff("tags", (Run(KEPT, "water"), Run(REMOVED, ", habit")))
    assert diffs[2].runs[0] == Run(REMOVED, "editor")
    assert entry_diff(old, replace(old, revision=9)) == ()
