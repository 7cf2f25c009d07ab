"""The whole program against the sandbox, in one process, with a clock that can be moved."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from tipbot.app import built_program
from tipbot.clock import TravelClock
from tipbot.core.enrolment import Enrolment, with_preset, with_zone
from tipbot.core.model import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Presence,
    Subscriber,
    SubscriberId,
)
from tipbot.core.presets import Preset
from tipbot.program.program import Program
from tipbot.sandbox import Person, Profile, Sandbox
from tipbot.sandbox.calls import Call
from tipbot.settings import Settings

TOKEN = "123456:" + "A" * 35
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""A Wednesday; the places below are far from a change of their clocks."""
PLACES = {"Alice": (-36.85, 174.76), "Bob": (52.52, 13.40)}
"""Alice is in Auckland, Bob in Berlin."""
AUCKLAND, BERLIN = "Pacific/Auckland", "Europe/Berlin"
TWITCH, DID_IT = "⚡ Twitch now", "👌 Did it"
_PATIENCE = 40.0
_LOOK_AGAIN = 0.01

Message = dict[str, Any]


async def until(holds: Callable[[], bool | Awaitable[bool]], what: str) -> None:
    """Wait for something that the program does in its own time."""
    try:
        async with asyncio.timeout(_PATIENCE):
            while not await _truth(holds()):  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(_LOOK_AGAIN)
    except TimeoutError:
        message = f"waited in vain until {what}"
        raise AssertionError(message) from None


async def _truth(answer: bool | Awaitable[bool]) -> bool:  # noqa: FBT001 - it is the value
    return answer if isinstance(answer, bool) else await answer


class World:
    """A sandbox and a program that can be stopped and started again on the same database."""

    def __init__(self, folder: Path, sandbox: Sandbox, clock: TravelClock) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.said: list[str] = []
        self.file = folder / "tipbot.db"
        self.settings = Settings(
            token=SecretStr(TOKEN),
            database=SecretStr(f"sqlite:///{self.file}"),
            api_url=sandbox.url,
            listen="127.0.0.1:0",
        )
        self._stack = AsyncExitStack()
        self._serving: asyncio.Task[None] | None = None
        self.program: Program | None = None

    @property
    def running(self) -> Program:
        assert self.program is not None
        return self.program

    async def start(self) -> None:
        building = built_program(self.settings, self.clock, self.said.append)
        self.program = await self._stack.enter_async_context(building)
        self._serving = asyncio.create_task(self.program.serve())

    async def stop(self) -> None:
        if self.program is None or self._serving is None:
            return
        self.program.stop()
        await self._serving
        await self._stack.aclose()
        self.program = self._serving = None

    # --- time -----------------------------------------------------------------------------

    def travel(self, **span: float) -> None:
        self.clock.move(timedelta(**span))
        if self.program:
            self.program.courier.nudge()

    def travel_to(self, zone: str, hour: int, minute: int = 0) -> None:
        """Go to the next time that the clocks of a zone show ``hour:minute``."""
        local = self.clock().astimezone(ZoneInfo(zone))
        target = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if target <= local:
            target += timedelta(days=1)
        self.clock.move_to(target.astimezone(UTC))

    async def travel_to_next_due(self) -> datetime:
        """Go to the moment at which the bot has something to do, and return it."""
        due = await self.running.store.next_due()
        assert due is not None
        self.clock.move_to(max(due, self.clock()))
        return due

    async def tick(self, name: str = "plan") -> None:
        """Let a tick of the program come now instead of within its interval."""
        await next(t for t in self.running.ticks._ticks if t.name == name).work()

    async def settle(self) -> None:
        """Plan what is due now and wait until nothing of it is left to send."""
        await self.tick()
        await until(self._nothing_due, "what is due was sent")

    async def _nothing_due(self) -> bool:
        due = await self.running.store.next_due()
        states = await self.running.store.counts()
        under_way = states.get("claimed", 0) + states.get("sending", 0)
        return not under_way and (due is None or due > self.clock())

    async def live_until(self, end: datetime, after_each: Callable[[], Awaitable[None]]) -> None:
        """Let time pass from one due moment to the next up to ``end``."""
        while True:
            due = await self.running.store.next_due()
            if due is None or due > end:
                self.clock.move_to(max(end, self.clock()))
                return
            self.clock.move_to(max(due, self.clock()))
            await self.settle()
            await after_each()

    # --- what the program did -------------------------------------------------------------

    def calls(self, method: str, chat_id: int | None = None) -> list[Call]:
        """Return the calls of a method, in one chat or in all."""
        found = self.sandbox.calls.of(method)
        return [c for c in found if chat_id is None or c.parameters.get("chat_id") == str(chat_id)]

    async def deliveries(self, person: Person) -> list[Delivery]:
        """Return everything that was ever planned for a person, in order."""
        found = []
        for number in range(1, 10**6):
            delivery = await self.running.store.delivery(DeliveryId(number), who(person))
            if delivery is not None:
                found.append(delivery)
            elif number > sum((await self.running.store.counts()).values()):
                return found
        return found

    async def states(self, person: Person) -> list[DeliveryState]:
        return [each.state for each in await self.deliveries(person)]

    async def until_state(self, person: Person, state: DeliveryState) -> None:
        """Wait until a person's newest delivery is in a state."""

        async def reached() -> bool:
            return (await self.states(person))[-1:] == [state]

        await until(reached, f"a delivery is {state}")

    async def until_presence(self, person: Person, presence: Presence) -> None:
        """Wait until the bot knows whether a person can be reached."""

        async def known() -> bool:
            return (await self.subscriber(person)).presence is presence

        await until(known, f"the person is {presence}")

    async def enrolment(self, person: Person) -> Enrolment:
        kept = await self.running.store.enrolment(who(person))
        assert kept is not None
        return kept

    async def subscriber(self, person: Person) -> Subscriber:
        return (await self.enrolment(person)).subscriber

    # --- people ---------------------------------------------------------------------------

    def person(self, name: str) -> Person:
        """Return the person of this name, brought in if need be."""
        try:
            return self.sandbox.person(name)
        except KeyError:
            number = 2000 + len(self.sandbox.api.world.people)
            return self.sandbox.new_person(Profile(id=number, first_name=name))

    async def enrolled(
        self, name: str, preset: Preset = Preset.DAILY_FOUR, zone: str = BERLIN
    ) -> Person:
        """Return a person who is through onboarding, kept without a word in the chat."""
        person, store = self.person(name), self.running.store
        person.chat.started = True
        await store.enrol(
            Subscriber(id=who(person), chat_id=person.id, created_at=self.clock(), zone=zone)
        )
        now = self.clock()
        await store.revise(
            who(person), lambda kept: with_preset(with_zone(kept, zone, now), preset, now)
        )
        return person

    async def with_a_tip(self, name: str) -> Person:
        """Return a person in Berlin who has just got the first tip of the day."""
        person = await self.enrolled(name)
        await self.travel_to_next_due()
        await self.settle()
        assert [DID_IT in person.labels, len(tips_of(person))] == [True, 1]
        return person

    async def onboarded(self, name: str, preset: str = "Daily four") -> Person:
        """Take a person through onboarding and return them with their first tip read."""
        person = self.sandbox.person(name)
        person.starts()
        await tap_like(person, "agree")
        await person.waits_for(lambda m: m["from_bot"] and bool(person.keyboard))
        person.shares_location(*PLACES[name])
        await tap_like(person, preset)
        await person.reads("Source")
        return person


def who(person: Person) -> SubscriberId:
    return SubscriberId(person.id)


def tips_of(person: Person) -> list[Message]:
    """Return the tips that a person sees, oldest first."""
    return [m for m in person.from_bot if "\n\nSource" in str(m.get("text"))]


async def tap_like(person: Person, words: str) -> Message:
    """Wait for a button with these words, tap it and return the answer."""
    await person.waits_for(lambda m: m["from_bot"] and label_like(person, words) is not None)
    label = label_like(person, words)
    assert label is not None
    return await person.taps(label)


def label_like(person: Person, words: str) -> str | None:
    """Return the newest button whose label has these words."""
    for message in reversed(person.messages):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if words.lower() in button["text"].lower():
                return str(button["text"])
    return None


def labels_of(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


Start = Callable[[datetime], Awaitable[World]]
