"""The program's own HTTP: health for whoever watches it, and Telegram's webhook."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web

from tipbot.store.base import StoreUnavailableError

Ready = Callable[[], Awaitable[None]]
"""Returns if the program can do its work now; raises ``StoreUnavailableError`` if it cannot."""
Take = Callable[[dict[str, Any]], Awaitable[None]]
"""Takes one update; returns when its effect is on disk."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_UPDATE = 1024 * 1024


PATIENCE = 6.0
"""Seconds for a look at the store: more than it takes to find out that a server does not answer."""


def health_routes(ready: Ready, patience: float = PATIENCE) -> list[web.RouteDef]:
    """Return ``/healthz`` (the process lives) and ``/readyz`` (it can commit, ``patience`` given).

    A server that took a question and fell silent is no more ready than one that is away.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(patience):
                await ready()
        except (StoreUnavailableError, TimeoutError):
            return web.json_response({"status": "database away"}, status=503)
        return web.json_response({"status": "ready"})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz)]


def webhook_route(path: str, secret: str, take: Take) -> web.RouteDef:
    """Return the route that confirms an update (200) only after its effect is committed.

    A request without the right secret gets 403 in constant time; one that is no update 400; one
    whose effect could not be committed 503, so that Telegram hands it over again.
    """
    expected = secret.encode()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        update = await _update_in(request)
        if update is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await take(update)
        except StoreUnavailableError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    return web.post(path, receive)


async def _update_in(request: web.Request) -> dict[str, Any] | None:
    """Return the update that a request carries, None if that is no update."""
    try:
        update = await request.json()
    except (ValueError, LookupError, RecursionError):  # LookupError: an unknown charset
        return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    return update


class WebServer:
    """Serves routes on one address until it is closed."""

    def __init__(self, routes: list[web.RouteDef]) -> None:
        """Serve these routes and nothing else."""
        application = web.Application(client_max_size=LARGEST_UPDATE)
        application.add_routes(routes)
        self._runner = web.AppRunner(application, access_log=None)

    async def open(self, host: str, port: int) -> None:
        """Listen; raise OSError if the address is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def close(self) -> None:
        """Finish the requests in flight and stop listening."""
        await self._runner.cleanup()
