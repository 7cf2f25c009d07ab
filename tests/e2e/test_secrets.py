"""The token is in the memory of one process, and nowhere else that anybody can look."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.e2e.process import Launcher, Running, run
from tests.e2e.stored import keep, stored
from tests.e2e.world import TOKEN, until
from tipbot.sandbox import Sandbox
from tipbot.sandbox.faults import Fault

SECRET = TOKEN.partition(":")[2]

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")


def family(running: Running) -> list[Path]:
    """Return the process and every child of it, as folders of /proc."""
    group = running.process.pid
    everybody = (each for each in Path("/proc").iterdir() if each.name.isdigit())
    return [each for each in everybody if _group(int(each.name)) == group]


def _forked(running: Running) -> list[Path]:
    """Return the copies of the process that have not become another program yet.

    Until it has, a copy shares its parent's memory, its environment included.
    """
    parent = Path("/proc", str(running.process.pid))
    ours = (parent / "cmdline").read_bytes()
    children = (each for each in family(running) if each != parent)
    return [each for each in children if (each / "cmdline").read_bytes() == ours]


def _group(process: int) -> int | None:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


async def test_no_process_list_and_no_child_shows_the_token(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice, eve = sandbox.person("Alice"), sandbox.person("Bob")
    async with stored(tmp_path) as store:
        await keep(store, [alice])
    running = await run(launch, sandbox)
    alice.says("/twitch")
    await alice.reads("Logged")
    alice.says("/diary")
    eve.starts()
    await until(lambda: len(family(running)) > 1 and not _forked(running), "a child was started")
    for process in family(running):
        assert SECRET.encode() not in (process / "cmdline").read_bytes()
        if int(process.name) != running.process.pid:
            assert SECRET.encode() not in (process / "environ").read_bytes()


@pytest.mark.usefixtures("loaded")
async def test_whatever_telegram_and_the_network_do_no_log_shows_the_token(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    alice = sandbox.person("Alice")
    async with stored(tmp_path) as store:
        await keep(store, [alice], tip_due=True)
    for kind in ("error", "drop_before", "drop_after", "flood"):
        for method in ("sendMessage", "getUpdates"):
            sandbox.faults.add(Fault(kind=kind, method=method, seconds=1))
    running = await run(launch, sandbox)
    for _ in range(3):
        alice.says("/help")
    await until(running.logged("poll_failed"), "polling failed")
    await sandbox.stop()
    before = len(running.events)
    await until(lambda: len(running.events) > before, "it goes on trying")
    running.signal(signal.SIGTERM)
    await running.ends(within=40)
    for line in running.stderr.splitlines():
        assert SECRET not in line
        assert json.loads(line)["event"]


PASSWORD = "hunter2-of-the-database"
AWAY = f"postgresql://tipbot:{PASSWORD}@127.0.0.1:1/tipbot"
WRONG: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("backup",), {"TIPBOT_DATABASE": AWAY}),
    (("doctor", "--poll", "0"), {"TIPBOT_DATABASE": AWAY, "TIPBOT_TOKEN": f"12 {TOKEN}"}),
    (("run",), {"TIPBOT_DATABASE": AWAY.replace("://", "//"), "TIPBOT_TOKEN": f"x{TOKEN}"}),
    (("run",), {"TIPBOT_TOKEN": TOKEN, "TIPBOT_API_URL": f"ftp://me:{PASSWORD}@127.0.0.1"}),
    (("migrate", "--to", AWAY), {}),
    (("migrate", "--to-file", "address"), {}),
]


@pytest.mark.usefixtures("loaded")
async def test_no_wrong_setting_and_no_database_that_is_away_shows_a_secret(
    launch: Launcher, tmp_path: Path
) -> None:
    launch.secrets |= {PASSWORD, SECRET}
    (tmp_path / "address").write_text(AWAY)
    async with stored(tmp_path):
        pass
    for command, settings in WRONG:
        running = await launch(*command, **settings)
        assert await running.ends(within=60) in {1, 2}, running.stderr
        said = running.stdout + running.stderr
        assert said.strip()
        assert not [each for each in launch.secrets if each in said], command
