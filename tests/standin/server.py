"""A second stand-in for Telegram, small and strict, written from the documentation alone.

It shares nothing with the sandbox. A call with a fault is refused and remembered, and where
Telegram is free it does otherwise than the sandbox: ids beyond 32 bits, people of whom only the
first name is known, fields and updates that nobody has heard of yet.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiohttp import BodyPartReader, web

from tests.standin.chats import Chat, Chats, Json, Message, RefusedError
from tests.standin.referee import faults_of
from tests.standin.shapes import Request, Upload, values_of

_POLL_SECONDS = 5.0
T = TypeVar("T")


class StandIn:
    """The bot's side over HTTP, and the updates that wait for it."""

    def __init__(self, token: str) -> None:
        self.token = token
        number = int(token.partition(":")[0])
        bot = {"id": number, "is_bot": True, "first_name": "Bot", "username": "standin_bot"}
        self.chats = Chats(bot)
        self.url = ""
        self.faults: list[str] = []
        self.requests: list[Request] = []
        self._updates: dict[int, Json] = {}
        self._numbers = 2**30
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[], T | None], seconds: float) -> T:
        """Return what holds, once it does; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not (found := holds()):
                await self._changed.wait()
        return found

    def _tell(self) -> None:
        """Wake whoever waits for something to change."""
        self._changed.set()
        self._changed = asyncio.Event()

    # --- what people do -------------------------------------------------------------------

    def put(self, chat: Chat, content: Json) -> Message:
        """Let a person send something, after an update of a kind that nobody knows yet."""
        message = Message(self.chats.next_id(), chat.user, content)
        chat.messages[message.id] = message
        self._push("invention_of_next_year", {"id": 1})
        self._push("message", self.chats.as_json(chat, message))
        return message

    def tap(self, chat: Chat, message: Message, data: str, *, old: bool = False) -> str:
        """Let a person tap a button, and return the tap's id; of an old message little is told."""
        tap = str(self.chats.next_id())
        self.chats.taps[tap] = None
        seen = self.chats.as_json(chat, message)
        if old:
            seen = {"message_id": message.id, "chat": chat.as_json(), "date": 0}
        body = {"id": tap, "from": chat.user, "chat_instance": "-1", "data": data, "message": seen}
        self._push("callback_query", body)
        return tap

    def _push(self, kind: str, body: Json) -> None:
        self._numbers += 1
        self._updates[self._numbers] = {"update_id": self._numbers, kind: body}
        self._tell()

    # --- what the bot does ----------------------------------------------------------------

    async def handle(self, http: web.Request) -> web.Response:
        """Answer one call."""
        if http.match_info["token"] != self.token:
            return _answer(401, "Unauthorized")
        request = await _read(http)
        self.requests.append(request)
        try:
            if faults := faults_of(request):
                raise RefusedError(faults[0])  # noqa: TRY301  refused here like anywhere else
            result = await self._carry_out(request)
        except RefusedError as refused:
            self.faults.append(f"{request.method}: {refused}")
            return _answer(400, f"Bad Request: {refused}")
        self._tell()
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, request: Request) -> Any:
        given = values_of(request)
        match request.method:
            case "getMe":
                return self.chats.bot | {"can_join_groups": False}
            case "getUpdates":
                return await self._poll(given)
            case "getFile":
                file = given["file_id"]
                return {"file_id": file, "file_unique_id": file, "file_path": f"documents/{file}"}
            case "getWebhookInfo":
                return {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            case "answerCallbackQuery":
                return self.chats.carry_out(request, given)
        return self.chats.carry_out(request, given) if "chat_id" in given else True

    async def _poll(self, given: Json) -> list[Json]:
        first = given.get("offset", 0)
        self._updates = {n: update for n, update in self._updates.items() if n >= first}
        if given.get("timeout"):
            try:
                await self.until(lambda: self._updates, _POLL_SECONDS)
            except TimeoutError:
                return []
        return list(self._updates.values())[: given.get("limit", 100)]

    async def download(self, http: web.Request) -> web.Response:
        """Give a file that getFile named."""
        return web.Response(body=self.chats.files[http.match_info["file"]].content)


def _answer(status: int, reason: str) -> web.Response:
    body = {"ok": False, "error_code": status, "description": reason}
    return web.json_response(body, status=status)


async def _read(http: web.Request) -> Request:
    """Read a call; the documentation allows a query, a form, JSON and multipart."""
    parameters, uploads = dict(http.query), dict[str, Upload]()
    if http.content_type.startswith("multipart/"):
        async for part in await http.multipart():
            assert isinstance(part, BodyPartReader)
            content, name = bytes(await part.read(decode=True)), part.name or ""
            if part.filename is None:
                parameters[name] = content.decode()
            else:
                uploads[name] = Upload(part.filename, content)
    elif http.content_type == "application/json":
        body = await http.json()
        parameters |= {n: v if isinstance(v, str) else json.dumps(v) for n, v in body.items()}
    else:
        parameters |= {name: str(value) for name, value in (await http.post()).items()}
    return Request(http.match_info["method"], parameters, uploads)


@asynccontextmanager
async def standing_in(token: str) -> AsyncIterator[StandIn]:
    """Serve a stand-in on a free port of this machine."""
    standin = StandIn(token)
    app = web.Application(client_max_size=60 * 2**20)
    app.router.add_route("*", "/bot{token}/{method}", standin.handle)
    app.router.add_get("/file/bot{token}/documents/{file}", standin.download)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    standin.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield standin
    finally:
        await runner.cleanup()
