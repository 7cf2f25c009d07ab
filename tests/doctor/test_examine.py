"""What an examination finds, with which mend, and what it never shows."""

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import psycopg
import pytest
from aiohttp import web
from telegram import WebhookInfo

from tests.e2e.process import NOWHERE, free_port
from tests.e2e.stored import stored
from tests.e2e.world import TOKEN
from tests.store.house import ALICE
from tests.upkeep.conftest import Filled
from tipbot.clock import Clock, TravelClock, system_clock
from tipbot.doctor.database import database
from tipbot.doctor.examine import examine
from tipbot.doctor.findings import Level
from tipbot.doctor.machine import disk
from tipbot.doctor.telegram import steady, webhook
from tipbot.library.check import check_folder
from tipbot.sandbox import Sandbox
from tipbot.settings import PREFIX
from tipbot.store.base import Backlog
from tipbot.store.migrations import HISTORY
from tipbot.web.metrics import Metrics, metrics_route
from tipbot.web.server import WebServer, health_routes

Examined = Callable[..., Awaitable[tuple[int, list[str]]]]
_checked_once = cache(check_folder)
"""Reading two hundred files is nearly all that an examination costs."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(token=TOKEN, clock=system_clock) as running:
        yield running


@pytest.fixture
def examined(
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Examined:
    """Return what examines a set-up and gives what was found, one line each, then its mend.

    Nobody waits for a second poller but where a test says for how many seconds, and the clock is
    watched for a moment.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tipbot.doctor.telegram._WATCHED", 0.02)
    monkeypatch.setattr("tipbot.doctor.examine.check_folder", _checked_once)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)

    async def examine_with(
        clock: Clock = system_clock, *, poll_for: int = 0, **own: str
    ) -> tuple[int, list[str]]:
        settings = {"TIPBOT_TOKEN": TOKEN, "TIPBOT_API_URL": sandbox.url, "TIPBOT_LISTEN": NOWHERE}
        for name, value in (settings | {"TIPBOT_OWNERS": "1001"} | own).items():
            monkeypatch.setenv(name, value)
        found = [each async for each in examine(clock, poll_for=poll_for)]
        printed = capfd.readouterr()
        lines = [
            line
            for each in found
            for line in (f"{each.level} {each.subject}: {each.said}", each.mend)
        ]
        assert not [line for line in (*lines, printed.out, printed.err) if TOKEN[7:] in line]
        assert all(each.mend for each in found if each.level is not Level.OK)
        return sum(each.level is Level.FAULT for each in found), lines

    return examine_with


def about(lines: list[str], subject: str) -> list[str]:
    return [line for line in lines if re.match(rf"\w+ {subject}: ", line)]


async def test_a_sound_set_up_has_no_fault(examined: Examined, tmp_path: Path) -> None:
    async with stored(tmp_path):
        pass
    code, lines = await examined(poll_for=1)
    assert code == 0
    assert {line.split()[0] for line in lines if line} == {"ok"}
    for subject in (
        "settings", "zone data", "database", "disk", "files", "library", "address", "clock",
        "token", "webhook", "second poller",
    ):  # fmt: skip
        assert about(lines, subject), subject


async def test_a_new_set_up_is_in_order_before_its_first_start(
    examined: Examined, tmp_path: Path
) -> None:
    code, lines = await examined()
    assert code == 0
    assert "will be made at the first start" in "\n".join(lines)
    assert not (tmp_path / "tipbot.db").exists()


async def test_every_wrong_setting_is_a_fault_and_no_secret_is_shown(examined: Examined) -> None:
    code, lines = await examined(
        TIPBOT_DATABASE="mysql://me:hunter2@host/x", TIPBOT_RATE="fast", TIPBOT_COLOUR="red"
    )
    assert code == 3
    assert len([line for line in lines if line.startswith("fault")]) == 3
    assert "hunter2" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("own", "said", "mend"),
    [
        ({"TIPBOT_TOKEN": "1:" + "x" * 35}, "Telegram does not accept it", "@BotFather"),
        ({"TIPBOT_TOKEN": ""}, "TIPBOT_TOKEN is not set", "/newbot"),
        ({"TIPBOT_API_URL": "http://127.0.0.1:9"}, "does not answer", "network"),
        ({"TIPBOT_DATABASE": "sqlite:///nowhere/x.db"}, "there is no folder", "mkdir"),
        ({"TIPBOT_TIPS": "nowhere"}, " faults in nowhere", "tips check"),
        (
            {"TIPBOT_DATABASE": "postgresql://me:hunter2@127.0.0.1:9/x"},
            "PostgreSQL cannot be reached",
            "see that the server runs",
        ),
    ],
)
async def test_what_keeps_the_bot_from_its_work_is_a_fault_with_its_mend(
    examined: Examined, own: dict[str, str], said: str, mend: str
) -> None:
    code, lines = await examined(**own)
    assert code >= 1
    place = next(n for n, line in enumerate(lines) if line.startswith("fault") and said in line)
    assert mend in lines[place + 1]
    assert "hunter2" not in "\n".join(lines)


async def test_a_folder_that_is_missing_is_one_fault_and_nothing_is_promised(
    examined: Examined,
) -> None:
    code, lines = await examined(TIPBOT_DATABASE="sqlite:///nowhere/x.db")
    assert code == 1
    assert "will be made" not in "\n".join(lines)


async def test_a_damaged_an_older_and_a_newer_database_are_told_apart(
    examined: Examined, tmp_path: Path
) -> None:
    async with stored(tmp_path) as store:
        await store.enrol(ALICE)
    file = tmp_path / "tipbot.db"

    def execute(statement: str) -> None:
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(statement)

    execute("UPDATE subscribers SET zone = 'Mars/Olympus'")
    execute(f"DELETE FROM _sqlite_migrations WHERE name = '{HISTORY[-1].name}'")  # noqa: S608 - a name of our own
    _, lines = await examined(TIPBOT_TOKEN="")
    assert "1 step behind" in "\n".join(about(lines, "database"))
    assert "Mars/Olympus" in "\n".join(about(lines, "zone data"))
    execute("INSERT INTO _sqlite_migrations VALUES (99, 'tipbot', '9999_later', 'x')")
    _, lines = await examined(TIPBOT_TOKEN="")
    assert "newer version" in "\n".join(about(lines, "database"))
    file.write_bytes(file.read_bytes()[:20000])
    code, lines = await examined(TIPBOT_TOKEN="")
    assert code >= 1
    assert about(lines, "database")[0].startswith("fault")


async def test_files_that_others_can_read_are_named(examined: Examined, tmp_path: Path) -> None:
    async with stored(tmp_path):
        pass
    (tmp_path / "token").write_text(TOKEN)
    (tmp_path / ".env").write_text("TIPBOT_WEBHOOK_SECRET=hush\nTIPBOT_WEBHOOK_URL=https://a.b\n")
    for name in ("token", ".env", "tipbot.db"):
        (tmp_path / name).chmod(0o644)
    code, lines = await examined(TIPBOT_TOKEN="", TIPBOT_TOKEN_FILE="token")
    assert code == 0, lines
    for name in ("token", ".env", "tipbot.db"):
        mends = [line for line in lines if line.startswith("chmod 600")]
        assert any(line.endswith(name) for line in mends), name


async def test_a_webhook_that_somebody_set_is_told_by_its_host_alone(
    examined: Examined, sandbox: Sandbox
) -> None:
    url = f"http://127.0.0.1:{free_port()}/a-secret-path"
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/bot{TOKEN}/setWebhook", data={"url": url}) as answer,
    ):
        assert answer.status == 200
    code, lines = await examined(poll_for=1)
    assert code == 0
    (said,) = [line for line in about(lines, "webhook") if line.startswith("warning")]
    assert "127.0.0.1" in said
    assert "a-secret-path" not in "\n".join(lines)
    assert not about(lines, "second poller"), "it would be refused while a webhook is set"


async def test_nothing_that_waits_is_taken(examined: Examined, sandbox: Sandbox) -> None:
    sandbox.person("Alice").says("/help")
    await examined()
    assert len(sandbox.api.updates.waiting()) == 1


@pytest.mark.parametrize(
    ("seconds", "level"), [(0, "ok"), (20, "warning"), (-20, "warning"), (600, "fault")]
)
async def test_a_clock_is_held_against_the_servers(
    examined: Examined, seconds: int, level: str
) -> None:
    clock = TravelClock()
    clock.move(timedelta(seconds=seconds))
    _, lines = await examined(clock, TIPBOT_TOKEN="")
    compared, steady = about(lines, "clock")
    assert compared.startswith(level)
    assert steady.startswith("ok")


async def test_on_a_server_its_clock_is_the_one_that_counts(
    examined: Examined, empty_postgres: str
) -> None:
    clock = TravelClock()
    clock.move(timedelta(hours=5))
    _, lines = await examined(clock, TIPBOT_TOKEN="", TIPBOT_DATABASE=empty_postgres)
    assert about(lines, "clock")[0].startswith("ok")


async def test_a_clock_that_jumps_is_noticed() -> None:
    clock = TravelClock()

    def jumping() -> datetime:
        clock.move(timedelta(seconds=7))
        return clock()

    assert (await steady(jumping)).level is Level.WARNING


async def test_something_else_at_our_address_is_a_fault(examined: Examined) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="hello")

    server = WebServer([web.get("/healthz", answer)])
    await server.open("127.0.0.1", 0)
    port = server._runner.addresses[0][1]
    code, lines = await examined(TIPBOT_LISTEN=f"127.0.0.1:{port}")
    await server.close()
    assert code == 1
    assert "not this bot" in "\n".join(about(lines, "address"))


async def test_a_bot_whose_numbers_are_late_is_known_for_a_bot(
    examined: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipbot.doctor.examine.PATIENCE", 0.2)
    late = asyncio.Event()

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def numbers(_: web.Request) -> web.Response:
        await late.wait()
        return web.Response()

    server = WebServer([web.get("/healthz", alive), web.get("/metrics", numbers)])
    await server.open("127.0.0.1", 0)
    port = server._runner.addresses[0][1]
    _, lines = await examined(TIPBOT_LISTEN=f"127.0.0.1:{port}")
    late.set()
    await server.close()
    assert "a bot runs here" in "\n".join(about(lines, "address"))


@pytest.mark.parametrize(("again", "level"), [(True, "fault"), (False, "warning")])
async def test_a_conflict_that_the_running_bot_met_is_told(
    examined: Examined, *, again: bool, level: str
) -> None:
    metrics = Metrics(version="1", database="sqlite")
    metrics.not_polled(conflict=True)

    async def ready() -> None:
        pass

    async def look(_: datetime) -> Backlog:
        if again:
            metrics.not_polled(conflict=True)
        return Backlog(waiting=0, sending=0, unknown=0, lag=timedelta(0))

    routes = [*health_routes(ready), metrics_route(metrics, look, system_clock, fresh=0.0)]
    server = WebServer(routes)
    await server.open("127.0.0.1", 0)
    port = server._runner.addresses[0][1]
    _, lines = await examined(TIPBOT_LISTEN=f"127.0.0.1:{port}")
    await server.close()
    assert about(lines, "second poller")[0].startswith(level)


MINUTE_AGO = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
WEBHOOKS = [
    ("", None, {}, ["ok"]),
    ("https://a.b/hush", "https://a.b/hush", {}, ["ok"]),
    ("", "https://a.b/hush", {}, ["warning"]),
    ("https://c.d/hush", "https://a.b/hush", {}, ["warning"]),
    ("https://c.d/hush", None, {}, ["warning"]),
    ("", None, {"pending_update_count": 5000}, ["ok", "warning"]),
    (
        "https://a.b/hush",
        "https://a.b/hush",
        {"last_error_date": MINUTE_AGO, "last_error_message": "Connection refused"},
        ["ok", "warning"],
    ),
]


@pytest.mark.parametrize(("theirs", "ours", "more", "levels"), WEBHOOKS)
def test_the_webhook_is_held_against_the_setting(
    theirs: str, ours: str | None, more: dict[str, Any], levels: list[str]
) -> None:
    info = WebhookInfo(
        url=theirs, has_custom_certificate=False, **{"pending_update_count": 0} | more
    )
    found = webhook(info, ours, MINUTE_AGO + timedelta(minutes=1))
    assert [each.level for each in found] == levels
    assert not [each for each in found if "hush" in each.said + each.mend]


async def test_settings_that_are_odd_but_allowed_are_told(examined: Examined) -> None:
    _, lines = await examined(TIPBOT_OWNERS="", TIPBOT_RATE="300", TIPBOT_TOKEN="")
    said = "\n".join(line for line in about(lines, "settings") if line.startswith("warning"))
    assert "TIPBOT_OWNERS" in said
    assert "TIPBOT_RATE" in said


def test_little_room_on_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = iter((10**7, 5 * 10**8, 5 * 10**9, 5 * 10**9))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=next(free)))
    levels = [disk(tmp_path, held).level for held in (0, 0, 0, 4 * 10**9)]
    assert levels == [Level.FAULT, Level.WARNING, Level.OK, Level.WARNING]


def test_postgresql_is_looked_at_too(empty_postgres: str, filled: Filled) -> None:
    assert [each.level for each in database(empty_postgres)] == [Level.OK]
    filled(empty_postgres)
    found = list(database(empty_postgres))
    assert [each.level for each in found] == [Level.OK], found
    with psycopg.connect(empty_postgres) as db:
        db.execute("DELETE FROM schema_steps WHERE name = %s", (HISTORY[-1].name,))
        db.execute("UPDATE subscribers SET zone = 'Mars/Olympus'")
    assert [each.level for each in database(empty_postgres)] == [
        Level.WARNING,
        Level.OK,
        Level.FAULT,
    ]
