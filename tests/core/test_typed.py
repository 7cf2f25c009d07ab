import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import MINUTES_A_DAY, Minute, QuietHours
from tipbot.core.typed import read_span, read_time, read_times

MINUTES = st.integers(0, MINUTES_A_DAY - 1)


@pytest.mark.parametrize(
    ("said", "minute"),
    [
        ("9", 540),
        ("09", 540),
        ("9:00", 540),
        (" 9 : 05 ", 545),
        ("9.30", 570),
        ("9h30", 570),
        ("9h", 540),
        ("0930", 570),
        ("930", 570),
        ("9am", 540),
        ("9 a.m.", 540),
        ("9:30 PM", 1290),
        ("9:30\u202fPM", 1290),
        ("12am", 0),
        ("12 pm", 720),
        ("0", 0),
        ("24:00", 0),
        ("21 Uhr", 1260),
    ],
)
def test_times_are_read_as_people_type_them(said: str, minute: int) -> None:
    assert read_time(said) == minute


@pytest.mark.parametrize(
    "said",
    ["", "nine", "25", "9:60", "24:01", "13 pm", "0 am", "9:5", "-9", "9 30", "9:00 9", "1" * 9000],
)
def test_what_is_no_time_is_none(said: str) -> None:
    assert read_time(said) is None


@given(MINUTES)
def test_every_minute_is_read_in_every_form(minute: int) -> None:
    hour, rest = divmod(minute, 60)
    twelve = f"{hour % 12 or 12}:{rest:02} {'am' if hour < 12 else 'pm'}"
    for said in (f"{hour}:{rest:02}", f"{hour:02}.{rest:02}", f"{hour:02}{rest:02}", twelve):
        assert read_time(said) == minute


@given(
    st.lists(MINUTES, min_size=1, max_size=12),
    st.sampled_from([",", ", ", ";", "\n", " and ", " ", " & "]),
)
def test_lists_come_back_ascending_and_each_once(minutes: list[int], between: str) -> None:
    said = between.join(f"{minute // 60}:{minute % 60:02}" for minute in minutes)
    assert read_times(said) == tuple(sorted(set(minutes)))


@pytest.mark.parametrize("said", ["", ",", "9, x", "9:00-17:00", "9, 30", "9," * 200])
def test_a_list_with_anything_else_in_it_is_none(said: str) -> None:
    assert read_times(said) is None


@given(MINUTES, MINUTES, st.sampled_from(["-", " - ", "\u2013", " to ", " until "]))
def test_spans_are_read_with_every_dash(start: int, end: int, between: str) -> None:
    said = between.join(f"{minute // 60}:{minute % 60:02}" for minute in (start, end))
    assert read_span(said) == QuietHours(Minute(start), Minute(end))


@pytest.mark.parametrize("said", ["", "22:00", "22-8-9", "22 to late", "-", "22-"])
def test_what_is_no_span_is_none(said: str) -> None:
    assert read_span(said) is None


@given(st.text(max_size=300))
def test_no_text_is_a_fault(said: str) -> None:
    minute = read_time(said)
    assert minute is None or 0 <= minute < MINUTES_A_DAY
    read_times(said)
    read_span(said)
