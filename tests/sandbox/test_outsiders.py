"""Bots that were written for Telegram and not for the sandbox, running against it unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.sandbox.conftest import TOKEN, MovedClock, eventually
from tests.sandbox.outsiders.runners import OUTSIDERS, Outsider
from tests.sandbox.pictures import png
from tipbot.sandbox import Fault, Person, Sandbox


@pytest.fixture(params=OUTSIDERS)
async def outsider(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[Outsider]:
    """Run each outsider; it may meet no error that it did not expect."""
    async with OUTSIDERS[request.param](sandbox.url, TOKEN) as running:
        yield running
    assert running.errors == []
    assert sandbox.api.queries.unanswered() == []


async def test_an_outsiders_bot_finds_telegram_here(outsider: Outsider, sandbox: Sandbox) -> None:
    """One run for all of it: starting a bot costs more than talking to it."""
    alice = sandbox.person("Alice")
    await greets_and_counts(alice, sandbox)
    await asks_for_a_place(alice)
    await sends_and_takes_files(alice)
    await hears_what_is_said_and_felt(alice)
    await is_refused_in_telegrams_words(alice)
    await learns_of_a_block(alice, outsider)


async def greets_and_counts(alice: Person, sandbox: Sandbox) -> None:
    alice.starts("from_a_link")
    hello = await alice.reads("from_a_link")
    assert {entity["type"] for entity in hello["entities"]} >= {"bold"}
    assert alice.labels == ["Count 0", "Done", "Site"]
    assert (await alice.taps("Count 0"))["text"] == "That makes 1"
    await alice.reads("Tapped 1 times")
    assert (await alice.taps("Count 1"))["text"] == "That makes 2"
    await alice.reads("Tapped 2 times")
    assert (await alice.taps("Done"))["show_alert"] is True
    await alice.waits_for(lambda m: "Tapped 2" in str(m.get("text")) and "reply_markup" not in m)
    menu = sandbox.api.profile.commands_for(alice.id, "en")
    assert [entry["command"] for entry in menu] == ["start", "pin"]


async def asks_for_a_place(alice: Person) -> None:
    await alice.asks("/where")
    assert alice.keyboard == ["Send my place", "Never mind"]
    alice.shares_location(52.52, 13.405)
    back = await alice.waits_for(lambda m: m["from_bot"] and "location" in m)
    assert back["location"] == {"latitude": 52.52, "longitude": 13.405}
    await alice.reads("Thanks")
    assert alice.keyboard == []


async def sends_and_takes_files(alice: Person) -> None:
    small = await alice.asks("/picture")
    assert (small["caption"], small["photo"][-1]["width"]) == ("Small", 40)
    await alice.taps("Repaint")
    large = await alice.waits_for(lambda m: m.get("caption") == "Largest")
    assert large["message_id"] == small["message_id"]
    assert large["photo"][-1]["width"] == 80
    picture = png(64, 64)
    alice.acts.send_photo("me.png", "image/png", picture)
    await alice.reads(f"{len(picture)} bytes")
    alice.sends_document("diary.csv", b"a,b\n", "text/csv")
    again = await alice.reads("Again: diary.csv")
    assert again["document"]["mime_type"] == "text/csv"
    said = alice.says("/album")["message_id"]
    await eventually(lambda: len([m for m in alice.from_bot if m["message_id"] > said]) == 2)
    two = alice.from_bot[-2:]
    assert len({m["media_group_id"] for m in two}) == 1


async def hears_what_is_said_and_felt(alice: Person) -> None:
    said = alice.says("Good morning")
    answer = await alice.reads("You said Good morning")
    assert answer["reply_to_message"]["message_id"] == said["message_id"]
    mine = next(m for m in alice.messages if m["message_id"] == said["message_id"])
    assert [kind["emoji"] for kinds in mine["reactions"].values() for kind in kinds] == ["👍"]
    alice.acts.edit(said["message_id"], "Good evening")
    await alice.reads("Now it says: Good evening")
    alice.acts.react(answer["message_id"], "🎉")
    await alice.reads("Felt: 🎉")
    await alice.asks("/pin")
    await alice.waits_for(lambda m: "pinned_message" in m)
    assert [m["text"] for m in alice.from_bot if m["pinned"]] == ["Keep this"]
    asked = alice.says("/copy")["message_id"]
    forwarded = await alice.waits_for(lambda m: "forward_origin" in m, after=asked)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Alice"
    gone = alice.says("/vanish")["message_id"]
    await eventually(lambda: gone not in {m["message_id"] for m in alice.messages})


async def is_refused_in_telegrams_words(alice: Person) -> None:
    told = (await alice.asks("/wrong"))["text"].lower().split("\n")
    assert told == [
        "badrequest: can't parse entities: can't find end tag corresponding to start tag \"b\"",
        "badrequest: message text is empty",
        "badrequest: message is too long",
    ]


async def learns_of_a_block(alice: Person, outsider: Outsider) -> None:
    alice.blocks()
    alice.unblocks()
    await eventually(lambda: outsider.memberships == ["kicked", "member"])


async def test_every_refusal_is_the_exception_that_aiogram_has_for_it(
    sandbox: Sandbox, clock: MovedClock
) -> None:
    # Loaded here for the reason that ``runners`` gives.
    from aiogram import exceptions as refusals  # noqa: PLC0415 - as said above

    from tests.sandbox.outsiders import aiogram_bot  # noqa: PLC0415 - as said above

    bot, _ = aiogram_bot.build(sandbox.url, TOKEN)
    stranger, _ = aiogram_bot.build(sandbox.url, "4242:another")
    alice = sandbox.person("Alice")
    async with bot.context(), stranger.context():
        with pytest.raises(refusals.TelegramForbiddenError, match="can't initiate conversation"):
            await bot.send_message(alice.id, "Hello")
        alice.starts()
        with pytest.raises(refusals.TelegramBadRequest, match="chat not found"):
            await bot.send_message(5, "Hello")
        with pytest.raises(refusals.TelegramUnauthorizedError):
            await stranger.get_me()
        sandbox.faults.add(Fault(kind="flood", method="sendMessage", seconds=7))
        with pytest.raises(refusals.TelegramRetryAfter) as flood:
            await bot.send_message(alice.id, "Hello")
        assert flood.value.retry_after == 7
        sent = await bot.send_message(alice.id, "Hello", reply_markup=aiogram_bot.counter(0))
        with pytest.raises(refusals.TelegramBadRequest, match="message is not modified"):
            await sent.edit_text("Hello", reply_markup=aiogram_bot.counter(0))
        query = alice.taps_at_once("Count 0")
        clock.ahead(minutes=16)
        with pytest.raises(refusals.TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(query.id)
        sandbox.api.updates.clear()
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await eventually(lambda: sandbox.api.updates.polled)
        assert await bot.get_updates(timeout=0) == []
        second = asyncio.create_task(bot.get_updates(timeout=1))
        with pytest.raises(refusals.TelegramConflictError, match="terminated by other getUpdates"):
            await waiting
        await second
        alice.blocks()
        with pytest.raises(refusals.TelegramForbiddenError, match="bot was blocked by the user"):
            await bot.send_message(alice.id, "Hello")
