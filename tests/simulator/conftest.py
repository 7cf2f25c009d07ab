"""A folder in memory where there is one: the simulator's files need to outlive no machine."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.simulator.connections import Connections
from tests.simulator.house import house

_MEMORY = Path("/dev/shm")  # noqa: S108 - a fast place for a folder of our own


@pytest.fixture(scope="session")
def connections() -> Iterator[Connections]:
    """Return ways to the database of all seeds."""
    memory = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(dir=memory) as name, house(Path(name)) as connections:
        yield connections
