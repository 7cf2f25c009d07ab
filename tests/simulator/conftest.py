"""A folder in memory where there is one: the simulator's files need to outlive no machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.simulator.connections import Connections
from tests.simulator.house import house

_MEMORY = Path("/dev/shm")  # noqa: S108 - a fast place for a folder of our own


@contextmanager
def lodging(*, memory: bool) -> Iterator[Connections]:
    place = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(dir=place) as name, house(Path(name), memory=memory) as connections:
        yield connections


@pytest.fixture(scope="session")
def connections() -> Iterator[Connections]:
    """Return ways to the database of all seeds, which is in memory."""
    with lodging(memory=True) as connections:
        yield connections


@pytest.fixture(scope="session")
def on_file() -> Iterator[Connections]:
    """Return ways to a database that is a file with a write-ahead log, as the program's own is."""
    with lodging(memory=False) as connections:
        yield connections
