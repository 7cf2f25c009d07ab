"""A stand-in for Telegram that answers at once, times each tap and turns people's charts."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tipbot.clock import system_clock

_BOT = {"id": 123456, "is_bot": True, "first_name": "b", "username": "b_bot"}


def user(who: int) -> dict[str, Any]:
    """Return Telegram's form of a person."""
    return {"id": who, "is_bot": False, "first_name": f"P{who}", "language_code": "en"}


def bot_message(chat: int, message: int, *, photo: bool = False) -> dict[str, Any]:
    """Return Telegram's form of a message of the bot's."""
    size = {"file_id": "p", "file_unique_id": "p", "width": 1080, "height": 1080}
    return {
        "message_id": message,
        "date": int(system_clock().timestamp()),
        "chat": {"id": chat, "type": "private", "first_name": f"P{chat}"},
        "from": _BOT,
        **({"photo": [size]} if photo else {"text": "x"}),
    }


@dataclass
class Telegram:
    """Hands out updates, answers every call at once and keeps how long each tap waited."""

    on_picture: Callable[[dict[str, Any]], None]
    """Is told of each picture that was sent or put in place of another one."""
    waited: list[float] = field(default_factory=list)
    """Seconds from a timed tap's arrival to its answer."""
    unanswered: dict[str, float] = field(default_factory=dict)
    """Timed taps, and when they arrived."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """The bot fetches updates."""
    _updates: deque[dict[str, Any]] = field(default_factory=deque)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _number: int = 0
    _message: int = 1000

    def hand_over(self, **content: Any) -> None:
        """Let an update arrive."""
        self._number += 1
        self._updates.append({"update_id": self._number, **content})
        self._arrived.set()

    def says(self, who: int, command: str) -> None:
        """Let somebody send a command."""
        entity = {"type": "bot_command", "offset": 0, "length": len(command)}
        said = bot_message(who, 10) | {"from": user(who), "text": command, "entities": [entity]}
        self.hand_over(message=said)

    def taps(self, who: int, data: str, message: dict[str, Any], *, timed: bool = False) -> None:
        """Let somebody press a button."""
        key = f"{who}-{self._number}"
        if timed:
            self.unanswered[key] = asyncio.get_running_loop().time()
        query = {"id": key, "from": user(who), "chat_instance": "1", "data": data}
        self.hand_over(callback_query=query | {"message": message})

    async def serve(self, stack: AsyncExitStack) -> str:
        """Serve on a free port of this machine until the stack ends; return the address."""
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/bot{token}/{method}", self._call)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _call(self, request: web.Request) -> web.Response:
        given = dict(await request.post())
        result = await self._result(request.match_info["method"], given)
        return web.json_response({"ok": True, "result": result})

    async def _result(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getUpdates":
            self.asked.set()
            return await self._batch(int(given.get("offset", 0)), float(given["timeout"]))
        if method == "answerCallbackQuery":
            began = self.unanswered.pop(given["callback_query_id"], None)
            if began is not None:
                self.waited.append(asyncio.get_running_loop().time() - began)
        elif method == "getMe":
            return _BOT
        elif method.startswith(("send", "edit")) and method != "sendChatAction":
            return self._shown(method, given)
        return True

    async def _batch(self, offset: int, wait: float) -> list[dict[str, Any]]:
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), wait)
        return list(self._updates)[:100]

    def _shown(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        self._message += 1
        message = int(given.get("message_id", self._message))
        photo = method in {"sendPhoto", "sendDocument", "editMessageMedia"}
        shown = bot_message(int(given["chat_id"]), message, photo=photo)
        if photo:
            self.on_picture(shown)
        return shown
