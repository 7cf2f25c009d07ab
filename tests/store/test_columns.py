from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.house import START
from tipbot.core.model import FOREVER, AtTimes, Every, Minute, Schedule, Trigger
from tipbot.store import columns

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MINUTES = st.integers(0, 1439).map(Minute)
SCHEDULES = st.one_of(
    st.sets(MINUTES, min_size=1, max_size=6).map(lambda times: AtTimes(tuple(sorted(times)))),
    st.builds(Every, st.integers(15, 1440), MINUTES, MINUTES),
)

MOMENTS = st.builds(
    lambda since, zone: (START + since).astimezone(zone),
    st.timedeltas(timedelta(days=-40_000), timedelta(days=2_900_000)),
    ZONES,
)


@given(MOMENTS)
def test_a_moment_comes_back_the_same_and_in_utc(moment: datetime) -> None:
    back = columns.moment(columns.micros(moment))
    assert back == moment
    assert back.tzinfo is UTC


@given(st.lists(MOMENTS, min_size=2))
def test_moments_stand_in_columns_in_their_order(moments: list[datetime]) -> None:
    kept = [columns.micros(each) for each in moments]
    assert [columns.micros(each) for each in sorted(moments)] == sorted(kept)


def test_forever_fits_and_a_naive_moment_is_refused() -> None:
    assert columns.moment(columns.micros(FOREVER)) == FOREVER
    with pytest.raises(TypeError):
        columns.micros(FOREVER.replace(tzinfo=None))


@given(SCHEDULES)
def test_a_schedule_comes_back_the_same(schedule: Schedule) -> None:
    assert columns.schedule(columns.schedule_text(schedule)) == schedule


@given(st.frozensets(st.sampled_from(Trigger)), st.lists(st.integers(0, 10**6)))
def test_sets_and_lists_come_back_the_same(triggers: frozenset[Trigger], bag: list[int]) -> None:
    assert columns.members(Trigger, columns.words(triggers)) == triggers
    assert columns.integers(columns.numbers(bag)) == tuple(bag)


@given(st.text(st.characters()))
def test_any_text_becomes_one_that_both_databases_hold(text: str) -> None:
    kept = columns.storable(text)
    assert "\0" not in kept
    assert columns.storable(kept) == kept
    assert kept.encode().decode() == kept
