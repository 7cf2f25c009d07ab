"""Words by which the library is found."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_library import a_tip
from tipbot.core.search import asked_words, entry_words, search_words


def test_case_accents_and_signs_make_no_difference() -> None:
    assert search_words("Café — don't STOP, naïve ﬁsh_2") == [
        "cafe", "don", "t", "stop", "naive", "fish", "2",
    ]  # fmt: skip
    assert search_words("Straße") == ["strasse"]
    assert search_words(" \n…!") == []


def test_a_query_has_each_word_once_and_a_dozen_at_most() -> None:
    assert asked_words("Water, water everywhere") == ["water", "everywhere"]
    assert len(asked_words(" ".join(f"w{n}" for n in range(100)))) == 12


def test_an_entry_is_found_by_title_body_as_shown_tags_and_id() -> None:
    words = entry_words(a_tip(body="Put **a glass** in _sight_.", title="Café"))
    assert {"cafe", "glass", "sight", "habit", "hydration"} <= set(words)
    assert entry_words(replace(a_tip(), body="**open"))


@given(st.text())
def test_words_are_letters_and_digits_alone_and_cut_the_same_again(text: str) -> None:
    words = search_words(text)
    assert all(word.isalnum() and len(word) <= 40 for word in words)
    assert search_words(" ".join(words)) == words
