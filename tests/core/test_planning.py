"""What the planner decides for a due plan."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.instants import date_at, instant_of, minute_at
from tipbot.core.model import (
    DEFAULT_QUIET_HOURS,
    FOREVER,
    AtTimes,
    Claim,
    Delivery,
    DeliveryId,
    DeliveryState,
    Minute,
    NewDelivery,
    Plan,
    PlanId,
    Presence,
    QuietHours,
    Slot,
    Stage,
    Subscriber,
    SubscriberId,
    Tip,
    TipId,
    Topic,
)
from tipbot.core.planning import (
    DuePlan,
    PlanStep,
    Shelves,
    Snooze,
    TipChoice,
    first_tip,
    fitting_topics,
    plan_step,
    snooze,
    snooze_until,
)
from tipbot.core.schedule import FIRST_TIP, allowed_now, rescheduled, resend_doubtful

BOB = SubscriberId(12)
HOUR = timedelta(hours=1)
MONDAY = date(2026, 6, 1)
SHELVES: Shelves = {
    topic: tuple(TipChoice(number, number + 1) for number in range(1, 6))
    for topic in Topic
    if topic is not Topic.CHECK_IN
}


def utc(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def bob(zone: str = "UTC", quiet: QuietHours = DEFAULT_QUIET_HOURS) -> Subscriber:
    return Subscriber(id=BOB, chat_id=BOB, zone=zone, stage=Stage.DONE, quiet=quiet)


def a_plan(*hours: int, topic: Topic = Topic.HYDRATION) -> Plan:
    times = AtTimes(tuple(Minute(hour * 60) for hour in hours))
    return Plan(id=PlanId(5), subscriber=BOB, topic=topic, schedule=times)


def due(who: Subscriber, plan: Plan, since: datetime) -> DuePlan:
    return DuePlan(rescheduled(plan, who, since), who)


def moment_of(step: PlanStep) -> datetime | None:
    return step.onward[1] if step.onward else None


def delivered(step: PlanStep) -> NewDelivery:
    assert step.delivery is not None
    return step.delivery


def test_a_due_plan_makes_one_delivery_and_moves_on() -> None:
    step = plan_step(due(bob(), a_plan(9, 17), utc(8)), SHELVES, utc(9))
    delivery = delivered(step)
    assert delivery.slot == Slot(MONDAY, Minute(540))
    assert (delivery.repeat, delivery.due_at, delivery.expires_at) == (0, utc(9), utc(10))
    assert delivery.tip_revision == (delivery.tip_number or 0) + 1
    assert step.bag == (delivery.tip_number,)
    assert step.onward == (Slot(MONDAY, Minute(1020)), utc(17))
    assert not step.passed


def test_any_process_plans_alike() -> None:
    plan = due(bob(), a_plan(9, 17), utc(8))
    assert plan_step(plan, SHELVES, utc(9)) == plan_step(plan, SHELVES, utc(9))


def test_an_outage_of_three_hours_sends_only_the_latest_fresh_slot() -> None:
    step = plan_step(due(bob(), a_plan(9, 10, 11, 17), utc(8)), SHELVES, utc(11, 30))
    assert delivered(step).slot == Slot(MONDAY, Minute(660))
    assert (step.passed, moment_of(step)) == (True, utc(17))


def test_after_months_off_nothing_stale_is_sent() -> None:
    step = plan_step(due(bob(), a_plan(9), utc(8)), SHELVES, utc(13) + timedelta(days=200))
    assert (step.delivery, step.passed, step.bag) == (None, True, ())
    assert moment_of(step) == utc(9) + timedelta(days=201)


@pytest.mark.parametrize("hour", [0, 9, 10, 16])
def test_no_tip_of_the_evening_comes_earlier_while_there_is_another(hour: int) -> None:
    shelf = tuple(TipChoice(number, 1, evening=number < 5) for number in range(1, 6))
    asked = due(bob(), a_plan(9), utc(8))
    for minute in range(0, 60, 7):
        step = first_tip(asked, {Topic.HYDRATION: shelf}, utc(hour), utc(hour, minute))
        assert delivered(step).tip_number == 5
    nothing_else = {Topic.HYDRATION: shelf[:4]}
    assert delivered(first_tip(asked, nothing_else, utc(hour), utc(hour))).tip_number in range(1, 5)


def test_in_the_evening_every_tip_comes_in_its_round() -> None:
    shelf = {Topic.HYDRATION: tuple(TipChoice(n, 1, evening=n == 1) for n in range(1, 4))}
    plan, came = due(bob(), a_plan(9, 18), utc(8)), []
    for number in range(6):
        now = utc(18 if number % 2 else 9, day=1 + number // 2)
        step = plan_step(plan, shelf, now)
        came.append((now.hour, delivered(step).tip_number))
        plan = DuePlan(step.applied_to(plan.plan), bob())
    assert {tip for _, tip in came[:3]} == {tip for _, tip in came[3:]} == {1, 2, 3}
    assert all(hour == 18 for hour, tip in came[:2] if tip == 1)


@pytest.mark.parametrize(
    ("hour", "topics", "fitting"),
    [
        (10, [Topic.SLEEP, Topic.MOVEMENT], [Topic.MOVEMENT]),
        (17, [Topic.SLEEP, Topic.MOVEMENT], [Topic.SLEEP, Topic.MOVEMENT]),
        (10, [Topic.SLEEP], [Topic.SLEEP]),
        (10, [], []),
    ],
)
def test_a_tip_that_is_asked_for_in_the_morning_is_not_about_bed(
    hour: int, topics: list[Topic], fitting: list[Topic]
) -> None:
    assert list(fitting_topics(topics, Minute(hour * 60))) == fitting


def test_the_prompt_has_no_tip() -> None:
    step = plan_step(due(bob(), a_plan(20, topic=Topic.CHECK_IN), utc(8)), {}, utc(20))
    assert delivered(step).tip_number is None
    assert delivered(step).expires_at == utc(22), "quiet hours cut its shelf life"


def test_a_topic_without_published_tips_moves_on_without_a_delivery() -> None:
    step = plan_step(due(bob(), a_plan(9), utc(8)), {}, utc(9))
    assert step.delivery is None
    assert moment_of(step) == utc(9, day=2)


@pytest.mark.parametrize(
    "silent",
    [
        replace(bob(), presence=Presence.STOPPED),
        replace(bob(), presence=Presence.BLOCKED),
        replace(bob(), stage=Stage.PRESET),
        replace(bob(), paused_until=utc(12)),
    ],
)
def test_slots_pass_unused_for_someone_who_is_not_listening(silent: Subscriber) -> None:
    plan = due(bob(), a_plan(9, 17), utc(8)).plan
    step = plan_step(DuePlan(plan, silent), SHELVES, utc(9))
    assert (step.delivery, moment_of(step)) == (None, utc(17))


def test_a_pause_moves_the_plan_to_the_first_slot_after_it() -> None:
    plan = due(bob(), a_plan(9), utc(8)).plan
    paused = replace(bob(), paused_until=utc(10, day=4))
    assert moment_of(plan_step(DuePlan(plan, paused), SHELVES, utc(9))) == utc(9, day=5)
    forever = replace(bob(), paused_until=FOREVER)
    assert plan_step(DuePlan(plan, forever), SHELVES, utc(9)).onward is None


def test_a_slot_inside_a_pause_is_not_made_up_for() -> None:
    plan = due(bob(), a_plan(9), utc(8)).plan
    woken = replace(bob(), paused_until=utc(9, 10))
    assert plan_step(DuePlan(plan, woken), SHELVES, utc(9, 20)).delivery is None


def test_a_disabled_plan_waits_for_nothing() -> None:
    plan = replace(due(bob(), a_plan(9), utc(8)).plan, enabled=False)
    step = plan_step(DuePlan(plan, bob()), SHELVES, utc(9))
    assert (step.delivery, moment_of(step)) == (None, None)


def test_the_first_tip_comes_in_quiet_hours_and_once() -> None:
    newcomer = replace(bob(), created_at=utc(23))
    plan = due(newcomer, a_plan(9), utc(23))
    step = first_tip(plan, SHELVES, utc(23, 2))
    delivery = delivered(step)
    assert (delivery.repeat, delivery.due_at) == (FIRST_TIP, utc(23, 2))
    assert step.onward == plan.plan.waits_for
    again = delivered(first_tip(DuePlan(step.applied_to(plan.plan), newcomer), SHELVES, utc(23, 9)))
    assert (again.slot, again.repeat) == (delivery.slot, delivery.repeat)
    assert allowed_now(a_delivery(newcomer, delivery), utc(23, 2)) is True


def test_a_tip_asked_for_is_named_by_the_wish() -> None:
    plan = due(bob(), a_plan(9), utc(12))
    slots = [
        delivered(first_tip(plan, SHELVES, now, asked_at)).slot
        for asked_at, now in [(utc(12), utc(12)), (utc(12), utc(12, 5)), (utc(13), utc(13))]
    ]
    assert slots == [
        Slot(MONDAY, Minute(720)),
        Slot(MONDAY, Minute(720)),
        Slot(MONDAY, Minute(780)),
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["Asia/Tokyo", "America/New_York", "Pacific/Apia", "UTC"]),
                  st.integers(1, 40)),
        min_size=1, max_size=8,
    ),
    st.sets(st.integers(0, 23), min_size=1, max_size=4),
)  # fmt: skip
def test_a_traveller_gets_every_slot_of_each_place_once_at_its_local_time(
    legs: list[tuple[str, int]], hours: set[int]
) -> None:
    now, plan = utc(12), a_plan(*sorted(hours))
    kept: dict[Slot, datetime] = {}
    for zone, stay in legs:
        who, arrival, end = bob(zone), now, now + stay * HOUR
        plan = rescheduled(plan, who, arrival)
        while plan.next_due_at is not None and plan.next_due_at <= end:
            step = plan_step(DuePlan(plan, who), SHELVES, plan.next_due_at)
            delivery = delivered(step)
            assert now < delivery.due_at
            assert minute_at(delivery.due_at, ZoneInfo(zone)) == delivery.slot.minute
            assert not who.quiet.covers(delivery.slot.minute)
            kept.setdefault(delivery.slot, delivery.due_at)  # as the store's unique key does
            now, plan = delivery.due_at, step.applied_to(plan)
        now = end
        days = [date_at(arrival, ZoneInfo(zone)) + n * timedelta(days=1) for n in range(3)]
        for slot in (Slot(day, Minute(hour * 60)) for day in days for hour in hours):
            due_at = instant_of(slot.date, slot.minute, ZoneInfo(zone))
            wanted = arrival < due_at <= end and not who.quiet.covers(slot.minute)
            assert not wanted or slot in kept


def a_delivery(who: Subscriber, new: NewDelivery) -> Delivery:
    return Delivery(
        id=DeliveryId(1),
        plan=new.plan,
        topic=new.topic,
        slot=new.slot,
        repeat=new.repeat,
        state=DeliveryState.CLAIMED,
        attempt=0,
        due_at=new.due_at,
        expires_at=new.expires_at,
        tip=None,
        subscriber=who,
        plan_enabled=True,
        thin=1,
        last_check_in_at=None,
    )


def a_claimed_delivery(topic: Topic = Topic.RELAXATION, hour: int = 20) -> Delivery:
    step = plan_step(due(bob(), a_plan(hour, topic=topic), utc(8)), SHELVES, utc(hour))
    return a_delivery(bob(), delivered(step))


def test_a_wanted_delivery_may_go() -> None:
    assert allowed_now(a_claimed_delivery(), utc(20)) is True


@pytest.mark.parametrize(
    "unwanted",
    [
        replace(a_claimed_delivery(), plan_enabled=False),
        replace(a_claimed_delivery(), subscriber=replace(bob(), presence=Presence.STOPPED)),
        replace(a_claimed_delivery(), subscriber=replace(bob(), presence=Presence.BLOCKED)),
        replace(a_claimed_delivery(), subscriber=replace(bob(), stage=Stage.ZONE)),
        replace(a_claimed_delivery(), subscriber=replace(bob(), paused_until=utc(20, 6))),
        replace(a_claimed_delivery(), expires_at=utc(20, 5)),
    ],
)
def test_what_is_no_longer_wanted_or_too_late_expires(unwanted: Delivery) -> None:
    assert allowed_now(unwanted, utc(20, 5)) is False


def test_quiet_hours_hold_a_delivery_until_they_end_if_it_lives_that_long() -> None:
    early_night = QuietHours(Minute(20 * 60), Minute(21 * 60))
    held = replace(a_claimed_delivery(), subscriber=bob(quiet=early_night))
    assert allowed_now(held, utc(20, 30)) == utc(21)
    assert allowed_now(replace(held, expires_at=utc(21)), utc(20, 30)) is False


def test_the_prompt_is_not_sent_within_two_hours_of_a_check_in_of_the_day() -> None:
    prompt = a_claimed_delivery(Topic.CHECK_IN)
    for last, answer in [(utc(18, 30), False), (utc(18), True), (utc(19, day=2), True)]:
        assert allowed_now(replace(prompt, last_check_in_at=last), utc(20)) is answer
    tip = replace(a_claimed_delivery(), last_check_in_at=utc(19, 59))
    assert allowed_now(tip, utc(20)) is True


def test_no_topic_risks_a_second_copy() -> None:
    assert not any(resend_doubtful(topic) for topic in Topic)


@pytest.mark.parametrize(
    ("choice", "tapped", "back"),
    [
        (Snooze.TEN_MINUTES, utc(12), utc(12, 10)),
        (Snooze.AN_HOUR, utc(12), utc(13)),
        (Snooze.AN_HOUR, utc(21, 30), utc(21, 50)),  # ten minutes before quiet hours
        (Snooze.TEN_MINUTES, utc(21, 55), utc(8, day=2)),  # too late for that: when they end
        (Snooze.TEN_MINUTES, utc(23), utc(8, day=2)),
        (Snooze.TEN_MINUTES, utc(3), utc(8)),
        (Snooze.TONIGHT, utc(12), utc(21, 30)),  # an hour before bedtime
        (Snooze.TONIGHT, utc(21, 35), utc(21, 50)),
    ],
)
def test_a_snoozed_tip_comes_back_outside_quiet_hours(
    choice: Snooze, tapped: datetime, back: datetime
) -> None:
    assert snooze_until(choice, bob(), tapped) == back


def test_tonight_after_a_late_bedtime_is_still_tonight() -> None:
    owl = replace(bob(quiet=QuietHours(Minute(3 * 60), Minute(11 * 60))), bedtime=Minute(2 * 60))
    assert snooze_until(Snooze.TONIGHT, owl, utc(18)) == utc(1, day=2)
    assert snooze_until(Snooze.TONIGHT, owl, utc(1, 30)) == utc(2, 30)


@given(
    st.sampled_from(list(Snooze)),
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]),
    st.tuples(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439)),
)
def test_a_snooze_is_always_ahead_and_never_in_quiet_hours(
    choice: Snooze, now: datetime, zone: str, times: tuple[int, int, int]
) -> None:
    start, end, bedtime = map(Minute, times)
    who = replace(bob(zone, QuietHours(start, end)), bedtime=bedtime)
    back = snooze_until(choice, who, now)
    assert now < back <= now + timedelta(days=2)
    assert not who.quiet.covers(minute_at(back, ZoneInfo(zone)))


def a_tip(number: int) -> Tip:
    return Tip(
        id=TipId(f"tip-{number}"),
        title="Title",
        body="Body",
        topic=Topic.RELAXATION,
        tags=(),
        sources=(),
        claim=Claim.PRACTICAL,
        reviewed=MONDAY,
        revision=number + 1,
    )


def test_a_snoozed_tip_is_the_same_tip_for_the_same_slot() -> None:
    first = replace(a_claimed_delivery(), tip=a_tip(4), tip_number=4)
    again = snooze(first, utc(21, 30))
    assert (again.plan, again.slot, again.repeat) == (first.plan, first.slot, 1)
    assert (again.tip_number, again.tip_revision) == (4, 5)
    assert (again.due_at, again.expires_at) == (utc(21, 30), utc(22))
    assert snooze(first, utc(21)).repeat == 1, "a second press is kept once"
    assert snooze(replace(first, repeat=1), utc(21)).repeat == 2
    assert snooze(replace(first, repeat=FIRST_TIP), utc(21)).repeat == 1


def test_a_tip_whose_row_is_unknown_is_not_snoozed_into_a_prompt() -> None:
    with pytest.raises(ValueError, match="row"):
        snooze(replace(a_claimed_delivery(), tip=a_tip(4)), utc(21))
