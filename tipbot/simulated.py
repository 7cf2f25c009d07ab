"""A plausible month of somebody's diary for the demo, each entry marked as simulated.

The month follows a known truth, so that what is drawn from it can be judged: nights of little sleep
and days with many coffees bring more and stronger twitches, mostly on one side of the face;
everything else is chance. Some days are missing, as they are in real diaries.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tipbot.core.checkins import toggle_helped, toggle_trigger, with_duration, with_note
from tipbot.core.instants import instant_of
from tipbot.core.model import (
    CheckIn,
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
from tipbot.store.base import Logged, Store

DAYS = 30
NOTE = "simulated"
_TREATED_AGO = timedelta(days=21)
"""A marked injection lies so far back; in this story nothing follows from it."""
_LOGGED = 0.85
"""The share of days with anything in the diary."""
_HELPERS = (Relief.BREATHING, Relief.MASSAGE, Relief.COMPRESS, Relief.EYE_BREAK, None, None)
_PLACES = (Place.EYELID, Place.EYELID, Place.EYELID, Place.CHEEK, Place.MOUTH)
_DURATIONS = (Duration.SECONDS, Duration.MINUTES, Duration.MINUTES, Duration.HALF_HOUR)
_MOSTLY_LEFT = (Side.LEFT, Side.LEFT, Side.LEFT, Side.RIGHT)
_MOSTLY_RIGHT = (Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedTwitch:
    """One twitch: the local minute it began and what was said about it."""

    minute: int
    strength: int
    side: Side
    place: Place
    duration: Duration
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


@dataclass(frozen=True, slots=True)
class Lived:
    """What was written: the days, and the day of a marked injection, None where there is none."""

    days: tuple[SimulatedDay, ...]
    injection: date | None

    @property
    def twitches(self) -> int:
        """Return how many twitches were written."""
        return sum(len(day.twitches) for day in self.days)


def simulated_month(who: SubscriberId, today: date) -> tuple[SimulatedDay, ...]:
    """Return the days before ``today`` that somebody logged.

    A day is the same for the same person whatever ``today`` is, so that months can overlap.
    """
    days = (today - timedelta(days=back) for back in range(DAYS, 0, -1))
    lived = (_day(who, day) for day in days)
    return tuple(day for day in lived if day is not None)


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a story, no secret


def _day(who: SubscriberId, day: date) -> SimulatedDay | None:
    """Return a day of somebody's, None for one on which nothing was logged."""
    chance = _chance(f"{who}:{day}")
    if chance.random() >= _LOGGED:
        return None
    sides = _chance(f"{who}").choice((_MOSTLY_LEFT, _MOSTLY_RIGHT))
    sleep, coffees = chance.choice((4, 5, 6, 7, 7, 8)), chance.choice((0, 1, 1, 2, 3, 4))
    load = (2 if sleep <= 5 else 0) + (1 if coffees >= 3 else 0)
    count = max(0, load + chance.choice((-1, 0, 0, 1)))
    minutes = sorted(chance.sample(range(8 * 60, 22 * 60), count))
    causes = _causes(sleep, coffees)
    twitches = tuple(_twitch(chance, minute, load, sides, causes) for minute in minutes)
    worst = max((twitch.strength for twitch in twitches), default=0)
    return SimulatedDay(
        day=day, sleep_hours=sleep, coffees=coffees, rating=worst, twitches=twitches
    )


def _causes(sleep: int, coffees: int) -> list[Trigger | None]:
    """Return what a day's twitches may be put down to, the likely ones more than once."""
    causes = [Trigger.STRESS, Trigger.SCREEN, None]
    causes += [Trigger.LITTLE_SLEEP] * 3 if sleep <= 5 else []
    return causes + ([Trigger.CAFFEINE] * 2 if coffees >= 3 else [])


def _twitch(
    chance: random.Random,
    minute: int,
    load: int,
    sides: Sequence[Side],
    causes: Sequence[Trigger | None],
) -> SimulatedTwitch:
    return SimulatedTwitch(
        minute=minute,
        strength=min(4, max(1, load + chance.choice((0, 0, 1)))),
        side=chance.choice(sides),
        place=chance.choice(_PLACES),
        duration=chance.choice(_DURATIONS),
        trigger=chance.choice(causes),
        helped=chance.choice(_HELPERS),
    )


async def live_a_month(store: Store, person: Subscriber, now: datetime) -> Lived:
    """Write the simulated month into somebody's diary; return what was written.

    A day about which anything is said already is left as it is, so a second call adds nothing.
    """
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    taken = await _taken(store, person.id, today)
    fresh = tuple(day for day in simulated_month(person.id, today) if day.day not in taken)
    for day in fresh:
        await _write(store, person.id, day, zone)
    return Lived(fresh, await _mark(store, person.id, now, today) if fresh else None)


async def _taken(store: Store, who: SubscriberId, today: date) -> set[date]:
    """Return the days of the last month that have anything in the diary."""
    first = today - timedelta(days=DAYS)
    entries = await store.check_ins(who, first, today)
    contexts = await store.day_contexts(who, first, today)
    return {each.local_date for each in entries} | {each.local_date for each in contexts}


async def _write(store: Store, who: SubscriberId, day: SimulatedDay, zone: ZoneInfo) -> None:
    for index, twitch in enumerate(day.twitches):
        at = instant_of(day.day, twitch.minute, zone)
        tap = Tap(key=f"{NOTE}:{at}", message_id=-day.day.toordinal(), nonce=index, at=at)
        await _keep(store, who, await store.log_twitch(who, tap), _told(twitch))
    evening = instant_of(day.day, 22 * 60, zone)
    tap = Tap(key=f"{NOTE}:{day.day}", message_id=-day.day.toordinal(), nonce=-1, at=evening)
    rated = await store.rate_day(who, day.day, day.rating, tap)
    await _keep(store, who, rated, lambda entry: with_note(entry, NOTE))
    await store.edit_day_context(
        who, day.day, lambda said: replace(said, sleep_hours=day.sleep_hours, coffees=day.coffees)
    )


async def _keep(
    store: Store, who: SubscriberId, logged: Logged | None, change: Callable[[CheckIn], CheckIn]
) -> None:
    if logged is not None and logged.fresh:
        await store.edit_check_in(logged.entry.id, who, change)


def _told(twitch: SimulatedTwitch) -> Callable[[CheckIn], CheckIn]:
    """Return what says everything about a twitch."""

    def told(entry: CheckIn) -> CheckIn:
        entry = replace(entry, strength=twitch.strength, side=twitch.side, place=twitch.place)
        entry = with_note(with_duration(entry, twitch.duration), NOTE)
        if twitch.trigger is not None:
            entry = toggle_trigger(entry, twitch.trigger, on=True)
        if twitch.helped is not None:
            entry = toggle_helped(entry, twitch.helped, on=True)
        return entry

    return told


async def _mark(store: Store, who: SubscriberId, now: datetime, today: date) -> date | None:
    """Mark an injection, and return its day, for somebody without any treatment."""
    if await store.treatments(who):
        return None
    day = today - _TREATED_AGO
    tap = Tap(key=f"{NOTE}:{day}:mark", message_id=0, nonce=0, at=now)
    made = await store.mark_treatment(who, TreatmentKind.INJECTION, day, tap)
    if made is not None:
        await store.edit_treatment(made.id, who, lambda mark: replace(mark, note=NOTE))
    return day
