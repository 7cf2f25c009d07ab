"""What all tests share: properties are judged by their truth, not by the speed of the machine."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

settings.register_profile("tipbot", deadline=None)
settings.load_profile("tipbot")


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """Let no test leave a log that writes to where another one's output went."""
    kept = structlog.get_config()
    yield
    structlog.configure(**kept)
