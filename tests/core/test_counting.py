"""How many there are of something, in English."""

import pytest

from tipbot.core.counting import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1_000, "1,000 rows")]
)
def test_one_is_spoken_of_as_one(number: int, said: str) -> None:
    assert counted(number, "row") == said


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert [counted(number, "person", "people") for number in (1, 2)] == ["1 person", "2 people"]
