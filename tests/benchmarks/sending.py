"""How fast messages go out, and what each costs.

Everybody sends the same tip with the same buttons, each message to another chat, to one server that
is 0, 40 or 150 ms away, over TLS, each as a process of its own that does nothing else. They take
turns, round after round. A measure begins a second after the first message came, so that neither a
start nor a first handshake counts. The bot is measured whole, as ``main.py run``: it claims what is
due, commits each intent before its call and records each answer, and keeps its own pace.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from time import monotonic

from tests.benchmarks.errand import MANY, Errand
from tests.benchmarks.people import ROOT, Databases
from tests.benchmarks.server import Figures, Server
from tests.benchmarks.subject import TOKEN, Subject, bot, patiently, running
from tests.benchmarks.tables import Table, spread
from tipbot.clock import system_clock
from tipbot.delivery.sender import Message
from tipbot.messages import message_for
from tipbot.store.connect import connect
from tipbot.texts import load_texts

ROUND_TRIPS = (0.0, 0.04, 0.15)
MOST = 1000
"""The highest rate that the bot can be set to."""
_SETTLED, _LONG = 1.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long and how often is measured."""

    rounds: int
    seconds: float
    round_trips: Sequence[float] = ROUND_TRIPS
    settled: int = 600
    """Messages after which connections stand."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a server takes in any one second, 0 for any number, and how it refuses the rest."""

    messages: int
    asks: int = 1
    """Seconds that a refusal asks for."""
    window: float = 8.0
    """Seconds of a measure against it: some of its refusals long."""


ANY = Limit(0)
WHOLE = Course(rounds=3, seconds=2)
QUICK = Course(rounds=1, seconds=1.5, round_trips=(0.04,))


@dataclass(frozen=True, slots=True)
class Road:
    """What a contender must cope with: a distance in seconds, and a limit."""

    round_trip: float
    limit: Limit = ANY


Start = Callable[[Server, Road], AbstractAsyncContextManager[Subject]]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who sends."""

    name: str
    start: Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What one turn came to."""

    rate: float
    """Messages a second that were taken."""
    cpu: float
    """Microseconds of processor time for each, the database's included."""
    peak: float
    """Megabytes."""
    refused: int
    busiest: int
    server: float
    """The share of a core that the server needed for it."""


async def sample_message(databases: Databases) -> Message:
    """Return a tip as the bot sends it."""
    store = connect(await databases.fresh(planned=True))
    await store.open()
    try:
        lease = timedelta(minutes=1)
        (claimed,) = await store.claim_deliveries("bench", system_clock(), 1, lease)
        due = await store.delivery(claimed.id, claimed.subscriber)
        assert due is not None
        message = message_for(load_texts(), dict(await store.documents()))(due, None)
    finally:
        await store.close()
    assert message is not None
    return message


def contenders(
    databases: Sequence[Databases], message: Message, folder: Path
) -> dict[str, Contender]:
    """Return everybody who sends and is installed, by a short name."""

    def peer(
        module: str, connections: dict[float, int], *, queued: bool = False, strict: bool = False
    ) -> Start:
        @asynccontextmanager
        async def start(server: Server, road: Road) -> AsyncIterator[Subject]:
            errand = Errand(
                url=server.url,
                token=TOKEN,
                text=message.text,
                keyboard=[list(row) for row in message.buttons],
                connections=connections[road.round_trip],
                messages=_jobs(road) if queued else MANY,
                limit=road.limit.messages,
                rate=road.limit.messages or PACE[road.round_trip],
            )
            if strict:
                errand = _strict(errand, road)
            command = ("-m", f"tests.benchmarks.{module}", json.dumps(asdict(errand)))
            async with running(*command, folder=folder, env=server.environment) as subject:
                yield subject

        return start

    peers = {
        "jobqueue": Contender(
            "PTB, JobQueue, AIORateLimiter", peer("peer_jobqueue", HTTPX, queued=True)
        ),
        "strict": Contender(
            "PTB, JobQueue, AIORateLimiter set strictly",
            peer("peer_jobqueue", HTTPX, queued=True, strict=True),
        ),
        "ptb": Contender("PTB on its default httpx", peer("peer_ptb", HTTPX)),
        "aiogram": Contender("aiogram 3", peer("peer_aiogram", AIOHTTP)),
    }
    found = {name: each for name, each in peers.items() if find_spec(_NEEDS.get(name, "telegram"))}
    for each in databases:
        found[each.name.lower()] = Contender(f"tipbot on {each.name}", _bot(each, folder))
    unpaced = _bot(databases[0], folder, "-m", "tests.benchmarks.unpaced")
    found["unpaced"] = Contender(f"tipbot on {databases[0].name}, its rate set aside", unpaced)
    return found


_NEEDS = {"jobqueue": "aiolimiter", "strict": "aiolimiter", "aiogram": "aiogram"}
"""What a peer cannot do without, and what may not be there."""


HTTPX = {0.0: 8, 0.04: 20, 0.15: 32}
"""The number of connections at which httpx is at its best, by the round trip."""
PACE = {0.0: 300, 0.04: 220, 0.15: 130}
"""The rate at which AIORateLimiter is set where there is no limit: about what httpx can do. Above
it, requests queue up within httpx, and it looks at all of them for each."""
AIOHTTP = {0.0: 32, 0.04: 256, 0.15: 512}
"""As ``HTTPX``, for aiohttp below aiogram."""


def _jobs(road: Road) -> int:
    """Return how many jobs are queued: more than PTB sends in a turn, for each costs time."""
    limit = road.limit
    return min(3000, round(1.75 * limit.window * limit.messages)) if limit.messages else 2500


def _strict(errand: Errand, road: Road) -> Errand:
    """Let the limiter hold no burst at all."""
    return replace(errand, rate=1.0, period=1 / (0.97 * (road.limit.messages or MOST)))


def _bot(databases: Databases, folder: Path, *main: str) -> Start:
    """Return what starts a bot, by ``main.py`` unless it is told otherwise."""
    begin = (*(main or (str(ROOT / "main.py"),)), "run")

    @asynccontextmanager
    async def start(server: Server, road: Road) -> AsyncIterator[Subject]:
        url = await databases.fresh(planned=True)
        env = bot(url, server.url, road.limit.messages or MOST) | server.environment
        async with running(*begin, folder=folder, env=env, server=databases.server) as each:
            yield each

    return start


async def _begun(server: Server, subject: Subject) -> Figures:
    """Wait for the first message."""
    async with asyncio.timeout(60):
        while True:
            figures = await server.figures()
            if figures.taken + figures.refused:
                return figures
            subject.alive()
            await asyncio.sleep(0.02)


async def _settled(server: Server, first: float, some: int) -> Figures:
    """Wait until connections stand: for a second, and for some messages more than those."""
    while True:
        await asyncio.sleep(0.05)
        figures, now = await server.figures(), monotonic()
        if now - first > (_SETTLED if figures.taken > some else _LONG):
            return figures


async def turn(
    server: Server, who: Contender, road: Road, seconds: float, settled: int = 0
) -> Measure:
    """Let somebody send; against a limit everything from the first message on counts."""
    limit = road.limit
    await server.set(round_trip=road.round_trip, limit=limit.messages, asks=limit.asks)
    loop = asyncio.get_running_loop()
    async with who.start(server, road) as subject:
        before = await _begun(server, subject)
        began = before.first
        if not limit.messages:
            before = await _settled(server, before.first, settled)
            began = loop.time()
        cpu = subject.cpu()
        await asyncio.sleep(began + seconds - loop.time())
        after, ended = await server.figures(), loop.time()
        subject.alive()
        cpu, peak = subject.cpu() - cpu, subject.peak()
    taken = after.taken - (0 if limit.messages else before.taken)
    return Measure(
        rate=taken / (ended - began),
        cpu=1e6 * cpu / max(1, after.taken - before.taken),
        peak=peak,
        refused=after.refused,
        busiest=after.busiest,
        server=(after.cpu - before.cpu) / (ended - began),
    )


async def measure_speed(
    server: Server, found: dict[str, Contender], course: Course, told: Callable[[str], None]
) -> Table:
    """Let everybody send as fast as they can, at each distance."""
    names = [name for name in found if name != "strict"]
    measured: dict[tuple[float, str], list[Measure]] = {}
    for number, trip in product(range(course.rounds), course.round_trips):
        for name in names:
            told(f"sending, {1000 * trip:.0f} ms, {found[name].name}, round {number + 1}")
            road = Road(trip)
            going = partial(turn, server, found[name], road, course.seconds, course.settled)
            measure = await patiently(going, told)
            measured.setdefault((trip, name), []).append(measure)
    rows = [
        (
            f"{1000 * trip:.0f} ms",
            found[name].name,
            spread([m.rate for m in all_of]),
            spread([m.cpu for m in all_of]),
            spread([m.rate * m.cpu / 1e4 for m in all_of]),
            spread([m.peak for m in all_of]),
        )
        for trip in course.round_trips
        for name in names
        for all_of in [measured[trip, name]]
    ]
    return Table(
        part="sending",
        title="Messages a second, one process each",
        columns=("round trip", "who", "messages/s", "CPU µs each", "% of a core", "peak MB"),
        rows=tuple(rows),
        note=(
            f"tipbot is set to {MOST} messages a second, the highest there is, and keeps 3 % below;"
            " 'its rate set aside' shows what it could do. The others send as fast as they can, and"
            " AIORateLimiter is set to what httpx manages. "
            "CPU is that of the process with all its threads, and for PostgreSQL of its server too."
            " Memory is the most that the process itself ever held."
        ),
        figures={
            f"{trip} {name}": [*map(asdict, all_of)] for (trip, name), all_of in measured.items()
        },
    )
