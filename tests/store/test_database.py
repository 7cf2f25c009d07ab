"""Statements as the drivers get them."""

import pytest

from tipbot.store.database import expand

SQL = "SELECT 1 FROM t WHERE a IN :ids AND b = :b"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 64, 100])
def test_a_list_keeps_its_values_whatever_it_is_filled_up_with(count: int) -> None:
    text, params = expand(SQL, {"ids": tuple(range(count)), "b": 7})
    listed = [value for name, value in params.items() if name.startswith("ids")]
    assert listed[:count] == list(range(count))
    assert set(listed) == set(range(count))
    assert params["b"] == 7
    assert all(f":{name}" in text for name in params)
    assert ("IN :" in text) is False


def test_lists_of_all_lengths_make_a_handful_of_statements() -> None:
    """Each text is prepared by itself, on each connection."""
    texts = {expand(SQL, {"ids": tuple(range(n)), "b": 0})[0] for n in range(1, 101)}
    assert len(texts) == 8
