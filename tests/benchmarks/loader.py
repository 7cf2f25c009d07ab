"""Fills a database with very many subscribers in seconds, for tests and benchmarks.

A few thousand *models* are enrolled through the store and the core, as the chat would do it; all
others are copies of them, made inside the database. So every row is one that the program itself
writes, whatever the schema has become, and a million people cost no memory here.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.benchmarks.bulk import multiply, opened
from tipbot.core.enrolment import Enrolment, paused_for, stopped, with_bedtime, with_quiet
from tipbot.core.instants import minute_at
from tipbot.core.model import (
    CORE_TOPICS,
    AtTimes,
    Minute,
    Plan,
    Presence,
    QuietHours,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.plans import with_times
from tipbot.core.presets import NEW_PLAN, Preset, plans_for
from tipbot.core.schedule import rescheduled
from tipbot.library.files import read_library
from tipbot.settings import Settings
from tipbot.store import columns
from tipbot.store.connect import connect

MODELS = 2000
"""People who are enrolled one by one; the others live as one of them does."""
_AT_ONCE = 200
_UPDATED_AT_ONCE = 10_000

# Where people live, roughly as the world's speakers of the bot's languages do.
_ZONES = {
    "America/New_York": 16,
    "Europe/Berlin": 14,
    "America/Los_Angeles": 9,
    "America/Mexico_City": 8,
    "Europe/Madrid": 7,
    "Europe/London": 7,
    "America/Chicago": 7,
    "America/Bogota": 5,
    "America/Argentina/Buenos_Aires": 5,
    "Asia/Kolkata": 4,
    "Europe/Vienna": 3,
    "Australia/Sydney": 3,
    "Europe/Zurich": 2,
    "America/Sao_Paulo": 2,
    "Africa/Lagos": 2,
    "Asia/Manila": 2,
    "Asia/Kathmandu": 1,
    "Pacific/Auckland": 1,
    "America/St_Johns": 1,
    "Australia/Lord_Howe": 1,
}
_QUIET = {(1320, 480): 60, (1380, 420): 18, (0, 0): 8, (1260, 540): 8, (60, 600): 4, (1200, 360): 2}
_BEDTIMES = {1350: 50, 1320: 20, 1380: 15, 1410: 10, 30: 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was put in, and how long it took in seconds."""

    subscribers: int
    plans: int
    seconds: float


async def load(
    url: str, subscribers: int, *, now: datetime, seed: int = 1, models: int = MODELS
) -> Loaded:
    """Fill an empty database with subscribers 1 to ``subscribers``, each with four plans.

    ``url`` is a ``TIPBOT_DATABASE``, its library the project's own. Plans are those of the four
    core topics, set to their first slot after ``now``, with the schedule of a preset or chosen
    times; of a hundred people about three paused, two stopped. The same seed makes the same rows.
    """
    began = asyncio.get_running_loop().time()
    models = min(subscribers, models)
    store = connect(url, lambda: now)
    await store.open()
    await store.sync_library(read_library(Settings().tips), now)
    for first in range(1, models + 1, _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, models + 1))
        made = [_model(SubscriberId(number), seed, now) for number in some]
        await asyncio.gather(*(store.enrol(each.subscriber) for each in made))
        await asyncio.gather(*(store.revise(each.subscriber.id, _to(each)) for each in made))
    await store.close()
    with opened(url) as db:
        multiply(db, models, subscribers)
        ((plans,),) = db.rows("SELECT count(*) FROM plans")
    seconds = asyncio.get_running_loop().time() - began
    return Loaded(subscribers=subscribers, plans=plans, seconds=seconds)


def _to(enrolment: Enrolment) -> Callable[[Enrolment], Enrolment]:
    return lambda _: enrolment


def make_due(url: str, moment: datetime, count: int, *, models: int = MODELS) -> int:
    """Set the hydration plan of up to ``count`` people to a slot at ``moment``; return how many.

    ``moment`` is a whole minute ahead, ``models`` as it was for ``load``. Left alone are those who
    stopped or paused, or for whom it lies in quiet hours.
    """
    with opened(url) as db:
        people = [_person(row) for row in db.rows(_MODELS)[:models]]
        ((total,),) = db.rows("SELECT max(subscriber_id) FROM subscribers")
        changes = sorted(_due(people, total, moment), key=itemgetter(-1))
        for first in range(0, min(count, len(changes)), _UPDATED_AT_ONCE):
            db.change(_SET_DUE, changes[first : min(first + _UPDATED_AT_ONCE, count)])
        db.settle()
    return min(count, len(changes))


def _due(models: Sequence[Subscriber], total: int, moment: datetime) -> Iterator[tuple[Any, ...]]:
    """Yield the values of ``_SET_DUE`` for everybody who can have a slot at ``moment``."""
    for person in models:
        plan = _at(person, moment)
        if plan.next_due_at == moment and person.presence is Presence.ACTIVE:
            values = _due_values(plan)
            for who in range(person.id, total + 1, len(models)):
                yield *values, who


_SET_DUE = """
UPDATE plans SET enabled = 1, thin = 1, days = '0 1 2 3 4 5 6', schedule = ?, next_date = ?,
    next_minute = ?, next_due_at = ?, wake_at = ?
WHERE topic = 'hydration' AND subscriber_id = ?"""
_MODELS = """
SELECT subscriber_id, zone, quiet_start, quiet_end, presence, paused_until FROM subscribers
ORDER BY subscriber_id LIMIT 2000"""


def _person(row: Sequence[Any]) -> Subscriber:
    who, zone, start, end, presence, paused = row
    return Subscriber(
        id=SubscriberId(who),
        chat_id=who,
        zone=zone,
        quiet=QuietHours(Minute(start), Minute(end)),
        presence=Presence(presence),
        paused_until=columns.maybe_moment(paused),
    )


def _at(person: Subscriber, moment: datetime) -> Plan:
    """Return a daily plan at the local time of ``moment``, set to its first slot from then on."""
    at = AtTimes((minute_at(moment, ZoneInfo(person.zone)),))
    plan = Plan(id=NEW_PLAN, subscriber=person.id, topic=Topic.HYDRATION, schedule=at)
    return rescheduled(plan, person, moment - timedelta(seconds=1))


def _due_values(plan: Plan) -> tuple[str, str, int, int, int]:
    assert plan.next_slot is not None
    due = columns.maybe_micros(plan.next_due_at) or 0
    slot = plan.next_slot
    return columns.schedule_text(plan.schedule), slot.date.isoformat(), slot.minute, due, due


def _model(who: SubscriberId, seed: int, now: datetime) -> Enrolment:
    """Return somebody through onboarding, with four plans."""
    chance = Random(f"{seed}:{who}")  # noqa: S311 - a crowd
    joined = now - timedelta(days=chance.randrange(1, 700))
    person = Subscriber(
        id=who,
        chat_id=who,
        language=chance.choice(("en", "en", "de", "es")),
        zone=_weighted(chance, _ZONES),
        stage=Stage.DONE,
        silent=chance.random() < 0.1,
        created_at=joined,
    )
    preset = Preset.DESK_DAY if chance.random() < 0.3 else Preset.DAILY_FOUR
    plans = tuple(each for each in plans_for(preset, person, now) if each.topic in CORE_TOPICS)
    return _settled(Enrolment(subscriber=person, plans=plans), chance, now)


def _settled(enrolment: Enrolment, chance: Random, now: datetime) -> Enrolment:
    """Change settings as people do."""
    start, end = _weighted(chance, _QUIET)
    enrolment = with_quiet(enrolment, QuietHours(Minute(start), Minute(end)), now)
    enrolment = with_bedtime(enrolment, Minute(_weighted(chance, _BEDTIMES)), now)
    if chance.random() < 0.25:
        heard = [m for m in range(1440) if not enrolment.subscriber.quiet.covers(Minute(m))]
        times = chance.sample([minute for minute in heard if minute % 15 == 0], 2)
        enrolment = with_times(enrolment, chance.choice(CORE_TOPICS), times, now)
    fate = chance.random()
    if fate < 0.03:
        return paused_for(enrolment, chance.choice((7, 14, None)), now)
    return stopped(enrolment) if fate < 0.05 else enrolment


def _weighted(chance: Random, weights: dict[Any, int]) -> Any:
    return chance.choices(tuple(weights), tuple(weights.values()))[0]
