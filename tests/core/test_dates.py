from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.dates import DateWords, read_date, read_period

TODAY = date(2026, 3, 2)
WORDS = DateWords(
    today=TODAY,
    months={"march": 3, "mar": 3, "märz": 3, "feb": 2, "february": 2, "enero": 1, "may": 5},
    days={"today": TODAY, "yesterday": TODAY - timedelta(days=1)},
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-02-14", date(2026, 2, 14)),
        ("2026/2/14", date(2026, 2, 14)),
        ("14.2.2026", date(2026, 2, 14)),
        ("14. 2. 2026", date(2026, 2, 14)),
        ("14.02.26", date(2026, 2, 14)),
        ("14.2.", date(2026, 2, 14)),
        ("3.3.", date(2025, 3, 3)),
        ("14.2", date(2026, 2, 14)),
        ("2/14/2026", date(2026, 2, 14)),
        ("14/2/2026", date(2026, 2, 14)),
        ("14/2", date(2026, 2, 14)),
        ("2/2/26", date(2026, 2, 2)),
        ("1/1/99", date(1999, 1, 1)),
        (" 14  February 2026 ", date(2026, 2, 14)),
        ("14th of Feb", date(2026, 2, 14)),
        ("Feb 14, 2025", date(2025, 2, 14)),
        ("14. März 2025", date(2025, 3, 14)),
        ("5 de enero de 2026", date(2026, 1, 5)),
        ("9 May", date(2025, 5, 9)),
        ("29.2.", date(2024, 2, 29)),
        ("Yesterday", date(2026, 3, 1)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_certain_date_is_read(said: str, meant: date) -> None:
    assert read_date(said, WORDS) == (meant,)


def test_a_date_that_could_be_either_way_round_is_both() -> None:
    assert read_date("3/4/2025", WORDS) == (date(2025, 3, 4), date(2025, 4, 3))
    assert read_date("1-2-26", WORDS) == (date(2026, 1, 2), date(2026, 2, 1))


@pytest.mark.parametrize(
    "said",
    ["", "soon", "14", "31.2.2026", "14.13.2026", "14 Brumaire", "0.0.", "2026-02", "9" * 999],
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert read_date(said, WORDS) == ()


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2026-01-01 to 2026-02-28", date(2026, 1, 1), date(2026, 2, 28)),
        ("2026-01-01-2026-02-28", date(2026, 1, 1), date(2026, 2, 28)),
        ("1.1.2026 - 28.2.2026", date(2026, 1, 1), date(2026, 2, 28)),
        ("1.1.-28.2.", date(2026, 1, 1), date(2026, 2, 28)),
        ("1.12. bis 5.1.", date(2025, 12, 1), date(2026, 1, 5)),
        ("from Feb 14 to today", date(2026, 2, 14), TODAY),
        ("14 Feb \u2013 yesterday", date(2026, 2, 14), date(2026, 3, 1)),
        ("1 Feb to 3 March 2025", date(2025, 2, 1), date(2025, 3, 3)),
        ("1/1/2026 - 1/31/2026", date(2026, 1, 1), date(2026, 1, 31)),
        ("desde 5 enero hasta 14 feb", date(2026, 1, 5), date(2026, 2, 14)),
    ],
)
def test_a_certain_period_is_read(said: str, first: date, last: date) -> None:
    assert read_period(said, WORDS) == ((first, last),)


def test_a_period_that_could_be_either_way_round_is_both_in_one_order_each() -> None:
    assert read_period("1/2/2026 to 2/3/2026", WORDS) == (
        (date(2026, 1, 2), date(2026, 2, 3)),
        (date(2026, 2, 1), date(2026, 3, 2)),
    )


@pytest.mark.parametrize("said", ["", "2026", "28.2.2026 - 1.1.2026", "from", "to", "today"])
def test_what_is_no_period_is_none(said: str) -> None:
    assert read_period(said, WORDS) == ()


@given(st.dates(date(1950, 1, 1), TODAY), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]))
def test_every_written_date_is_among_the_readings(day: date, form: str) -> None:
    assert day in read_date(day.strftime(form), WORDS)


@given(st.text(max_size=60))
def test_whatever_is_typed_breaks_nothing(said: str) -> None:
    assert len(read_date(said, WORDS)) <= 2
    assert all(first <= last for first, last in read_period(said, WORDS))
