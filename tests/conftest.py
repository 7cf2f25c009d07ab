"""What all tests share: truth is judged, not the speed of the machine; files are kept in memory."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

settings.register_profile("tipbot", deadline=None)
settings.load_profile("tipbot")


_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108 - pytest makes a folder of its own in it


_SEARCH_AFTER = 20_000
"""Objects more than before at which Python searches for unused ones; its own 700 took a sixteenth
of the tests' time."""
_UNHURRIED = Path(__file__).parent / "unhurried"


def pytest_configure() -> None:
    """Let files of tests live in memory where there is room: they need to outlive no machine.

    Processes of tests load ``unhurried/sitecustomize.py``.
    """
    paths = (str(_UNHURRIED), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, bool | None, bool | None]:
    """Let Python's search for unused memory come after the loading, and pass over what was loaded.

    All of it stays to the end; looking at it over and over was two fifths of the time it took.
    Tests are searched more seldom than Python would: what one left open is found all the same.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_SEARCH_AFTER, *gc.get_threshold()[1:])
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_unconfigure() -> Generator[None, None, None]:
    """Let the search with which pytest ends pass over what was searched a moment before."""
    yield
    gc.freeze()


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Let no test leave a log that writes to where another one's output went."""
    kept = structlog.get_config()
    yield
    structlog.configure(**kept)
