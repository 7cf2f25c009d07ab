"""The weekly digest as a message, and its page of the settings."""

from datetime import datetime

from tipbot.bot.buttons.diary import OpenDigest, SetDigestDay, SetDigestTime, SwitchDigest
from tipbot.bot.views import Button, Keyboard, View, rows, ticked
from tipbot.bot.views.charts import period
from tipbot.bot.views.checkin import when
from tipbot.bot.views.plans import days_words, schedule_words
from tipbot.bot.views.settings import home_row
from tipbot.core.digest import Change, Digest
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import AtTimes, Minute, Plan, Topic
from tipbot.texts import Text

_TIMES = tuple(Minute(60 * hour) for hour in (8, 10, 12, 16, 18, 20))


def digest_view(text: Text, told: Digest) -> View:
    """Return a week in a few lines; one without entries gets a kind line alone."""
    parts = [text.html("digest-title", period=period(text, told.first, told.last))]
    parts += [text.html("digest-empty")] if told.empty else _told(text, told)
    button = Button(text.plain("digest-settings"), OpenDigest())
    return View(html="\n".join(parts), keyboard=((button,),))


def _told(text: Text, told: Digest) -> list[str]:
    week = told.week
    lines = [text.html("digest-days", days=week.logged, missing=week.missing)]
    if week.free:
        lines.append(text.html("diary-free", days=week.free))
    lines += [text.html("diary-twitches", count=week.twitches), _change(text, told)]
    if week.median is not None:
        lines.append(_strength(text, week.median, told.median_before))
    if told.helped:
        parts = (
            text.plain("digest-helped-part", what=text.plain(f"helped-{relief}"), count=count)
            for relief, count in told.helped
        )
        lines.append(text.html("digest-helped", list=", ".join(parts)))
    return [*lines, "", text.html("digest-go-on")]


def _change(text: Text, told: Digest) -> str:
    if told.change is Change.UNKNOWN:
        return text.html("digest-change-unknown")
    now, before = text.number(told.now), text.number(told.before)
    return text.html(f"digest-change-{told.change}", now=now, before=before)


def _strength(text: Text, median: float, before: float | None) -> str:
    if before is None:
        return text.html("diary-median", strength=text.number(median))
    return text.html("digest-strength", strength=text.number(median), before=text.number(before))


def digest_page(text: Text, enrolment: Enrolment, now: datetime) -> View:
    """Return when the digest comes; a typed time is welcome while this page is open."""
    plan = next((plan for plan in enrolment.plans if plan.topic is Topic.DIGEST), None)
    person = enrolment.subscriber
    parts = [text.html("digest-page")]
    if plan is not None and plan.enabled:
        days, schedule = days_words(text, plan), schedule_words(text, plan)
        parts.append(text.html("digest-on", days=days, schedule=schedule))
        if plan.next_due_at is not None and not person.paused(now):
            moment = when(text, plan.next_due_at, person.zone, now)
            parts.append(text.html("topic-next", when=moment))
    else:
        parts.append(text.html("digest-off"))
    return View(html="\n\n".join(parts), keyboard=(*_choices(text, plan), home_row(text)))


def _choices(text: Text, plan: Plan | None) -> Keyboard:
    if plan is None or not plan.enabled:
        return ((Button(text.plain("digest-switch-on"), SwitchDigest(on=True)),),)
    days = [
        Button(ticked(text.weekday(day), on=day in plan.days), SetDigestDay(day))
        for day in range(7)
    ]
    chosen = plan.schedule.minutes if isinstance(plan.schedule, AtTimes) else ()
    times = [
        Button(ticked(text.minute(minute), on=minute in chosen), SetDigestTime(minute))
        for minute in _TIMES
    ]
    off = Button(text.plain("digest-switch-off"), SwitchDigest(on=False))
    return ((off,), *rows(days, 4), *rows(times, 3))
