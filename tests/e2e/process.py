"""``main.py`` as a process of its own: started, signalled, killed, and what it printed."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Protocol

from tests.e2e.loaded import Order
from tests.e2e.world import TOKEN, until
from tipbot.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "127.0.0.1:0"
"""A TIPBOT_LISTEN that is always free."""
PYTHON = (sys.executable, "-W", "default::ResourceWarning")
_PASSED_ON = ("PATH", "HOME", "LANG", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH")


def environment() -> dict[str, str]:
    """Return what a process under test gets of this one's environment, with the way to its code."""
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    paths = (str(ROOT), env.get("PYTHONPATH", ""))
    return env | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


@contextmanager
def loaded_once() -> Iterator[Path]:
    """Load the program's modules in a process of their own; give the socket that takes orders."""
    with TemporaryDirectory(prefix="tipbot-loaded-") as folder:
        path = Path(folder) / "orders"
        command = [*PYTHON, str(ROOT / "tests" / "e2e" / "loaded.py"), str(path)]
        # In a session of its own no Ctrl+C reaches it; it ends with its standard input.
        with Popen(  # noqa: S603 - our own interpreter
            command, env=environment(), stdin=PIPE, stdout=PIPE, start_new_session=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"loaded\n"
            yield path
            process.communicate()


def free_port() -> int:
    """Return a port of this machine that nobody listens on just now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


class Process(Protocol):
    """A process that was started, as asyncio has it."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def send_signal(self, signal: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    async def wait(self) -> int: ...


class Copied:
    """A process that came of another one, which tells of its end."""

    def __init__(self, pid: int, told: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
        self.pid = pid
        self._ending = asyncio.create_task(self._end(told, line))

    async def _end(self, told: asyncio.StreamReader, line: asyncio.StreamWriter) -> int:
        code = int(await told.readline())
        line.close()
        await line.wait_closed()
        return code

    @property
    def returncode(self) -> int | None:
        return self._ending.result() if self._ending.done() else None

    def send_signal(self, signal: int) -> None:
        if self._ending.done():
            raise ProcessLookupError
        os.kill(self.pid, signal)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        return await asyncio.shield(self._ending)


@dataclass
class Running:
    """One process and the files that hold what it wrote."""

    process: Process
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
    ``loaded`` is the socket of a process that is copied instead of loading all modules anew.
    """

    folder: Path
    tips: Path | None
    main: Path = ROOT / "main.py"
    loaded: Path | None = None
    secrets: set[str] = field(default_factory=set)
    started: list[Running] = field(default_factory=list)

    async def __call__(self, *arguments: str, **settings: str) -> Running:
        number = len(self.started)
        out, err = self.folder / f"{number}.out", self.folder / f"{number}.err"
        env = environment() | {"TMPDIR": str(self.folder)}
        env |= {"TIPBOT_TIPS": str(self.tips)} if self.tips else {}
        start = self._start if self.loaded is None else self._copy
        process = await start([str(self.main), *arguments], env | settings, out, err)
        running = Running(process, out, err)
        self.started.append(running)
        return running

    async def _start(
        self, command: list[str], env: dict[str, str], out: Path, err: Path
    ) -> Process:
        with out.open("wb") as to_out, err.open("wb") as to_err:
            return await asyncio.create_subprocess_exec(
                *PYTHON,
                *command,
                env=env,
                cwd=self.folder,
                stdin=DEVNULL,
                stdout=to_out,
                stderr=to_err,
                start_new_session=True,
            )

    async def _copy(self, command: list[str], env: dict[str, str], out: Path, err: Path) -> Process:
        for each in (out, err):
            each.touch()
        order = Order(command=command, env=env, cwd=str(self.folder), out=str(out), err=str(err))
        told, line = await asyncio.open_unix_connection(self.loaded)
        line.write(json.dumps(order).encode() + b"\n")
        return Copied(int(await told.readline()), told, line)

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
