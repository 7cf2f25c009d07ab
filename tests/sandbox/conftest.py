from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tipbot.sandbox import Person, Sandbox

TOKEN = "4242:AAE-sandbox_token"


class MovedClock:
    """A clock that stands until it is moved; also the TimeControl of the page."""

    def __init__(self) -> None:
        self.present = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.due: datetime | None = None

    def __call__(self) -> datetime:
        return self.present

    def now(self) -> datetime:
        return self.present

    async def move(self, *, by: timedelta | None = None, to: datetime | None = None) -> None:
        moved = to if to is not None else self.present + (by or timedelta())
        if moved < self.present:
            msg = "time runs forward only"
            raise ValueError(msg)
        self.present = moved

    async def next_due(self) -> datetime | None:
        return self.due

    def ahead(self, **span: float) -> None:
        self.present += timedelta(**span)


@pytest.fixture(autouse=True)
def _spans_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the client library from warning about its older form of spans."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait for something that nobody tells of."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


def serving(clock: MovedClock) -> Sandbox:
    return Sandbox(token=TOKEN, clock=clock, time_control=clock)


def client_of(sandbox: Sandbox) -> Bot:
    """Return a bot of a client library that is not ours, over real HTTP.

    No certificate is asked for there, and to read those of the machine takes longer than most
    tests.
    """
    kept: dict[str, Any] = {"connection_pool_size": 8, "httpx_kwargs": {"verify": False}}
    return Bot(
        TOKEN,
        base_url=f"{sandbox.url}/bot",
        base_file_url=f"{sandbox.url}/file/bot",
        request=HTTPXRequest(**kept),
        get_updates_request=HTTPXRequest(**kept),
    )


@pytest.fixture
async def sandbox(clock: MovedClock) -> AsyncIterator[Sandbox]:
    async with serving(clock) as running:
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with client_of(sandbox) as client:
        yield client


@pytest.fixture
def alice(sandbox: Sandbox) -> Person:
    """Alice, who has pressed Start; the update of it is already taken."""
    person = sandbox.person("Alice")
    person.starts()
    sandbox.api.updates.clear()
    return person
