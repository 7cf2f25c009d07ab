"""The pages of the settings that are about topics and their times."""

from datetime import datetime

from tipbot.bot.buttons.settings import (
    AskTimes,
    FullPace,
    OpenSettings,
    OpenTopic,
    Page,
    SetInterval,
    SwitchDay,
    SwitchTopic,
)
from tipbot.bot.views import Button, Keyboard, Row, View, rows, ticked
from tipbot.bot.views.checkin import when
from tipbot.bot.views.plans import PutOff, days_words, joined, label, next_of, schedule_words
from tipbot.bot.views.settings import home_row
from tipbot.core.enrolment import Enrolment
from tipbot.core.model import TIP_TOPICS, AtTimes, Every, Plan, QuietHours, Topic
from tipbot.texts import Text

INTERVALS = (30, 45, 60, 90, 120, 180)
"""Minutes between two tips that the buttons offer."""


def topics_view(text: Text, enrolment: Enrolment) -> View:
    """Return all topics of tips, those that are on with a sign."""
    on = {plan.topic for plan in enrolment.plans if plan.enabled}
    choices = [
        Button(ticked(label(text, topic), on=topic in on), OpenTopic(topic)) for topic in TIP_TOPICS
    ]
    return View(html=text.html("topics-title"), keyboard=(*rows(choices, 1), home_row(text)))


def topic_view(
    text: Text, enrolment: Enrolment, topic: Topic, now: datetime, put_off: PutOff
) -> View:
    """Return one topic: when it comes, what keeps it from coming, and a button for each change."""
    plan = enrolment.plan(topic)
    html = _topic_html(text, enrolment, plan, now, put_off)
    return View(html=html, keyboard=_topic_keyboard(text, plan))


def _topic_html(
    text: Text, enrolment: Enrolment, plan: Plan, now: datetime, put_off: PutOff
) -> str:
    person = enrolment.subscriber
    title = text.html("topic-title", topic=label(text, plan.topic))
    key = "topic-on" if plan.enabled else "topic-off"
    schedule, days = schedule_words(text, plan), days_words(text, plan)
    parts = [f"{title}\n{text.html(key, schedule=schedule, days=days)}"]
    if plan.thin > 1:
        parts.append(text.html("topic-thinned", pace=text.plain("thinned", thin=plan.thin)))
    parts += _quiet_part(text, plan, person.quiet)
    due = next_of(plan, put_off)
    if due is not None and not person.paused(now):
        moment = when(text, due, person.zone, now)
        parts.append(text.html("topic-next", when=moment))
    return "\n\n".join(parts)


def _quiet_part(text: Text, plan: Plan, quiet: QuietHours) -> list[str]:
    """Return a warning if times of day lie in quiet hours and so are never sent."""
    if not isinstance(plan.schedule, AtTimes):
        return []
    mute = [text.minute(minute) for minute in plan.schedule.minutes if quiet.covers(minute)]
    return [text.html("topic-quiet", times=joined(mute), count=len(mute))] if mute else []


def _topic_keyboard(text: Text, plan: Plan) -> Keyboard:
    topic = plan.topic
    switch = text.plain("switch-off" if plan.enabled else "switch-on")
    keyboard: list[Row] = [(Button(switch, SwitchTopic(topic, not plan.enabled)),)]
    if plan.thin > 1:
        keyboard.append((Button(text.plain("full-pace"), FullPace(topic)),))
    keyboard.append((Button(text.plain("ask-times"), AskTimes(topic)),))
    if topic is not Topic.CHECK_IN:
        keyboard += rows([_interval(text, plan, minutes) for minutes in INTERVALS], 2)
    keyboard += rows([_day(text, plan, day) for day in range(7)], 4)
    if topic is Topic.CHECK_IN:
        return (*keyboard, home_row(text))
    back = Button(text.plain("back-to-topics"), OpenSettings(Page.TOPICS))
    return (*keyboard, (back, *home_row(text)))


def _interval(text: Text, plan: Plan, minutes: int) -> Button:
    on = isinstance(plan.schedule, Every) and plan.schedule.step == minutes
    words = ticked(text.plain("every-minutes", minutes=minutes), on=on)
    return Button(words, SetInterval(plan.topic, minutes))


def _day(text: Text, plan: Plan, day: int) -> Button:
    on = day in plan.days
    return Button(ticked(text.weekday(day), on=on), SwitchDay(plan.topic, day, not on))


def times_question_view(text: Text, plan: Plan) -> View:
    """Return the question for typed times, with the way back."""
    topic, schedule = label(text, plan.topic), schedule_words(text, plan)
    if plan.topic is Topic.CHECK_IN:
        html = text.html("check-in-question", schedule=schedule)
    elif isinstance(plan.schedule, Every):
        step = plan.schedule.step
        html = text.html("window-question", topic=topic, schedule=schedule, minutes=step)
    else:
        html = text.html("times-question", topic=topic, schedule=schedule)
    return View(html=html, keyboard=((Button(text.plain("back"), OpenTopic(plan.topic)),),))
