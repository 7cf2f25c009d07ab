"""Bad days: refusals, floods, broken connections, a server that fails, a second poller."""

import asyncio
from datetime import timedelta

import aiohttp

from tests.e2e.world import DID_IT, TOKEN, TWITCH, World, tips_of, until, who
from tipbot.core.model import DeliveryState, Presence
from tipbot.program.receiving import SECOND_POLLER
from tipbot.sandbox import Person
from tipbot.sandbox.faults import Fault, FaultKind


def tip_fails(world: World, kind: FaultKind, **more: float) -> None:
    world.sandbox.faults.add(Fault(kind=kind, method="sendMessage", **more))  # type: ignore[arg-type]  # seconds alone


async def last_state(world: World, person: Person) -> DeliveryState:
    return (await world.states(person))[-1]


async def test_whoever_blocked_the_bot_is_left_alone_until_they_return(world: World) -> None:
    bob = await world.enrolled("Bob")
    bob.chat.blocked = True  # Telegram has not told of it yet, or its update was lost
    await world.travel_to_next_due()
    await world.settle()
    assert await last_state(world, bob) is DeliveryState.UNREACHABLE
    assert (await world.subscriber(bob)).presence is Presence.BLOCKED
    tried = len(world.calls("sendMessage", bob.id))
    world.travel(days=2)
    await world.settle()
    assert len(world.calls("sendMessage", bob.id)) == tried == 1
    bob.unblocks()
    await world.until_presence(bob, Presence.ACTIVE)
    await world.settle()
    assert tips_of(bob) == [], "missed slots stay missed"
    await world.travel_to_next_due()
    await world.settle()
    assert len(tips_of(bob)) == 1


async def test_a_block_that_telegram_tells_of_ends_what_waits(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    bob.blocks()
    await world.until_presence(bob, Presence.BLOCKED)
    sent = len(world.calls("sendMessage", bob.id))
    world.travel(days=1)
    await world.settle()
    assert len(world.calls("sendMessage", bob.id)) == sent


async def test_one_person_who_is_gone_holds_up_nobody_else(world: World) -> None:
    gone = [await world.enrolled(f"Gone {number}") for number in range(5)]
    here = [await world.enrolled(f"Here {number}") for number in range(5)]
    for person in gone:
        person.chat.blocked = True

    async def nobody_taps() -> None:
        pass

    await world.live_until(world.clock() + timedelta(days=1), nobody_taps)
    states = {await last_state(world, person) for person in gone}
    assert states == {DeliveryState.UNREACHABLE}
    assert all(len(tips_of(person)) == 4 for person in here)


async def test_a_tip_that_meets_a_flood_waits_and_is_sent_once(world: World) -> None:
    bob = await world.enrolled("Bob")
    tip_fails(world, "flood", seconds=1)
    loop = asyncio.get_running_loop()
    await world.travel_to_next_due()
    began = loop.time()
    await world.settle()
    await until(lambda: bool(tips_of(bob)), "the tip has come")
    assert loop.time() - began >= 1
    assert [call.status for call in world.calls("sendMessage", bob.id)] == [429, 200]
    assert len(tips_of(bob)) == 1


async def test_while_nobody_answers_the_phone_a_tip_waits_and_is_sent_once(world: World) -> None:
    bob = await world.enrolled("Bob")
    await until(lambda: bool(world.calls("setMyShortDescription")), "the program is up")
    await world.sandbox.stop()
    await world.travel_to_next_due()
    await world.tick()
    await world.until_state(bob, DeliveryState.RETRY)
    await world.sandbox.start()
    await until(lambda: bool(tips_of(bob)), "the tip has come")
    await world.until_state(bob, DeliveryState.SENT)
    assert len(world.calls("sendMessage", bob.id)) == 1


async def test_what_broke_on_the_way_is_not_sent_twice_but_counted_as_in_doubt(
    world: World,
) -> None:
    bob = await world.enrolled("Bob")
    kinds: tuple[FaultKind, ...] = ("drop_before", "drop_after", "error")
    for kind in kinds:
        tip_fails(world, kind)
        await world.travel_to_next_due()
        await world.settle()
        assert await last_state(world, bob) is DeliveryState.UNKNOWN
    await world.tick("sweep")
    assert (await world.running.store.counts())["unknown"] == 3
    world.travel(minutes=20)
    await world.settle()
    assert len(world.calls("sendMessage", bob.id)) == 3
    assert len(tips_of(bob)) == 1, "only what broke after acceptance has arrived"


async def test_a_tap_on_a_tip_that_was_in_doubt_proves_that_it_arrived(world: World) -> None:
    bob = await world.enrolled("Bob")
    tip_fails(world, "drop_after")
    await world.travel_to_next_due()
    await world.settle()
    assert await last_state(world, bob) is DeliveryState.UNKNOWN
    await bob.taps(DID_IT)
    assert await last_state(world, bob) is DeliveryState.SENT


async def test_a_flood_on_a_reply_is_waited_for(world: World) -> None:
    bob = await world.enrolled("Bob")
    tip_fails(world, "flood", seconds=1)
    assert "What I can do" in (await bob.asks("/help"))["text"]


async def test_a_server_that_fails_on_a_reply_is_owned_up_to(world: World) -> None:
    bob = await world.enrolled("Bob")
    tip_fails(world, "error")
    assert "What you sent did reach me" in (await bob.asks("/help"))["text"]
    assert "What I can do" in (await bob.asks("/help"))["text"]


async def test_a_second_poller_is_told_plainly_and_survived(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    url = f"{world.sandbox.url}/bot{TOKEN}/getUpdates"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data={"timeout": "1"}) as other,
    ):
        await other.read()
    await until(lambda: bool(world.said), "the owner is told")
    assert world.said == [SECOND_POLLER]
    assert "Logged" in (await bob.taps(TWITCH))["text"]


async def test_polling_goes_on_after_the_server_was_away(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await world.sandbox.stop()
    tap = bob.taps_at_once(TWITCH)
    await world.sandbox.start()
    async with asyncio.timeout(10):
        await tap.answered.wait()
    today = world.clock().date()
    assert len(await world.running.store.check_ins(who(bob), today, today)) == 1
