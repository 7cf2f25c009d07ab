"""From due to sent, once, whatever breaks on the way."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from tests.delivery.couriers import LATER, RULES, S, courier, settled, town_has, until, working
from tests.delivery.house import Flickering, Neighbourhood, words
from tests.delivery.post import DOUBTS, ClosedDoor, Post, Watched, new_home
from tests.store.house import with_person, with_plans
from tipbot.core.model import Delivery, DeliveryState, Minute, Presence, QuietHours, Topic
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import LEASE
from tipbot.delivery.sender import Message, Sender
from tipbot.web.metrics import Metrics


async def test_everyone_who_is_due_gets_one_message(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    people = range(1, 121)
    await town.move_in(*people)
    await town.fall_due(*people)
    async with working(courier(town, sender)):
        await until(lambda: settled(town))
    assert sorted(chat for chat, _ in office.taken) == list(people)
    assert await town.counts() == {"sent": 120}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("blocked", S.UNREACHABLE),
        ("no chat", S.UNREACHABLE),
        ("bad markup", S.FAILED),
        *((word, S.UNKNOWN) for word in DOUBTS),
    ],
)
async def test_a_failure_ends_one_delivery_and_no_other(
    town: Neighbourhood, post: Post, word: str, state: DeliveryState
) -> None:
    office, sender = post
    await town.move_in(1, 2, 3)
    await town.fall_due(1, 2, 3)
    office.script[2] = [word]
    async with working(courier(town, sender)):
        await until(lambda: settled(town))
        town.clock.move(LATER)
        await asyncio.sleep(0.1)
    assert await town.counts() == {"sent": 2, state.value: 1}
    assert [form["chat_id"] for form in office.forms].count("2") == 1, "nothing was sent again"


async def test_someone_who_blocked_the_bot_is_left_alone(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    await town.fall_due(1, day=1)
    office.script[1] = ["blocked"]
    async with working(courier(town, sender)):
        await until(lambda: settled(town))
    person = await town.store.subscriber(town.plans[1].subscriber)
    assert person is not None
    assert person.presence is Presence.BLOCKED
    assert await town.counts() == {"unreachable": 2}
    assert len(office.forms) == 1


async def test_a_flood_is_waited_out_and_the_message_sent_then(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1, 2)
    await town.fall_due(1)
    office.script[1] = ["flood"]
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with working(courier(town, sender)):
        await until(lambda: town_has(town, S.RETRY))
        await town.fall_due(2)
        await until(lambda: office.took(2))
        assert loop.time() - began >= 1, "everybody waits"
        town.clock.move(LATER)
        await until(lambda: office.took(1))
    assert await town.counts() == {"sent": 2}
    assert office.took(1) == 1


async def test_a_refused_connection_is_simply_tried_again(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    async with working(courier(town, ClosedDoor(sender, 1))):
        await until(lambda: town_has(town, S.RETRY))
        town.clock.move(LATER)
        await until(lambda: settled(town) if office.taken else False)
    assert await town.counts() == {"sent": 1}
    assert office.took(1) == 1


async def test_a_chat_that_moved_is_followed(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    office.script[1] = ["moved"]
    async with working(courier(town, sender)):
        await until(lambda: town_has(town, S.RETRY))
        town.clock.move(LATER)
        await until(lambda: office.taken)
    assert [chat for chat, _ in office.taken] == [new_home(1)]
    assert await town.counts() == {"sent": 1}


async def test_a_chat_that_cannot_be_followed_still_gets_its_verdict(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    office.script[1] = ["moved"]

    class Broken(Flickering):
        async def move_chat(self, *_: int) -> None:
            message = "no such column"
            raise RuntimeError(message)

    with capture_logs() as logs:
        async with working(courier(town, sender, store=Broken(town.store))):
            await until(lambda: town_has(town, S.RETRY))
    assert "chat_not_followed" in [each["event"] for each in logs]


async def test_a_topic_may_rather_arrive_twice_than_never(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    office.script[1] = ["drop after"]
    rules = replace(RULES, resend_doubtful=lambda topic: topic is Topic.HYDRATION)
    async with working(courier(town, sender, rules=rules)):
        await until(lambda: town_has(town, S.RETRY))
        town.clock.move(LATER)
        await until(lambda: office.took(1) == 2)
    assert await town.counts() == {"sent": 1}


async def test_a_text_that_cannot_be_rendered_fails_alone(town: Neighbourhood, post: Post) -> None:
    office, sender = post

    def fragile(delivery: Delivery, _: object) -> Message | None:
        if delivery.subscriber.chat_id == 2:
            message = "no such text"
            raise KeyError(message)
        return None if delivery.subscriber.chat_id == 3 else words(delivery)

    await town.move_in(1, 2, 3)
    await town.fall_due(1, 2, 3)
    with capture_logs():
        async with working(courier(town, sender, rules=replace(RULES, render=fragile))):
            await until(lambda: settled(town))
    assert await town.counts() == {"sent": 1, "failed": 1, "expired": 1}
    assert office.took(1) == 1
    assert len(office.forms) == 1


async def test_what_is_no_longer_wanted_is_not_sent(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1, 2)
    await town.fall_due(1, 2)
    switched_off = replace(town.plans[1], enabled=False)
    await town.store.revise(switched_off.subscriber, with_plans(switched_off))
    night = QuietHours(Minute(0), Minute(10 * 60))
    await town.store.revise(town.plans[2].subscriber, with_person(quiet=night))
    metrics = Metrics(version="1", database="sqlite")
    async with working(courier(town, sender, measures=metrics)):
        await until(lambda: town_has(town, S.EXPIRED))
        assert await town.counts() == {"expired": 1, "pending": 1}, "one waits for the morning"
        town.clock.move(timedelta(hours=1))
        await until(lambda: office.took(2))
    assert await town.counts() == {"expired": 1, "sent": 1}
    assert not office.took(1)
    for state, count in {"expired": 1, "sent": 1}.items():
        shown = metrics.registry.get_sample_value("tipbot_delivery_records_total", {"state": state})
        assert shown == count


async def test_one_chat_gets_its_messages_one_after_the_other(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    office.delay = 0.05
    await town.move_in(1)
    for day in range(3):
        await town.fall_due(1, day=day)
        town.clock.move(timedelta(seconds=1))
    couriers = [courier(town, sender, worker=f"w{n}") for n in range(2)]
    async with working(*couriers):
        await until(lambda: office.took(1) == 3)
        await until(lambda: settled(town))
    assert office.most_under_way == 1
    numbers = [int(text.split(":")[0]) for _, text in office.taken]
    assert numbers == sorted(numbers)


async def test_two_couriers_share_the_work_and_send_nothing_twice(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    office.delay = 0.01
    people = range(1, 201)
    await town.move_in(*people)
    await town.fall_due(*people)
    by: dict[str, int] = {"w1": 0, "w2": 0}

    def counting(worker: str) -> Sender:
        async def count(_: Message) -> None:
            by[worker] += 1

        return Watched(sender, count)

    async with working(*(courier(town, counting(each), worker=each) for each in by)):
        await until(lambda: settled(town))
    assert sorted(chat for chat, _ in office.taken) == list(people)
    assert await town.counts() == {"sent": 200}
    assert all(by.values()), "both had a share"


async def test_a_wait_longer_than_the_lease_makes_no_second_turn_of_one_delivery(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1, 2)
    await town.fall_due(1, 2)
    pacer = Pacer(1000)
    pacer.flooded(timedelta(hours=1))
    waiting = courier(town, sender, pacer=pacer)
    async with working(waiting):
        await until(lambda: waiting.in_hand == 2)
        for _ in range(5):
            town.clock.move(LEASE + timedelta(seconds=1))
            await asyncio.sleep(0.05)
        assert (waiting.in_hand, pacer.waiting) == (2, 2)
    assert office.taken == []
    assert await town.counts() == {"pending": 2}


@pytest.mark.parametrize(("rate", "pause"), [(1000, 0.08), (30, 0.1)])
async def test_more_is_planned_at_leisure_only_while_there_is_enough_in_hand(
    town: Neighbourhood, post: Post, rate: int, pause: float
) -> None:
    """A quarter faster than they are sent, and a thousand a second at least."""
    _, sender = post
    await town.move_in(1, 2)
    pacer = Pacer(rate)
    pacer.flooded(timedelta(hours=1))
    waiting = courier(town, sender, pacer=pacer, batch=2)
    async with working(waiting):
        assert waiting.not_needed_for(100) == 0.0
        await town.fall_due(1, 2)
        waiting.nudge()
        await until(lambda: waiting.in_hand == 2)
        assert waiting.not_needed_for(100) == pause


async def test_a_nudge_is_answered_at_once(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    sleepy = courier(town, sender, idle=60)
    await town.move_in(1)
    async with working(sleepy):
        await asyncio.sleep(0.05)
        await town.fall_due(1)
        sleepy.nudge()
        await until(lambda: office.taken)


async def test_no_more_is_in_doubt_than_what_is_in_flight(town: Neighbourhood, post: Post) -> None:
    """Intents are committed at the pace of sending, not by the batch."""
    office, sender = post
    await town.move_in(*range(1, 51))
    await town.fall_due(*range(1, 51))
    most = 0

    async def look(_: Message) -> None:
        nonlocal most
        counts = await town.counts()
        most = max(most, counts.get("sending", 0))

    async with working(courier(town, Watched(sender, look), pacer=Pacer(50))):
        await until(lambda: settled(town))
    assert len(office.taken) == 50
    assert most <= 25, "half of the batch, on a busy machine; all of it if intents ran ahead"


async def test_what_a_sent_tip_leads_to_comes_after_its_record_and_fails_alone(
    town: Neighbourhood, post: Post
) -> None:
    _, sender = post
    seen: list[DeliveryState] = []

    async def after_sent(delivery: Delivery) -> None:
        kept = await town.store.delivery(delivery.id, delivery.subscriber.id)
        assert kept is not None
        seen.append(kept.state)
        raise RuntimeError

    await town.move_in(1, 2)
    await town.fall_due(1, 2)
    async with working(courier(town, sender, rules=replace(RULES, after_sent=after_sent))):
        await until(lambda: len(seen) == 2)
    assert seen == [S.SENT, S.SENT]
    assert await town.counts() == {"sent": 2}
