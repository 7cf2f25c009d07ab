"""Announcements on their way: whatever breaks, nobody gets one twice, and tips go first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.delivery.couriers import kill, until
from tests.delivery.house import Flickering, Neighbourhood, nothing_more
from tests.delivery.post import DOUBTS, Post, Watched
from tipbot.core.announcements import Announcement, AnnouncementState
from tipbot.core.audit import Act, Deed
from tipbot.core.model import AnnouncementId, Delivery, SubscriberId
from tipbot.core.schedule import allowed_now, resend_doubtful
from tipbot.delivery.announce import announcement_tick
from tipbot.delivery.attempt import Rules
from tipbot.delivery.budget import Lane
from tipbot.delivery.rate import Pacer
from tipbot.delivery.send import LEASE, Courier
from tipbot.delivery.sender import Message, Sender

OWNER = SubscriberId(900)


def words(delivery: Delivery, _: object) -> Message:
    said = delivery.notice.body if delivery.notice else f"tip {delivery.id}"
    return Message(chat_id=delivery.subscriber.chat_id, text=said)


RULES = Rules(
    render=words, allow=allowed_now, resend_doubtful=resend_doubtful, after_sent=nothing_more
)


def courier(
    town: Neighbourhood, sender: Sender, pacer: Pacer, worker: str, lane: Lane = Lane.ANNOUNCEMENT
) -> Courier:
    return Courier(
        town.store, sender, RULES, clock=town.clock, pacer=pacer, worker=worker, idle=0.02,
        batch=20, lane=lane,
    )  # fmt: skip


async def started(town: Neighbourhood) -> AnnouncementId:
    act = Act(by=OWNER, name="Olga", deed=Deed.ANNOUNCED, at=town.clock())
    which = await town.store.save_draft("News", None, "m1", act)
    assert await town.store.start_announcement(which, 1, act) is not None
    return which


async def stopped(town: Neighbourhood, which: AnnouncementId) -> None:
    act = Act(by=OWNER, name="Olga", deed=Deed.STOPPED_ANNOUNCEMENT, at=town.clock())
    assert await town.store.stop_announcement(which, act) is not None


async def read(town: Neighbourhood, which: AnnouncementId) -> Announcement:
    found = await town.store.announcement(which)
    assert found is not None
    return found


@asynccontextmanager
async def working(town: Neighbourhood, *couriers: Courier) -> AsyncIterator[None]:
    """Run couriers, and the tick that prepares and finishes."""
    tick = announcement_tick(town.store, couriers[0], town.clock)

    async def tend() -> None:
        while True:
            await tick.work()
            await asyncio.sleep(0.01)

    running = [asyncio.create_task(each.run()) for each in couriers]
    tending = asyncio.create_task(tend())
    try:
        yield
    finally:
        tending.cancel()
        await asyncio.gather(*(each.stop() for each in couriers))
        await asyncio.wait_for(asyncio.gather(*running), 5)


async def over(town: Neighbourhood, which: AnnouncementId) -> bool:
    return (await read(town, which)).settled


async def put_off(town: Neighbourhood) -> bool:
    return "retry" in await town.counts()


async def test_everyone_gets_it_once(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    people = range(1, 301)
    await town.move_in(*people)
    which = await started(town)
    pacer = Pacer(2000)
    async with working(town, *(courier(town, sender, pacer, f"a{n}") for n in range(3))):
        await until(lambda: over(town, which))
    assert sorted(chat for chat, _ in office.taken) == list(people)
    assert {text for _, text in office.taken} == {"News"}
    assert (await read(town, which)).figures.sent == 300


async def test_every_fault_ends_one_copy_and_is_counted(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(*range(1, 31))
    for chat, word in enumerate(DOUBTS, start=1):
        office.script[chat] = [word]
    office.script |= {10: ["blocked"], 11: ["no chat"], 12: ["bad markup"]}
    which = await started(town)
    async with working(town, courier(town, sender, Pacer(1000), "a1")):
        await until(lambda: over(town, which))
    figures = (await read(town, which)).figures
    assert (figures.unknown, figures.unreachable, figures.failed) == (len(DOUBTS), 2, 1)
    assert figures.sent == 30 - len(DOUBTS) - 3
    assert max(Counter(chat for chat, _ in office.taken).values()) == 1


async def test_a_flood_is_waited_out_and_nobody_is_left_out(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(*range(1, 11))
    office.script[3] = ["flood"]
    which = await started(town)
    async with working(town, courier(town, sender, Pacer(1000), "a1")):
        await until(lambda: put_off(town))
        town.clock.move(timedelta(seconds=5))
        await until(lambda: over(town, which))
    assert (await read(town, which)).figures.sent == 10


async def all_waits(town: Neighbourhood, which: AnnouncementId) -> bool:
    """Tell whether everybody's is prepared, at least."""
    figures = (await read(town, which)).figures
    return figures.waiting + figures.over == figures.heads


async def test_a_stop_leaves_the_rest_unsent(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    office.delay = 0.05
    await town.move_in(*range(1, 201))
    which = await started(town)
    async with working(town, courier(town, sender, Pacer(200), "a1")):
        await until(lambda: len(office.taken) >= 10)
        await until(lambda: all_waits(town, which))
        await stopped(town, which)
        taken = len(office.forms)
        await until(lambda: over(town, which))
        assert len(office.forms) <= taken + 20
    found = await read(town, which)
    assert found.state is AnnouncementState.STOPPED
    assert found.figures.sent == len(office.taken)
    assert found.figures.sent + found.figures.expired == 200


async def test_a_dead_worker_leaves_doubts_and_no_double(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    office.delay = 0.02
    await town.move_in(*range(1, 101))
    which = await started(town)
    doomed = courier(town, sender, Pacer(300), "a1")
    running = asyncio.create_task(doomed.run())
    tick = announcement_tick(town.store, doomed, town.clock)
    await tick.work()
    await until(lambda: len(office.taken) >= 20)
    await kill(doomed, running)
    town.clock.move(LEASE * 3)
    await town.store.sweep(town.clock(), timedelta(minutes=2))
    async with working(town, courier(town, sender, Pacer(1000), "a2")):
        await until(lambda: over(town, which))
    figures = (await read(town, which)).figures
    took = Counter(chat for chat, _ in office.taken)
    assert max(took.values()) == 1
    assert figures.sent + figures.unknown == 100
    assert 100 - len(took) <= figures.unknown <= 20


async def test_a_store_that_flickers_loses_and_doubles_nothing(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(*range(1, 41))
    which = await started(town)
    real = town.store
    town.store = Flickering(real, claim_announced=2, begin_sending=2, record=2)
    async with working(town, courier(town, sender, Pacer(1000), "a1")):
        await until(lambda: over(town, which))
    town.store = real
    assert Counter(chat for chat, _ in office.taken) == Counter(range(1, 41))


async def test_tips_overtake_an_announcement(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(*range(1, 301))
    which = await started(town)
    pacer, sent = Pacer(300), asyncio.Event()

    async def watch(_: Message) -> None:
        sent.set()

    announcer = courier(town, Watched(sender, watch), pacer, "a1")
    tips = courier(town, sender, pacer, "w1", Lane.TIP)
    async with working(town, announcer, tips):
        await sent.wait()
        await town.fall_due(*range(281, 301))
        tips.nudge()
        await until(lambda: over(town, which))
    order = ["tip" if text.startswith("tip") else "news" for _, text in office.taken]
    last_tip = len(order) - 1 - order[::-1].index("tip")
    assert order.count("tip") == 20
    assert order[:last_tip].count("news") < 150
    assert order.count("news") == 300
