"""Updates by webhook: taken with the right secret alone, in order, and again after a crash."""

import asyncio
import io
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.process import Launcher, Running, free_port, run
from tests.e2e.stored import keep, stored
from tests.e2e.world import TOKEN, TWITCH, until
from tipbot.sandbox import Sandbox
from tipbot.web.server import LARGEST_UPDATE, SECRET_HEADER

pytestmark = pytest.mark.usefixtures("loaded")
SECRET = "Opensesame-" + "7" * 20
PATH = "/updates/from-telegram"


async def run_hooked(launch: Launcher, sandbox: Sandbox, port: int) -> Running:
    launch.secrets.add(SECRET)
    running = await run(
        launch,
        sandbox,
        TIPBOT_LISTEN=f"127.0.0.1:{port}",
        TIPBOT_WEBHOOK_URL=f"http://127.0.0.1:{port}{PATH}",
        TIPBOT_WEBHOOK_SECRET=SECRET,
    )
    await until(lambda: sandbox.api.webhook.active, "Telegram knows the address")
    return running


def twitches(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "tipbot.db")) as database:
        return int(database.execute("SELECT count(*) FROM check_ins").fetchone()[0])


async def test_a_webhook_is_answered_in_order_and_survives_a_kill(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice, port = sandbox.person("Alice"), free_port()
    async with stored(tmp_path) as store:
        await keep(store, [alice])
    running = await run_hooked(launch, sandbox, port)
    for command in ("/help", "/nonsense", "/signs"):
        alice.says(command)
    await alice.reads("When to get help")
    heads = [m["text"].split("\n")[0] for m in alice.from_bot]
    assert heads[0] == "What I can do"
    assert "/nonsense" in heads[1]
    await alice.asks("/pad")
    await running.killed()
    tap = alice.taps_at_once(TWITCH)
    running = await run_hooked(launch, sandbox, port)
    await asyncio.wait_for(tap.answered.wait(), 10)
    await until(lambda: not sandbox.api.updates.waiting(), "the update is confirmed")
    assert twitches(tmp_path) == 1
    running.signal(signal.SIGTERM)
    assert await running.ends(within=5) == 0


async def test_strangers_get_nowhere(launch: Launcher, sandbox: Sandbox, tmp_path: Path) -> None:
    port = free_port()
    launch.secrets.add("a secret of mine")
    running = await run_hooked(launch, sandbox, port)
    url = f"http://127.0.0.1:{port}{PATH}"
    right = {SECRET_HEADER: SECRET}
    async with aiohttp.ClientSession() as session:

        async def status(headers: dict[str, str], data: bytes) -> int:
            async with session.post(url, data=io.BytesIO(data), headers=headers) as answer:
                return answer.status

        update = b'{"update_id": 1, "message": {}}'
        assert await status({}, update) == 403
        assert await status({SECRET_HEADER: SECRET[:-1]}, update) == 403
        assert await status({SECRET_HEADER: "\u00e9\u00e9"}, update) == 403
        assert await status(right, b"no json") == 400
        assert await status(right, b"[1]") == 400
        assert await status(right, b'{"message": {}}') == 400
        assert await status(right, b'{"update_id": "x"}') == 400
        assert await status(right, b"[" * 100_000) == 400
        assert await status(right, b"\xff\xfe{}") == 400
        assert await status(right, b" " * (LARGEST_UPDATE + 1)) == 413
        assert await status(right, b'{"update_id": 5}') == 200
        unreadable = b'{"update_id": 6, "message": {"text": "a secret of mine"}}'
        assert await status(right, unreadable) == 200, "it would come again for ever"
        async with session.get(url) as answer:
            assert answer.status == 405
    assert running.logged("update_unreadable")()
    assert twitches(tmp_path) == 0


async def test_a_taken_port_stops_a_webhook_bot_with_one_message(
    launch: Launcher, sandbox: Sandbox
) -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1")
    async with server:
        taken = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        running = await launch(
            "run",
            TIPBOT_TOKEN=TOKEN,
            TIPBOT_API_URL=sandbox.url,
            TIPBOT_LISTEN=taken,
            TIPBOT_WEBHOOK_URL=f"http://{taken}/hook",
            TIPBOT_WEBHOOK_SECRET=SECRET,
        )
        assert await running.ends() == 2
    said = [line for line in running.stderr.splitlines() if not line.startswith("{")]
    assert len(said) == 1
    assert said[0].startswith(f"TIPBOT_LISTEN: {taken} cannot be used")
