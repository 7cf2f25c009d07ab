"""``main.py demo``: its page is there, nothing of the owner's is touched, nothing is left."""

import re
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.process import Launcher
from tests.e2e.world import TOKEN, until


def folders(where: Path) -> list[Path]:
    return list(where.glob("tipbot-demo-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_serves_its_page_and_leaves_nothing(
    launch: Launcher, tmp_path: Path, number: signal.Signals
) -> None:
    # What belongs to a real bot is in the environment, and must not be used.
    real = {"TIPBOT_TOKEN": TOKEN, "TIPBOT_DATABASE": f"sqlite:///{tmp_path}/real.db"}
    running = await launch("demo", "--no-open", "--port", "0", **real)
    await until(lambda: "started" in running.stderr, "it started")
    found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout)
    assert found
    async with aiohttp.ClientSession() as session, session.get(found[0]) as page:
        assert page.status == 200
        assert "<html" in await page.text()
    assert len(folders(tmp_path)) == 1
    running.signal(number)
    assert await running.ends(within=6) == 0
    assert folders(tmp_path) == []
    assert not (tmp_path / "real.db").exists()


async def test_a_taken_port_is_one_clear_message(launch: Launcher, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        running = await launch("demo", "--no-open", "--port", port)
        assert await running.ends() == 2
    assert running.stderr.splitlines()[-1].startswith(
        f"The chat page cannot listen on port {port} ("
    )
    assert folders(tmp_path) == []
