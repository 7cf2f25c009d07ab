"""A newcomer in the browser, on a phone and at a desk: from Start to a twitch and the next tip."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser import Watched, chromium, needs_chromium, watching
from tests.e2e.process import Launcher
from tests.e2e.world import until

pytestmark = needs_chromium
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


async def test_a_newcomer_finds_their_way_on_a_phone_and_at_a_desk(
    launch: Launcher, tmp_path: Path
) -> None:
    demo = await launch("demo", "--no-open", "--port", "0")
    await until(lambda: "started" in demo.stderr, "it started")
    found = re.search(r"http://\S+?:\d+", demo.stdout)
    assert found
    async with (
        chromium() as browser,
        watching(browser, found[0], "phone") as phone,
        watching(browser, found[0], "desktop") as desk,
    ):
        people = (Newcomer(phone, "Alice", 1001, tmp_path), Newcomer(desk, "Bob", 1002, tmp_path))
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.gets_started())
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.logs_a_twitch())
        for person in people:
            await person.travels_to_the_next_tip()
