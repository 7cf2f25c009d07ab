"""A Bot API server that takes messages and can fail in every way that Telegram and the net do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from tipbot.bot.answers import NotSentError
from tipbot.bot.lines import Lines
from tipbot.bot.timeouts import Timeouts
from tipbot.core.outcomes import Outcome
from tipbot.delivery.sender import Depart, Message, Sender, TelegramSender, at_once

REFUSALS: dict[str, tuple[int, dict[str, Any]]] = {
    "blocked": (403, {"description": "Forbidden: bot was blocked by the user"}),
    "deactivated": (403, {"description": "Forbidden: user is deactivated"}),
    "no chat": (400, {"description": "Bad Request: chat not found"}),
    "bad markup": (400, {"description": "Bad Request: can't parse entities: Unsupported tag"}),
    "too long": (400, {"description": "Bad Request: message is too long"}),
    "flood": (
        429,
        {"description": "Too Many Requests: retry after 1", "parameters": {"retry_after": 1}},
    ),
    "bad token": (401, {"description": "Unauthorized"}),
}
"""Answers that prove that nothing was sent."""
DOUBTS = ("drop after", "drop before", "server error", "gateway", "silence", "half an answer")
"""Ways to fail that prove nothing: some of them after the message was taken."""


def new_home(chat: int) -> int:
    """Return the id that a chat gets when it moves."""
    return -1000 - chat


def moved_to(chat: int) -> dict[str, Any]:
    """Answer as Telegram does for a chat that has a new id."""
    told = {"ok": False, "error_code": 400, "description": "Bad Request: upgraded"}
    return told | {"parameters": {"migrate_to_chat_id": chat}}


class PostOffice:
    """Remembers what it took, and fails for a chat as its script says, one word a call."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, str]] = []
        self.forms: list[dict[str, str]] = []
        self.script: dict[int, list[str]] = {}
        self.under_way = 0
        self.most_under_way = 0
        self.delay = 0.0
        self.url = ""
        self.result: object = None
        """What is answered in place of the message."""

    def took(self, chat: int) -> int:
        return [each for each, _ in self.taken].count(chat)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if request.path.endswith("/answerCallbackQuery"):
            return web.json_response({"ok": True, "result": True})
        assert request.path.endswith("/sendMessage"), request.path
        self.forms.append(form)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.delay)
            return await self.answer(request, form)
        finally:
            self.under_way -= 1

    async def answer(self, request: web.Request, form: dict[str, str]) -> web.StreamResponse:
        chat = int(form["chat_id"])
        words = self.script.get(chat, [])
        word = words.pop(0) if words else "ok"
        if word == "moved":
            return web.json_response(moved_to(new_home(chat)), status=400)
        if word in REFUSALS:
            status, body = REFUSALS[word]
            return web.json_response({"ok": False, "error_code": status} | body, status=status)
        if word != "drop before":
            self.taken.append((chat, form["text"]))
        return await self.fail(request, word) if word != "ok" else self.accept(chat)

    def accept(self, chat: int) -> web.Response:
        sent = {
            "message_id": 1000 + len(self.taken),
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "text": "x",
        }
        result = sent if self.result is None else self.result
        return web.json_response({"ok": True, "result": result})

    async def fail(self, request: web.Request, word: str) -> web.StreamResponse:
        assert request.transport is not None
        if word in {"drop after", "drop before"}:
            request.transport.abort()
            return web.Response()
        if word == "server error":
            return web.json_response({"ok": False, "description": "Internal"}, status=500)
        if word == "gateway":
            return web.Response(text="<html>bad gateway</html>", status=502)
        if word == "half an answer":
            return web.Response(text='{"ok": tr')
        assert word == "silence", word
        await asyncio.sleep(2)
        return web.Response()


Post = tuple[PostOffice, TelegramSender]
"""A server, and the way to it."""


@asynccontextmanager
async def telegram(url: str, read: float = 2.0) -> AsyncIterator[TelegramSender]:
    """Open the way to a server."""
    lines = Lines(f"{url}/bot1:TOKEN/sendMessage", 64, Timeouts(read=read, write=0.0))
    await lines.initialize()
    try:
        yield TelegramSender(lines, NotSentError)
    finally:
        await lines.shutdown()


@asynccontextmanager
async def post_office() -> AsyncIterator[Post]:
    office, app = PostOffice(), web.Application()
    app.router.add_route("*", "/{tail:.*}", office.handle)
    async with TestServer(app) as server:
        office.url = str(server.make_url("")).rstrip("/")
        async with telegram(office.url) as sender:
            yield office, sender


class ClosedDoor:
    """A sender to a port where nobody listens for the first calls, then to ``behind``."""

    def __init__(self, behind: Sender, refused: int) -> None:
        self.behind = behind
        self.refused = refused

    async def send(self, message: Message, depart: Depart = at_once) -> Outcome:
        if self.refused <= 0:
            return await self.behind.send(message, depart)
        self.refused -= 1
        async with telegram(f"http://127.0.0.1:{unused_port()}") as nobody:
            return await nobody.send(message, depart)


class Watched:
    """A sender that tells what goes through it, just before it leaves."""

    def __init__(self, behind: Sender, before: Callable[[Message], Awaitable[None]]) -> None:
        self.behind = behind
        self.before = before

    async def send(self, message: Message, depart: Depart = at_once) -> Outcome:
        async def told() -> bool:
            may_go = await depart()
            if may_go:
                await self.before(message)
            return may_go

        return await self.behind.send(message, told)
