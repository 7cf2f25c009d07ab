"""A subscriber together with all of their plans, and the pure changes that settings make to it.

Every change takes an enrolment and returns another; what it touches is set to its first slot after
``now``, so no change makes a slot of the past due. What is due already stays due if its plan still
has that slot. Impossible input raises ``SettingError``.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from tipbot.core.model import (
    FOREVER,
    MINUTES_A_DAY,
    Minute,
    Plan,
    Presence,
    QuietHours,
    Stage,
    Subscriber,
    Topic,
)
from tipbot.core.presets import Preset, carried_over, plans_for
from tipbot.core.schedule import after_change, rescheduled

LONGEST_PAUSE = 366
"""Days; whoever wants longer pauses until resumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A subscriber with all of their plans, the unit that settings change."""

    subscriber: Subscriber
    plans: tuple[Plan, ...] = ()

    def plan(self, topic: Topic) -> Plan:
        """Return the plan of a topic; raise ``SettingError`` if onboarding made none yet."""
        for plan in self.plans:
            if plan.topic is topic:
                return plan
        raise SettingError(Fault.UNKNOWN_TOPIC)


class Fault(StrEnum):
    """What is wrong with a setting."""

    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_TOPIC = "unknown_topic"
    """There is no plan of this topic: onboarding is not through."""
    NO_DAY = "no_day"
    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    """Not a minute of a day."""
    TOO_MANY_TIMES = "too_many_times"
    ONE_PROMPT = "one_prompt"
    """The check-in prompt, like the digest, comes once a day."""
    ONE_DIGEST = "one_digest"
    """The digest comes once a week."""
    BAD_INTERVAL = "bad_interval"
    """Shorter than 15 minutes or longer than a day."""
    QUIET = "quiet"
    """A new time, or a whole interval, lies in quiet hours."""
    BAD_PAUSE = "bad_pause"
    BAD_THIN = "bad_thin"


class SettingError(ValueError):
    """A setting that cannot be; ``code`` says what is wrong with it."""

    def __init__(self, code: Fault) -> None:
        """Carry the code."""
        super().__init__(code.value)
        self.code = code


def require(holds: bool, fault: Fault) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise ``SettingError`` unless the condition holds."""
    if not holds:
        raise SettingError(fault)


def require_minutes(*minutes: int) -> None:
    """Raise ``SettingError`` unless all of these are minutes of a day."""
    require(all(0 <= minute < MINUTES_A_DAY for minute in minutes), Fault.BAD_TIME)


def changed_person(enrolment: Enrolment, subscriber: Subscriber, now: datetime) -> Enrolment:
    """Return the enrolment with a changed person and all plans set anew; a change is an answer."""
    subscriber = replace(subscriber, unanswered=0)
    anew = _way_to_set(enrolment)
    plans = tuple(anew(plan, subscriber, now) for plan in enrolment.plans)
    return Enrolment(subscriber=subscriber, plans=plans)


def changed_plans(
    enrolment: Enrolment, change: Callable[[Plan], Plan], topics: Collection[Topic], now: datetime
) -> Enrolment:
    """Return the enrolment with the plans of some topics changed and set anew."""
    subscriber = replace(enrolment.subscriber, unanswered=0)
    anew = _way_to_set(enrolment)
    plans = tuple(
        anew(change(plan), subscriber, now) if plan.topic in topics else plan
        for plan in enrolment.plans
    )
    return Enrolment(subscriber=subscriber, plans=plans)


def _way_to_set(before: Enrolment) -> Callable[[Plan, Subscriber, datetime], Plan]:
    """Return how plans are set anew: what fell due while somebody was away is missed."""
    return after_change if before.subscriber.presence is Presence.ACTIVE else rescheduled


def with_zone(enrolment: Enrolment, zone: str, now: datetime) -> Enrolment:
    """Move to another IANA zone: local times stay, their moments change. Onboarding goes on."""
    require(is_zone(zone), Fault.UNKNOWN_ZONE)
    subscriber = enrolment.subscriber
    stage = Stage.PRESET if subscriber.stage is Stage.ZONE else subscriber.stage
    return changed_person(enrolment, replace(subscriber, zone=zone, stage=stage), now)


def is_zone(name: str) -> bool:
    """Tell whether this is an IANA zone that the installed zone data knows."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    """Return all names; those of the machine's own setting and of no place are not for people."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def with_preset(enrolment: Enrolment, preset: Preset, now: datetime) -> Enrolment:
    """Replace all schedules by a preset's, keeping what was seen; this ends onboarding."""
    subscriber = replace(enrolment.subscriber, stage=Stage.DONE, unanswered=0)
    known, anew = {plan.topic: plan for plan in enrolment.plans}, _way_to_set(enrolment)
    plans = (
        anew(_in_place_of(known.get(plan.topic, plan), plan), subscriber, now)
        for plan in plans_for(preset, subscriber, now)
    )
    return Enrolment(subscriber=subscriber, plans=tuple(plans))


def _in_place_of(known: Plan, plan: Plan) -> Plan:
    """Return a plan that goes on where the known one of its topic stands."""
    slot, due = known.next_slot, known.next_due_at
    return replace(plan, id=known.id, bag=known.bag, next_slot=slot, next_due_at=due)


def with_quiet(enrolment: Enrolment, quiet: QuietHours, now: datetime) -> Enrolment:
    """Set quiet hours (equal start and end: none); default times move out of them."""
    require_minutes(quiet.start, quiet.end)
    return _carried(enrolment, replace(enrolment.subscriber, quiet=quiet), now)


def with_bedtime(enrolment: Enrolment, bedtime: Minute, now: datetime) -> Enrolment:
    """Set bedtime; the sleep tip's default time moves along, a chosen one stays."""
    require_minutes(bedtime)
    return _carried(enrolment, replace(enrolment.subscriber, bedtime=bedtime), now)


def _carried(enrolment: Enrolment, after: Subscriber, now: datetime) -> Enrolment:
    before = enrolment.subscriber
    plans = tuple(carried_over(plan, before, after) for plan in enrolment.plans)
    return changed_person(replace(enrolment, plans=plans), after, now)


def with_silent(enrolment: Enrolment, *, silent: bool) -> Enrolment:
    """Let messages arrive with or without a sound."""
    return _with_person(enrolment, replace(enrolment.subscriber, silent=silent))


def with_language(enrolment: Enrolment, language: str) -> Enrolment:
    """Set the language of all texts."""
    return _with_person(enrolment, replace(enrolment.subscriber, language=language))


def with_diagnosis(enrolment: Enrolment, *, diagnosed: bool) -> Enrolment:
    """Keep whether somebody said that they have a diagnosis."""
    return _with_person(enrolment, replace(enrolment.subscriber, diagnosed=diagnosed))


def with_pad(enrolment: Enrolment, message_id: int | None) -> Enrolment:
    """Remember which message is the pinned log pad."""
    return _with_person(enrolment, replace(enrolment.subscriber, pad_message_id=message_id))


def _with_person(enrolment: Enrolment, subscriber: Subscriber) -> Enrolment:
    return replace(enrolment, subscriber=subscriber)


def paused_for(enrolment: Enrolment, days: int | None, now: datetime) -> Enrolment:
    """Pause all messages for some days of 24 hours, or until resumed if ``days`` is None."""
    require(days is None or 1 <= days <= LONGEST_PAUSE, Fault.BAD_PAUSE)
    until = FOREVER if days is None else now + timedelta(days=days)
    return changed_person(enrolment, replace(enrolment.subscriber, paused_until=until), now)


def resumed(enrolment: Enrolment, now: datetime) -> Enrolment:
    """End a pause; what it covered stays unsent."""
    return changed_person(enrolment, replace(enrolment.subscriber, paused_until=None), now)


def stopped(enrolment: Enrolment) -> Enrolment:
    """Stop all messages until ``returned``; nothing else is changed."""
    return _with_person(enrolment, replace(enrolment.subscriber, presence=Presence.STOPPED))


def returned(enrolment: Enrolment, now: datetime) -> Enrolment:
    """Make someone who stopped, or whom Telegram refused, ACTIVE again; this ends a pause too."""
    person = replace(enrolment.subscriber, presence=Presence.ACTIVE, paused_until=None)
    return changed_person(enrolment, person, now)
