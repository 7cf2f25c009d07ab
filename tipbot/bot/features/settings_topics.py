"""/settings: one topic's switch, times, interval, days and pace."""

import json

from tipbot.bot.buttons.settings import (
    AskTimes,
    FullPace,
    OpenTopic,
    SetInterval,
    SwitchDay,
    SwitchTopic,
)
from tipbot.bot.feature import Feature
from tipbot.bot.features.settings import Change, await_answer, revise
from tipbot.bot.features.settings_typed import answered
from tipbot.bot.guards import enrolled
from tipbot.bot.views import View
from tipbot.bot.views.topics import INTERVALS, times_question_view, topic_view
from tipbot.bot.visit import Visit
from tipbot.core.enrolment import Enrolment, Fault, SettingError
from tipbot.core.model import (
    EVERY_DAY,
    Dialog,
    Every,
    Minute,
    Plan,
    QuietHours,
    Topic,
)
from tipbot.core.plans import (
    MOST_TIMES,
    interval,
    with_days,
    with_interval,
    with_thin,
    with_times,
    with_topic,
)
from tipbot.core.presets import WORKING_HOURS
from tipbot.core.typed import read_span, read_times

TIMES = "times"
_DAYTIME = QuietHours(Minute(21 * 60), Minute(9 * 60))
"""What lies between these is the day of someone without quiet hours."""


async def open_topic(visit: Visit, button: OpenTopic) -> None:
    """Show a topic; a question about its times is closed."""
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    await visit.store.close_dialog(visit.who)
    await _show(visit, button.topic, kept)


async def _show(visit: Visit, topic: Topic, kept: Enrolment | None, toast: str = "") -> None:
    if kept is None or all(plan.topic is not topic for plan in kept.plans):
        await visit.expire()
        return
    page = await _page(visit, topic, kept)
    await visit.answer(visit.text.plain(toast) if toast else None)
    await visit.show(page)


async def _page(visit: Visit, topic: Topic, kept: Enrolment) -> View:
    put_off = await visit.store.put_off(visit.who, visit.now)
    return topic_view(visit.text, kept, topic, visit.now, put_off)


async def _set(visit: Visit, topic: Topic, change: Change) -> None:
    """Make a change by button, and show the topic."""
    kept = await revise(visit, change)
    if kept is not None:
        await _show(visit, topic, kept, "kept-toast")


async def switch_topic(visit: Visit, button: SwitchTopic) -> None:
    """Switch a topic on or off."""
    topic, on = button.topic, button.on
    await _set(visit, topic, lambda kept: with_topic(kept, topic, visit.now, enabled=on))


async def switch_day(visit: Visit, button: SwitchDay) -> None:
    """Switch a weekday on or off; the last one stays on."""
    topic, day = button.topic, button.weekday
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    plan = next((p for p in kept.plans if p.topic is topic), None) if kept else None
    if plan is None or day not in EVERY_DAY:
        await visit.expire()
    elif not button.on and plan.days == {day}:
        await visit.answer(visit.text.plain("keep-a-day"), alert=True)
    else:
        await _set(visit, topic, lambda kept: _with_day(kept, button, visit))


def _with_day(kept: Enrolment, button: SwitchDay, visit: Visit) -> Enrolment:
    days, day = kept.plan(button.topic).days, {button.weekday}
    return with_days(kept, button.topic, days | day if button.on else days - day, visit.now)


async def set_interval(visit: Visit, button: SetInterval) -> None:
    """Let a topic come every so many minutes of the day."""
    if button.minutes not in INTERVALS:
        await visit.expire()
        return

    def change(kept: Enrolment) -> Enrolment:
        plan = kept.plan(button.topic)
        start, end = _window(plan, kept.subscriber.quiet)
        every = interval(button.minutes, start, end)
        return with_interval(kept, button.topic, every, visit.now)

    await _set(visit, button.topic, change)


def _window(plan: Plan, quiet: QuietHours) -> tuple[Minute, Minute]:
    """Return the part of the day in which a topic comes at intervals."""
    if isinstance(plan.schedule, Every):
        return plan.schedule.start, plan.schedule.end
    if plan.topic is Topic.SCREEN_BREAK and not any(map(quiet.covers, WORKING_HOURS)):
        return WORKING_HOURS
    night = quiet if quiet.start != quiet.end else _DAYTIME
    return night.end, night.start


async def full_pace(visit: Visit, button: FullPace) -> None:
    """Use every slot of a topic again."""
    topic = button.topic
    await _set(visit, topic, lambda kept: with_thin(kept, topic, 1, visit.now))


async def ask_times(visit: Visit, button: AskTimes) -> None:
    """Ask for times of day."""
    if await enrolled(visit) is None:
        return
    kept = await visit.store.enrolment(visit.who)
    plan = next((p for p in kept.plans if p.topic is button.topic), None) if kept else None
    if plan is None:
        await visit.expire()
        return
    await await_answer(visit, TIMES, plan.topic)
    await visit.answer()
    await visit.show(times_question_view(visit.text, plan))


async def typed_times(visit: Visit, dialog: Dialog, said: str) -> None:
    """Take typed times, or from and to for an interval; what cannot be leaves the question open."""
    if await enrolled(visit) is None:
        return
    topic = Topic(json.loads(dialog.payload)["topic"])
    try:
        kept = await visit.store.revise(visit.who, lambda k: _with_typed(k, topic, said, visit))
    except SettingError as fault:
        await visit.say(_refusal(visit, fault.code))
        return
    if kept is not None:
        await answered(visit, dialog, View(html=visit.text.html("times-kept")))
        await visit.say(await _page(visit, topic, kept))


def _with_typed(kept: Enrolment, topic: Topic, said: str, visit: Visit) -> Enrolment:
    span, schedule = read_span(said), kept.plan(topic).schedule
    if span is not None and isinstance(schedule, Every):
        every = interval(schedule.step, span.start, span.end)
        return with_interval(kept, topic, every, visit.now)
    return with_times(kept, topic, read_times(said) or (), visit.now)


def _refusal(visit: Visit, fault: Fault) -> View:
    text, person = visit.text, visit.person
    if fault is Fault.QUIET and person is not None:
        start, end = text.minute(person.quiet.start), text.minute(person.quiet.end)
        return View(html=text.html("times-in-quiet", start=start, end=end))
    if fault is Fault.ONE_PROMPT:
        return View(html=text.html("time-one"))
    if fault is Fault.TOO_MANY_TIMES:
        return View(html=text.html("times-many", most=MOST_TIMES))
    return View(html=text.html("times-unclear"))


FEATURE = Feature(
    buttons={
        OpenTopic: open_topic,
        SwitchTopic: switch_topic,
        SwitchDay: switch_day,
        SetInterval: set_interval,
        FullPace: full_pace,
        AskTimes: ask_times,
    },
    dialogs={TIMES: typed_times},
)
