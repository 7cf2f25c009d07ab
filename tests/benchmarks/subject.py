"""What is measured, as a process of its own: started, watched from outside, ended."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

from tests.benchmarks.people import EDITORS, OWNER

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")
TOKEN = "123456:" + "A" * 35
_PASSED_ON = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Subject:
    """A process, and the database server that works for it, if there is one."""

    process: asyncio.subprocess.Process
    log: Path
    server: int | None = None

    def cpu(self) -> float:
        """Return the seconds of processor time that it and its database used so far."""
        return _cpu(self.process.pid) + (_cpu(self.server) if self.server else 0.0)

    def peak(self) -> float:
        """Return the most memory it ever held, in megabytes; its database's is not counted."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6

    def alive(self) -> None:
        """Raise RuntimeError, with the end of what it wrote, if it has ended."""
        if self.process.returncode is not None:
            raise RuntimeError(self.log.read_text()[-2000:])


async def patiently(work: Callable[[], Awaitable[T]], told: Callable[[str], None]) -> T:
    """Return what ``work`` comes to; begin it anew, twice, where a busy machine let it fail."""
    for _ in range(2):
        try:
            return await work()
        except (TimeoutError, RuntimeError, OSError, psutil.Error) as fault:
            told(f"once more, after {type(fault).__name__}")
    return await work()


def _cpu(pid: int) -> float:
    """Return the seconds that a process and all its children used, those that ended included."""
    used = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                used += times.user + times.system + times.children_user + times.children_system
    return used


@asynccontextmanager
async def running(
    *command: str, folder: Path, env: dict[str, str], server: int | None = None
) -> AsyncIterator[Subject]:
    """Run ``python *command`` until the block ends, which kills it."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    log = folder / "subject.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            env=kept | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)} | env,
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        yield Subject(process, log, server)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def bot(url: str, address: str, rate: float) -> dict[str, str]:
    """Return the settings of a bot."""
    return {
        "TIPBOT_TOKEN": TOKEN,
        "TIPBOT_API_URL": address,
        "TIPBOT_DATABASE": url,
        "TIPBOT_LISTEN": "127.0.0.1:0",
        "TIPBOT_RATE": str(rate),
        "TIPBOT_OWNERS": ",".join(map(str, (OWNER, *EDITORS))),
    }
