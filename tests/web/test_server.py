"""Health and the webhook over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tipbot.store.base import StoreUnavailableError
from tipbot.web.server import (
    LARGEST_UPDATE,
    SECRET_HEADER,
    WebServer,
    health_routes,
    webhook_route,
)

SECRET = "open-sesame_1"


@dataclass
class House:
    """What stands behind the server: a store that may be away, and what was taken."""

    away: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def ready(self) -> None:
        if self.away:
            raise StoreUnavailableError

    async def take(self, update: dict[str, Any]) -> None:
        if self.gate is not None:
            await self.gate.wait()
        await self.ready()
        self.taken.append(update)


@dataclass
class Client:
    """Whoever calls the server."""

    session: aiohttp.ClientSession
    root: str

    async def gets(self, path: str) -> tuple[int, object]:
        async with self.session.get(self.root + path) as answer:
            return answer.status, (await answer.json())["status"]

    async def posts(self, body: bytes, secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(self.root + "/hook", data=body, headers=headers) as answer:
            return answer.status


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def server(house: House) -> AsyncIterator[WebServer]:
    server = WebServer([*health_routes(house.ready), webhook_route("/hook", SECRET, house.take)])
    await server.open("127.0.0.1", 0)
    yield server
    await server.close()


@pytest.fixture
async def client(server: WebServer) -> AsyncIterator[Client]:
    port = server._runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        yield Client(session, f"http://127.0.0.1:{port}")


async def test_health_tells_a_living_process_from_a_ready_one(house: House, client: Client) -> None:
    assert await client.gets("/healthz") == (200, "alive")
    assert await client.gets("/readyz") == (200, "ready")
    house.away = True
    assert await client.gets("/healthz") == (200, "alive")
    assert await client.gets("/readyz") == (503, "database away")


async def test_a_database_that_never_answers_is_away_too() -> None:
    async def silent() -> None:
        await asyncio.Event().wait()

    server = WebServer(health_routes(silent, patience=0.05))
    await server.open("127.0.0.1", 0)
    port = server._runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        client = Client(session, f"http://127.0.0.1:{port}")
        assert await client.gets("/readyz") == (503, "database away")
        assert await client.gets("/healthz") == (200, "alive")
    await server.close()


async def test_an_update_is_confirmed_only_once_it_was_taken(house: House, client: Client) -> None:
    house.gate = asyncio.Event()
    posting = asyncio.create_task(client.posts(b'{"update_id": 7}'))
    await asyncio.sleep(0.05)
    assert not posting.done()
    house.gate.set()
    assert await posting == 200
    assert house.taken == [{"update_id": 7}]


async def test_an_update_that_could_not_be_committed_is_asked_for_again(
    house: House, client: Client
) -> None:
    house.away = True
    assert await client.posts(b'{"update_id": 7}') == 503


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "\u00e9"])
async def test_without_the_right_secret_nothing_is_read(
    house: House, client: Client, secret: str | None
) -> None:
    assert await client.posts(b'{"update_id": 7}', secret) == 403
    assert house.taken == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=60) | st.recursive(st.none(), st.lists).map(repr).map(str.encode))
async def test_what_is_no_update_is_refused_and_changes_nothing(
    house: House, client: Client, body: bytes
) -> None:
    assert await client.posts(body) == 400
    assert house.taken == []


@pytest.mark.parametrize("number", ['"7"', "null", "true", "7.0", "[]"])
async def test_an_update_has_a_whole_number(house: House, client: Client, number: str) -> None:
    assert await client.posts(b'{"update_id": ' + number.encode() + b"}") == 400
    assert house.taken == []


async def test_a_body_in_letters_that_nobody_knows_is_refused(client: Client) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json; charset=klingon"}
    async with client.session.post(client.root + "/hook", data=b"{}", headers=headers) as answer:
        assert answer.status == 400


async def test_what_is_far_too_long_is_refused(house: House, client: Client) -> None:
    long = b'{"update_id": 7, "x": "' + b"x" * LARGEST_UPDATE + b'"}'
    with socket.socket() as raw:  # a client library would warn of so large a body
        raw.settimeout(0)
        loop = asyncio.get_running_loop()
        host, _, port = client.root.removeprefix("http://").partition(":")
        await loop.sock_connect(raw, (host, int(port)))
        head = f"POST /hook HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
        head += f"Content-Length: {len(long)}\r\n\r\n"
        await loop.sock_sendall(raw, head.encode() + long)
        answer = await loop.sock_recv(raw, 100)
    assert answer.startswith(b"HTTP/1.1 413")
    assert house.taken == []


async def test_a_taken_address_is_an_error_that_can_be_told(server: WebServer) -> None:
    port = server._runner.addresses[0][1]
    other = WebServer([])
    with pytest.raises(OSError, match="address"):
        await other.open("127.0.0.1", port)
    await other.close()
