"""Plans and moments in words."""

from collections.abc import Mapping
from datetime import datetime

from tipbot.bot.views.checkin import when
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import (
    EVERY_DAY,
    FOREVER,
    TIP_TOPICS,
    AtTimes,
    Minute,
    Plan,
    QuietHours,
    Subscriber,
    Topic,
)
from tipbot.core.presets import WEEKDAYS
from tipbot.texts import Text


def joined(parts: list[str]) -> str:
    """Return words as a list."""
    return ", ".join(parts)


def label(text: Text, topic: Topic) -> str:
    """Return a topic's name as a heading or a button."""
    return text.plain(f"label-{topic}")


def schedule_words(text: Text, plan: Plan) -> str:
    """Return a plan's times or interval, without its days."""
    schedule = plan.schedule
    if isinstance(schedule, AtTimes):
        return text.plain("plan-times", times=joined([text.minute(m) for m in schedule.minutes]))
    start, end = text.minute(schedule.start), text.minute(schedule.end)
    return text.plain("plan-every", minutes=schedule.step, start=start, end=end)


def days_words(text: Text, plan: Plan) -> str:
    """Return a plan's active days."""
    if plan.days == EVERY_DAY:
        return text.plain("days-all")
    if plan.days == WEEKDAYS:
        return text.plain("days-work")
    names = [text.weekday(day) for day in sorted(plan.days)]
    if len(names) == 1:
        return text.plain("days-one", day=names[0])
    return text.plain("days-some", list=joined(names))


def plan_line(text: Text, plan: Plan) -> str:
    """Return one line on a plan that is on; its days only if they are not all."""
    topic, schedule = label(text, plan.topic), schedule_words(text, plan)
    if plan.days == EVERY_DAY:
        return text.html("plan-line", topic=topic, schedule=schedule)
    days = days_words(text, plan)
    return text.html("plan-line-days", topic=topic, schedule=schedule, days=days)


def plan_lines(text: Text, enrolment: Enrolment) -> str:
    """Return a line for each plan that is on, in the order of the day; empty if none is."""
    on = sorted((plan for plan in enrolment.plans if plan.enabled), key=_first_minute)
    return "\n".join(plan_line(text, plan) for plan in on)


def _first_minute(plan: Plan) -> Minute:
    schedule = plan.schedule
    return schedule.minutes[0] if isinstance(schedule, AtTimes) else schedule.start


PutOff = Mapping[Topic, datetime]
"""When the next tip of each topic comes that somebody put off."""


def next_of(plan: Plan, put_off: PutOff) -> datetime | None:
    """Return when the next message of a topic comes, None if none does."""
    moments = (plan.next_due_at, put_off.get(plan.topic))
    return min((each for each in moments if plan.enabled and each is not None), default=None)


def next_tip_at(enrolment: Enrolment, put_off: PutOff) -> datetime | None:
    """Return when the next tip comes, None if none does."""
    tips = (plan for plan in enrolment.plans if plan.topic in TIP_TOPICS)
    moments = (next_of(plan, put_off) for plan in tips)
    return min((each for each in moments if each is not None), default=None)


def next_tip_words(
    text: Text, enrolment: Enrolment, now: datetime, put_off: PutOff, *, here: bool = False
) -> str:
    """Return when the next tip comes, or as ``pause_words`` until when a pause lasts."""
    person, due = enrolment.subscriber, next_tip_at(enrolment, put_off)
    if person.paused(now):
        return pause_words(text, person, now, here=here)
    if due is None:
        return text.html("next-tip-none")
    return text.html("next-tip", when=when(text, due, person.zone, now))


def pause_words(text: Text, person: Subscriber, now: datetime, *, here: bool = False) -> str:
    """Return until when a pause lasts; the button that ends it may stand ``here``, below."""
    if person.paused_until is None or person.paused_until >= FOREVER:
        return text.html("paused-forever-here" if here else "paused-forever")
    until = when(text, person.paused_until, person.zone, now)
    return text.html("paused-until-here" if here else "paused-until", when=until)


def span(text: Text, quiet: QuietHours) -> str:
    """Return quiet hours as one span of time."""
    return text.plain("span", start=text.minute(quiet.start), end=text.minute(quiet.end))


def clock(text: Text, zone: str, now: datetime) -> dict[str, str]:
    """Return ``place`` and ``time`` of a zone, for texts that show both."""
    return {"place": text.place(zone), "time": text.moment(now, zone)}


def hours_shown(text: Text) -> list[str]:
    """Return the 24 full hours as clocks show them."""
    return [text.hour(hour) for hour in range(24)]
