"""The real program over a database full of people: its start, its memory, and a burst of plans."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from tests.benchmarks.crowd_telegram import CrowdTelegram
from tipbot.clock import system_clock

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:" + "A" * 35
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes of a process: now, at its most, and of its children."""

    now: float
    most: float
    children: float


@dataclass(frozen=True, slots=True)
class Stalls:
    """How long a loop stood still, in milliseconds, and how often for more than twenty."""

    longest: float
    over: int


@dataclass
class Program:
    """``main.py run`` as a process of its own, with a ticker on its loop."""

    process: asyncio.subprocess.Process
    telegram: CrowdTelegram
    stalls: Path
    began: float

    async def started(self) -> float:
        """Wait until it asks for updates; return the seconds that took."""
        async with asyncio.timeout(_PATIENCE):
            await self.telegram.asked.wait()
        return monotonic() - self.began

    @property
    def memory(self) -> Memory:
        """What it holds."""
        children = sum(_status(child)["VmRSS"] for child in _children(self.process.pid))
        found = _status(self.process.pid)
        return Memory(found["VmRSS"], found["VmHWM"], children)

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def _status(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    pairs = (line.split(":") for line in lines if line.startswith(("VmRSS", "VmHWM")))
    return {name: int(value.split()[0]) / 1024 for name, value in pairs}


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


@asynccontextmanager
async def running(url: str, folder: Path, *, rate: int) -> AsyncIterator[Program]:
    """Run the program over a database, on a loop that is watched."""
    async with AsyncExitStack() as stack:
        telegram = CrowdTelegram()
        own = {
            "TIPBOT_TOKEN": TOKEN,
            "TIPBOT_API_URL": await telegram.serve(stack),
            "TIPBOT_DATABASE": url,
            "TIPBOT_LISTEN": "127.0.0.1:0",
            "TIPBOT_RATE": str(rate),
        }
        stalls = folder / "program.stalls"
        process = await _start(str(ROOT / "main.py"), "run", stalls=stalls, own=own)
        program = Program(process, telegram, stalls, monotonic())
        try:
            yield program
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


@asynccontextmanager
async def machine(folder: Path) -> AsyncIterator[Path]:
    """Watch a loop that does nothing meanwhile: what the machine itself makes wait."""
    stalls = folder / "machine.stalls"
    process = await _start(stalls=stalls, own={})
    try:
        yield stalls
    finally:
        process.terminate()
        await process.wait()


async def _start(*command: str, stalls: Path, own: dict[str, str]) -> asyncio.subprocess.Process:
    with stalls.with_suffix(".log").open("wb") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.watched",
            str(stalls),
            *command,
            env={**os.environ, "PYTHONPATH": str(ROOT), **own},
            cwd=stalls.parent,
            stdout=log,
            stderr=log,
        )


def stalls_between(file: Path, start: float, end: float) -> Stalls:
    """Return what a ticker wrote down between two moments of the monotonic clock."""
    late: Sequence[float] = [
        1e3 * float(seconds)
        for moment, seconds in (line.split() for line in file.read_text().splitlines())
        if start <= float(moment) <= end
    ]
    return Stalls(max(late, default=0.0), sum(each > 20 for each in late))


def next_minute(ahead: timedelta) -> datetime:
    """Return the first whole minute that is at least ``ahead``."""
    moment = system_clock() + ahead + timedelta(minutes=1)
    return moment.replace(second=0, microsecond=0)
