"""Servers that answer as Telegram does, refuse, or say whatever a test lets them."""

import asyncio
import ssl
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

TOKEN = "123456:SECRET-token_value"
MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hi"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Raw = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

REFUSALS = pytest.mark.parametrize(
    ("status", "description", "parameters", "expected"),
    [
        (400, "Bad Request: chat not found", {}, BadRequest),
        (400, "Bad Request: upgraded", {"migrate_to_chat_id": -100}, ChatMigrated),
        (401, "Unauthorized", {}, InvalidToken),
        (403, "Forbidden: bot was blocked by the user", {}, Forbidden),
        (404, "Not Found", {}, InvalidToken),
        (429, "Too Many Requests: retry after 3", {"retry_after": 3}, RetryAfter),
        (500, "Internal Server Error", {}, NetworkError),
    ],
)
"""What Telegram refuses, and the error that PTB makes of it."""


@asynccontextmanager
async def served(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handler)
    server = TestServer(app, scheme="https" if context else "http")
    await server.start_server(ssl=context)
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


@asynccontextmanager
async def raw_server(speak: Raw) -> AsyncIterator[str]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speak(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


def answer(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def raw_answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def refuse(status: int, description: str, **parameters: int) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return web.json_response(body, status=status)


def refusing(status: int, description: str, parameters: dict[str, int]) -> Handler:
    """Return what answers every request with the same refusal."""

    async def handler(_: web.Request) -> web.Response:
        return refuse(status, description, **parameters)

    return handler


def hides_the_token(error: BaseException) -> bool:
    told = "".join(traceback.format_exception(error)) + repr(error)
    return TOKEN not in told and error.__cause__ is None and error.__context__ is None
