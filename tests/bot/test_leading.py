"""A session's message changes by itself: on time, once, and wherever the program was in between."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.request import RequestData

from tests.bot.chat import Person
from tests.bot.leads import SECOND, begins, lead
from tests.bot.telegram import Telegram, Wire
from tipbot.bot.answers import FloodError
from tipbot.core.relief import Technique, length
from tipbot.core.sessions import SessionId
from tipbot.store.base import StoreUnavailableError

WHOLE = length(Technique.BREATHING).total_seconds()
EVERY_START = [
    (name, start)
    for name in ("Breathing", "Jaw", "Warm compress", "Gentle massage", "Eye squeezes")
    for start in ("▶️ Start", "Start slower", "Start faster")
]
GONE = (400, "Bad Request: message to edit not found")


class Held(Wire):
    """A network on which calls for one chat stand still until they are let go."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(telegram)
        self.chat: int | None = None
        self.arrived, self.let_go = asyncio.Event(), asyncio.Event()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> tuple[int, bytes]:
        sent = request_data.json_parameters if request_data else {}
        if sent.get("chat_id") == str(self.chat):
            self.arrived.set()
            await self.let_go.wait()
        return await super().do_request(url, method, request_data, *args, **kwargs)


class Flooded(Wire):
    """A network on which Telegram has had enough for seven seconds."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        raise FloodError(timedelta(seconds=7))


async def test_a_session_is_led_from_the_first_step_to_the_question(alice: Person) -> None:
    await begins(alice, "Breathing")
    shown = await lead(alice.chat).goes_on(WHOLE + 1)
    assert len(shown) == 19
    for number, text in enumerate(shown[:18]):
        assert f"Round {number // 3 + 1} of 6" in text
        assert ("Breathe in", "Hold", "Breathe out")[number % 3] in text
    assert "That was it." in alice.screen
    assert "Did it help?" in alice.screen
    assert len([m for m in alice.said if "Did it help?" in m.text]) == 1


async def test_each_step_is_shown_when_it_begins(alice: Person) -> None:
    await begins(alice, "Breathing")
    led, begun = lead(alice.chat), alice.chat.clock()
    await led.goes_on(WHOLE + 1)
    moments = [(at - begun).total_seconds() for at in led.edits]
    assert moments[:7] == [6, 10, 12, 18, 22, 24, 30]
    assert moments[-1] == WHOLE


@pytest.mark.parametrize(("name", "start"), EVERY_START)
async def test_no_chat_gets_more_than_one_edit_a_second(
    alice: Person, name: str, start: str
) -> None:
    await begins(alice, name, start)
    led = lead(alice.chat)
    await led.goes_on(310, every=0.25)
    assert "Did it help?" in alice.screen
    assert min(later - earlier for earlier, later in pairwise(led.edits)) >= SECOND


async def test_a_change_for_which_there_is_no_place_is_dropped_and_the_next_one_is_current(
    alice: Person,
) -> None:
    await begins(alice, "Breathing")
    led = lead(alice.chat)
    led.pace.free_at[alice.id] = alice.chat.clock() + timedelta(seconds=11)
    shown = await led.goes_on(11.5)
    assert len(shown) == 1
    assert "Hold" in shown[0]
    assert len(await led.goes_on(WHOLE)) == 17


async def test_a_restart_in_the_middle_goes_on_at_the_right_step(alice: Person) -> None:
    await begins(alice, "Breathing")
    await lead(alice.chat).goes_on(9)
    assert "Breathe in" in alice.screen
    alice.waits(seconds=14.2)
    again = await alice.chat.restart()
    led = lead(again)
    assert len(await led.tick()) == 1
    assert "Breathe in" not in alice.screen
    assert "Round 2 of 6" in alice.screen
    assert "Hold" in alice.screen
    assert await led.tick() == []


async def test_a_restart_repeats_no_edit(alice: Person) -> None:
    await begins(alice, "Breathing")
    await lead(alice.chat).goes_on(10)
    again = await alice.chat.restart()
    assert await lead(again).tick() == []


async def test_two_processes_make_each_change_once(alice: Person) -> None:
    await begins(alice, "Breathing")
    one, other = lead(alice.chat), lead(alice.chat)
    for _ in range(round(2 * WHOLE) + 2):
        alice.waits(seconds=0.5)
        await asyncio.gather(one.leader.tick(), other.leader.tick())
        await asyncio.gather(one.leader.drain(), other.leader.drain())
    texts = [call["text"] for call in alice.chat.telegram.made("editMessageText")]
    assert len(texts) == len(set(texts)) == 21
    assert "Did it help?" in alice.screen


async def test_after_a_long_outage_the_question_is_asked_but_not_the_next_day(
    alice: Person, bob: Person
) -> None:
    await begins(alice, "Breathing")
    alice.waits(minutes=50)
    led = lead(alice.chat)
    assert len(await led.tick()) == 1
    assert "Did it help?" in alice.screen
    await begins(bob, "Breathing")
    bob.waits(days=1)
    assert await led.tick() == []
    await bob.taps("Stop")
    assert "That was it." in bob.screen


async def test_a_session_whose_message_was_deleted_ends_quietly(alice: Person) -> None:
    await begins(alice, "Breathing")
    alice.said.clear()
    alice.waits(seconds=7)
    led = lead(alice.chat)
    with capture_logs() as logs:
        await led.tick()
        assert await led.goes_on(WHOLE) == []
    assert logs == []
    session = await alice.chat.store.relief_session(SessionId(1), alice.who)
    assert session is not None
    assert session.stopped


async def test_a_session_of_someone_who_blocks_the_bot_ends_quietly(alice: Person) -> None:
    await begins(alice, "Breathing")
    alice.chat.telegram.blocked_by.add(alice.id)
    led = lead(alice.chat)
    with capture_logs() as logs:
        assert len(await led.goes_on(WHOLE)) == 1
    assert logs == []


async def test_a_connection_that_drops_costs_one_change_but_never_the_question(
    alice: Person,
) -> None:
    await begins(alice, "Breathing")
    led = lead(alice.chat)
    alice.chat.telegram.refusals.append(("editMessageText", None, "reset"))
    await led.goes_on(6)
    assert "Sit or lie" in alice.screen
    await led.goes_on(4)
    assert "Hold" in alice.screen
    await led.goes_on(WHOLE - 10.5)
    alice.chat.telegram.refusals.append(("editMessageText", None, "reset"))
    await led.goes_on(1)
    assert "Did it help?" not in alice.screen
    await led.goes_on(10)
    assert "Did it help?" in alice.screen


async def test_a_flood_is_told_to_the_pace_and_nothing_is_tried_before_it_is_over(
    alice: Person,
) -> None:
    await begins(alice, "Breathing")
    led = lead(alice.chat, Flooded)
    alice.waits(seconds=6)
    assert await led.tick() == []
    assert led.pace.floods == [timedelta(seconds=7)]
    await led.goes_on(6.5)
    assert len(led.pace.floods) == 1
    await led.goes_on(2)
    assert len(led.pace.floods) == 2


async def test_one_slow_edit_holds_up_nobody_else_and_its_own_chat_gets_no_queue(
    alice: Person, bob: Person
) -> None:
    await begins(alice, "Breathing")
    await begins(bob, "Breathing")
    held: list[Held] = []

    def wire(telegram: Telegram) -> Held:
        held.append(Held(telegram))
        return held[0]

    led = lead(alice.chat, wire)
    held[0].chat = alice.id
    before = len(alice.chat.telegram.calls)
    for _ in range(12):
        alice.waits(seconds=2)
        await led.leader.tick()
        async with asyncio.timeout(5):
            while led.leader._busy - {alice.id}:  # noqa: ASYNC110 - it is a few steps away
                await asyncio.sleep(0.001)
    assert held[0].arrived.is_set()
    assert "Round 2 of 6" in bob.screen
    assert "Sit or lie" in alice.screen
    held[0].let_go.set()
    await led.leader.drain()
    mine = [c for c in alice.chat.telegram.calls[before:] if c.params.get("chat_id") == alice.id]
    assert len(mine) == 1


async def test_a_stop_while_a_change_is_on_its_way_has_the_last_word(alice: Person) -> None:
    await begins(alice, "Breathing")
    held: list[Held] = []

    def wire(telegram: Telegram) -> Held:
        held.append(Held(telegram))
        return held[0]

    led = lead(alice.chat, wire)
    held[0].chat = alice.id
    alice.waits(seconds=6)
    await led.leader.tick()
    await held[0].arrived.wait()
    await alice.taps("Stop")
    assert "Stopped." in alice.screen
    held[0].let_go.set()
    await led.leader.drain()
    assert "Stopped." in alice.screen
    assert alice.labels[0] == "🙂 Better"
    assert led.pace.waited == [alice.id]


async def test_without_a_live_session_a_tick_reads_once_and_does_nothing(alice: Person) -> None:
    led = lead(alice.chat)
    alice.chat.switch.used.clear()
    assert await led.goes_on(5) == []
    assert alice.chat.switch.used == ["claim_relief"] * 10
    assert not alice.chat.telegram.calls


async def test_a_store_that_is_away_is_said_by_the_tick_and_made_good_later(
    alice: Person,
) -> None:
    await begins(alice, "Breathing")
    led = lead(alice.chat)
    alice.waits(seconds=6)
    alice.chat.switch.away = True
    with pytest.raises(StoreUnavailableError):
        await led.leader.tick()
    alice.chat.switch.away = False
    assert len(await led.tick()) == 1


async def test_a_fault_in_one_session_is_logged_by_its_id_alone(alice: Person) -> None:
    await begins(alice, "Breathing")
    led = lead(alice.chat)
    alice.chat.switch.broken = "relief_session"
    alice.waits(seconds=6)
    with capture_logs() as logs:
        await led.tick()
    alice.chat.switch.broken = ""
    assert [(each["event"], each["session"]) for each in logs] == [("relief_failed", 1)]
    assert len(await led.goes_on(WHOLE)) == 18
