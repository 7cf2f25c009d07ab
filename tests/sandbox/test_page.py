from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import TelegramError

from tests.browser import WINDOWS, Watched, chromium, needs_chromium, watching, window
from tests.sandbox.conftest import MovedClock, client_of, eventually, serving
from tests.sandbox.contrast import faint_texts
from tests.sandbox.parrot import Parrot, talking
from tests.sandbox.pictures import png
from tipbot.sandbox import Person, Profile, Sandbox

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]


# One browser and one event loop serve the whole module: starting them costs a second each.


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(clock: MovedClock) -> AsyncIterator[Sandbox]:
    async with serving(clock) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with client_of(sandbox) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def windows(browser: Browser) -> AsyncIterator[dict[str, BrowserContext]]:
    """Give a window of each size, which stays open.

    Each test has a page and an address of its own in it. Chromium starts no process for a page
    while another of the same host is open: that is half of what a page costs.
    """
    async with AsyncExitStack() as stack, serving(MovedClock()) as sandbox:
        opened = {name: await stack.enter_async_context(window(browser, name)) for name in WINDOWS}
        for each in opened.values():
            await (await each.new_page()).goto(f"{sandbox.url}/static/style.css")
        yield opened


@pytest_asyncio.fixture(loop_scope="module", params=WINDOWS)
async def watched(
    request: pytest.FixtureRequest, windows: dict[str, BrowserContext], sandbox: Sandbox
) -> AsyncIterator[Watched]:
    """Give the page in one window size; afterwards nothing may have gone wrong unseen."""
    async with watching(windows[request.param], sandbox.url, request.param) as seen:
        yield seen


@pytest_asyncio.fixture(loop_scope="module")
async def at_desk(windows: dict[str, BrowserContext], sandbox: Sandbox) -> AsyncIterator[Watched]:
    """Give the page in the wide window alone, for what has nothing to do with its size."""
    async with watching(windows["desktop"], sandbox.url, "desktop") as seen:
        yield seen


@pytest_asyncio.fixture(loop_scope="module")
async def parrot(bot: Bot) -> AsyncIterator[Parrot]:
    async with talking(bot) as running:
        yield running


@pytest.mark.usefixtures("parrot")
async def test_a_newcomer_starts_and_taps(watched: Watched, sandbox: Sandbox) -> None:
    await watched.start()
    page = watched.page
    await page.get_by_role("button", name="Count").click()
    await expect(watched.log).to_contain_text("Counted 1")
    await page.get_by_role("button", name="Toast").click()
    await expect(watched.toast).to_have_text("You tapped toast")
    await page.get_by_role("button", name="Alert").click()
    alert = page.get_by_role("dialog")
    await expect(alert).to_contain_text("You tapped alert")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_be_hidden()
    assert sandbox.api.queries.unanswered() == []


async def test_a_button_spins_until_its_tap_is_answered(at_desk: Watched, parrot: Parrot) -> None:
    await at_desk.start()
    button = at_desk.page.get_by_role("button", name="Wait")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    parrot.go_on.set()
    await expect(at_desk.toast).to_have_text("You tapped wait")
    await expect(button).not_to_have_attribute("aria-busy", "true")


@pytest.mark.usefixtures("parrot")
async def test_the_page_shows_what_the_server_holds(
    at_desk: Watched, bot: Bot, sandbox: Sandbox
) -> None:
    await at_desk.start()
    await at_desk.say("How are you?")
    await expect(at_desk.log).to_contain_text("You said: How are you?")
    alice = sandbox.person("Alice")
    sent = await bot.send_message(alice.id, "Passing")
    await bot.send_message(alice.id, "Changing <i>soon</i>", "HTML")
    await bot.edit_message_text("Changed", alice.id, alice.last["message_id"])
    await sent.delete()
    await expect(at_desk.log).not_to_contain_text("Passing")
    held = [str(message["text"]) for message in alice.messages]
    bodies = at_desk.log.locator(".body")
    await expect(bodies).to_have_count(len(held))
    for at, text in enumerate(held):
        await expect(bodies.nth(at)).to_contain_text(text.strip())
    await at_desk.page.reload()
    await expect(bodies).to_have_count(len(held))


async def test_nothing_said_becomes_markup(at_desk: Watched, bot: Bot, sandbox: Sandbox) -> None:
    nasty = "<img src=x onerror=document.body.remove()><script>alert(1)</script>"
    eve = sandbox.new_person(Profile(id=66, first_name=nasty[:40]))
    eve.says(nasty)
    await bot.send_message(eve.id, nasty)
    await bot.set_my_description(nasty)
    page = await at_desk.open("/?person=66")
    await expect(at_desk.log.get_by_text(nasty).first).to_be_visible()
    assert await page.locator("main img, main script").count() == 0


async def test_a_name_turns_no_words_but_its_own(
    at_desk: Watched, bot: Bot, sandbox: Sandbox
) -> None:
    mallory = sandbox.new_person(Profile(id=1066, first_name="Mal\u202elory"))
    mallory.starts()
    sent = await bot.send_message(mallory.id, "Hello")
    await bot.pin_chat_message(mallory.id, sent.message_id)
    page = await at_desk.open("/?person=1066")
    for place in ("#bot-status", ".service", "#people-list [data-person='1066'] .name"):
        isolated = page.locator(f"{place} bdi").first
        await expect(isolated).to_have_css("unicode-bidi", "isolate")


@pytest.mark.usefixtures("parrot")
async def test_everything_works_by_keyboard(watched: Watched) -> None:
    page = await watched.open()
    await page.get_by_role("link", name="Skip to the message box").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(watched.log).to_contain_text("Welcome")
    message = page.get_by_role("textbox", name="Message")
    if watched.phone:
        await expect(page.get_by_role("region", name="Messages")).to_be_focused()
        await message.focus()
    await expect(message).to_be_focused()
    await page.keyboard.type("Hello")
    await page.keyboard.press("Enter")
    await expect(watched.log).to_contain_text("You said: Hello")
    count = page.get_by_role("button", name="Count")
    await count.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Count 1")).to_be_focused()
    await page.get_by_role("button", name="Chat menu").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Clear this chat")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Delete and block")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Chat menu")).to_be_focused()


@pytest.mark.usefixtures("parrot")
async def test_commands_are_offered_and_sent(watched: Watched, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("help", "What I can do"), BotCommand("place", "Where")])
    await watched.start()
    page = watched.page
    await page.get_by_role("button", name="Commands").click()
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.get_by_role("option", name="/help").click()
    await expect(watched.log).to_contain_text("You said: /help")
    await page.get_by_role("textbox", name="Message").press_sequentially("/pl")
    await expect(page.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(watched.log).to_contain_text("Where are you?")


@pytest.mark.usefixtures("parrot")
async def test_a_location_is_shared_from_the_reply_keyboard(watched: Watched) -> None:
    await watched.start()
    await watched.say("/place")
    page = watched.page
    await page.get_by_role("button", name="Share it").click()
    await page.get_by_role("dialog").get_by_role("button", name="Kathmandu").click()
    await expect(watched.log).to_contain_text("At 27.72")
    await page.get_by_role("button", name="Skip").click()
    await expect(watched.log).to_contain_text("You said: Skip")


async def test_other_kinds_of_messages_are_shown(watched: Watched, bot: Bot, alice: Person) -> None:
    button = KeyboardButton("My number", request_contact=True)
    keyboard = ReplyKeyboardMarkup([[button]])
    await bot.send_voice(alice.id, b"v", duration=3)
    await bot.send_video(alice.id, b"v", filename="film.mp4")
    await bot.send_venue(alice.id, 52.5, 13.4, "Practice", "Main Street 1")
    await bot.send_contact(alice.id, "+49301234", "Dr. Who")
    await bot.send_dice(alice.id, reply_markup=keyboard)
    page = await watched.open()
    for words in ("Voice message", "film.mp4", "Practice", "Dr. Who", "+49301234", "thrown"):
        await expect(watched.log).to_contain_text(words)
    await page.get_by_role("button", name="My number").click()
    await page.get_by_role("dialog").get_by_role("button", name="Share").click()
    await expect(watched.log).to_contain_text("+99900001001")


@pytest.mark.usefixtures("parrot")
async def test_files_go_both_ways(watched: Watched, tmp_path: Path) -> None:
    await watched.start()
    await watched.say("/files")
    page = watched.page
    await page.get_by_role("button", name="Open the photo: A chart").click()
    photo = page.get_by_role("dialog").get_by_role("img", name="A chart")
    await expect(photo).to_be_visible()
    assert await photo.evaluate("image => image.naturalWidth") == 300
    await page.keyboard.press("Escape")
    async with page.expect_download() as download:
        await watched.log.get_by_role("link", name="diary.csv").click()
    saved = tmp_path / "diary.csv"
    await (await download.value).save_as(saved)
    assert saved.read_bytes() == b"a,b\n"
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Attach").click()
        await page.get_by_role("menuitem", name="Document").click()
    await (await chooser.value).set_files(saved)
    await expect(watched.log).to_contain_text("Got diary.csv")


@pytest.mark.usefixtures("parrot")
async def test_people_are_switched_and_see_only_their_own(watched: Watched, bot: Bot) -> None:
    await watched.start()
    await watched.choose("Bob")
    page = watched.page
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(watched.log).to_contain_text("Welcome")
    await bot.send_message(1001, "For Alice alone")
    await expect(watched.log).not_to_contain_text("For Alice alone")
    await watched.choose("Alice")
    await expect(watched.log).to_contain_text("For Alice alone")


@pytest.mark.usefixtures("parrot")
async def test_the_bot_is_blocked_and_taken_back(at_desk: Watched, sandbox: Sandbox) -> None:
    await at_desk.start()
    page = at_desk.page
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    restart = page.get_by_role("button", name="Unblock and restart")
    await expect(restart).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    assert sandbox.person("Alice").chat.blocked
    await restart.click()
    await expect(at_desk.log.get_by_text("Welcome")).to_have_count(2)


@pytest.mark.usefixtures("parrot")
async def test_time_is_travelled(watched: Watched, clock: MovedClock) -> None:
    """Over the night on which the clocks of Berlin go forward."""
    clock.present = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
    clock.due = clock() + timedelta(hours=5)
    await watched.start()
    due = watched.page.locator("#due")
    await expect(due).to_have_text("Next due: today at 15:00")
    for jump, shown in [
        ("Next due moment", "Fri 27 Mar, 15:00"),
        ("+1 hour", "Fri 27 Mar, 16:00"),
        ("Tomorrow 8:00", "Sat 28 Mar, 08:00"),
        ("Tomorrow 8:00", "Sun 29 Mar, 08:00"),
    ]:
        await watched.travel(jump)
        await expect(watched.toast).to_have_text(f"It is now {shown}.")
    assert clock() == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    await expect(due).to_have_text("Something is due just now.")
    clock.present = datetime(2026, 3, 28, 7, 30, tzinfo=UTC)
    await watched.page.reload()
    await watched.travel("+7 days")
    await expect(watched.toast).to_have_text("It is now Sat 4 Apr, 08:30.")
    await watched.travel("Choose…")
    dialog = watched.page.get_by_role("dialog")
    await dialog.get_by_label("Day and time").fill("2026-10-25T02:30")
    await dialog.get_by_role("button", name="Travel").click()
    await expect(watched.toast).to_have_text("It is now Sun 25 Oct, 02:30.")
    assert clock() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    await watched.travel("+1 hour")
    await expect(watched.toast).to_have_text("It is now Sun 25 Oct, 02:30.")
    await watched.say("Twice")
    await expect(watched.log).to_contain_text("Sunday 25 October")


@pytest.mark.usefixtures("parrot")
async def test_a_developer_sees_calls_and_sets_up_faults(
    watched: Watched, sandbox: Sandbox
) -> None:
    await watched.start()
    page = watched.page
    await page.get_by_role("button", name="Developer panel").click()
    panel = page.get_by_role("complementary", name="Developer panel")
    await panel.get_by_text("sendMessage").first.click()
    await expect(panel).to_contain_text("<b>Welcome</b>")
    await panel.get_by_role("tab", name="Faults").click()
    await panel.get_by_label("What goes wrong").select_option("error")
    await panel.get_by_label("On which call").select_option("sendDocument")
    await panel.get_by_label("For whom").select_option("The person in view")
    await panel.get_by_role("button", name="Set up the fault").click()
    await expect(panel).to_contain_text("500: Telegram fails on sendDocument for Alice, 1 more")
    assert [(fault.kind, fault.chat_id) for fault in sandbox.faults] == [("error", 1001)]
    await panel.get_by_role("button", name="Remove this fault").click()
    await expect(panel).to_contain_text("No faults")
    await panel.get_by_label("Telegram's rate limits").check()
    await expect(panel.get_by_label("Telegram's rate limits")).to_be_checked()
    await eventually(lambda: sandbox.limits.enabled)


async def test_every_fault_is_set_up_and_named_beside_the_call_it_hit(
    at_desk: Watched, alice: Person, bot: Bot
) -> None:
    page = await at_desk.open()
    await page.get_by_role("button", name="Developer panel").click()
    panel = page.get_by_role("complementary", name="Developer panel")
    await panel.get_by_role("tab", name="Faults").click()
    kinds = panel.get_by_label("What goes wrong")
    names = await kinds.get_by_role("option").all_inner_texts()
    shown = ["429", "500", "403", "dropped", "dropped", "200"]
    for name, status in zip(names, shown, strict=True):
        await panel.get_by_role("tab", name="Faults").click()
        await kinds.select_option(name)
        await panel.get_by_label("Seconds").fill("1")
        await panel.get_by_role("button", name="Set up the fault").click()
        await expect(panel).to_contain_text(f"{name} on any call, 1 more")
        with suppress(TelegramError):
            await bot.send_message(alice.id, f"Under: {name}")
        await panel.get_by_role("tab", name="Calls").click()
        newest = panel.get_by_role("listitem").first
        await expect(newest).to_contain_text(f"Fault: {name}")
        await expect(newest.locator(".status")).to_have_text(status)
    arrived = [message["text"] for message in alice.from_bot]
    assert arrived == [f"Under: {names[4]}", f"Under: {names[5]}"]


async def test_the_page_says_when_the_sandbox_is_gone(
    at_desk: Watched, sandbox: Sandbox, alice: Person
) -> None:
    alice.says("Hello")
    await at_desk.open()
    await expect(at_desk.log).to_contain_text("Hello")
    at_desk.excused += ("net::ERR_",)
    await sandbox.stop()
    await expect(at_desk.toast).to_contain_text("The sandbox does not answer")
    await at_desk.say("Kept")
    await expect(at_desk.toast).to_have_text("The sandbox does not answer. Is it still running?")
    await expect(at_desk.page.get_by_role("textbox", name="Message")).to_have_value("Kept")


async def test_a_long_history_begins_with_its_end(
    at_desk: Watched, alice: Person, bot: Bot
) -> None:
    first = alice.says("The very first")
    await bot.pin_chat_message(alice.id, first["message_id"])
    for number in range(320):
        alice.says(f"Number {number}")
    page = await at_desk.open()
    await expect(at_desk.log.get_by_text("Number 319")).to_be_in_viewport()
    await page.locator("#earlier").scroll_into_view_if_needed()
    oldest = await at_desk.log.locator("article").first.get_attribute("data-id")
    await page.get_by_role("button", name="Show earlier messages").click()
    await expect(at_desk.log.locator(f"[data-id='{oldest}']")).to_be_in_viewport()
    await expect(at_desk.log.locator("article")).to_have_count(322)
    await page.reload()
    await page.wait_for_selector("html[data-ready]")
    await expect(at_desk.log.locator(".body", has_text="The very first")).to_have_count(0)
    await page.get_by_role("button", name="Pinned message").click()
    await expect(at_desk.log.locator(".body", has_text="The very first")).to_be_in_viewport()


@pytest.mark.usefixtures("parrot")
async def test_two_people_chat_side_by_side(watched: Watched, sandbox: Sandbox) -> None:
    await watched.start()
    page = watched.page
    beside = page.get_by_role("button", name="Show Bob beside")
    if watched.phone:
        await expect(beside).to_be_hidden()
        return
    await beside.click()
    chat = page.frame_locator("iframe[title='Chat as Bob']")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.get_by_role("log")).to_contain_text("Welcome")
    assert sandbox.person("Bob").messages[0]["text"] == "/start"
    await page.get_by_role("button", name="Developer panel", exact=True).click()
    await expect(page.locator("#developer")).to_be_visible()
    await expect(page.locator("#chat")).to_have_css("width", re.compile(r"^[56]\d\dpx$|^6\d\d"))
    await page.get_by_role("button", name="Close the developer panel").click()
    await page.set_viewport_size({"width": 700, "height": 800})
    await expect(page.locator("iframe")).to_have_count(0)


async def test_what_comes_while_one_reads_above_is_counted(
    at_desk: Watched, alice: Person, bot: Bot
) -> None:
    for number in range(40):
        alice.says(f"Line {number}")
    await at_desk.open()
    await at_desk.page.locator("#scroll").evaluate("(box) => { box.scrollTop = 0; }")
    down = at_desk.page.get_by_role("button", name="Newest messages")
    await expect(down).to_be_visible()
    await bot.send_message(alice.id, "News")
    await expect(down).to_have_accessible_name("Newest messages, 1 new")
    await down.click()
    await expect(down).to_be_hidden()


async def test_a_toast_takes_room_and_covers_nothing(watched: Watched, alice: Person) -> None:
    for number in range(30):
        alice.says(f"Line {number}")
    page = await watched.open()
    last = watched.log.get_by_text("Line 29")
    await expect(last).to_be_in_viewport()
    top, bottom = (f"(box) => box.getBoundingClientRect().{side}" for side in ("top", "bottom"))
    before = await last.evaluate(top)
    await watched.travel("+1 hour")
    await expect(watched.toast).to_contain_text("It is now")
    stays = "([box, top]) => Math.abs(box.getBoundingClientRect().top - top) < 1"
    await page.wait_for_function(stays, arg=[await last.element_handle(), before])
    assert await watched.toast.evaluate(bottom) <= await page.locator("#scroll").evaluate(top)


async def test_a_long_label_is_cut_on_one_line(watched: Watched, alice: Person, bot: Bot) -> None:
    label = "🔎 A label that is much too long"
    row = [InlineKeyboardButton(text, callback_data="x") for text in (label, "Two", label)]
    await bot.send_message(alice.id, "Choose", reply_markup=InlineKeyboardMarkup([row]))
    page = await watched.open()
    button = page.get_by_role("button", name=label).first
    sizes = await button.evaluate("(b) => [b.scrollWidth > b.clientWidth, b.offsetHeight]")
    assert sizes == [True, 44]
    await expect(button).to_have_attribute("title", label)


async def test_the_sign_of_sending_ends_with_a_new_picture_in_an_old_message(
    at_desk: Watched, alice: Person, bot: Bot
) -> None:
    sent = await bot.send_photo(alice.id, png(40, 30))
    page = await at_desk.open()
    status = page.locator("#bot-status")
    await bot.send_chat_action(alice.id, "upload_photo")
    await expect(status).to_have_text("sending a photo…")
    await bot.set_message_reaction(alice.id, sent.message_id, "👍")
    await expect(at_desk.log).to_contain_text("👍")
    await expect(status).to_have_text("sending a photo…")
    await sent.edit_media(InputMediaPhoto(png(60, 30)))
    await expect(status).to_have_text("bot · you are Alice")


@pytest.mark.usefixtures("parrot")
async def test_every_text_stands_out_in_light_and_dark(watched: Watched, bot: Bot) -> None:
    await watched.start()
    await watched.say("/place")
    await watched.say("https://example.org @somebody #tag")
    await bot.send_message(1001, "<pre>a</pre><blockquote>b</blockquote>", "HTML")
    page = watched.page
    await page.get_by_role("button", name="Toast").click()
    await expect(watched.toast).to_have_text("You tapped toast")
    await page.get_by_role("button", name="Developer panel").click()
    await page.locator("#calls summary").first.click()
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert await faint_texts(page) == []
