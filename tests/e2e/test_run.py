"""``main.py run`` as its owner meets it: it starts, says what is wrong, and ends cleanly."""

import asyncio
import json
import platform
import re
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.process import NOWHERE, Launcher, free_port, run
from tests.e2e.stored import keep, stored
from tests.e2e.world import TOKEN, tap_like, until
from tipbot.program.starting import NOT_ACCEPTED
from tipbot.sandbox import Sandbox
from tipbot.sandbox.faults import Fault


async def test_it_runs_from_a_token_file_and_answers(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    port, launch.tips = free_port(), None
    running = await launch(
        "run",
        TIPBOT_TOKEN_FILE=str(tmp_path / "token"),
        TIPBOT_API_URL=sandbox.url,
        TIPBOT_LISTEN=f"127.0.0.1:{port}",
    )
    await running.up()
    alice = sandbox.person("Alice")
    alice.starts()
    await tap_like(alice, "agree")
    await until(lambda: bool(alice.keyboard), "the location button is there")
    alice.says("Zzyzxville, my secret place")
    await alice.reads("I do not know a city")
    alice.shares_location(27.72, 85.32)
    await alice.reads("Kathmandu")
    assert mode_of(tmp_path / "tipbot.db") == 0o600
    async with aiohttp.ClientSession() as session:
        for path, body in {"healthz": "alive", "readyz": "ready"}.items():
            async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                assert (answer.status, (await answer.json())["status"]) == (200, body)
    running.signal(signal.SIGTERM)
    assert await running.ends(within=5) == 0
    assert running.stdout == ""
    assert [json.loads(line)["event"] for line in running.stderr.splitlines()][-1] == "stopped"


@pytest.mark.usefixtures("loaded")
async def test_a_second_one_on_the_same_file_is_told_so_until_the_first_has_gone(
    launch: Launcher, sandbox: Sandbox
) -> None:
    first = await run(launch, sandbox)
    second = await launch("run", TIPBOT_TOKEN=TOKEN, TIPBOT_API_URL=sandbox.url)
    assert await second.ends() == 1, "whoever watches over it may try again"
    (said,) = second.stderr.strip().splitlines()
    assert re.match(r"Another bot runs on \S*/tipbot\.db\. .* stop that one first", said)
    await first.killed()
    await run(launch, sandbox)


def mode_of(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.usefixtures("loaded")
async def test_what_is_in_flight_is_finished_before_it_ends(
    launch: Launcher, sandbox: Sandbox
) -> None:
    running = await run(launch, sandbox)
    alice, bob = sandbox.person("Alice"), sandbox.person("Bob")
    sandbox.faults.add(Fault(kind="slow", method="sendMessage", times=None, seconds=0.5))
    alice.says("/help")
    bob.says("/signs")
    await until(lambda: bool(alice.from_bot and bob.from_bot), "both are being answered")
    running.signal(signal.SIGTERM)
    assert await running.ends(within=5) == 0
    assert sandbox.api.updates.waiting() == [], "what was answered was not confirmed"
    assert running.logged("stopped")()


@pytest.mark.usefixtures("loaded")
async def test_a_tip_in_flight_is_recorded_before_it_ends(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice = sandbox.person("Alice")
    async with stored(tmp_path) as store:
        await keep(store, [alice], tip_due=True)
    sandbox.faults.add(Fault(kind="slow", method="sendMessage", seconds=0.7))
    running = await run(launch, sandbox)
    await alice.reads("Source")
    running.signal(signal.SIGTERM)
    assert await running.ends(within=5) == 0
    with closing(sqlite3.connect(tmp_path / "tipbot.db")) as database:
        states = database.execute("SELECT state FROM deliveries").fetchall()
    assert states == [("sent",)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_at_once_while_telegram_is_away(
    launch: Launcher, number: signal.Signals
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    running = await launch("run", TIPBOT_TOKEN=TOKEN, TIPBOT_API_URL=nobody, TIPBOT_LISTEN=NOWHERE)
    await until(running.logged("telegram_away"), "it noticed")
    running.signal(number)
    assert await running.ends(within=3) == 0


@pytest.mark.usefixtures("loaded")
async def test_it_ends_at_once_while_telegram_does_not_answer(launch: Launcher) -> None:
    asked = asyncio.Event()

    async def never_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        asked.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never_answer, "127.0.0.1")
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        running = await launch("run", TIPBOT_TOKEN=TOKEN, TIPBOT_API_URL=url, TIPBOT_LISTEN=NOWHERE)
        await asyncio.wait_for(asked.wait(), 10)
        running.signal(signal.SIGTERM)
        assert await running.ends(within=3) == 0


@pytest.mark.usefixtures("loaded")
async def test_it_waits_for_a_telegram_that_comes_back(launch: Launcher, sandbox: Sandbox) -> None:
    await sandbox.stop()
    running = await launch(
        "run", TIPBOT_TOKEN=TOKEN, TIPBOT_API_URL=sandbox.url, TIPBOT_LISTEN=NOWHERE
    )
    await until(running.logged("telegram_away"), "it noticed")
    await sandbox.start()
    await running.up()
    assert "What I can do" in (await sandbox.person("Alice").asks("/help"))["text"]


@pytest.mark.usefixtures("loaded")
async def test_a_wrong_token_ends_it_with_one_clear_message(
    launch: Launcher, sandbox: Sandbox
) -> None:
    wrong = "654321:" + "B" * 35
    launch.secrets |= {wrong, "B" * 35}
    running = await launch(
        "run", TIPBOT_TOKEN=wrong, TIPBOT_API_URL=sandbox.url, TIPBOT_LISTEN=NOWHERE
    )
    assert await running.ends() == 2
    said = [line for line in running.stderr.splitlines() if not line.startswith("{")]
    assert said == [NOT_ACCEPTED]


@pytest.mark.usefixtures("loaded")
async def test_a_taken_port_is_said_and_the_bot_goes_on(launch: Launcher, sandbox: Sandbox) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        running = await run(launch, sandbox, TIPBOT_LISTEN=taken)
        assert f"TIPBOT_LISTEN: {taken} cannot be used" in running.stdout
        assert "What I can do" in (await sandbox.person("Alice").asks("/help"))["text"]


@pytest.mark.usefixtures("loaded")
async def test_a_database_that_cannot_be_opened_is_said_plainly(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    running = await launch(
        "run",
        TIPBOT_TOKEN=TOKEN,
        TIPBOT_API_URL=sandbox.url,
        TIPBOT_DATABASE=f"sqlite:///{tmp_path}/no/such/folder/tipbot.db",
    )
    assert await running.ends() == 2
    assert "The database cannot be opened: there is no folder" in running.stderr


@pytest.mark.usefixtures("loaded")
async def test_a_library_with_faults_stops_the_start_and_is_named(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    running = await launch(
        "run",
        TIPBOT_TOKEN=TOKEN,
        TIPBOT_API_URL=sandbox.url,
        TIPBOT_TIPS=str(tmp_path / "nothing"),
    )
    assert await running.ends() == 2
    assert "The tip library in" in running.stderr
    assert "nothing was started" in running.stderr
    assert not (tmp_path / "tipbot.db").exists()


@pytest.mark.usefixtures("loaded")
async def test_what_it_does_can_be_read_from_its_metrics(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice = sandbox.person("Alice")
    async with stored(tmp_path) as store:
        await keep(store, [alice], tip_due=True)
    port = free_port()
    await run(launch, sandbox, TIPBOT_LISTEN=f"127.0.0.1:{port}")
    await alice.reads("Source")
    await tap_like(alice, "Twitch now")

    async def counted() -> bool:
        page = await metrics_at(port)
        return all(
            f"\n{line}\n" in page
            for line in (
                'tipbot_sends_total{outcome="sent"} 1.0',
                'tipbot_delivery_records_total{state="sent"} 1.0',
                "tipbot_lateness_seconds_count 1.0",
                'tipbot_update_seconds_count{kind="tap"} 1.0',
                'tipbot_pacing_wait_seconds_count{lane="tip"} 1.0',
                "tipbot_handler_failures_total 0.0",
            )
        )

    await until(counted, "what happened was counted")
    page = await metrics_at(port)
    assert 'tipbot_store_seconds_count{access="write"} 0.0' not in page
    assert f'database="sqlite",python="{platform.python_version()}"' in page
    for secret in (TOKEN, TOKEN.partition(":")[2], f'"{alice.id}"', "Alice"):
        assert secret not in page


async def metrics_at(port: int) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        assert answer.status == 200
        return await answer.text()
