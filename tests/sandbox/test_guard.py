from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN
from tipbot.sandbox import Sandbox

PATHS = ["/", "/sandbox/api/state", f"/bot{TOKEN}/getMe", "/static/main.js"]


async def status(sandbox: Sandbox, path: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.get(sandbox.url + path, headers=named) as answer,
    ):
        return answer.status


@pytest.mark.parametrize("path", PATHS)
async def test_another_host_name_is_refused(sandbox: Sandbox, path: str) -> None:
    assert await status(sandbox, path) == 200
    assert await status(sandbox, path, Host="evil.example:80") == 403
    assert await status(sandbox, path, Host="127.0.0.1.evil.example") == 403


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "LOCALHOST"])
async def test_every_loopback_name_is_taken(sandbox: Sandbox, host: str) -> None:
    assert await status(sandbox, "/", Host=host) == 200


async def test_a_page_of_another_origin_is_refused(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/sandbox/api/people/1001/messages"
    body = {"text": "Hello"}
    async with aiohttp.ClientSession() as session:
        for headers, expected in [
            ({}, 200),
            ({"Origin": sandbox.url}, 200),
            ({"Origin": "http://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
        ]:
            async with session.post(url, json=body, headers=headers) as answer:
                assert answer.status == expected, headers


@pytest.mark.parametrize(
    "path", ["/sandbox/api/events", "/sandbox/api/people", "/sandbox/api/calls"]
)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example", "Upgrade": "websocket", "Connection": "Upgrade"},
    ],
)
async def test_another_site_reads_and_hears_nothing(
    sandbox: Sandbox, path: str, headers: dict[str, str]
) -> None:
    assert await status(sandbox, path, **headers) == 403


async def test_the_page_itself_may_be_opened_from_a_link_elsewhere(sandbox: Sandbox) -> None:
    assert await status(sandbox, "/", Sec_Fetch_Site="cross-site") == 200


async def test_a_plain_form_cannot_post(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/sandbox/api/people/1001/block"
    async with aiohttp.ClientSession() as session, session.post(url, data={"a": "b"}) as answer:
        assert answer.status == 415


async def test_the_page_may_load_nothing_from_elsewhere(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(sandbox.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert policy.startswith("default-src 'self';")
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in page
    assert "https:" not in page
    assert TOKEN not in page


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org"])  # noqa: S104  refused
def test_the_sandbox_serves_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="choose a loopback host"):
        Sandbox(token=TOKEN, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), host=host)


@pytest.mark.parametrize("token", ["", "secret", "0:abc", "12:a b"])
def test_a_token_of_another_form_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="a bot token reads"):
        Sandbox(token=token, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
