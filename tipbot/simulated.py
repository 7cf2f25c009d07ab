"""A plausible month of somebody's diary for the demo, each entry marked as simulated.

The month follows a known truth, so that what is drawn from it can be judged: nights of little sleep
and days with many coffees bring more and stronger twitches; everything else is chance. Some days
are missing, as they are in real diaries.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tipbot.core.checkins import toggle_helped, toggle_trigger, with_duration, with_note
from tipbot.core.instants import instant_of
from tipbot.core.model import (
    CheckIn,
    DayContext,
    Duration,
    Place,
    Relief,
    Side,
    Subscriber,
    SubscriberId,
    Tap,
    Trigger,
)
from tipbot.core.treatments import TreatmentKind
from tipbot.store.base import Store

DAYS = 30
NOTE = "simulated"
_TREATED_AGO = timedelta(days=21)
"""A marked injection lies so far back; in this story nothing follows from it."""
_LOGGED = 0.85
"""The share of days with anything in the diary."""
_HELPERS = (Relief.BREATHING, Relief.MASSAGE, Relief.COMPRESS, Relief.EYE_BREAK)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedTwitch:
    """One twitch: the local minute it began and what was said about it."""

    minute: int
    strength: int
    trigger: Trigger | None
    helped: Relief | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDay:
    """One local day of the month."""

    day: date
    sleep_hours: int
    coffees: int
    rating: int
    twitches: tuple[SimulatedTwitch, ...]


def simulated_month(who: SubscriberId, today: date) -> tuple[SimulatedDay, ...]:
    """Return the days before ``today`` that somebody logged; the same for the same arguments."""
    chance = random.Random(f"{who}:{today}")  # noqa: S311 - a story, no secret
    days = (today - timedelta(days=back) for back in range(DAYS, 0, -1))
    return tuple(_day(chance, day) for day in days if chance.random() < _LOGGED)


def _day(chance: random.Random, day: date) -> SimulatedDay:
    sleep, coffees = chance.choice((4, 5, 6, 7, 7, 8)), chance.choice((0, 1, 1, 2, 3, 4))
    load = (2 if sleep <= 5 else 0) + (1 if coffees >= 3 else 0)
    count = max(0, load + chance.choice((-1, 0, 0, 1)))
    minutes = sorted(chance.sample(range(8 * 60, 22 * 60), count))
    twitches = tuple(_twitch(chance, minute, sleep, coffees, load) for minute in minutes)
    worst = max((twitch.strength for twitch in twitches), default=0)
    return SimulatedDay(
        day=day, sleep_hours=sleep, coffees=coffees, rating=worst, twitches=twitches
    )


def _twitch(
    chance: random.Random, minute: int, sleep: int, coffees: int, load: int
) -> SimulatedTwitch:
    triggers = [Trigger.STRESS, Trigger.SCREEN, None]
    triggers += [Trigger.LITTLE_SLEEP] * 3 if sleep <= 5 else []
    triggers += [Trigger.CAFFEINE] * 2 if coffees >= 3 else []
    return SimulatedTwitch(
        minute=minute,
        strength=min(4, max(1, load + chance.choice((0, 0, 1)))),
        trigger=chance.choice(triggers),
        helped=chance.choice((*_HELPERS, None, None)),
    )


async def live_a_month(store: Store, person: Subscriber, now: datetime) -> int:
    """Write the simulated month into somebody's diary; return how many entries were new.

    A second call with the same arguments writes nothing new.
    """
    zone = ZoneInfo(person.zone)
    fresh = 0
    for number, day in enumerate(simulated_month(person.id, now.astimezone(zone).date())):
        for tap, twitch in _taps(day, zone, number):
            fresh += await _log(store, person, tap, twitch)
        evening = instant_of(day.day, 20 * 60, zone)
        tap = Tap(key=f"{NOTE}:{day.day}", message_id=-number, nonce=0, at=evening)
        await store.rate_day(person.id, day.day, day.rating, tap)
        await store.edit_day_context(person.id, day.day, _said(day))
    await _mark(store, person, now, now.astimezone(zone).date() - _TREATED_AGO)
    return fresh


async def _mark(store: Store, person: Subscriber, now: datetime, day: date) -> None:
    tap = Tap(key=f"{NOTE}:{day}:mark", message_id=0, nonce=0, at=now)
    made = await store.mark_treatment(person.id, TreatmentKind.INJECTION, day, tap)
    if made is not None and not made.note:
        await store.edit_treatment(made.id, person.id, lambda mark: replace(mark, note=NOTE))


def _taps(day: SimulatedDay, zone: ZoneInfo, number: int) -> Iterator[tuple[Tap, SimulatedTwitch]]:
    for index, twitch in enumerate(day.twitches):
        at = instant_of(day.day, twitch.minute, zone)
        key = f"{NOTE}:{day.day}:{time(*divmod(twitch.minute, 60))}"
        yield Tap(key=key, message_id=-number, nonce=index, at=at), twitch


async def _log(store: Store, person: Subscriber, tap: Tap, twitch: SimulatedTwitch) -> int:
    def told(entry: CheckIn) -> CheckIn:
        entry = replace(entry, strength=twitch.strength, side=Side.LEFT, place=Place.EYELID)
        entry = with_note(with_duration(entry, Duration.MINUTES), NOTE)
        if twitch.trigger is not None:
            entry = toggle_trigger(entry, twitch.trigger, on=True)
        if twitch.helped is not None:
            entry = toggle_helped(entry, twitch.helped, on=True)
        return entry

    logged = await store.log_twitch(person.id, tap)
    if logged is None or not logged.fresh:
        return 0
    await store.edit_check_in(logged.entry.id, person.id, told)
    return 1


def _said(day: SimulatedDay) -> Callable[[DayContext], DayContext]:
    return lambda context: replace(context, sleep_hours=day.sleep_hours, coffees=day.coffees)
