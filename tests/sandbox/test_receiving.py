from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Conflict, NetworkError

from tests.sandbox.conftest import TOKEN, MovedClock, eventually
from tipbot.sandbox import Person, Sandbox


async def test_updates_wait_until_an_offset_confirms_them(bot: Bot, alice: Person) -> None:
    for text in ("one", "two", "three"):
        alice.says(text)
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    assert [u.update_id for u in again][:2] == [u.update_id for u in first]
    [rest] = await bot.get_updates(offset=first[-1].update_id + 1)
    assert rest.message is not None
    assert rest.message.text == "three"
    assert await bot.get_updates(offset=rest.update_id + 1) == ()


async def test_a_negative_offset_keeps_the_last(bot: Bot, alice: Person) -> None:
    for text in ("one", "two", "three"):
        alice.says(text)
    [last] = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "three"
    assert len(await bot.get_updates()) == 1


async def test_an_offset_far_ahead_confirms_nothing(bot: Bot, alice: Person) -> None:
    alice.says("one")
    [update] = await bot.get_updates()
    assert await bot.get_updates(offset=update.update_id + 1000) == (update,)
    assert await bot.get_updates(offset=update.update_id + 5) == ()


async def test_a_long_poll_wakes_for_an_update(bot: Bot, alice: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await eventually(lambda: alice.api.updates.polled)
    assert not poll.done()
    alice.says("now")
    [update] = await asyncio.wait_for(poll, 5)
    assert update.message is not None
    assert update.message.text == "now"


async def test_a_long_poll_ends_empty(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first(bot: Bot, alice: Person) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=30))
    await eventually(lambda: alice.api.updates.polled)
    newer = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that"):
        await asyncio.wait_for(older, 5)
    alice.says("hello")
    assert len(await asyncio.wait_for(newer, 5)) == 1


async def test_updates_grow_stale(bot: Bot, alice: Person, clock: MovedClock) -> None:
    alice.says("old")
    clock.ahead(hours=25)
    alice.says("new")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "new"


async def test_only_the_kinds_asked_for_come(bot: Bot, alice: Person) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    alice.says("unheard")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    alice.says("heard")
    assert len(await bot.get_updates()) == 1


async def test_reactions_come_only_when_asked_for(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Like it?")
    alice.acts.react(sent.message_id, "👍")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    alice.acts.react(sent.message_id, "🔥")
    [update] = await bot.get_updates()
    assert update.message_reaction is not None
    assert [r.emoji for r in update.message_reaction.new_reaction] == ["🔥"]  # type: ignore[attr-defined]  # only emoji here
    assert [r.emoji for r in update.message_reaction.old_reaction] == ["👍"]  # type: ignore[attr-defined]  # only emoji here


async def test_update_ids_grow_over_a_restart(clock: MovedClock) -> None:
    ids = []
    for _ in range(2):
        async with Sandbox(token=TOKEN, clock=clock) as running:
            alice = running.person("Alice")
            ids.append((alice.starts()["message_id"], running.api.updates.waiting()[0].id))
        clock.ahead(minutes=1)
    assert ids[0][0] < ids[1][0]
    assert ids[0][1] < ids[1][1]


async def test_telegram_goes_away_and_comes_back(bot: Bot, alice: Person, sandbox: Sandbox) -> None:
    await bot.send_message(alice.id, "Before")
    url = sandbox.url
    await sandbox.stop()
    with pytest.raises(NetworkError):
        await bot.send_message(alice.id, "Lost")
    await sandbox.start()
    assert sandbox.url == url
    await bot.send_message(alice.id, "After")
    assert [m["text"] for m in alice.from_bot] == ["Before", "After"]


# --- webhooks ---------------------------------------------------------------------------------


@dataclass
class Taker:
    """A bot's webhook that refuses the first `failures` posts, and answers the others."""

    failures: int = 0
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    reply: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    seen: asyncio.Queue[tuple[str, dict[str, Any]]] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        if self.failures:
            self.failures -= 1
            return web.Response(status=self.status, headers=self.headers)
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        await self.seen.put((secret, await request.json()))
        return web.Response(**self.reply)


def reply_of(kind: str, call: dict[str, str]) -> dict[str, Any]:
    """Return what makes a response that holds a call."""
    if kind == "json":
        return {"text": json.dumps(call), "content_type": "application/json"}
    if kind == "form":
        return {"text": urlencode(call), "content_type": "application/x-www-form-urlencoded"}
    parts = aiohttp.MultipartWriter("form-data")
    for name, value in call.items():
        parts.append(value).set_content_disposition("form-data", name=name)
    return {"body": parts}


@asynccontextmanager
async def taking(taker: Taker) -> AsyncIterator[Taker]:
    app = web.Application()
    app.add_routes([web.post("/hook", taker.take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taker.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield taker
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret(bot: Bot, alice: Person) -> None:
    async with taking(Taker()) as taker:
        assert await bot.set_webhook(taker.url, secret_token="a_secret-1") is True
        alice.says("hello")
        secret, update = await asyncio.wait_for(taker.seen.get(), 5)
        assert secret == "a_secret-1"
        assert update["message"]["text"] == "hello"
        await eventually(lambda: not alice.api.updates.waiting())
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (taker.url, 0)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        assert await bot.delete_webhook() is True
        alice.says("polled")
        assert len(await bot.get_updates()) == 1


async def test_a_refused_update_is_posted_again(bot: Bot, alice: Person) -> None:
    async with taking(Taker(failures=1)) as taker:
        await bot.set_webhook(taker.url)
        alice.says("hello")
        _secret, update = await asyncio.wait_for(taker.seen.get(), 5)
        assert update["message"]["text"] == "hello"
        info = await bot.get_webhook_info()
        assert "500" in str(info.last_error_message)
        await bot.delete_webhook()


@pytest.mark.parametrize("kind", ["json", "form", "multipart"])
async def test_a_webhooks_answer_may_hold_a_call(
    bot: Bot, alice: Person, sandbox: Sandbox, kind: str
) -> None:
    call = {"method": "sendMessage", "chat_id": str(alice.id), "text": "Answered at once"}
    async with taking(Taker(reply=reply_of(kind, call))) as taker:
        await bot.set_webhook(taker.url)
        alice.says("hello")
        await alice.reads("Answered at once")
        assert [logged.status for logged in sandbox.calls.of("sendMessage")] == [200]
        await bot.delete_webhook()


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "nothing"])
async def test_a_call_that_asks_for_something_is_passed_over_in_an_answer(
    bot: Bot, alice: Person, method: str
) -> None:
    async with taking(Taker(reply=reply_of("json", {"method": method}))) as taker:
        await bot.set_webhook(taker.url)
        alice.says("hello")
        await eventually(lambda: not alice.api.updates.waiting())
        assert (await bot.get_webhook_info()).url == taker.url
        await bot.delete_webhook()


async def test_an_update_that_is_wanted_again_too_late_is_let_go(
    bot: Bot, alice: Person, clock: MovedClock
) -> None:
    async with taking(Taker(failures=1, headers={"Retry-After": "3600"})) as taker:
        await bot.set_webhook(taker.url)
        alice.says("old by then")
        clock.ahead(hours=23, minutes=30)
        await eventually(lambda: not alice.api.updates.waiting())
        assert taker.seen.empty()
        await bot.delete_webhook()


async def test_a_webhook_is_not_followed_elsewhere(bot: Bot, alice: Person) -> None:
    async with taking(Taker(failures=1, status=302, headers={"Location": "/hook"})) as taker:
        await bot.set_webhook(taker.url)
        alice.says("hello")
        await asyncio.wait_for(taker.seen.get(), 5)
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 302 Found"
        await bot.delete_webhook()


async def test_a_webhook_that_nobody_answers_is_told_in_telegrams_words(
    bot: Bot, alice: Person
) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    alice.says("hello")
    await eventually(lambda: "last_error_message" in alice.api.webhook.as_json())
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Connection refused"
    assert info.pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_webhook_ends_a_waiting_poll(bot: Bot, sandbox: Sandbox) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await eventually(lambda: sandbox.api.updates.polled)
    async with taking(Taker()) as taker:
        await bot.set_webhook(taker.url)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await asyncio.wait_for(poll, 5)
        await bot.delete_webhook()


@pytest.mark.parametrize(
    ("url", "secret"),
    [("https://example.org/hook", ""), ("nonsense", ""), ("http://127.0.0.1:1/", "not allowed!")],
)
async def test_a_webhook_elsewhere_or_with_a_bad_secret_is_refused(
    bot: Bot, url: str, secret: str
) -> None:
    with pytest.raises(BadRequest):
        await bot.set_webhook(url, secret_token=secret or None)


# --- the way in -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        (f"/bot{TOKEN}/getNothing", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}/getMe/", 404, "Not Found: method not found"),
        (f"/bot{TOKEN}", 404, "Not Found"),
        ("/bot4242:wrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
    ],
)
async def test_what_is_unknown_is_refused(
    sandbox: Sandbox, path: str, status: int, description: str
) -> None:
    async with aiohttp.ClientSession() as session, session.get(sandbox.url + path) as answer:
        assert answer.status == status
        assert await answer.json() == {
            "ok": False,
            "error_code": status,
            "description": description,
        }


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("multipart/form-data", b"nothing"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nnothing"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    sandbox: Sandbox, kind: str, body: bytes
) -> None:
    url = f"{sandbox.url}/bot{TOKEN}/getMe"
    headers = {"Content-Type": kind}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["ok"] is False


async def test_a_poll_that_brings_nothing_new_is_left_out_of_the_calls(
    bot: Bot, sandbox: Sandbox, alice: Person
) -> None:
    alice.says("hello")
    for _ in range(3):
        assert len(await bot.get_updates()) == 1
    alice.says("again")
    assert len(await bot.get_updates()) == 2
    assert len(sandbox.calls.of("getUpdates")) == 2
