"""What falls due on a day, read from a database in use: of everybody, or of an even part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

from tipbot.core.capacity import Load
from tipbot.core.instants import ONE_DAY
from tipbot.core.model import MINUTES_A_DAY, Minute, QuietHours, Topic
from tipbot.core.slots import Rhythm, slots_between
from tipbot.store import columns
from tipbot.store.migrations import HISTORY
from tipbot.upkeep.backup import held, refuse_unknown
from tipbot.upkeep.faults import in_plain_words
from tipbot.upkeep.held import Held, Page, UpkeepError

SAMPLE = 20_000
"""People whose plans are looked at: the busiest minute of a million is then known to a tenth."""

_PEOPLE = """
SELECT count(*) FROM subscribers
WHERE presence = 'active' AND stage = 'done' AND (paused_until IS NULL OR paused_until <= {start})
"""
# Ids say nothing about their people, so every n-th of them stands for all.
_PLANS = """
SELECT p.topic, p.schedule, p.days, p.thin, s.zone, s.quiet_start, s.quiet_end, count(*)
FROM subscribers s JOIN plans p ON p.subscriber_id = s.subscriber_id
WHERE s.presence = 'active' AND s.stage = 'done'
    AND (s.paused_until IS NULL OR s.paused_until <= {start})
    AND s.subscriber_id % {step} = 0 AND p.enabled = 1
GROUP BY p.topic, p.schedule, p.days, p.thin, s.zone, s.quiet_start, s.quiet_end"""
_LOOKED_AT = _PEOPLE.rstrip() + " AND subscriber_id % {step} = 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A day (UTC) of all who can be reached."""

    day: date
    people: int
    looked_at: int
    """How many of them it was worked out from."""
    load: Load


def working_day(now: datetime) -> date:
    """Return the first day after ``now`` (UTC) that is no weekend: the busier kind."""
    day = now.date() + ONE_DAY
    while day.weekday() >= 5:
        day += ONE_DAY
    return day


@in_plain_words
def demand(url: str, day: date, sample: int = SAMPLE) -> Demand:
    """Return what falls due on ``day``; nothing is changed.

    Raises ``UpkeepError`` if there is none that can be read, or one with another schema.
    """
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with held(url) as present:
        _require_schema(present)
        moment = columns.micros(start)
        people = _count(present, _PEOPLE.format(start=moment))
        step = _prime_from(people // sample) if people > sample else 1
        looked_at = _count(present, _LOOKED_AT.format(start=moment, step=step))
        groups = present.found(_PLANS.format(start=moment, step=step))
    _require_zones(groups)
    load = {topic: [0] * MINUTES_A_DAY for topic in Topic}
    for topic, minute, count in _due(groups, start):
        load[topic][minute] += count
    share = people / looked_at if looked_at else 0.0
    scaled = {topic: [round(count * share) for count in load[topic]] for topic in Topic}
    return Demand(day=day, people=people, looked_at=looked_at, load=scaled)


def _due(groups: Page, start: datetime) -> Iterator[tuple[Topic, int, int]]:
    for topic, schedule, days, thin, zone, opens, closes, count in groups:
        quiet = QuietHours(Minute(opens), Minute(closes))
        rhythm = Rhythm(columns.schedule(schedule), columns.weekdays(days), thin, zone, quiet)
        before = start - timedelta(microseconds=1)
        for _, moment in slots_between(rhythm, before, before + ONE_DAY):
            yield Topic(topic), (moment - start) // timedelta(minutes=1), count


def _require_schema(present: Held) -> None:
    taken = present.steps()
    refuse_unknown(taken)
    if any(step.name not in taken for step in HISTORY):
        message = "the database has an older schema: main.py migrate brings it forward"
        raise UpkeepError(message)


def _require_zones(groups: Page) -> None:
    unknown = {str(zone) for _, _, _, _, zone, *_ in groups} - available_timezones()
    if unknown:
        said = f"people live in zones that this machine does not know: {', '.join(sorted(unknown))}"
        message = f"{said}; pip install --upgrade tzdata"
        raise UpkeepError(message)


def _count(present: Held, query: str) -> int:
    ((count,),) = present.found(query)
    return int(count)


def _prime_from(number: int) -> int:
    """Return the first prime from ``number`` on: it keeps step with no pattern in the ids."""
    while any(number % divisor == 0 for divisor in range(2, int(number**0.5) + 1)):
        number += 1
    return max(number, 2)
