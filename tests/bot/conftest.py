import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat import LIBRARY, OWNER_ID, START, Chat, Person
from tests.bot.staff import make_editor
from tests.bot.telegram import Telegram
from tests.store.watched import every_query_has_its_index
from tipbot.bot import replies
from tipbot.clock import TravelClock
from tipbot.store.base import Store
from tipbot.store.connect import connect

__all__ = ["every_query_has_its_index"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody sleep before trying again over a bad connection."""
    monkeypatch.setattr(replies, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(replies, "LATER", (0.0, 0.0, 0.0))


@pytest.fixture(autouse=True)
def whole_toasts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no toast be longer than Telegram takes: the rest would be cut off."""
    answer = replies.answer

    async def whole(query: Any, toast: str | None = None, **more: Any) -> bool:
        assert len(toast or "") <= 200, toast
        return await answer(query, toast, **more)

    monkeypatch.setattr(replies, "answer", whole)


@pytest.fixture
def clock() -> TravelClock:
    return TravelClock(lambda: START)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with the library and nobody in it, once: each test gets a copy."""
    file = tmp_path_factory.mktemp("stocked") / "chat.db"

    async def stock() -> None:
        opened = connect(f"sqlite:///{file}", lambda: START)
        await opened.open()
        await opened.sync_library(LIBRARY, START)
        await opened.close()

    asyncio.run(stock())
    return file


@pytest.fixture
async def store(stocked: Path, tmp_path: Path, clock: TravelClock) -> AsyncIterator[Store]:
    opened = connect(f"sqlite:///{shutil.copy(stocked, tmp_path)}", clock)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def telegram(clock: TravelClock) -> Iterator[Telegram]:
    """Give a Telegram; whatever the bot asks of it must be in the documentation."""
    asked = Telegram(clock)
    yield asked
    assert asked.undocumented == []


@pytest.fixture
async def chat(store: Store, clock: TravelClock, telegram: Telegram) -> Chat:
    return await Chat.begin(store, clock, telegram)


@pytest.fixture
def newcomer(chat: Chat) -> Person:
    """Somebody the bot has never seen."""
    return chat.person(7, "Newcomer")


@pytest.fixture
async def alice(chat: Chat) -> Person:
    """Alice in Auckland, through onboarding with Daily four; it is 22:07 for her."""
    person = chat.person(1, "Alice", "en-NZ")
    await person.finishes_onboarding("Pacific/Auckland")
    chat.telegram.calls.clear()
    return person


@pytest.fixture
async def bob(chat: Chat) -> Person:
    """Bob in Berlin, an American, through onboarding with Daily four; it is 10:07 AM for him."""
    person = chat.person(2, "Bob", "en-US")
    await person.finishes_onboarding("Europe/Berlin")
    chat.telegram.calls.clear()
    return person


@pytest.fixture
def olga(chat: Chat) -> Person:
    """Olga the owner, who is no subscriber."""
    return chat.person(OWNER_ID, "Olga")


@pytest.fixture
async def edda(chat: Chat) -> Person:
    """Edda the editor, who is no subscriber."""
    person = chat.person(901, "Edda")
    await make_editor(person)
    return person
