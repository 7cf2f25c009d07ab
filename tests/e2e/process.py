"""``main.py`` as a process of its own: started, signalled, killed, and what it printed."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL

from tests.e2e.world import TOKEN, until
from tipbot.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "127.0.0.1:0"
"""A TIPBOT_LISTEN that is always free."""
_PASSED_ON = ("PATH", "HOME", "LANG", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH")


def free_port() -> int:
    """Return a port of this machine that nobody listens on just now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@dataclass
class Running:
    """One process and the files that hold what it wrote."""

    process: asyncio.subprocess.Process
    out: Path
    err: Path

    @property
    def stdout(self) -> str:
        return self.out.read_text()

    @property
    def stderr(self) -> str:
        return self.err.read_text()

    @property
    def events(self) -> list[dict[str, object]]:
        """Return the log: every line of it that is JSON."""
        lines = [line for line in self.stderr.splitlines() if line.startswith("{")]
        return [json.loads(line) for line in lines]

    def logged(self, event: str) -> Callable[[], bool]:
        """Return what tells whether an event is in the log."""
        return lambda: any(each["event"] == event for each in self.events)

    async def up(self) -> None:
        """Wait until the bot is up."""
        await until(
            lambda: self.logged("started")() or self.process.returncode is not None, "it started"
        )
        assert self.process.returncode is None, self.stderr

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def ends(self, within: float = 10.0) -> int:
        """Return the exit code; fail if there is none in time."""
        return await asyncio.wait_for(self.process.wait(), within)

    async def killed(self) -> None:
        """Kill -9, and wait until nothing of it is left."""
        self.process.kill()
        await self.process.wait()

    async def gone(self) -> None:
        """End what still runs, and see that no child outlives it."""
        if self.process.returncode is None:
            await self.killed()
        await until(self._group_is_empty, "every child has ended")

    def _group_is_empty(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


@dataclass
class Launcher:
    """Starts ``main.py`` in a folder of its own, with nothing set but what a test sets.

    ``secrets`` must not be found in anything that was printed. ``tips`` is the library, None for
    the one that the program has by itself. ``main`` may be another script that starts it.
    """

    folder: Path
    tips: Path | None
    main: Path = ROOT / "main.py"
    secrets: set[str] = field(default_factory=set)
    started: list[Running] = field(default_factory=list)

    async def __call__(self, *arguments: str, **settings: str) -> Running:
        number = len(self.started)
        out, err = self.folder / f"{number}.out", self.folder / f"{number}.err"
        env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        env |= {"TMPDIR": str(self.folder)}
        env |= {"TIPBOT_TIPS": str(self.tips)} if self.tips else {}
        paths = (str(ROOT), env.get("PYTHONPATH", ""))
        env["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
        command = [sys.executable, "-W", "default::ResourceWarning", str(self.main)]
        with out.open("wb") as to_out, err.open("wb") as to_err:
            process = await asyncio.create_subprocess_exec(
                *command,
                *arguments,
                env=env | settings,
                cwd=self.folder,
                stdin=DEVNULL,
                stdout=to_out,
                stderr=to_err,
                start_new_session=True,
            )
        running = Running(process, out, err)
        self.started.append(running)
        return running

    async def finish(self) -> None:
        """End everything; nothing may have leaked, neither a secret nor a process nor a handle."""
        for running in self.started:
            await running.gone()
        for running in self.started:
            printed = running.stdout + running.stderr
            assert not [secret for secret in self.secrets if secret in printed]
            assert "Traceback" not in printed
            assert "ResourceWarning" not in printed


async def run(launch: Launcher, sandbox: Sandbox, **settings: str) -> Running:
    """Start the bot against a sandbox and wait until it is up."""
    own = {"TIPBOT_TOKEN": TOKEN, "TIPBOT_API_URL": sandbox.url, "TIPBOT_LISTEN": NOWHERE}
    running = await launch("run", **own | settings)
    await running.up()
    return running
