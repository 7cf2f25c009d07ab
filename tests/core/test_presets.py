"""What a newcomer starts with."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.model import (
    CORE_TOPICS,
    EVERY_DAY,
    MINUTES_A_DAY,
    AtTimes,
    Every,
    Minute,
    Plan,
    QuietHours,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.presets import (
    SPREAD,
    WEEKDAYS,
    WORKING_HOURS,
    Preset,
    carried_over,
    default_schedule,
    plans_for,
)

MONDAY_MORNING = datetime(2026, 6, 1, 5, tzinfo=UTC)
presets = st.sampled_from(list(Preset))
topics = st.sampled_from(list(Topic))
minutes = st.integers(0, MINUTES_A_DAY - 1).map(Minute)
ids = st.integers(1, 10**10).map(SubscriberId)


def carol(number: int = 13) -> Subscriber:
    return Subscriber(id=SubscriberId(number), chat_id=number, zone="Europe/Berlin")


def switched_on(preset: Preset) -> dict[Topic, Plan]:
    plans = plans_for(preset, carol(), MONDAY_MORNING)
    return {plan.topic: plan for plan in plans if plan.enabled}


def slots_a_day(plan: Plan) -> int:
    schedule = plan.schedule
    if isinstance(schedule, AtTimes):
        return len(schedule.minutes)
    return (schedule.end - schedule.start) // schedule.step + 1


@pytest.mark.parametrize("preset", list(Preset))
def test_a_preset_has_a_plan_for_every_topic_and_asks_in_the_evening(preset: Preset) -> None:
    plans = plans_for(preset, carol(), MONDAY_MORNING)
    assert [plan.topic for plan in plans] == list(Topic)
    for plan in plans:
        assert (plan.next_due_at is not None) == plan.enabled
        assert plan.next_due_at is None or plan.next_due_at > MONDAY_MORNING
    prompt = switched_on(preset)[Topic.CHECK_IN].schedule
    assert isinstance(prompt, AtTimes)
    assert 20 * 60 <= prompt.minutes[0] < 20 * 60 + SPREAD


def test_gentle_is_two_tips_a_day() -> None:
    plans = switched_on(Preset.GENTLE)
    assert set(plans) == {Topic.HYDRATION, Topic.RELAXATION, Topic.CHECK_IN}
    assert sum(map(slots_a_day, plans.values())) == 3


def test_daily_four_is_each_core_topic_once_a_day() -> None:
    plans = switched_on(Preset.DAILY_FOUR)
    assert set(plans) == {*CORE_TOPICS, Topic.CHECK_IN}
    assert all(slots_a_day(plan) == 1 and plan.days == EVERY_DAY for plan in plans.values())


def test_desk_day_breaks_through_working_hours_and_waters_three_times() -> None:
    plans = switched_on(Preset.DESK_DAY)
    assert set(plans) == {*CORE_TOPICS, Topic.CHECK_IN}
    breaks = plans[Topic.SCREEN_BREAK]
    assert isinstance(breaks.schedule, Every)
    assert breaks.days == WEEKDAYS
    assert slots_a_day(plans[Topic.HYDRATION]) == 3
    assert slots_a_day(plans[Topic.RELAXATION]) == slots_a_day(plans[Topic.SLEEP]) == 1


@given(ids)
def test_no_spread_leaves_working_hours(number: SubscriberId) -> None:
    schedule = default_schedule(Preset.DESK_DAY, Topic.SCREEN_BREAK, carol(number))
    assert isinstance(schedule, Every)
    assert WORKING_HOURS[0] <= schedule.start < schedule.end < WORKING_HOURS[1]


def test_the_sleep_tip_comes_between_an_hour_and_ninety_minutes_before_bed() -> None:
    for number in range(1, 200):
        schedule = default_schedule(Preset.DAILY_FOUR, Topic.SLEEP, carol(number))
        assert isinstance(schedule, AtTimes)
        assert 60 < carol().bedtime - schedule.minutes[0] <= 90


@given(ids, presets, topics, minutes, minutes, minutes)
def test_default_times_keep_out_of_any_quiet_hours(  # noqa: PLR0913, PLR0917 - one rule, all its terms
    number: SubscriberId,
    preset: Preset,
    topic: Topic,
    start: Minute,
    end: Minute,
    bedtime: Minute,
) -> None:
    quiet = QuietHours(start, end)
    person = replace(carol(number), quiet=quiet, bedtime=bedtime)
    schedule = default_schedule(preset, topic, person)
    if isinstance(schedule, AtTimes):
        assert not any(quiet.covers(minute) for minute in schedule.minutes)


def test_a_time_in_quiet_hours_moves_the_shorter_way_out() -> None:
    def time_of(topic: Topic, quiet: QuietHours) -> int:
        schedule = default_schedule(Preset.GENTLE, topic, replace(carol(), quiet=quiet))
        assert isinstance(schedule, AtTimes)
        return schedule.minutes[0]

    late_riser = QuietHours(Minute(20 * 60), Minute(11 * 60))
    assert 11 * 60 <= time_of(Topic.HYDRATION, late_riser) < 11 * 60 + SPREAD
    assert 20 * 60 - SPREAD <= time_of(Topic.CHECK_IN, late_riser) < 20 * 60
    assert 20 * 60 - SPREAD <= time_of(Topic.SLEEP, late_riser) < 20 * 60


def test_a_preset_spreads_people_over_half_an_hour() -> None:
    starts: Counter[int] = Counter()
    for number in range(1, 3001):
        schedule = default_schedule(Preset.GENTLE, Topic.HYDRATION, carol(number))
        assert isinstance(schedule, AtTimes)
        starts[schedule.minutes[0]] += 1
    assert sorted(starts) == list(range(600, 600 + SPREAD))
    assert max(starts.values()) < 2 * min(starts.values())


@given(ids, presets, topics, minutes, minutes)
def test_default_times_move_along_and_chosen_ones_stay(
    number: SubscriberId, preset: Preset, topic: Topic, start: Minute, bedtime: Minute
) -> None:
    before = carol(number)
    after = replace(before, quiet=QuietHours(start, Minute(480)), bedtime=bedtime)
    plan = next(p for p in plans_for(preset, before, MONDAY_MORNING) if p.topic is topic)
    moved = carried_over(plan, before, after).schedule
    assert moved in {default_schedule(each, topic, after) for each in Preset}
    chosen = replace(plan, schedule=AtTimes((Minute(7), Minute(700))))
    assert carried_over(chosen, before, after) == chosen
