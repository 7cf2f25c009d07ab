"""A stand-in for Telegram that does as little as it can for each message, and counts them."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import monotonic

from aiohttp import web

_BOT = {"id": 123456, "is_bot": True, "first_name": "b", "username": "b_bot"}


@dataclass
class CrowdTelegram:
    """Answers every call at once and keeps how many messages each chat got."""

    got: Counter[int] = field(default_factory=Counter)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """The bot fetches updates."""
    count: int = 0
    first: float = 0.0
    last: float = 0.0
    """When the first and the newest message came, on the machine's monotonic clock."""

    async def serve(self, stack: AsyncExitStack) -> str:
        """Serve on a free port of this machine until the stack ends; return the address."""
        web_app = web.Application()
        web_app.router.add_post("/bot{token}/{method}", self._call)
        runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method == "sendMessage":
            return self._sent(int(str((await request.post())["chat_id"])))
        if method == "getUpdates":
            self.asked.set()
            await asyncio.sleep(float(str((await request.post())["timeout"])))
            return web.json_response({"ok": True, "result": []})
        return web.json_response({"ok": True, "result": _BOT if method == "getMe" else True})

    def _sent(self, chat: int) -> web.Response:
        self.last = monotonic()
        self.first = self.first or self.last
        self.got[chat] += 1
        self.count += 1
        return web.Response(
            text=f'{{"ok":true,"result":{{"message_id":{1000 + self.count},"date":1,'
            f'"chat":{{"id":{chat},"type":"private"}},"text":"x"}}}}',
            content_type="application/json",
        )
