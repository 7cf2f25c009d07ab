"""Posting updates to the bot's webhook: in order within a chat, again until they are taken."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import aiohttp

from tipbot.sandbox.errors import Json, refuse
from tipbot.sandbox.forms import Form, read_reply
from tipbot.sandbox.updates import Pending, UpdateQueue
from tipbot.sandbox.world import Clock

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_SECONDS = re.compile(r"\d{1,5}", re.ASCII)
_ATTEMPT_SECONDS = 30.0
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0
_LONGEST_ASKED_PAUSE = 3600


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates are posted."""

    url: str
    secret: str
    connections: int


def read_target(form: Form) -> Target | None:
    """Read setWebhook's parameters, None for an empty address; raises 400.

    Only addresses on this machine are taken, with or without TLS, as a local Bot API server does.
    """
    url = form.text("url")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        refuse("invalid webhook URL specified")
    if not _is_loopback(parts.hostname):
        refuse("bad webhook: the sandbox posts to loopback addresses only")
    secret = form.text("secret_token")
    if len(secret) > 256:
        refuse("secret token is too long")
    if not _SECRET.fullmatch(secret):
        refuse("secret token contains unallowed characters")
    return Target(url, secret, form.integer("max_connections", 40, 1, 100))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Webhook:
    """The delivery of updates to one target; several chats at once, one update per chat."""

    def __init__(self, updates: UpdateQueue, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._target: Target | None = None
        self._task: asyncio.Task[None] | None = None
        self._error: tuple[int, str] | None = None
        self.take_reply: Callable[[Form], Awaitable[None]] = _passed_over
        """Makes the call that a bot put into its answer."""

    @property
    def target(self) -> Target | None:
        """Where updates are posted, None where they are polled."""
        return self._target

    @property
    def active(self) -> bool:
        """Whether updates are posted instead of polled."""
        return self._target is not None

    def as_json(self) -> Json:
        """Return the WebhookInfo object without its count of updates."""
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        if self._target is not None:
            info |= {"url": self._target.url, "max_connections": self._target.connections}
            info["ip_address"] = "127.0.0.1"
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    async def point_at(self, target: Target | None) -> None:
        """Change the target; None ends the delivery."""
        await self.stop()
        self._target = target
        self._error = None
        if target is not None:
            self._task = asyncio.create_task(self._run(target))

    async def stop(self) -> None:
        """End the delivery and wait for its end; what was not taken stays queued."""
        task, self._task, self._target = self._task, None, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, target: Target) -> None:
        busy: dict[int, asyncio.Task[None]] = {}
        timeout = aiohttp.ClientTimeout(total=_ATTEMPT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            while True:
                self._updates.arrived.clear()
                for update in self._updates.waiting():
                    free = update.chat_id not in busy and len(busy) < target.connections
                    if free:
                        task = group.create_task(self._post(session, target, update))
                        busy[update.chat_id] = task
                        task.add_done_callback(partial(self._free, busy, update.chat_id))
                await self._updates.arrived.wait()

    def _free(
        self, busy: dict[int, asyncio.Task[None]], chat_id: int, _done: asyncio.Task[None]
    ) -> None:
        busy.pop(chat_id, None)
        self._updates.arrived.set()

    async def _post(self, session: aiohttp.ClientSession, target: Target, update: Pending) -> None:
        """Post an update until it is taken, or so old that it would be next time."""
        pause = _FIRST_PAUSE
        while (asked := await self._attempt(session, target, update)) is not None:
            wait = min(asked, _LONGEST_ASKED_PAUSE) or pause
            if self._clock() + timedelta(seconds=wait) > update.until:
                break
            await asyncio.sleep(wait)
            pause = min(2 * pause, _LONGEST_PAUSE)
        self._updates.discard(update.id)

    async def _attempt(
        self, session: aiohttp.ClientSession, target: Target, update: Pending
    ) -> int | None:
        """Return None when the update was taken, else for how many seconds the bot asks to wait."""
        headers = {SECRET_HEADER: target.secret} if target.secret else {}
        body, asked = update.as_json(), 0
        try:
            async with session.post(
                target.url, json=body, headers=headers, allow_redirects=False
            ) as answer:
                if 200 <= answer.status < 300:
                    await self.take_reply(await read_reply(answer))
                    return None
                asked = _seconds(answer.headers.get("Retry-After", ""))
                fault = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            fault = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            fault = "Connection refused"
        except aiohttp.ClientError:
            fault = "Webhook connection closed"
        self._error = (int(self._clock().timestamp()), fault)
        return asked


def _seconds(text: str) -> int:
    return int(text) if _SECONDS.fullmatch(text) else 0


async def _passed_over(_form: Form) -> None:
    """Do nothing with an answer."""
