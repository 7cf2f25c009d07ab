"""The system's Chromium, and a page that is watched for what it should not do."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    async_playwright,
    expect,
)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WINDOWS = {"phone": (390, 844), "desktop": (1280, 800)}
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium brings one"
)
expect.set_options(timeout=8000)


@dataclass(slots=True)
class Watched:
    """The page, and what it did that it should not have done."""

    page: Page
    root: str
    wrong: list[str]
    phone: bool
    excused: tuple[str, ...] = ("400 (Bad Request)",)
    """What errors of the console may say: the browser reports a refused action, answered 400."""

    async def open(self, path: str = "/") -> Page:
        await self.page.goto(self.root + path)
        await self.page.wait_for_selector("html[data-ready]")
        return self.page

    @property
    def toast(self) -> Locator:
        return self.page.locator("#toast")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    async def start(self) -> None:
        await self.open()
        await self.page.get_by_role("button", name="Start", exact=True).click()
        await expect(self.log).to_contain_text("Welcome")

    async def say(self, text: str) -> None:
        await self.page.get_by_role("textbox", name="Message").fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def choose(self, name: str) -> None:
        if self.phone:
            await self.page.get_by_role("button", name="switch person").click()
        await self.page.locator("#people-list [data-person]").filter(has_text=name).click()

    async def travel(self, jump: str) -> None:
        if self.phone:
            await self.page.get_by_role("button", name="Time travel", exact=True).click()
        await self.page.get_by_role("button", name=jump).click()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the browser."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        await running.close()


@asynccontextmanager
async def window(browser: Browser, name: str) -> AsyncIterator[BrowserContext]:
    """Give what pages of one window size are opened in."""
    width, height = WINDOWS[name]
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=name == "phone",
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    yield context
    await context.close()


@asynccontextmanager
async def watching(context: BrowserContext, root: str, name: str) -> AsyncIterator[Watched]:
    """Give a new page of `root` in its window; afterwards nothing may have gone wrong unseen.

    It leaves nothing to the next page of the window.
    """
    page = await context.new_page()
    seen = Watched(page, root, [], name == "phone")
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("request", lambda asked: _check_address(seen, asked.url))
    page.on("console", lambda line: _check_console(seen, line.type, line.text))
    yield seen
    overflow = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    chat = "(box => box.scrollWidth > box.clientWidth)(document.getElementById('scroll'))"
    overflow = overflow or await page.evaluate(chat)
    await page.evaluate("localStorage.clear()")
    await page.close()
    await context.clear_cookies()
    assert not overflow, "the page is wider than its window"
    assert seen.wrong == []


def _check_address(seen: Watched, address: str) -> None:
    if not address.startswith((seen.root, "blob:")):
        seen.wrong.append(f"asked for {address}")


def _check_console(seen: Watched, kind: str, text: str) -> None:
    if kind == "error" and not any(each in text for each in seen.excused):
        seen.wrong.append(text)
