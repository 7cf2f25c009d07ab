from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tipbot.core.figures import DayFigures, Tally, days_back, ranked, together

BERLIN = ZoneInfo("Europe/Berlin")


def test_days_are_local_and_the_last_is_today() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    days = days_back(7, late, BERLIN)
    assert (days[0].day, days[-1].day) == (date(2026, 2, 25), date(2026, 3, 3))
    assert days[-1].start == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    assert all(one.end == other.start for one, other in pairwise(days))


def test_a_day_on_which_the_clocks_change_has_its_own_length() -> None:
    days = days_back(2, datetime(2026, 3, 29, 12, 0, tzinfo=UTC), BERLIN)
    assert days[-1].end - days[-1].start == timedelta(hours=23)


def test_days_add_up() -> None:
    first = DayFigures(joined=1, sent=3, failed=1, tips={1: Tally(2, 1, 0), 2: Tally(1)})
    second = DayFigures(sent=4, unknown=2, expired=1, unreachable=1, tips={1: Tally(4, 2, 5)})
    both = together((first, second))
    assert both == DayFigures(
        joined=1,
        sent=7,
        failed=1,
        unknown=2,
        unreachable=1,
        expired=1,
        tips={1: Tally(6, 3, 5), 2: Tally(1)},
    )
    assert both.votes == Tally(7, 3, 5)
    assert together(()) == DayFigures()


def test_the_most_helpful_tip_stands_first_and_few_votes_last() -> None:
    tips = {
        1: Tally(9, 1, 0),
        2: Tally(9, 4, 1),
        3: Tally(9, 0, 0),
        4: Tally(9, 8, 2),
        5: Tally(9, 1, 8),
        6: Tally(0, 0, 4),
    }
    assert [number for number, _ in ranked(tips)] == [4, 2, 5, 1, 6]
    assert Tally().share == 0.0
