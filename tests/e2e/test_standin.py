"""The main ways through the bot against a second stand-in, which shares nothing with the sandbox.

What Telegram would refuse, and the sandbox might agree to, is refused and listed here.
"""

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.e2e.world import DID_IT, MORNING, TOKEN, TWITCH, until
from tests.standin.guest import Guest
from tests.standin.server import StandIn, standing_in
from tipbot.app import built_program
from tipbot.bot.menu import MENU
from tipbot.clock import TravelClock
from tipbot.core.model import SubscriberId
from tipbot.program.program import Program
from tipbot.settings import Settings
from tipbot.simulated import live_a_month

TITLE = "For days that run away"
PNG = b"\x89PNG"


@dataclass
class House:
    """The bot at the second stand-in, with its owner."""

    standin: StandIn
    program: Program
    clock: TravelClock
    olga: Guest

    async def onboarded(self, name: str) -> Guest:
        """Take somebody from Start to the first tip."""
        guest = Guest.named(self.standin, name)
        guest.says("/start")
        await guest.taps("agree")
        await guest.reads("First question")
        await self.standin.until(lambda: guest.chat.keyboard, 10)
        guest.shares_location(52.52, 13.40)
        await guest.taps("Daily four")
        await guest.reads("Source")
        return guest

    async def travel_to_next_due(self) -> None:
        due = await self.program.store.next_due()
        assert due is not None
        self.clock.move_to(max(due, self.clock()))
        self.program.courier.nudge()


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Run the bot at the second stand-in; nothing it asks may be refused, no tap unanswered."""
    monkeypatch.setattr("tipbot.delivery.chats.CHAT_INTERVAL", 0.0)
    clock = TravelClock()
    clock.move_to(MORNING)
    async with standing_in(TOKEN) as standin:
        olga = Guest.named(standin, "Olga")
        settings = Settings(
            token=SecretStr(TOKEN),
            database=SecretStr(f"sqlite:///{tmp_path / 'tipbot.db'}"),
            api_url=standin.url,
            listen="127.0.0.1:0",
            owners=frozenset({olga.chat.id}),
        )
        async with built_program(settings, clock, lambda _: None) as program:
            serving = asyncio.create_task(program.serve())
            yield House(standin, program, clock, olga)
            owed = [tap for tap, answer in standin.chats.taps.items() if answer is None]
            program.stop()
            await serving
    assert standin.faults == []
    assert owed == []


async def test_somebody_starts_logs_reads_and_takes_everything_along(house: House) -> None:
    alice = await house.onboarded("Alice")
    assert alice.chat.pinned
    assert "Logged" in await alice.taps(TWITCH)
    await alice.taps("Details")
    for words in ("3 strong", "left", "eyelid", "stress"):
        await alice.taps(words)
    await alice.taps("Note")
    alice.says("after <b> & a long day 💧")
    await alice.reads("Your note is kept")
    tips = sum("\n\nSource" in m.words for m in alice.chat.messages.values())
    await house.travel_to_next_due()
    await until(
        lambda: sum("\n\nSource" in m.words for m in alice.chat.messages.values()) > tips,
        "the next tip came",
    )
    await alice.taps(DID_IT)
    await alice.taps("Why this tip")
    house.clock.move(timedelta(days=3))
    assert "Logged" in await alice.taps(TWITCH, old=True)
    alice.says("/export")
    with zipfile.ZipFile(BytesIO((await alice.gets("document")).content)) as archive:
        assert len(json.loads(archive.read("check_ins.json"))) == 2
    alice.says("/delete_me")
    await alice.taps("Remove everything")
    await alice.reads("Everything about you is removed")


async def test_the_diary_is_turned_and_the_report_comes(house: House) -> None:
    bob = await house.onboarded("Bob")
    store = house.program.store
    person = await store.subscriber(SubscriberId(bob.chat.id))
    assert person is not None
    await live_a_month(store, person, house.clock())
    bob.says("/diary")
    picture = await bob.gets("photo")
    assert picture.content.startswith(PNG)
    for label in ("Month", "By hour", "By place", "Calendar", "Dark"):
        await bob.taps(label)
        before, picture = picture, await bob.gets("photo")
        while picture.content == before.content:
            await asyncio.sleep(0.02)
            picture = await bob.gets("photo")
    await bob.taps("Entries")
    await bob.reads("Your entries")
    bob.says("/report")
    await bob.taps("Last 30 days")
    assert (await bob.gets("document")).content


async def test_the_owner_changes_a_tip_and_takes_the_library_along(house: House) -> None:
    olga = house.olga
    olga.says("/start")
    olga.says("/admin")
    await olga.taps("Library")
    await olga.taps("Search")
    olga.says("days that run away")
    await olga.taps(TITLE)
    await olga.taps("Edit")
    await olga.taps("Text")
    olga.says("A few sips & a <break> 💧, each time you change tasks.")
    await olga.reads("Not saved yet, changed: text")
    assert await olga.taps("Save") == "Saved"
    await olga.reads("Version 2, by Olga")
    olga.says("/admin")
    await olga.taps("Library")
    await olga.taps("As files")
    await olga.taps("Take as zip")
    taken = (await olga.gets("document")).content
    with zipfile.ZipFile(BytesIO(taken)) as archive:
        changed = [n for n in archive.namelist() if b"<break>" in archive.read(n)]
    assert len(changed) == 1
    await olga.taps("Bring in a zip")
    olga.sends_file("tips.zip", taken)
    await olga.reads("There is nothing to do")


@pytest.mark.parametrize("enrolled", [False, True])
async def test_every_command_is_answered(house: House, enrolled: bool) -> None:  # noqa: FBT001 - a case
    alice = Guest.named(house.standin, "Alice")
    if enrolled:
        alice = await house.onboarded("Alice")
    for command in MENU:
        said = alice.says(f"/{command}")
        await alice.hears_after(said)
