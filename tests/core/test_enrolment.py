"""Settings as pure changes of a person and their plans."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.enrolment import (
    Enrolment,
    Fault,
    SettingError,
    is_zone,
    paused_for,
    resumed,
    returned,
    stopped,
    with_bedtime,
    with_language,
    with_pad,
    with_preset,
    with_quiet,
    with_silent,
    with_zone,
)
from tipbot.core.instants import minute_at
from tipbot.core.model import (
    FOREVER,
    TIP_TOPICS,
    AtTimes,
    Every,
    Minute,
    Plan,
    PlanId,
    Presence,
    QuietHours,
    Slot,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.plans import (
    full_pace,
    interval,
    less_of,
    needs_slowing,
    slow_down,
    with_days,
    with_interval,
    with_thin,
    with_times,
    with_topic,
)
from tipbot.core.presets import Preset
from tipbot.core.schedule import rescheduled

NOW = datetime(2026, 6, 1, 10, 30, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
WATER = Topic.HYDRATION


def newcomer() -> Enrolment:
    return Enrolment(subscriber=Subscriber(id=SubscriberId(14), chat_id=14))


def dora(preset: Preset = Preset.DAILY_FOUR) -> Enrolment:
    return with_preset(with_zone(newcomer(), "Europe/Berlin", NOW), preset, NOW)


def set_anew(enrolment: Enrolment, now: datetime = NOW) -> bool:
    """Tell whether every plan waits for its first slot after ``now``."""
    person = enrolment.subscriber
    return all(plan == rescheduled(plan, person, now) for plan in enrolment.plans)


def test_onboarding_goes_from_zone_to_preset_to_done() -> None:
    zoned = with_zone(newcomer(), "Europe/Berlin", NOW)
    assert (zoned.subscriber.stage, zoned.subscriber.zone) == (Stage.PRESET, "Europe/Berlin")
    done = with_preset(zoned, Preset.GENTLE, NOW)
    assert done.subscriber.stage is Stage.DONE
    assert with_zone(done, "Asia/Tokyo", NOW).subscriber.stage is Stage.DONE
    assert set_anew(done)


def test_another_preset_keeps_what_was_seen_and_goes_at_full_pace() -> None:
    before = with_thin(dora(), WATER, 4, NOW)
    seen = tuple(replace(plan, id=PlanId(70), bag=(1, 2)) for plan in before.plans)
    after = with_preset(replace(before, plans=seen), Preset.DESK_DAY, NOW)
    assert {(plan.id, plan.bag, plan.thin) for plan in after.plans} == {(PlanId(70), (1, 2), 1)}
    assert isinstance(after.plan(Topic.SCREEN_BREAK).schedule, Every)


def test_another_zone_keeps_local_times_and_sets_the_moments_anew() -> None:
    moved = with_zone(dora(), "America/New_York", NOW)
    assert set_anew(moved)
    for plan in moved.plans:
        if plan.next_slot is not None and plan.next_due_at is not None:
            shown = minute_at(plan.next_due_at, ZoneInfo("America/New_York"))
            assert shown == plan.next_slot.minute


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "America", "../etc/passwd", "localtime", "UTC\0"]
)
def test_a_zone_that_is_none_is_refused(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(SettingError) as refusal:
        with_zone(newcomer(), name, NOW)
    assert refusal.value.code is Fault.UNKNOWN_ZONE


def test_quiet_hours_and_bedtime_take_default_times_along() -> None:
    early = with_quiet(dora(), QuietHours(Minute(19 * 60), Minute(8 * 60)), NOW)
    assert set_anew(early)
    prompt = early.plan(Topic.CHECK_IN).schedule
    assert isinstance(prompt, AtTimes)
    assert prompt.minutes[0] < 19 * 60
    later = with_bedtime(dora(), Minute(23 * 60), NOW).plan(Topic.SLEEP).schedule
    usual = dora().plan(Topic.SLEEP).schedule
    assert isinstance(later, AtTimes)
    assert isinstance(usual, AtTimes)
    assert later.minutes[0] == usual.minutes[0] + 30


def test_times_the_person_chose_stay_when_quiet_hours_change() -> None:
    chosen = with_times(dora(), WATER, [21 * 60, 9 * 60], NOW)
    early = with_quiet(chosen, QuietHours(Minute(19 * 60), Minute(8 * 60)), NOW)
    assert early.plan(WATER).schedule == AtTimes((Minute(540), Minute(1260)))


def test_chosen_times_are_exact_sorted_and_never_in_the_past() -> None:
    changed = with_times(dora(), WATER, [17 * 60, 9 * 60, 17 * 60], NOW)
    plan = changed.plan(WATER)
    assert plan.schedule == AtTimes((Minute(540), Minute(1020)))
    assert plan.next_due_at == datetime(2026, 6, 1, 15, tzinfo=UTC)  # 17:00 in Berlin
    assert changed.plan(Topic.SLEEP) == dora().plan(Topic.SLEEP)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: with_times(e, WATER, [], NOW), Fault.NO_TIME),
        (lambda e: with_times(e, WATER, [24 * 60], NOW), Fault.BAD_TIME),
        (lambda e: with_times(e, WATER, [-1], NOW), Fault.BAD_TIME),
        (lambda e: with_times(e, WATER, range(540, 553), NOW), Fault.TOO_MANY_TIMES),
        (lambda e: with_times(e, WATER, [600, 23 * 60], NOW), Fault.QUIET),
        (lambda e: with_times(e, Topic.CHECK_IN, [600, 700], NOW), Fault.ONE_PROMPT),
        (lambda e: with_interval(e, Topic.CHECK_IN, interval(60, 540, 600), NOW), Fault.ONE_PROMPT),
        (lambda e: with_interval(e, WATER, interval(60, 23 * 60, 60), NOW), Fault.QUIET),
        (lambda e: with_interval(e, WATER, interval(14, 540, 600), NOW), Fault.BAD_INTERVAL),
        (lambda e: with_interval(e, WATER, interval(1441, 540, 600), NOW), Fault.BAD_INTERVAL),
        (lambda e: with_interval(e, WATER, interval(60, 540, 1440), NOW), Fault.BAD_TIME),
        (lambda e: with_days(e, WATER, [], NOW), Fault.NO_DAY),
        (lambda e: with_days(e, WATER, [7], NOW), Fault.NO_DAY),
        (lambda e: with_thin(e, WATER, 3, NOW), Fault.BAD_THIN),
        (lambda e: paused_for(e, 0, NOW), Fault.BAD_PAUSE),
        (lambda e: paused_for(e, 10**9, NOW), Fault.BAD_PAUSE),
        (lambda e: with_bedtime(e, Minute(1440), NOW), Fault.BAD_TIME),
        (lambda e: with_quiet(e, QuietHours(Minute(0), Minute(1440)), NOW), Fault.BAD_TIME),
        (lambda e: less_of(replace(e, plans=()), WATER, NOW), Fault.UNKNOWN_TOPIC),
        (lambda e: with_topic(replace(e, plans=()), WATER, NOW, enabled=True), Fault.UNKNOWN_TOPIC),
    ],
)
def test_impossible_settings_are_refused_with_their_code(
    change: Callable[[Enrolment], Enrolment], code: Fault
) -> None:
    with pytest.raises(SettingError) as refusal:
        change(dora())
    assert refusal.value.code is code


def test_a_known_time_that_later_quiet_hours_cover_does_not_block_another() -> None:
    early = with_times(dora(), WATER, [9 * 60], NOW)
    late_riser = with_quiet(early, QuietHours(Minute(22 * 60), Minute(10 * 60)), NOW)
    both = with_times(late_riser, WATER, [9 * 60, 12 * 60], NOW)
    assert both.plan(WATER).schedule == AtTimes((Minute(540), Minute(720)))


def test_an_interval_and_active_days_set_the_plan_anew() -> None:
    hourly = with_interval(dora(), WATER, interval(60, 9 * 60, 17 * 60), NOW)
    assert hourly.plan(WATER).next_due_at == datetime(2026, 6, 1, 11, tzinfo=UTC)
    sundays = with_days(hourly, WATER, [6], NOW)
    assert sundays.plan(WATER).next_due_at == datetime(2026, 6, 7, 7, tzinfo=UTC)


def test_a_topic_is_switched_off_and_on_with_its_times_kept() -> None:
    off = with_topic(dora(), WATER, NOW, enabled=False)
    assert off.plan(WATER).next_due_at is None
    assert with_topic(off, WATER, NOW, enabled=True) == dora()


def test_less_of_a_topic_halves_it_down_to_an_eighth_and_full_pace_undoes_it() -> None:
    less = dora()
    for expected in (2, 4, 8, 8):
        less = less_of(less, WATER, NOW)
        assert less.plan(WATER).thin == expected
    assert less.plan(Topic.SLEEP).thin == 1
    assert set_anew(less)
    assert full_pace(less, NOW) == dora()


def unanswered(count: int, enrolment: Enrolment | None = None) -> Enrolment:
    enrolment = enrolment or dora()
    return replace(enrolment, subscriber=replace(enrolment.subscriber, unanswered=count))


def test_three_tips_without_a_reaction_halve_the_rate_once() -> None:
    assert slow_down(unanswered(2), NOW) == unanswered(2)
    slowed = slow_down(unanswered(3), NOW)
    assert {plan.topic: plan.thin for plan in slowed.plans} == {
        topic: 2 if topic in TIP_TOPICS else 1 for topic in Topic
    }
    assert set_anew(slowed)
    assert slowed.subscriber.unanswered == 3
    assert not needs_slowing(unanswered(9, slowed))
    assert slow_down(unanswered(9, slowed), NOW) == unanswered(9, slowed)


def test_a_change_of_settings_is_a_reaction() -> None:
    assert with_days(unanswered(3), WATER, [0], NOW).subscriber.unanswered == 0
    assert with_zone(unanswered(3), "UTC", NOW).subscriber.unanswered == 0


def test_a_pause_moves_every_plan_behind_its_end() -> None:
    paused = paused_for(dora(), 3, NOW)
    dues = [plan.next_due_at for plan in paused.plans if plan.enabled]
    assert all(due is not None and NOW + 3 * DAY < due <= NOW + 4 * DAY for due in dues)
    assert resumed(paused, NOW) == dora()


def test_a_pause_until_resumed_leaves_nothing_due() -> None:
    paused = paused_for(dora(), None, NOW)
    assert paused.subscriber.paused_until == FOREVER
    assert {plan.next_due_at for plan in paused.plans} == {None}
    changed = with_days(paused, WATER, range(7), NOW)
    assert changed.plan(WATER).next_due_at is None
    assert set_anew(resumed(paused, NOW + 30 * DAY), NOW + 30 * DAY)


def test_who_stopped_comes_back_to_plans_that_start_from_now() -> None:
    gone = stopped(paused_for(dora(), None, NOW))
    assert gone.subscriber.presence is Presence.STOPPED
    back = returned(gone, NOW + 30 * DAY)
    assert (back.subscriber.presence, back.subscriber.paused_until) == (Presence.ACTIVE, None)
    assert set_anew(back, NOW + 30 * DAY)


def test_small_settings_touch_nothing_else() -> None:
    changed = with_pad(with_language(with_silent(dora(), silent=True), "de"), 99)
    person = replace(dora().subscriber, silent=True, language="de", pad_message_id=99)
    assert changed == replace(dora(), subscriber=person)


def water_due() -> tuple[Enrolment, datetime]:
    """Return an enrolment whose hydration tip is due and not decided, and the present moment."""
    enrolment = with_times(dora(), WATER, [13 * 60, 18 * 60], NOW)
    due = enrolment.plan(WATER).next_due_at
    assert due is not None
    return enrolment, due + timedelta(seconds=3)


@pytest.mark.parametrize(
    "change",
    [
        lambda e, now: with_times(e, WATER, [13 * 60, 20 * 60], now),
        lambda e, now: with_days(e, WATER, [0, 4], now),
        lambda e, now: with_quiet(e, QuietHours(Minute(21 * 60), Minute(7 * 60)), now),
        lambda e, now: with_topic(e, WATER, now, enabled=True),
        lambda e, now: with_bedtime(e, Minute(23 * 60), now),
        full_pace,
        resumed,
        returned,
    ],
)
def test_a_tip_whose_moment_has_come_is_not_lost_by_a_change_that_leaves_its_time(
    change: Callable[[Enrolment, datetime], Enrolment],
) -> None:
    before, now = water_due()
    waiting, after = before.plan(WATER), change(before, now).plan(WATER)
    assert (after.next_slot, after.next_due_at) == (waiting.next_slot, waiting.next_due_at)


def test_nor_by_the_same_preset_once_more() -> None:
    before = dora()
    waiting = before.plan(WATER)
    assert waiting.next_due_at is not None
    after = with_preset(before, Preset.DAILY_FOUR, waiting.next_due_at)
    assert after.plan(WATER).next_slot == waiting.next_slot


@pytest.mark.parametrize(
    "change",
    [
        lambda e, now: with_times(e, WATER, [12 * 60, 20 * 60], now),
        lambda e, now: with_days(e, WATER, [4], now),
        lambda e, now: with_quiet(e, QuietHours(Minute(12 * 60), Minute(14 * 60)), now),
        lambda e, now: with_topic(e, WATER, now, enabled=False),
        lambda e, now: with_zone(e, "Asia/Tokyo", now),
        lambda e, now: paused_for(e, 1, now),
        lambda e, now: returned(stopped(e), now),
    ],
)
def test_a_tip_whose_moment_has_come_is_dropped_by_a_change_that_takes_its_time_away(
    change: Callable[[Enrolment, datetime], Enrolment],
) -> None:
    before, now = water_due()
    due = change(before, now).plan(WATER).next_due_at
    assert due is None or due > now


changes: st.SearchStrategy[Callable[[Enrolment, datetime], Enrolment]] = st.one_of(
    st.sampled_from(["Asia/Tokyo", "America/St_Johns", "Pacific/Apia"]).map(
        lambda zone: lambda e, now: with_zone(e, zone, now)
    ),
    st.sampled_from(list(Preset)).map(lambda preset: lambda e, now: with_preset(e, preset, now)),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439)).map(
        lambda ends: lambda e, now: with_quiet(e, QuietHours(Minute(ends[0]), Minute(ends[1])), now)
    ),
    st.sampled_from([1, 3, None]).map(lambda days: lambda e, now: paused_for(e, days, now)),
    st.just(resumed),
    st.just(full_pace),
    st.sampled_from(list(Topic)).map(lambda topic: lambda e, now: less_of(e, topic, now)),
    st.sampled_from(list(Topic)).map(
        lambda topic: lambda e, now: with_topic(e, topic, now, enabled=True)
    ),
    st.just(lambda e, now: slow_down(unanswered(3, e), now)),
)


def due_by(now: datetime, plans: Iterable[Plan]) -> set[tuple[Topic, Slot | None]]:
    """Return which slots of some plans have come."""
    return {
        (plan.topic, plan.next_slot)
        for plan in plans
        if plan.next_due_at is not None and plan.next_due_at <= now
    }


@given(st.lists(st.tuples(changes, st.integers(0, 3000)), max_size=8))
def test_no_change_ever_makes_a_slot_of_the_past_due_that_was_not(
    history: list[tuple[Callable[[Enrolment, datetime], Enrolment], int]],
) -> None:
    enrolment, now = dora(), NOW
    for change, later in history:
        now += timedelta(minutes=later)
        before = enrolment
        enrolment = change(enrolment, now)
        touched = [plan for plan in enrolment.plans if plan not in before.plans]
        due = {
            (p.topic, p.next_slot) for p in before.plans if p.next_due_at and p.next_due_at <= now
        }
        past = [plan for plan in touched if plan.next_due_at and plan.next_due_at <= now]
        assert {(plan.topic, plan.next_slot) for plan in past} <= due
        assert [plan.topic for plan in enrolment.plans] == list(Topic)
