"""Statements as the drivers get them."""

import pytest

from tipbot.store.database import expand, in_order, placed, taker

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


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 64, 100])
def test_values_in_order_are_those_of_the_names(count: int) -> None:
    text, values = in_order(f"{SQL} AND c = :b", {"ids": tuple(range(count)), "b": 7, "other": 8})
    assert ":" not in text
    assert text.count("?") == len(values)
    *listed, second, third = values
    assert listed[:count] == list(range(count))
    assert set(listed) == set(range(count))
    assert (second, third) == (7, 7)


def test_a_statement_without_lists_takes_each_value_where_its_name_stands() -> None:
    for sql, values in (
        ("SELECT 1", ()),
        ("SELECT :a", (1,)),
        ("SELECT :b, :a, :b", (2, 1, 2)),
    ):
        params = {"a": 1, "b": 2}
        assert in_order(sql, params) == (placed(sql), values)
        assert taker(sql)(params) == values
