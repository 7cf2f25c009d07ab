"""A small pool of drawing processes: started on first use, replaced on failure, ended when idle.

One request has one process for itself, which rests after it. If that process dies or takes too long
it is killed, that request finds nothing, and the next one gets a new process; no other request
notices.
"""

import asyncio
import contextlib
import os
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import structlog

from tipbot.calm import calm
from tipbot.core.charts import Chart, Comparison
from tipbot.core.insights import Finding
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.pages import Page
from tipbot.render.wire import Request, pack_request, read_findings, read_header

log = structlog.get_logger(__name__)
_HOME = str(Path(__file__).resolve().parent.parent.parent)
_OURS = "TIPBOT_"
"""Settings, the token among them, are not handed on to a process that only draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and numbers that bound the pool."""

    processes: int = min(2, max(1, (os.cpu_count() or 1) // 2))
    """Half of the processors at most: even the nicest process slows down its neighbour's."""
    idle: float = 120.0
    """Without any request for so long, the processes end."""
    patience: float = 30.0
    """For one request, once it has a process; the first one also waits for imports."""
    rest: float = 0.25
    """For a process between two requests, however quickly the first was done: whoever taps or sends
    works at half the speed beside it, however nice it is, and to read a diary and upload a picture
    is the bot's own work. So one process makes four pictures a second at most."""
    waiting: int = 64
    """Requests at once; one more finds nothing."""
    fresh: float = 60.0
    """How long what was made serves an equal request."""
    kept: int = 64
    """Results that are kept at most."""


@dataclass(slots=True)
class _Made:
    until: float
    body: bytes


@dataclass
class _Child:
    """One process, at work on at most one request."""

    process: asyncio.subprocess.Process

    async def ask(self, line: bytes) -> bytes:
        """Return the answer; EOFError if the process died, ValueError if the request failed."""
        out, into = self.process.stdout, self.process.stdin
        assert out is not None  # noqa: S101 - both are pipes
        assert into is not None  # noqa: S101 - as above
        into.write(line)
        await into.drain()
        first = await out.readline()
        if not first:
            raise EOFError
        header = read_header(first)
        if header.fault:
            raise ValueError(header.fault)
        return await out.readexactly(header.size)

    async def end(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.communicate()


@dataclass
class RenderPool:
    """Charts, comparisons and reports on request; None where one could not be had."""

    limits: Limits = field(default_factory=Limits)
    now: Callable[[], float] = monotonic
    measures: Measures = UNMEASURED
    _free: list[_Child] = field(default_factory=list)
    _made: OrderedDict[bytes, _Made] = field(default_factory=OrderedDict)
    _under_way: dict[bytes, asyncio.Task[bytes | None]] = field(default_factory=dict)
    _idle: asyncio.TimerHandle | None = None
    _ending: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        """Start no process yet."""
        self._turn = asyncio.Semaphore(self.limits.processes)

    async def chart(self, chart: Chart) -> bytes | None:
        """Return a chart as PNG."""
        return await self._get(chart)

    async def report(self, page: Page) -> bytes | None:
        """Return a report as PDF."""
        return await self._get(page)

    async def compare(self, comparison: Comparison) -> tuple[Finding, ...] | None:
        """Return the answers to some questions, in their order."""
        if not comparison.questions:
            return ()
        body = await self._get(comparison)
        return None if body is None else read_findings(body).found

    @property
    def processes(self) -> int:
        """How many processes wait for work."""
        return len(self._free)

    async def _get(self, request: Request) -> bytes | None:
        line = pack_request(request)
        made = self._made.get(line)
        if made is not None and self.now() < made.until:
            return made.body
        task = self._under_way.get(line)
        if task is None:
            if len(self._under_way) >= self.limits.waiting:
                log.warning("render_busy", waiting=len(self._under_way))
                return None
            task = asyncio.create_task(self._make(line, request.kind))
            self._under_way[line] = task
            task.add_done_callback(lambda _: self._under_way.pop(line, None))
        return await asyncio.shield(task)

    async def _make(self, line: bytes, kind: str) -> bytes | None:
        began = monotonic()
        await self._turn.acquire()
        try:
            await calm()
            body = await self._patiently(line, kind)
        finally:
            asyncio.get_running_loop().call_later(self.limits.rest, self._turn.release)
        self.measures.drawn(kind, monotonic() - began, made=body is not None)
        if body is not None:
            self._keep(line, body)
        self._end_later()
        return body

    async def _patiently(self, line: bytes, kind: str) -> bytes | None:
        """Ask a process; a kept one that died in the meantime is replaced once."""
        for child in (*self._free[-1:], None):
            if child is not None:
                self._free.remove(child)
            try:
                return await self._ask(child or await self._start(), line)
            except (EOFError, OSError) as fault:
                log.warning("render_process_lost", chart=kind, kind=type(fault).__name__)
            except (TimeoutError, ValueError) as fault:
                log.warning("render_failed", chart=kind, kind=type(fault).__name__)
                return None
        return None

    async def _ask(self, child: _Child, line: bytes) -> bytes:
        try:
            body = await asyncio.wait_for(child.ask(line), self.limits.patience)
        except ValueError:
            self._free.append(child)
            raise
        except BaseException:
            await child.end()
            raise
        self._free.append(child)
        return body

    async def _start(self) -> _Child:
        """Start a process; if nobody wants it any more by then, end it again."""
        starting = asyncio.create_task(self._spawn())
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            await (await starting).end()
            raise

    async def _spawn(self) -> _Child:
        paths = [_HOME, os.environ.get("PYTHONPATH", "")]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return _Child(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tipbot.render.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=2**20,
                env={**kept, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
        )

    def _keep(self, line: bytes, body: bytes) -> None:
        self._made[line] = _Made(self.now() + self.limits.fresh, body)
        self._made.move_to_end(line)
        while len(self._made) > self.limits.kept:
            self._made.popitem(last=False)

    def _end_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self.limits.idle, self._end_now)

    def _end_now(self) -> None:
        self._idle = None
        self._made.clear()
        self._ending = asyncio.create_task(self._end_free())

    async def _end_free(self) -> None:
        free, self._free = self._free, []
        for child in free:
            await child.end()

    async def close(self) -> None:
        """Give up what is under way and end every process."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._idle is not None:
            self._idle.cancel()
        if self._ending is not None:
            await self._ending
        await self._end_free()
