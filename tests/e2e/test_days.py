"""Tips over whole days: at the right local minute, across a change of the clocks and outages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.world import (
    AUCKLAND,
    BERLIN,
    DID_IT,
    Start,
    World,
    labels_of,
    tap_like,
    tips_of,
    until,
    who,
)
from tipbot.core.enrolment import Enrolment, with_quiet
from tipbot.core.model import (
    NO_QUIET_HOURS,
    AtTimes,
    Delivery,
    DeliveryState,
    Every,
    Minute,
    Plan,
    Slot,
    Topic,
)
from tipbot.core.plans import with_times
from tipbot.core.presets import Preset
from tipbot.sandbox import Person

THURSDAY = datetime(2026, 3, 26, 23, 30, tzinfo=UTC)
"""Half past midnight on Friday in Berlin, where the clocks go forward in the night to Sunday."""
WEDNESDAY_NOON = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
"""Noon in Berlin."""
Moments = list[tuple[Topic, datetime]]


def minutes_of(plan: Plan) -> Iterator[int]:
    if isinstance(plan.schedule, AtTimes):
        yield from plan.schedule.minutes
    elif isinstance(plan.schedule, Every):
        yield from range(plan.schedule.start, plan.schedule.end + 1, plan.schedule.step)


def promised(kept: Enrolment, after: datetime, until: datetime) -> Moments:
    """Return what the person's settings promise, in UTC, reckoned from the wall clock alone."""
    zone, found = ZoneInfo(kept.subscriber.zone), []
    first = after.astimezone(zone).date()
    for plan in kept.plans:
        for day in (first + timedelta(days=n) for n in range((until - after).days + 2)):
            if plan.enabled and day.weekday() in plan.days:
                found += [(plan.topic, at(day, minute, zone)) for minute in minutes_of(plan)]
    return sorted(each for each in found if after < each[1] <= until)


def at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return wall.astimezone(UTC)


async def received(world: World, person: Person) -> Moments:
    """Return what came, each at the minute at which its message was sent."""
    sent_at = {m["message_id"]: datetime.fromtimestamp(m["date"], UTC) for m in person.from_bot}
    return sorted(
        (each.topic, sent_at[each.message_id or 0].replace(second=0))
        for each in await world.deliveries(person)
        if each.state is DeliveryState.SENT
    )


async def react(person: Person) -> None:
    """Tap 'Did it' on the newest tip, as someone who reads their tips; silence halves the rate."""
    for tip in tips_of(person)[-1:]:
        if DID_IT in labels_of(tip):
            await person.taps(DID_IT, message_id=tip["message_id"])


async def test_every_preset_keeps_its_local_times_while_the_clocks_change(world_at: Start) -> None:
    world = await world_at(THURSDAY)
    people = [
        await world.enrolled(f"{preset} {zone}", preset, zone)
        for preset in Preset
        for zone in (AUCKLAND, BERLIN)
    ]
    kept = [await world.enrolment(person) for person in people]

    async def all_react() -> None:
        for person in people:
            await react(person)

    start, end = world.clock(), THURSDAY + timedelta(days=3)
    await world.live_until(end, all_react)
    for person, enrolment in zip(people, kept, strict=True):
        came = await received(world, person)
        assert came == promised(enrolment, start, end)
        zone = ZoneInfo(enrolment.subscriber.zone)
        assert all(8 <= moment.astimezone(zone).hour < 22 for _, moment in came)
        texts = [tip["text"] for tip in tips_of(person)]
        assert len(texts) == len(set(texts)), "a tip came back before its topic was through"
    offsets = {m.astimezone(ZoneInfo(BERLIN)).utcoffset() for _, m in await received(world, person)}
    assert len(offsets) == 2, "the change of the clocks was not lived through"


async def test_a_time_that_the_clocks_skip_comes_right_after_the_gap(world_at: Start) -> None:
    world = await world_at(datetime(2026, 3, 28, 20, 0, tzinfo=UTC))
    bob = await world.enrolled("Bob")
    now = world.clock()
    await world.running.store.revise(who(bob), lambda kept: with_quiet(kept, NO_QUIET_HOURS, now))
    half_past_two = [150]
    await world.running.store.revise(
        who(bob), lambda kept: with_times(kept, Topic.RELAXATION, half_past_two, now)
    )
    await world.live_until(datetime(2026, 3, 29, 2, 0, tzinfo=UTC), lambda: react(bob))
    gap_ends = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    came = [m for topic, m in await received(world, bob) if topic is Topic.RELAXATION]
    assert came == [gap_ends]


async def test_after_an_outage_at_most_one_fresh_tip_of_a_topic_comes(world_at: Start) -> None:
    world = await world_at(WEDNESDAY_NOON)
    bob = await world.enrolled("Bob", Preset.DESK_DAY)
    breaks = (await world.enrolment(bob)).plan(Topic.SCREEN_BREAK).schedule
    assert isinstance(breaks, Every)
    today, zone = date(2026, 3, 4), ZoneInfo(BERLIN)
    second_break = at(today, breaks.start + 2 * breaks.step, zone)
    back = second_break + timedelta(minutes=10)
    world.clock.move_to(back - timedelta(hours=3))
    await world.settle()
    before = len(tips_of(bob))
    await world.stop()
    world.clock.move_to(back)
    await world.start()
    await world.settle()
    fresh = tips_of(bob)[before:]
    newest = (await world.deliveries(bob))[-1]
    assert len(fresh) == 1
    assert newest.topic is Topic.SCREEN_BREAK
    assert newest.slot == Slot(today, Minute(breaks.start + 2 * breaks.step))
    await world.live_until(back + timedelta(minutes=50), lambda: react(bob))
    assert len(tips_of(bob)) == before + 1, "water at one o'clock is stale and never comes"


async def test_after_a_long_outage_nothing_of_it_is_made_up_for(world_at: Start) -> None:
    world = await world_at(WEDNESDAY_NOON)
    bob = await world.enrolled("Bob")
    await world.stop()
    morning = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    world.clock.move_to(morning)
    await world.start()
    await world.settle()
    assert bob.from_bot == []
    start, kept = world.clock(), await world.enrolment(bob)
    await world.live_until(morning + timedelta(hours=14), lambda: react(bob))
    assert await received(world, bob) == promised(kept, start, world.clock())


async def test_a_clock_that_ran_ahead_for_a_moment_silences_nobody(world_at: Start) -> None:
    world = await world_at(WEDNESDAY_NOON)
    bob = await world.enrolled("Bob", Preset.DESK_DAY)
    kept, start = await world.enrolment(bob), world.clock()
    world.travel(days=30)
    await world.settle()
    world.travel(days=-30)
    await world.settle()
    await world.live_until(start + timedelta(days=1), lambda: react(bob))
    assert [each for each in await received(world, bob) if each[1] <= world.clock()] == promised(
        kept, start, world.clock()
    )


async def test_quiet_hours_hold_back_even_what_waits_already(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await tap_like(bob, "Later")
    await tap_like(bob, "1 hour")
    now = world.clock()
    minute = now.astimezone(ZoneInfo(BERLIN))
    start = Minute(minute.hour * 60 + minute.minute + 30)
    quiet = replace(NO_QUIET_HOURS, start=start, end=Minute(start + 120))
    await world.running.store.revise(who(bob), lambda kept: with_quiet(kept, quiet, now))
    came = len(bob.from_bot)
    await world.live_until(now + timedelta(minutes=149), lambda: react(bob))
    assert len(bob.from_bot) == came


async def test_a_snoozed_tip_comes_once_however_often_it_was_put_off(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    tip = bob.last
    await tap_like(bob, "Later")
    await until(lambda: "⏰ 10 min" in bob.labels, "the choices are shown")
    first = bob.taps_at_once("⏰ 10 min")
    second = bob.taps_at_once("⏰ 10 min")
    await first.answered.wait()
    await second.answered.wait()
    assert "comes again at" in str((first.answer or {}).get("text"))
    world.travel(minutes=9)
    await world.settle()
    assert len(tips_of(bob)) == 1
    world.travel(minutes=2)
    await world.settle()
    assert [m["text"] for m in tips_of(bob)] == [tip["text"]] * 2
    world.travel(minutes=120)
    await world.settle()
    assert [m["text"] for m in tips_of(bob)].count(tip["text"]) == 2


async def test_a_pause_is_kept_and_ends_by_itself(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.asks("/settings")
    await tap_like(bob, "Pause")
    answer = await tap_like(bob, "1 day")
    assert answer["text"] == "Paused"
    paused_at, so_far = world.clock(), len(bob.from_bot)
    await world.live_until(paused_at + timedelta(hours=23), lambda: react(bob))
    assert len(bob.from_bot) == so_far
    await world.live_until(paused_at + timedelta(hours=30), lambda: react(bob))
    assert len(bob.from_bot) > so_far


async def test_stop_ends_everything_and_start_brings_it_back(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await tap_like(bob, "Later")
    await tap_like(bob, "10 min")
    await bob.asks("/stop")
    so_far = len(world.calls("sendMessage", bob.id))
    await world.live_until(world.clock() + timedelta(days=2), lambda: react(bob))
    assert len(world.calls("sendMessage", bob.id)) == so_far
    waiting = {DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.RETRY}
    assert waiting.isdisjoint(await world.states(bob))
    welcome = await bob.asks("/start")
    assert "Your messages are on again" in welcome["text"]
    world.clock.move_to(datetime(2026, 3, 7, 6, 0, tzinfo=UTC))
    kept, start = await world.enrolment(bob), world.clock()
    before = await world.deliveries(bob)
    await world.live_until(start + timedelta(hours=8), lambda: react(bob))
    assert len(await world.deliveries(bob)) - len(before) == len(
        promised(kept, start, world.clock())
    )


async def test_whoever_never_answers_is_sent_half_as_much_and_told_so(world: World) -> None:
    bob = await world.enrolled("Bob")

    async def stay_silent() -> None:
        pass

    await world.live_until(world.clock() + timedelta(days=4), stay_silent)
    told = [m for m in tips_of(bob) if "half as many" in m["text"]]
    assert len(told) == 1
    assert tips_of(bob).index(told[0]) == 3
    later = [d for d in await world.deliveries(bob) if is_tip(d)][4:]
    days = {d.slot.date for d in later}
    assert len(later) <= 2 * (len(days) + 2)


def is_tip(delivery: Delivery) -> bool:
    return delivery.tip is not None
