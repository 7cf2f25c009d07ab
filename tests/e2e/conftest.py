"""Worlds to test in; what they can do stands in ``world`` and ``process``."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from tests.e2e.machines import Database, own_database
from tests.e2e.process import ROOT, Launcher, loaded_once
from tests.e2e.world import MORNING, TOKEN, Start, World
from tipbot.clock import TravelClock, system_clock
from tipbot.library.files import read_library
from tipbot.sandbox import Sandbox

_read_once = cache(read_library)
"""Reading two hundred files is nearly all that a start in this process costs."""


@pytest.fixture
async def world_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """Return what starts a world at a moment.

    A chat may get messages as fast as its days pass here; the pace has tests of its own.
    """
    monkeypatch.setattr("tipbot.delivery.chats.CHAT_INTERVAL", 0.0)
    monkeypatch.setattr("tipbot.parts.read_library", _read_once)
    async with AsyncExitStack() as stack:

        async def start(moment: datetime) -> World:
            clock = TravelClock()
            clock.move_to(moment)
            sandbox = await stack.enter_async_context(Sandbox(token=TOKEN, clock=clock))
            world = World(tmp_path, sandbox, clock)
            stack.push_async_callback(world.stop)
            await world.start()
            return world

        yield start


@pytest.fixture
async def world(world_at: Start) -> World:
    return await world_at(MORNING)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Give a sandbox for a program in another process, at the machine's own time."""
    async with Sandbox(token=TOKEN, clock=system_clock) as running:
        yield running


@pytest.fixture(scope="session")
def few_tips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library of the first tips of each topic: reading all is a third of what a start costs.

    Worlds in this process read the whole one, and so does one start in ``test_run``.
    """
    folder = tmp_path_factory.mktemp("few") / "tips"
    shutil.copytree(ROOT / "tips", folder)
    for shelf in (each for each in (folder / "en").rglob("*") if each.is_dir()):
        for file in sorted(shelf.glob("*.md"))[4:]:
            file.unlink()
    return folder


@pytest.fixture
async def launch(tmp_path: Path, few_tips: Path, sandbox: Sandbox) -> AsyncIterator[Launcher]:
    """Return what starts ``main.py``; whatever people typed is a secret, and so is the token."""
    launcher = Launcher(tmp_path, few_tips, secrets={TOKEN, TOKEN.partition(":")[2]})
    yield launcher
    for chat in sandbox.api.world.chats.values():
        people = [m for m in chat.messages.values() if m.sender_id != sandbox.api.world.bot_id]
        launcher.secrets |= {str(m.content["text"]) for m in people if "text" in m.content}
    await launcher.finish()


@pytest.fixture(scope="session")
def loaded_process() -> Iterator[Path]:
    """Load the program's modules once for all who use ``loaded``."""
    with loaded_once() as orders:
        yield orders


@pytest.fixture
def loaded(launch: Launcher, loaded_process: Path) -> None:
    """Let ``launch`` copy a process that has the modules loaded: a test is not about loading.

    That is nearly all that a start costs. What starts ``main.py`` from nothing is in ``test_run``,
    ``test_secrets``, ``test_doctor`` and ``test_demo_process``.
    """
    launch.loaded = loaded_process


@pytest.fixture
def hurried(launch: Launcher) -> None:
    """Let ``launch`` start the program without its pauses: a talk is not about them."""
    launch.main = ROOT / "tests" / "e2e" / "hurried.py"


@pytest.fixture(scope="package")
def own_server() -> Iterator[Database]:
    """Start a PostgreSQL server that nobody else uses, for it may be restarted."""
    with own_database() as database:
        yield database


@pytest.fixture
def database(own_server: Database) -> Database:
    """Return an empty database on that server."""
    return own_server.fresh()
