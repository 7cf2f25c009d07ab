from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.holdings import EXPORT_EVERY, may_export_again

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(days=-400), timedelta(days=400))


def test_the_first_export_waits_for_nothing() -> None:
    assert may_export_again(None, NOW) is None


@given(SPANS)
def test_whoever_waits_waits_ten_minutes_at_most(since: timedelta) -> None:
    again = may_export_again(NOW - since, NOW)
    assert (again is not None) == (timedelta(0) <= since < EXPORT_EVERY)
    if again is not None:
        assert NOW < again <= NOW + EXPORT_EVERY
        assert may_export_again(NOW - since, again) is None
