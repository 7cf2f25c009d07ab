"""The slots of a plan against a walk over every half minute, in every zone there is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tipbot.core.instants import instant_of, minute_at, next_time
from tipbot.core.model import (
    EVERY_DAY,
    FOREVER,
    MINUTES_A_DAY,
    NO_QUIET_HOURS,
    AtTimes,
    Every,
    Minute,
    Plan,
    PlanId,
    QuietHours,
    Schedule,
    Slot,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.schedule import (
    SHELF_LIFE,
    expiry,
    fold_outage,
    moved,
    rescheduled,
    spread_minutes,
)
from tipbot.core.slots import Due, latest_slot, next_slot, slots_on

ALICE = SubscriberId(11)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HALF_MINUTE = timedelta(seconds=30)
STRETCH = timedelta(minutes=30)
"""No zone has ever changed its clocks twice within it."""
ZONES = sorted(available_timezones())
ODD_DAYS = {
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # clocks move by half an hour
    "Pacific/Apia": [date(2011, 12, 29), date(2011, 12, 30)],  # a whole date was skipped
    "Pacific/Kwajalein": [date(1993, 8, 20), date(1993, 8, 21)],
    "Africa/Casablanca": [date(2026, 2, 15), date(2026, 3, 22)],  # around Ramadan
    "Antarctica/Troll": [date(2026, 3, 29), date(2026, 10, 25)],  # clocks move by two hours
    "Asia/Kathmandu": [date(1985, 12, 31), date(1986, 1, 1)],  # a quarter of an hour, once
    "Europe/Berlin": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "America/Sao_Paulo": [date(2018, 2, 17), date(2018, 11, 4)],  # around midnight
    "America/St_Johns": [date(2006, 10, 28), date(2007, 3, 11)],  # a minute past midnight
    "Africa/Monrovia": [date(1972, 1, 6), date(1972, 1, 7)],  # 44 minutes and 30 seconds
}


def near_odd_days() -> st.SearchStrategy[tuple[str, date]]:
    def around(zone: str) -> st.SearchStrategy[tuple[str, date]]:
        days = st.sampled_from(ODD_DAYS[zone])
        moved = st.builds(lambda day, by: day + timedelta(days=by), days, st.integers(-2, 1))
        return st.tuples(st.just(zone), moved)

    return st.sampled_from(sorted(ODD_DAYS)).flatmap(around)


def anywhere() -> st.SearchStrategy[tuple[str, date]]:
    dates = st.dates(date(1970, 1, 3), date(2037, 12, 20))
    return st.tuples(st.sampled_from(ZONES), dates) | near_odd_days()


minutes = st.integers(0, MINUTES_A_DAY - 1).map(Minute)
weekdays = st.sets(st.integers(0, 6), min_size=1).map(frozenset)
quiets = st.just(NO_QUIET_HOURS) | st.builds(QuietHours, minutes, minutes)
schedules: st.SearchStrategy[Schedule] = st.sets(minutes, min_size=1, max_size=6).map(
    lambda chosen: AtTimes(tuple(sorted(chosen)))
) | st.builds(Every, st.integers(15, 400), minutes, minutes)
thins = st.sampled_from([1, 1, 2, 4, 8])
outages = st.integers(0, 90) | st.integers(0, 500 * MINUTES_A_DAY)


def alice(zone: str, quiet: QuietHours = NO_QUIET_HOURS) -> Subscriber:
    return Subscriber(id=ALICE, chat_id=ALICE, zone=zone, quiet=quiet)


def a_plan(
    schedule: Schedule,
    *,
    days: frozenset[int] = EVERY_DAY,
    thin: int = 1,
    topic: Topic = Topic.HYDRATION,
) -> Plan:
    return Plan(
        id=PlanId(1), subscriber=ALICE, topic=topic, schedule=schedule, days=days, thin=thin
    )


def at(*minutes_of_day: int) -> AtTimes:
    return AtTimes(tuple(Minute(minute) for minute in minutes_of_day))


plans = st.builds(
    lambda schedule, days, thin: a_plan(schedule, days=days, thin=thin), schedules, weekdays, thins
)


def every_slot(plan: Plan, who: Subscriber, after: datetime, until: datetime) -> Iterator[Due]:
    """Step through the slots, each beyond the one before."""
    slot: Slot | None = None
    while (found := next_slot(plan, who, after, slot)) is not None and found[1] <= until:
        yield found
        slot = found[0]


def first_showings(zone: ZoneInfo, start: datetime, end: datetime) -> dict[datetime, datetime]:
    """Walk over each half minute; return for each wall time the first moment that reaches it."""
    reached: dict[datetime, datetime] = {}
    highest = None
    for moment, local in every_half_minute(zone, start, end):
        if highest is None or local >= highest + MINUTE:
            wall = local.replace(second=0)
            step = wall if highest is None else highest + MINUTE
            while step <= wall:
                reached[step], step = moment, step + MINUTE
            highest = wall
    return reached


def every_half_minute(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield moments and what clocks show; clocks are asked anew only where they may change."""
    moment = start
    while moment <= end:
        until = moment + STRETCH
        local, later = (each.astimezone(zone) for each in (moment, until))
        even = local.utcoffset() == later.utcoffset()
        shown = local.replace(tzinfo=None)
        while moment < until and moment <= end:
            yield moment, shown if even else moment.astimezone(zone).replace(tzinfo=None)
            moment, shown = moment + HALF_MINUTE, shown + HALF_MINUTE


def scheduled_walls(plan: Plan, first: date, last: date) -> Iterator[datetime]:
    """Read the schedule's definition aloud, without thinning: each wall time of each window."""
    for offset in range((last - first).days + 2):
        day = first + timedelta(days=offset - 1)
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall time has no zone
        if day.weekday() not in plan.days:
            continue
        if isinstance(plan.schedule, AtTimes):
            yield from (midnight + minute * MINUTE for minute in plan.schedule.minutes)
            continue
        start, end = plan.schedule.start, plan.schedule.end
        minute: int = start
        while minute <= (end if start <= end else end + MINUTES_A_DAY):
            yield midnight + minute * MINUTE
            minute += plan.schedule.step


@given(anywhere(), schedules, weekdays, quiets)
@example(("Europe/Berlin", date(2026, 3, 29)), at(120, 150, 179, 180), EVERY_DAY, NO_QUIET_HOURS)
@example(("Europe/Berlin", date(2026, 10, 24)), Every(15, Minute(0), Minute(300)), EVERY_DAY,
         NO_QUIET_HOURS)  # fmt: skip
@example(("Pacific/Apia", date(2011, 12, 28)), at(0, 540), EVERY_DAY, NO_QUIET_HOURS)
@example(("Pacific/Apia", date(2011, 12, 28)), at(0, 540), EVERY_DAY,
         QuietHours(Minute(1320), Minute(480)))  # fmt: skip
@example(("America/St_Johns", date(2006, 10, 28)), at(0, 1400, 1439), EVERY_DAY, NO_QUIET_HOURS)
@settings(max_examples=200)
def test_slots_are_what_a_walk_over_every_half_minute_finds(
    where: tuple[str, date], schedule: Schedule, days: frozenset[int], quiet: QuietHours
) -> None:
    zone, start = ZoneInfo(where[0]), where[1]
    plan, who = a_plan(schedule, days=days), alice(where[0], quiet)
    after = instant_of(start, 0, ZoneInfo("UTC"))
    until = after + timedelta(days=3)
    reached = first_showings(zone, after - timedelta(days=1, hours=3), until)
    expected = [
        (wall, reached[wall])
        for wall in sorted(scheduled_walls(plan, start - timedelta(days=2), start + 5 * DAY))
        if wall in reached
        and reached[wall] > after
        and not quiet.covers(Minute(wall.hour * 60 + wall.minute))
        and not quiet.covers(minute_at(reached[wall], zone))
    ]
    found = [
        (datetime(slot.date.year, slot.date.month, slot.date.day) + slot.minute * MINUTE, due)  # noqa: DTZ001 - a wall time
        for slot, due in every_slot(plan, who, after, until)
    ]
    assert found == expected


@given(anywhere(), plans, quiets, minutes)
def test_the_next_slot_is_ahead_at_its_own_wall_time_and_never_in_quiet_hours(
    where: tuple[str, date], plan: Plan, quiet: QuietHours, minute: Minute
) -> None:
    zone, who, schedule = ZoneInfo(where[0]), alice(where[0], quiet), plan.schedule
    after = datetime(where[1].year, where[1].month, where[1].day, tzinfo=UTC) + minute * MINUTE
    found = next_slot(plan, who, after)
    if found is None:
        assert not any(slots_on(plan, quiet, where[1] + n * DAY) for n in range(7 * plan.thin))
        return
    slot, due = found
    local = due.astimezone(zone)
    assert due > after
    assert due.utcoffset() == timedelta(0)
    assert not quiet.covers(minute_at(due, zone))
    if (local.date(), minute_at(due, zone)) != (slot.date, slot.minute):
        shown_before = (due - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        jump = local.replace(tzinfo=None) - shown_before
        assert jump > timedelta(seconds=1), "only a time that the clocks skip may move"
    started = slot.date
    if isinstance(schedule, Every) and schedule.start > schedule.end >= slot.minute:
        started -= DAY
    assert started.weekday() in plan.days


@given(anywhere(), plans, quiets)
def test_looking_back_finds_the_slot_that_looking_ahead_came_from(
    where: tuple[str, date], plan: Plan, quiet: QuietHours
) -> None:
    who = alice(where[0], quiet)
    after = instant_of(where[1], 0, ZoneInfo("UTC"))
    slots = list(every_slot(plan, who, after, after + 3 * DAY))
    for index, (_, due) in enumerate(slots):
        last_of_its_moment = [found for found in slots[index:] if found[1] == due][-1]
        assert latest_slot(plan, who, due, DAY) == last_of_its_moment
        assert latest_slot(plan, who, due - timedelta(seconds=1), 4 * DAY) != last_of_its_moment


@given(anywhere(), plans, quiets, minutes, outages, st.integers(-90, 90))
def test_what_is_remembered_of_a_due_moment_is_what_a_fresh_look_finds(  # noqa: PLR0913, PLR0917 - it is about all of them
    where: tuple[str, date], plan: Plan, quiet: QuietHours, minute: Minute, outage: int, off: int
) -> None:
    who = alice(where[0], quiet)
    since = datetime(where[1].year, where[1].month, where[1].day, tzinfo=UTC) + minute * MINUTE
    waiting = rescheduled(plan, who, since)
    if waiting.next_due_at is None:
        return
    now = waiting.next_due_at + outage * MINUTE
    astray = replace(waiting, next_due_at=waiting.next_due_at + off * MINUTE)
    for known in (waiting, astray):
        for moment in (now, since):
            assert next_slot(known, who, moment) == next_slot(plan, who, moment)
            assert latest_slot(known, who, moment, DAY) == latest_slot(plan, who, moment, DAY)


@given(anywhere(), plans, st.none() | st.lists(st.integers(1, 9)).map(tuple))
def test_a_plan_that_moves_on_keeps_all_but_its_slot_and_bag(
    where: tuple[str, date], plan: Plan, bag: tuple[int, ...] | None
) -> None:
    onward = Slot(where[1], Minute(5)), datetime(2026, 6, 1, tzinfo=UTC)
    kept = replace(plan, bag=(77,), enabled=False, thin=4)
    expected = replace(kept, next_slot=onward[0], next_due_at=onward[1])
    assert moved(kept, onward, bag) == (expected if bag is None else replace(expected, bag=bag))
    assert moved(kept, None).next_due_at is None


@given(anywhere(), schedules, quiets, st.sampled_from([2, 4, 8]))
def test_thinning_leaves_every_nth_slot(
    where: tuple[str, date], schedule: Schedule, quiet: QuietHours, thin: int
) -> None:
    def slots(factor: int) -> list[Slot]:
        plan, days = a_plan(schedule, thin=factor), [where[1] + n * DAY for n in range(40)]
        return [Slot(day, minute) for day in days for minute in slots_on(plan, quiet, day)]

    everything, thinned = slots(1), slots(thin)
    if everything:
        first = everything.index(thinned[0])
        assert first < thin
        assert thinned == everything[first::thin]


def test_a_thinned_plan_is_not_silenced_by_quiet_hours_over_the_slots_it_would_keep() -> None:
    quiet = QuietHours(Minute(22 * 60), Minute(8 * 60))
    plan = a_plan(at(7 * 60, 12 * 60), thin=2)
    found = next_slot(plan, alice("Europe/Berlin", quiet), datetime(2026, 6, 1, tzinfo=UTC))
    assert found is not None
    assert found[0].minute == 12 * 60


@given(anywhere(), plans, quiets, outages)
def test_an_outage_folds_into_the_latest_slot_if_it_is_fresh(
    where: tuple[str, date], idle: Plan, quiet: QuietHours, outage: int
) -> None:
    who = alice(where[0], quiet)
    plan = rescheduled(idle, who, instant_of(where[1], 0, ZoneInfo("UTC")))
    if plan.next_due_at is None:
        return
    now = plan.next_due_at + outage * MINUTE
    used = fold_outage(plan, who, now)
    since = max(plan.next_due_at, now - DAY) - timedelta(seconds=1)
    due_by_now = list(every_slot(plan, who, since, now))
    fresh = [found for found in due_by_now if now < expiry(plan.topic, who, found[1])]
    assert (used and used[:2]) == (due_by_now[-1] if fresh else None)
    assert used is None or used.expires_at == expiry(plan.topic, who, used.due_at)
    onward = rescheduled(plan, who, now)
    assert onward.next_due_at is None or onward.next_due_at > now
    assert rescheduled(onward, who, now) == onward
    assert fold_outage(onward, who, now) is None


def test_a_slot_as_old_as_asked_for_is_too_old() -> None:
    plan, due = a_plan(at(540)), datetime(2026, 6, 1, 9, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert latest_slot(plan, alice("UTC"), due + hour, hour) is None
    found = latest_slot(plan, alice("UTC"), due + hour - timedelta(seconds=1), hour)
    assert found == (Slot(due.date(), Minute(540)), due)


@given(anywhere(), minutes)
def test_the_next_showing_of_a_time_is_ahead_and_within_two_days(
    where: tuple[str, date], minute: Minute
) -> None:
    now = datetime(where[1].year, where[1].month, where[1].day, 11, 7, tzinfo=UTC)
    assert now < next_time(minute, ZoneInfo(where[0]), now) <= now + 2 * DAY


def test_a_daily_time_in_a_gap_comes_once_at_the_end_of_the_gap() -> None:
    berlin = alice("Europe/Berlin")
    after = datetime(2026, 3, 28, 12, tzinfo=UTC)
    slots = list(every_slot(a_plan(at(150)), berlin, after, after + 2 * DAY))
    assert [due for _, due in slots] == [
        datetime(2026, 3, 29, 1, tzinfo=UTC),  # 02:30 does not exist; the clocks show 03:00
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    ]


def test_a_time_shown_twice_fires_at_its_first_showing_alone() -> None:
    after = datetime(2026, 10, 24, 12, tzinfo=UTC)
    slots = every_slot(a_plan(at(150)), alice("Europe/Berlin"), after, after + DAY)
    assert [due for _, due in slots] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_a_night_window_follows_the_weekday_on_which_it_started() -> None:
    friday_night = a_plan(Every(120, Minute(22 * 60), Minute(3 * 60)), days=frozenset({4}))
    after = datetime(2026, 7, 1, tzinfo=UTC)
    slots = [slot for slot, _ in every_slot(friday_night, alice("UTC"), after, after + 7 * DAY)]
    friday, saturday = date(2026, 7, 3), date(2026, 7, 4)
    assert slots == [
        Slot(friday, Minute(1320)), Slot(saturday, Minute(0)), Slot(saturday, Minute(120)),
    ]  # fmt: skip


def test_beyond_keeps_a_slot_from_coming_back_after_the_clock_was_set_back() -> None:
    plan, who = a_plan(at(540)), alice("UTC")
    yesterday, used = datetime(2026, 6, 1, tzinfo=UTC), Slot(date(2026, 6, 3), Minute(540))
    found = next_slot(plan, who, yesterday, beyond=used)
    assert found is not None
    assert found[0] == Slot(date(2026, 6, 4), Minute(540))


def test_times_all_in_quiet_hours_and_no_active_day_are_never_due() -> None:
    night = alice("UTC", QuietHours(Minute(1320), Minute(480)))
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert next_slot(a_plan(at(0, 1400)), night, now) is None
    assert next_slot(a_plan(at(600), days=frozenset()), night, now) is None


def test_a_rare_weekday_thinned_to_an_eighth_is_still_found() -> None:
    plan = a_plan(at(540), days=frozenset({2}), thin=8)
    first = next_slot(plan, alice("Asia/Tokyo"), datetime(2026, 6, 1, tzinfo=UTC))
    assert first is not None
    second = next_slot(plan, alice("Asia/Tokyo"), first[1])
    assert second is not None
    assert second[1] - first[1] == timedelta(weeks=8)


def test_what_is_left_of_a_tip_ends_where_quiet_hours_start() -> None:
    who = alice("UTC", QuietHours(Minute(1320), Minute(480)))
    late = datetime(2026, 6, 1, 21, 40, tzinfo=UTC)
    assert expiry(Topic.MOVEMENT, who, late) == late + timedelta(minutes=20)
    assert expiry(Topic.MOVEMENT, alice("UTC"), late) == late + SHELF_LIFE[Topic.MOVEMENT]


def test_a_slot_that_quiet_hours_overtook_is_not_used() -> None:
    who = alice("UTC", QuietHours(Minute(1320), Minute(480)))
    plan = rescheduled(a_plan(at(1300)), who, datetime(2026, 6, 1, tzinfo=UTC))
    before, after = (datetime(2026, 6, 1, hour, tzinfo=UTC) - MINUTE for hour in (22, 23))
    used = fold_outage(plan, who, before)
    assert used is not None
    assert used[:2] == (plan.next_slot, plan.next_due_at)
    assert fold_outage(plan, who, after - timedelta(minutes=30)) is None


def test_a_pause_without_an_end_waits_for_nothing() -> None:
    plan, who = a_plan(at(540)), alice("UTC")
    paused = Subscriber(id=ALICE, chat_id=ALICE, paused_until=FOREVER)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    waiting = rescheduled(plan, who, now)
    assert waiting.next_due_at == datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert rescheduled(waiting, paused, now).next_due_at is None


def test_default_times_spread_evenly_and_stay_the_same() -> None:
    offsets = [spread_minutes(SubscriberId(n), Topic.SLEEP, 30) for n in range(30_000)]
    assert offsets == [spread_minutes(SubscriberId(n), Topic.SLEEP, 30) for n in range(30_000)]
    counts = [offsets.count(minute) for minute in range(30)]
    assert sum(counts) == len(offsets)
    assert max(counts) < 1.2 * min(counts)


@pytest.mark.parametrize("topic", list(Topic))
def test_every_topic_has_a_shelf_life_shorter_than_a_day(topic: Topic) -> None:
    assert timedelta(minutes=15) < SHELF_LIFE[topic] < DAY
