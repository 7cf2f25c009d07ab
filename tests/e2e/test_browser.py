"""The demo in the browser, on a phone and at a desk: from Start to a tip that an editor changed."""

import asyncio
import re
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Locator, expect

from tests.browser import Watched, chromium, needs_chromium, watching, window
from tests.e2e.foresight import tip_to_come
from tests.e2e.process import Launcher
from tests.e2e.world import until
from tipbot.core.model import SubscriberId

pytestmark = [needs_chromium, pytest.mark.usefixtures("hurried")]
CHANGED = "Breathe out slowly & look up, <now>."
_WORDS = """(bodies) => bodies.map((body) => {
  const words = body.cloneNode(true);
  words.querySelector(".meta").remove();
  return words.textContent;
})"""
"""What stands in bubbles, without the time of day beside it."""
_PACED = 15_000
"""Milliseconds that a line of messages may take, one a second."""


@dataclass
class Newcomer:
    """Somebody at the page of the demo; what they see is kept as pictures."""

    seen: Watched
    name: str
    person: int
    pictures: Path

    async def reads(self, words: str | re.Pattern[str]) -> None:
        await expect(self.seen.log).to_contain_text(words, timeout=_PACED)

    async def taps(self, label: str | re.Pattern[str]) -> None:
        await self.seen.log.get_by_role("button", name=label).last.click(timeout=_PACED)

    async def keeps(self, moment: str) -> None:
        window = "phone" if self.seen.phone else "desktop"
        await self.seen.page.screenshot(path=self.pictures / f"{window}-{moment}.png")

    @property
    def tips(self) -> Locator:
        return self.seen.log.get_by_role("button", name="Why this tip")

    async def gets_started(self) -> None:
        page = await self.seen.open()
        await self.keeps("0-empty")
        if self.name != "Alice":
            await self.seen.choose(self.name)
        await page.get_by_role("button", name="Start", exact=True).click()
        await self.taps("I agree")
        await self.keeps("1-consent")
        await page.get_by_role("button", name="Share my location").click(timeout=_PACED)
        await self.keeps("2-places")
        await page.get_by_role("dialog").get_by_role("button", name="Berlin").click()
        await self.reads("Last question")
        await self.keeps("3-preset")
        await self.taps("Daily four")
        await self.reads("Source")
        await self.keeps("4-first-tip")

    async def logs_a_twitch(self) -> None:
        await self.taps("Twitch now")
        await expect(self.seen.toast).to_contain_text("Logged")
        await self.keeps("5-toast")
        await self.taps("Details")
        await self.reads("Tap what fits")
        await self.taps("2 some")
        await self.reads("Strength: 2 of 4")
        await self.keeps("6-details")

    async def travels_to_the_next_tip(self) -> None:
        await self.seen.open(f"/?person={self.person}")  # what is due next is asked on opening
        await expect(self.tips.first).to_be_visible()
        next_tip = self.tips.nth(1)
        for _ in range(8):  # what is due next may be somebody else's, or a question
            if await next_tip.count():
                break
            await self.seen.travel("Next due moment")
            with suppress(AssertionError):
                await expect(next_tip).to_be_visible(timeout=2500)
        await next_tip.scroll_into_view_if_needed()
        await self.keeps("7-next-tip")


@dataclass
class Staff:
    """Somebody of the staff at the same page."""

    seen: Watched
    name: str

    async def comes(self) -> None:
        """Start the chat and open the desk."""
        await self.seen.choose(self.name)
        await self.seen.page.get_by_role("button", name="Start", exact=True).click()
        await self.reads("Hello. I am here")
        await self.seen.say("/admin")
        await self.reads("Admin")

    async def reads(self, words: str) -> None:
        await expect(self.seen.log).to_contain_text(words, timeout=_PACED)

    async def taps(self, label: str, *, exact: bool = False) -> None:
        button = self.seen.log.get_by_role("button", name=label, exact=exact)
        await button.last.click(timeout=_PACED)

    async def changes(self, title: str, words: str) -> None:
        """Find a tip and type its text anew; a colleague has to approve it."""
        await self.taps("Library")
        await self.taps("Search")
        await self.reads("Type one or more words")
        await self.seen.say(title)
        await self.taps(title)
        await self.taps("Edit")
        await self.taps("Text", exact=True)
        await self.reads("It says now")
        await self.seen.say(words)
        await self.reads("Not saved yet, changed: text")
        await self.taps("Save")
        alert = self.seen.page.get_by_role("dialog")
        await expect(alert).to_contain_text("once a second editor approves it")
        await alert.get_by_role("button", name="OK").click()

    async def approves(self) -> None:
        await self.taps("Library")
        await self.taps("Waiting changes (1)")
        await self.taps("Change no.")
        await self.taps("Approve")
        await expect(self.seen.toast).to_contain_text("Approved")


async def shows_what_the_server_holds(seen: Watched, person: int) -> None:
    """Compare every message on the page, word for word, with what the server says there is."""
    api = f"{seen.root}/sandbox/api/people/{person}"
    async with aiohttp.ClientSession() as session, session.get(api) as answer:
        held = (await answer.json())["messages"]
    said = [each.get("text") or each.get("caption") for each in held]
    shown = await seen.log.locator(".body").evaluate_all(_WORDS)
    assert shown == [words for words in said if words]


async def test_a_newcomer_gets_the_tip_that_an_editor_has_just_changed(
    launch: Launcher, tmp_path: Path
) -> None:
    demo = await launch("demo", "--no-open", "--port", "0")
    await until(lambda: "started" in demo.stderr, "it started")
    found = re.search(r"http://\S+?:\d+", demo.stdout)
    assert found
    (database,) = databases(tmp_path)
    async with (
        chromium() as browser,
        window(browser, "phone") as small,
        window(browser, "desktop") as wide,
        watching(small, found[0], "phone") as phone,
        watching(wide, found[0], "desktop") as desk,
    ):
        alice, bob = (
            Newcomer(phone, "Alice", 1001, tmp_path),
            Newcomer(desk, "Bob", 1002, tmp_path),
        )
        await together(alice.gets_started(), bob.gets_started())
        await together(alice.logs_a_twitch(), bob.logs_a_twitch())
        tip = await tip_to_come(database, tmp_path, SubscriberId(alice.person))
        erik, olga = Staff(phone, "Erik"), Staff(desk, "Olga")
        await together(erik.comes(), olga.comes())
        await erik.changes(tip.title, CHANGED)
        await alice.keeps("7-editor")
        await olga.approves()
        await bob.keeps("7-approval")
        for person in (alice, bob):
            await person.travels_to_the_next_tip()
            await shows_what_the_server_holds(person.seen, person.person)
        await alice.reads(CHANGED)
        await desk.choose("Alice")
        await expect(desk.log).to_contain_text(CHANGED)


def databases(folder: Path) -> list[Path]:
    return list(folder.glob("tipbot-demo-*/demo.db"))


async def together(*ways: Coroutine[None, None, None]) -> None:
    async with asyncio.TaskGroup() as group:
        for way in ways:
            group.create_task(way)
