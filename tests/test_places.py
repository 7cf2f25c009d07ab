import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipbot.places import PlaceProcess, cities_named, zone_at


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Munich", "Europe/Berlin"),
        ("  münchen ", "Europe/Berlin"),
        ("Мюнхен", "Europe/Berlin"),
        ("auckl", "Pacific/Auckland"),
        ("New York", "America/New_York"),
        ("Paris, US", "America/Chicago"),
        ("asia/kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_city_is_found_by_what_people_type(typed: str, zone: str) -> None:
    assert cities_named(typed)[0].zone == zone


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_search_or_finds_more_than_six(typed: str) -> None:
    assert len(cities_named(typed)) <= 6


@pytest.mark.parametrize("typed", ["San José", "Springfield"])
def test_no_two_cities_that_are_offered_look_the_same(typed: str) -> None:
    offered = [(city.name, city.country, city.zone) for city in cities_named(typed)]
    assert len(offered) > 1
    assert len(set(offered)) == len(offered)


def test_a_point_has_the_zone_of_its_place() -> None:
    assert zone_at(-36.85, 174.76) == "Pacific/Auckland"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)]
)
def test_an_impossible_point_has_no_zone(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) is None


async def test_look_ups_run_in_a_process_of_their_own_and_outlive_its_death() -> None:
    places = PlaceProcess()
    try:
        assert await places.zone_at(52.5, 13.4) == "Europe/Berlin"
        assert places._process is not None
        places._process.kill()
        await places._process.wait()
        assert (await places.cities_named("Lima"))[0].zone == "America/Lima"
    finally:
        await places.close()


async def test_a_look_up_that_takes_too_long_finds_nothing() -> None:
    places = PlaceProcess(patience=0.001)
    try:
        assert await places.zone_at(52.5, 13.4) is None
        assert await places.cities_named("Lima") == []
    finally:
        await places.close()


async def test_an_idle_process_ends_and_the_next_question_starts_another() -> None:
    places = PlaceProcess(idle=0.0)
    try:
        assert await places.zone_at(52.5, 13.4) == "Europe/Berlin"
        assert places._ending is not None
        await places._ending
        assert places._process is None
        assert await places.zone_at(-36.85, 174.76) == "Pacific/Auckland"
    finally:
        await places.close()
