"""Programs of one half each, side by side: order in a chat, a dropped connection, skewed clocks."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import psycopg
import pytest
from pydantic import SecretStr

from tests.e2e.machines import Database
from tests.e2e.process import free_port
from tests.e2e.test_cluster import eventually, keep
from tests.e2e.world import TOKEN, tips_of, until
from tipbot.app import built_program
from tipbot.clock import Clock, TravelClock, system_clock
from tipbot.delivery.send import DOUBT_AFTER
from tipbot.program.half import Half
from tipbot.program.program import Program
from tipbot.sandbox import Person, Profile, Sandbox
from tipbot.settings import Settings
from tipbot.web.server import SECRET_HEADER

HOLDERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'tipbot-cluster' AND datname = current_database()"""


class Receiver:
    """A program of one half in this process, with a way to hand it updates."""

    def __init__(self, program: Program, port: int, session: aiohttp.ClientSession) -> None:
        self.program = program
        self._url = f"http://127.0.0.1:{port}/hook"
        self._session = session

    async def takes(self, number: int, person: Person, text: str) -> int:
        """Hand over what a person wrote; return the status of the answer."""
        user = {"id": person.id, "is_bot": False, "first_name": person.profile.first_name}
        message: dict[str, Any] = {
            "message_id": 10_000 + number,
            "date": 1,
            "text": text,
            "from": user,
            "chat": {"id": person.id, "type": "private", "first_name": "x"},
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        }
        update = {"update_id": number, "message": message}
        headers = {SECRET_HEADER: "s"}
        async with self._session.post(self._url, json=update, headers=headers) as answer:
            return answer.status

    def slow_down(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> asyncio.Event:
        """Let the store take its time; return what tells that it was asked."""
        look, asked = self.program.store.subscriber, asyncio.Event()

        async def slowly(*who: Any) -> Any:
            asked.set()
            await asyncio.sleep(seconds)
            return await look(*who)

        monkeypatch.setattr(self.program.store, "subscriber", slowly)
        return asked


Serving = Callable[..., Awaitable[Receiver]]


@pytest.fixture
async def serving(sandbox: Sandbox, database: Database) -> AsyncIterator[Serving]:
    """Return what starts a half in this process."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())

        async def start(half: Half, clock: Clock = system_clock) -> Receiver:
            port = free_port()
            settings = Settings(
                token=SecretStr(TOKEN),
                database=SecretStr(database.url),
                api_url=sandbox.url,
                listen=f"127.0.0.1:{port}",
                webhook_url=f"http://127.0.0.1:{port}/hook",
                webhook_secret=SecretStr("s"),
            )
            program = await stack.enter_async_context(_running(settings, half, clock))
            if half.receives:
                named = sandbox.api.webhook.as_json
                await until(lambda: named()["url"] == settings.webhook_url, "it is up")
            return Receiver(program, port, session)

        yield start


@asynccontextmanager
async def _running(settings: Settings, half: Half, clock: Clock) -> AsyncIterator[Program]:
    async with built_program(settings, clock, lambda _: None, half) as program:
        task = asyncio.create_task(program.serve())
        yield program
        program.stop()
        await task


def heads(person: Person) -> list[str]:
    return [message["text"].split("\n")[0] for message in person.from_bot]


async def test_updates_of_one_chat_are_answered_in_order_by_two_processes(
    serving: Serving, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = await serving(Half.RECEIVE), await serving(Half.RECEIVE)
    alice, bob = sandbox.person("Alice"), sandbox.person("Bob")
    alice.chat.started = bob.chat.started = True
    asked = here.slow_down(monkeypatch, 0.5)
    first = asyncio.create_task(here.takes(1, alice, "/help"))
    await asked.wait()
    second = asyncio.create_task(there.takes(2, alice, "/privacy"))
    assert await there.takes(3, bob, "/privacy") == 200
    assert heads(alice) == [], "another chat waits for nothing"
    assert await there.takes(4, alice, "/signs") == 200
    assert len(heads(alice)) == 1, "nor does /signs"
    assert [await first, await second] == [200, 200]
    assert heads(alice)[1:] == ["What I can do", *heads(bob)]


async def test_a_dropped_connection_between_two_updates_is_ridden_out(
    serving: Serving, sandbox: Sandbox, database: Database
) -> None:
    here, there = await serving(Half.RECEIVE), await serving(Half.RECEIVE)
    alice = sandbox.person("Alice")
    alice.chat.started = True
    assert [await each.takes(n, alice, "/help") for n, each in ((0, here), (1, there))] == [200] * 2
    with psycopg.connect(database.url, autocommit=True) as connection:
        assert len(connection.execute(HOLDERS).fetchall()) == 2
    assert [await each.takes(n, alice, "/help") for n, each in ((2, here), (3, there))] == [200] * 2
    assert heads(alice) == ["What I can do"] * 4


async def test_what_one_half_makes_due_the_other_sends_at_once(
    serving: Serving, sandbox: Sandbox
) -> None:
    receiver, deliverer = await serving(Half.RECEIVE), await serving(Half.DELIVER)
    bob = sandbox.person("Bob")
    await keep(receiver.program.store, bob, due=True)
    await until(lambda: len(tips_of(bob)) == 1, "the due tip came")
    deliverer.program.courier._idle = 60.0
    await asyncio.sleep(1.1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await receiver.takes(1, bob, "/tip") == 200
    await until(lambda: len(tips_of(bob)) == 2, "the tip that was asked for came")
    assert loop.time() - began < 0.9


async def test_clocks_that_jump_apart_lose_and_double_nothing(
    serving: Serving, sandbox: Sandbox
) -> None:
    """A lease, and the age of a doubt, look different to each; what was sent is sent once."""
    clocks = [TravelClock(), TravelClock()]
    halves = [await serving(Half.DELIVER, clock) for clock in clocks]
    people = [sandbox.new_person(Profile(id=3000 + n, first_name=f"P{n}")) for n in range(60)]
    for person in people:
        await keep(halves[0].program.store, person, due=True)
    chance = random.Random("jumps")  # noqa: S311 - no secret

    async def all_came() -> bool:
        if chance.random() < 0.01:
            clock = chance.choice(clocks)
            clock.move_to(system_clock() + timedelta(seconds=chance.uniform(-30, 140)))
            for half in halves:
                half.program.courier.nudge()
                await half.program.store.sweep(clock(), DOUBT_AFTER)
        return all(tips_of(person) for person in people)

    await eventually(all_came, "everybody has the tip", 30)
    await until(lambda: recorded(halves[0].program), "all of it is recorded")
    assert [len(tips_of(person)) for person in people] == [1] * 60


async def recorded(program: Program) -> bool:
    """Tell whether every delivery is recorded as sent."""
    counts = await program.store.counts()
    return {state for state, n in counts.items() if n} == {"sent"}
