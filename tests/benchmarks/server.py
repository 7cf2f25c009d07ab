"""The stand-in for Telegram as a process of its own, over TLS, and the handle on it.

    async with serving(folder) as server:
        await server.set(round_trip=0.04, limit=30)
        ...                                             # a client sends to server.url
        print(await server.figures())

A client trusts the certificate, made for the occasion, by the file ``server.certificate``; most
read ``SSL_CERT_FILE`` from the environment. What the process is asked and what it answers are lines
of JSON on its standard input and output.
"""

import asyncio
import json
import os
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import process_time
from typing import Any

import aiohttp
import trustme

from tests.benchmarks.api import Api, Tap, Update, Window, shown_before
from tests.benchmarks.wire import Connection

ROOT = Path(__file__).resolve().parents[2]
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the server counted since it was last set."""

    taken: int
    refused: int
    first: float
    """When the first message came, taken or refused; of the monotonic clock of this machine."""
    last: float
    busiest: int
    """The most messages that came in any one second."""
    calls: dict[str, int]
    """By method."""
    pictures: int
    """Pictures and files that came."""
    cpu: float
    """Seconds of processor time that the server itself used."""


@dataclass
class Server:
    """The handle on a server that runs."""

    process: Process
    url: str
    certificate: Path
    _numbers: Iterable[int] = field(default_factory=count)
    _asked: dict[int, "asyncio.Future[Any]"] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a client's process trust the server."""
        return {"SSL_CERT_FILE": str(self.certificate)}

    async def set(self, *, round_trip: float = 0.0, limit: int = 0, asks: int = 1) -> None:
        """Forget what was counted and what waits; be this far away, in seconds, and this strict.

        Whoever is refused is asked to wait ``asks`` seconds.
        """
        await self._ask("set", round_trip=round_trip, limit=limit, asks=asks)

    async def figures(self) -> Figures:
        """Return what was counted."""
        return Figures(**await self._ask("figures"))

    async def until_polled(self) -> None:
        """Wait until a bot takes updates, by polling or a webhook; ``set`` makes this new."""
        await self._ask("polled")

    async def tap(self, taps: Iterable[Tap], rate: float, seed: int = 0) -> list[float]:
        """Let people tap, ``rate`` a second; return the seconds until each tap was answered."""
        pressed = [(tap.who, tap.data) for tap in taps]
        waited: list[float] = await self._ask("tap", taps=pressed, rate=rate, seed=seed)
        return waited

    async def say(self, who: int, text: str) -> None:
        """Let somebody send a text or a command."""
        await self._ask("say", who=who, text=text)

    async def press(self, tap: Tap) -> None:
        """Let somebody press a button; nobody measures how long they wait."""
        await self._ask("press", who=tap.who, data=tap.data)

    async def read(self, *scripts: Iterable[Tap]) -> None:
        """Let as many people read as there are scripts, in place of those who did before.

        Each button is pressed once the picture or file of the one before has come.
        """
        await self._ask("read", scripts=[[(t.who, t.data) for t in each] for each in scripts])

    async def _ask(self, what: str, **given: Any) -> Any:
        number = next(iter(self._numbers))
        told = self._asked[number] = asyncio.get_running_loop().create_future()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([number, what, given]).encode() + b"\n")
        return await told

    async def listen(self) -> None:
        """Take in answers for as long as the server runs."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            number, answer = json.loads(line)
            told = self._asked.pop(number)
            if not told.done():  # whoever asked may have been given up
                told.set_result(answer)
        for told in self._asked.values():
            if not told.done():
                told.set_exception(ConnectionResetError("the server has ended"))


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """Start a server on a free port of this machine; its certificate is written to ``folder``."""
    certificate = folder / "server.pem"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.server", str(certificate)),
        stdin=PIPE,
        stdout=PIPE,
        cwd=ROOT,
        limit=2**24,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    url = json.loads(await process.stdout.readline())
    server = Server(process, url, certificate)
    listening = asyncio.create_task(server.listen())
    try:
        yield server
    finally:
        process.stdin.close()
        await process.wait()
        await listening


# --- in the process itself --------------------------------------------------------------------


@dataclass
class Desk:
    """Does what the handle asks for."""

    api: Api = field(default_factory=Api)
    _posting: set["asyncio.Task[None]"] = field(default_factory=set)

    async def answer(self, what: str, given: dict[str, Any]) -> Any:
        """Do one thing and return what there is to say about it."""
        return await getattr(self, f"_{what}")(**given)

    async def _set(self, round_trip: float, limit: int, asks: int) -> None:
        await asyncio.sleep(self.api.road.round_trip)  # what was under way has come by then
        self.api.road.round_trip, self.api.window = round_trip, Window(limit, asks)
        self.api.forget()

    async def _figures(self) -> dict[str, Any]:
        window = self.api.window
        came = sorted(window.taken + window.refused)
        return {
            "taken": len(window.taken),
            "refused": len(window.refused),
            "first": came[0] if came else 0.0,
            "last": came[-1] if came else 0.0,
            "busiest": window.busiest(),
            "calls": self.api.calls,
            "pictures": self.api.pictures,
            "cpu": process_time(),
        }

    async def _polled(self) -> None:
        await self.api.polled.wait()

    async def _tap(self, taps: list[tuple[int, str]], rate: float, seed: int) -> list[float]:
        return await self.api.tap([Tap(*each) for each in taps], rate, seed)

    async def _say(self, who: int, text: str) -> None:
        self.api.says(who, text)

    async def _press(self, who: int, data: str) -> None:
        self.api.press(Tap(who, data), shown_before(who))

    async def _read(self, scripts: list[list[tuple[int, str]]]) -> None:
        self.api.reading.clear()
        for script in scripts:
            self.api.read_on(deque(Tap(*each) for each in script))

    async def hooks(self) -> None:
        """Post updates to the webhook that the bot names, until cancelled."""
        connector = aiohttp.TCPConnector(limit=40)  # Telegram's own number
        async with aiohttp.ClientSession(connector=connector) as session:

            def post(url: str, secret: str, update: Update) -> None:
                task = asyncio.create_task(_post(session, url, secret, update))
                self._posting.add(task)
                task.add_done_callback(self._posting.discard)

            self.api.post = post
            await asyncio.Event().wait()


async def _post(session: aiohttp.ClientSession, url: str, secret: str, update: Update) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    with suppress(aiohttp.ClientError):  # a bot that ends lets go of what it has not answered
        async with session.post(url, json=update, headers=headers) as response:
            await response.read()


def _trusted(certificate: Path) -> ssl.SSLContext:
    """Return a context with a new certificate, and write down what to trust it by."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(_HOST, "localhost").configure_cert(context)
    return context


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**24)
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return reader


async def serve(certificate: Path) -> None:
    """Serve until standard input ends."""
    desk, loop, tasks = Desk(), asyncio.get_running_loop(), set[asyncio.Task[None]]()
    api = desk.api
    listener = await loop.create_server(
        lambda: Connection(api.road, api.handle), _HOST, 0, ssl=_trusted(certificate)
    )
    port = listener.sockets[0].getsockname()[1]
    print(json.dumps(f"https://{_HOST}:{port}"), flush=True)
    hooks = asyncio.create_task(desk.hooks())

    async def answer(number: int, what: str, given: dict[str, Any]) -> None:
        print(json.dumps([number, await desk.answer(what, given)]), flush=True)

    async for line in await _lines():
        task = asyncio.create_task(answer(*json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    hooks.cancel()
    listener.close()


def run(main: Any) -> None:
    """Run on uvloop where there is one: the server must never be what is measured."""
    try:
        import uvloop  # noqa: PLC0415 - not everywhere
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)


if __name__ == "__main__":
    run(serve(Path(sys.argv[1])))
    os._exit(0)  # connections that are open need no farewell
