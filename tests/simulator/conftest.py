"""A folder in memory where there is one: the simulator's files need to outlive no machine."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108 - a fast place for a folder of our own


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Return a folder for the databases of all seeds."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        yield Path(name)
