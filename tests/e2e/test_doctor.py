"""``main.py doctor`` as its owner meets it: what it finds, how it ends, and what it never shows."""

import re
from collections.abc import Awaitable, Callable

import pytest

from tests.e2e.process import NOWHERE, Launcher, free_port, run
from tests.e2e.world import TOKEN, until
from tipbot.sandbox import Sandbox

Examined = Callable[..., Awaitable[tuple[int, list[str]]]]


@pytest.fixture
def examined(launch: Launcher, sandbox: Sandbox) -> Examined:
    """Return what runs the doctor and gives its exit code and its lines, mends included."""

    async def examine(**own: str) -> tuple[int, list[str]]:
        settings = {"TIPBOT_TOKEN": TOKEN, "TIPBOT_API_URL": sandbox.url, "TIPBOT_LISTEN": NOWHERE}
        running = await launch("doctor", **settings | {"TIPBOT_OWNERS": "1001"} | own)
        code = await running.ends(within=60)
        assert re.sub(r"looking\s*", "", running.stderr) == ""
        return code, running.stdout.splitlines()

    return examine


def about(lines: list[str], subject: str) -> list[str]:
    return [line for line in lines if re.match(rf"\w+ +{subject}: ", line)]


@pytest.mark.usefixtures("loaded")
async def test_a_second_poller_is_found(
    examined: Examined, launch: Launcher, sandbox: Sandbox
) -> None:
    other = await run(launch, sandbox, TIPBOT_DATABASE="sqlite:///other.db")
    code, lines = await examined()
    assert code == 1
    assert about(lines, "second poller")[0].startswith("fault")
    assert other.process.returncode is None, "the other one goes on"


async def test_the_bot_that_runs_here_is_no_second_poller(
    examined: Examined, launch: Launcher, sandbox: Sandbox
) -> None:
    listen = f"127.0.0.1:{free_port()}"
    running = await run(launch, sandbox, TIPBOT_LISTEN=listen)
    code, lines = await examined(TIPBOT_LISTEN=listen)
    assert code == 0
    assert lines[-1] == "0 faults, 0 warnings"
    assert "a bot runs here" in "\n".join(about(lines, "address"))
    assert not running.logged("second_poller")()
    alice = sandbox.person("Alice")
    alice.says("/help")
    await until(lambda: bool(alice.from_bot), "it still answers")
