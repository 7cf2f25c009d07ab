"""The whole sandbox: a Bot API server, people to talk to the bot, and a page to watch it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from tipbot.sandbox.api import Api
from tipbot.sandbox.botserver import BotServer
from tipbot.sandbox.calls import CallLog
from tipbot.sandbox.control import PeopleControl
from tipbot.sandbox.driver import Person
from tipbot.sandbox.faults import Faults
from tipbot.sandbox.forms import MAX_BODY
from tipbot.sandbox.guard import add_headers, guard, is_loopback
from tipbot.sandbox.hooks import PanelAction, TimeControl
from tipbot.sandbox.limits import RateLimits
from tipbot.sandbox.page import Page
from tipbot.sandbox.panel import Panel
from tipbot.sandbox.people import add_bot
from tipbot.sandbox.updates import UpdateQueue
from tipbot.sandbox.webhook import Webhook
from tipbot.sandbox.world import DEFAULT_PEOPLE, Chat, Clock, Profile, World

_TOKEN = re.compile(r"[1-9]\d*:[A-Za-z0-9_-]+")
_STOP_SECONDS = 2.0


class Sandbox:
    """A stand-in for Telegram on this machine, in memory; `async with`, or `start` and `stop`.

    `clock` dates messages and ages queries; long polls, slow answers and rate limits take real
    time. Raises ValueError for a token that is not of Telegram's form or a host beyond loopback.
    """

    def __init__(  # noqa: PLR0913  all by name, nearly all with a default
        self,
        *,
        token: str,
        clock: Clock,
        host: str = "127.0.0.1",
        port: int = 0,
        people: Sequence[Profile] = DEFAULT_PEOPLE,
        bot_name: str = "Sandbox bot",
        bot_username: str = "sandbox_bot",
        time_control: TimeControl | None = None,
        panel_actions: Sequence[PanelAction] = (),
    ) -> None:
        if not _TOKEN.fullmatch(token):
            msg = "a bot token reads <digits>:<letters, digits, _ or ->"
            raise ValueError(msg)
        if not is_loopback(host):
            msg = f"the sandbox serves this machine only: choose a loopback host, not {host!r}"
            raise ValueError(msg)
        self._host, self._port = host, port
        bot = _bot(int(token.partition(":")[0]), bot_name, bot_username)
        self._closing = asyncio.Event()
        updates = UpdateQueue(clock)
        world = World(clock, bot, tuple(people))
        api = Api(world=world, updates=updates, webhook=Webhook(updates, clock))
        self._server = BotServer(api, token, RateLimits(_monotonic))
        self._panel = Panel(self._server, time_control, panel_actions, self._closing)
        self._runner: web.AppRunner | None = None
        self.faults: Faults = self._server.faults
        self.limits: RateLimits = self._server.limits
        self.calls: CallLog = self._server.calls
        self.api = api

    async def start(self) -> Self:
        """Listen; `url` says where. After a `stop`, all is as it was, at the same address."""
        self._closing.clear()
        app = web.Application(middlewares=[guard], client_max_size=MAX_BODY + 2**20)
        app.on_response_prepare.append(add_headers)
        app.add_routes(self._server.routes())
        app.add_routes(PeopleControl(self._server).routes())
        app.add_routes(self._panel.routes())
        app.add_routes(Page(self.api.files).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Answer the waiting poll, end the streams, and stop listening."""
        self._closing.set()
        self.api.updates.release()
        await self.api.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address of the page and, as TIPBOT_API_URL, of the Bot API."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def person(self, who: int | str) -> Person:
        """Return the hands and eyes of a person, by id or first name; raises KeyError."""
        for profile in self.api.world.people.values():
            if who in {profile.id, profile.first_name}:
                return Person(self.api, profile)
        raise KeyError(who)

    def new_group(self, chat_id: int, title: str, people: Sequence[Person]) -> Chat:
        """Bring in a group to which the first of `people` has just added the bot."""
        chat = self.api.world.add_group(chat_id, title, [person.id for person in people])
        add_bot(self.api, chat, people[0].id)
        return chat

    def new_person(self, profile: Profile) -> Person:
        """Bring in a person and return them."""
        self.api.world.add_person(profile)
        self.api.hub.tell("people")
        return Person(self.api, profile)


def _monotonic() -> float:
    return asyncio.get_running_loop().time()


def _bot(bot_id: int, name: str, username: str) -> dict[str, object]:
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": name,
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }
