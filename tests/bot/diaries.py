"""Diaries filled by tests, and somebody who draws a name in place of a chart."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tests.bot.chat import Person
from tipbot.core.charts import Chart, Comparison
from tipbot.core.insights import Finding
from tipbot.core.model import DayContext, Place, Relief, Side, Tap, Trigger
from tipbot.core.pages import Page

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
PNG = b"\x89PNG"


@dataclass
class Sketcher:
    """Draws a name in place of a chart and finds what a test says; keeps what was asked."""

    charts: list[Chart] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    found: tuple[Finding, ...] | None = ()
    away: bool = False
    gate: asyncio.Event | None = None

    async def chart(self, chart: Chart) -> bytes | None:
        self.charts.append(chart)
        if self.gate is not None:
            await self.gate.wait()
        return None if self.away else PNG + chart.kind.encode()

    async def report(self, page: Page) -> bytes | None:
        self.pages.append(page)
        return None if self.away else b"%PDF"

    async def compare(self, comparison: Comparison) -> tuple[Finding, ...] | None:
        self.comparisons.append(comparison)
        return self.found


async def logs(  # noqa: PLR0913, PLR0917 - details of one entry
    person: Person,
    days_ago: int,
    strength: int | None = 2,
    hour: int = 0,
    place: Place | None = Place.EYELID,
    side: Side | None = Side.LEFT,
    triggers: frozenset[Trigger] = frozenset(),
    helped: frozenset[Relief] = frozenset(),
) -> None:
    """Put a twitch into the diary, ``hour`` hours after nine in the morning in Berlin."""
    store, at = person.chat.store, datetime_of(TODAY - days_ago * ONE_DAY, hour)
    key = f"{days_ago}-{hour}"
    made = await store.log_twitch(
        person.who, Tap(key=key, message_id=900 + days_ago, nonce=hour, at=at)
    )
    assert made is not None
    await store.edit_check_in(
        made.entry.id,
        person.who,
        lambda e: replace(
            e, strength=strength, place=place, side=side, triggers=triggers, helped=helped
        ),
    )


def datetime_of(day: date, hour: int) -> datetime:
    start = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
    return start + (day - TODAY) + timedelta(hours=hour)


async def rates(person: Person, days_ago: int, strength: int) -> None:
    day = TODAY - days_ago * ONE_DAY
    at = datetime_of(day, 11 if days_ago else 1)
    await person.chat.store.rate_day(
        person.who, day, strength, Tap(key=f"r{days_ago}", message_id=1, nonce=days_ago, at=at)
    )


async def slept(person: Person, days: int) -> None:
    """Fill a diary in which short nights and bad days go together."""
    for ago in range(days):
        short = ago % 2 == 0

        def said(context: DayContext, *, short: bool = short) -> DayContext:
            return replace(context, sleep_hours=5 if short else 8)

        await rates(person, ago, 3 if short else ago % 4 // 3)
        await person.chat.store.edit_day_context(person.who, TODAY - ago * ONE_DAY, said)
