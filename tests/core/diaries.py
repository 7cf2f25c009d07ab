"""Diaries with a known truth, for tests of what is made of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from tipbot.core.diary import Day
from tipbot.core.model import (
    CheckIn,
    CheckInId,
    CheckInKind,
    DayContext,
    SubscriberId,
    Trigger,
)

WHO = SubscriberId(1)
FIRST = date(2026, 1, 5)
"""A Monday."""


def entry(day: date, hour: int = 12, **details: object) -> CheckIn:
    """Return a check-in at an hour of a day in UTC."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    known: dict[str, object] = {
        "id": CheckInId(1), "subscriber": WHO, "kind": CheckInKind.TWITCH, "at": at,
        "local_date": day, "zone": "UTC", "logged_at": at,
    }  # fmt: skip
    return CheckIn(**{**known, **details})  # type: ignore[arg-type] # by name


Strength = Callable[[Random, DayContext, frozenset[Trigger]], int]


def noise(chance: Random, _: DayContext, __: frozenset[Trigger]) -> int:
    """Return a strength that depends on nothing."""
    return chance.choice((1, 1, 2, 2, 3, 4))


def simulated(seed: int, days: int, strength: Strength = noise, missing: float = 0.15) -> list[Day]:
    """Return a diary in which facts, triggers and days without a twitch come by chance.

    Days with more twitches get more triggers ticked, as in life, and missing days stay missing.
    """
    chance, found = Random(seed), []  # noqa: S311 - a diary, no secret
    for number in range(days):
        when = FIRST + timedelta(days=number)
        context = DayContext(
            subscriber=WHO,
            local_date=when,
            sleep_hours=chance.choice((5, 6, 7, 8)),
            coffees=chance.choice((0, 1, 2, 3)),
            screen_hours=chance.choice((2, 4, 6, 8)),
            water=chance.choice((0, 1, 2)),
            stress=chance.choice((0, 0, 1, 2)),
        )
        if chance.random() < missing:
            found.append(Day(date=when, context=context))
            continue
        count = chance.choice((0, 1, 1, 2, 3, 5))
        ticks = [{t for t in Trigger if chance.random() < 0.25} for _ in range(count)]
        strengths = sorted(strength(chance, context, frozenset(some)) for some in ticks)
        found.append(
            Day(
                date=when,
                twitches=count,
                strengths=tuple(strengths),
                rating=None if count else 0,
                triggers=frozenset().union(*ticks),
                context=context,
            )
        )
    return found
