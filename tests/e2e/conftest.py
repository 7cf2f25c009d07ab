"""The whole program against the sandbox, in one process, with a clock that can be moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from tipbot.app import built_program
from tipbot.clock import TravelClock
from tipbot.program import Program
from tipbot.sandbox import Person, Sandbox
from tipbot.settings import Settings

TOKEN = "123456:" + "A" * 35
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
"""A Wednesday; the places below are far from a change of their clocks."""
PLACES = {"Alice": (-36.85, 174.76), "Bob": (52.52, 13.40)}
"""Alice is in Auckland, Bob in Berlin."""


class World:
    """A sandbox and a program that can be started, stopped, killed and started again."""

    def __init__(self, folder: Path, sandbox: Sandbox, clock: TravelClock) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.said: list[str] = []
        self._settings = Settings(
            token=SecretStr(TOKEN),
            database=SecretStr(f"sqlite:///{folder / 'tipbot.db'}"),
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
        building = built_program(self._settings, self.clock, self.said.append)
        self.program = await self._stack.enter_async_context(building)
        self._serving = asyncio.create_task(self.program.serve())

    async def stop(self) -> None:
        if self.program is None or self._serving is None:
            return
        self.program.stop()
        await self._serving
        await self._stack.aclose()
        self.program = self._serving = None

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

    def calls(self, method: str) -> int:
        """Return how often a method was called."""
        return sum(1 for call in self.sandbox.calls if call.method.lower() == method.lower())

    async def onboarded(self, name: str, preset: str = "Daily four") -> Person:
        """Take a person through onboarding and return them with their first tip read."""
        person = self.sandbox.person(name)
        person.starts()
        await self.tap_like(person, "agree")
        await person.waits_for(lambda m: m["from_bot"] and bool(person.keyboard))
        person.shares_location(*PLACES[name])
        await self.tap_like(person, preset)
        await person.reads("Source:")
        return person

    @staticmethod
    async def tap_like(person: Person, words: str) -> object:
        """Wait for a button with these words, tap it and return the answer."""

        def has(message: dict[str, object]) -> bool:
            return bool(message["from_bot"]) and label_like(person, words) is not None

        await person.waits_for(has)
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


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = TravelClock()
    clock.move_to(MORNING)
    async with Sandbox(token=TOKEN, clock=clock) as sandbox:
        world = World(tmp_path, sandbox, clock)
        await world.start()
        yield world
        await world.stop()
