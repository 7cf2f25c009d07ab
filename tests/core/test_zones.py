from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipbot.core import zones
from tipbot.core.enrolment import is_zone
from tipbot.core.instants import minute_at
from tipbot.core.zones import NOWHERE, WELL_KNOWN, likely_zone, zones_at_hour

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def test_every_zone_that_is_named_exists() -> None:
    named = {*WELL_KNOWN, *zones._BY_LANGUAGE.values(), *zones._BY_REGION.values(), NOWHERE}
    assert [name for name in named if not is_zone(name)] == []
    assert len(set(WELL_KNOWN)) == len(WELL_KNOWN)


@given(MOMENTS, st.integers(0, 23))
def test_every_hour_has_one_to_ten_zones_that_show_it(now: datetime, hour: int) -> None:
    found = zones_at_hour(hour, now, NOWHERE)
    assert 1 <= len(found) <= 10
    assert all(minute_at(now, ZoneInfo(name)) // 60 == hour for name in found)


@settings(max_examples=25)  # each looks at every zone
@given(MOMENTS)
def test_every_well_known_zone_is_found_by_its_own_hour(now: datetime) -> None:
    found = [set(zones_at_hour(hour, now, NOWHERE)) for hour in range(24)]
    for name in WELL_KNOWN:
        assert name in found[minute_at(now, ZoneInfo(name)) // 60]


def test_the_well_known_zones_cover_every_offset_that_people_live_under() -> None:
    for month in (1, 7):
        now = datetime(2026, month, 15, tzinfo=UTC)
        offsets = {now.astimezone(ZoneInfo(name)).utcoffset() for name in WELL_KNOWN}
        halves = {timedelta(minutes=m) for m in (-210, 210, 270, 330, 345, 390, 570)}
        assert {timedelta(hours=h) for h in range(-11, 15) if h != -2} <= offsets | {None}
        assert len(halves - offsets) <= 1


def test_the_likely_zone_comes_first() -> None:
    now = datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
    assert zones_at_hour(10, now, "Europe/Rome")[0] == "Europe/Rome"
    assert zones_at_hour(10, now, "Europe/Berlin").count("Europe/Berlin") == 1


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("de", "Europe/Berlin"),
        ("de-AT", "Europe/Vienna"),
        ("en_nz", "Pacific/Auckland"),
        ("zh-hans", "Asia/Shanghai"),
        ("tlh", NOWHERE),
        ("", NOWHERE),
        (None, NOWHERE),
        ("-", NOWHERE),
    ],
)
def test_the_likely_zone_is_a_guess_from_the_language(language: str | None, zone: str) -> None:
    assert likely_zone(language) == zone
