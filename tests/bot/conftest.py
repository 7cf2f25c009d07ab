import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.chat import OWNER_ID, START, Chat, Person
from tests.bot.diaries import Sketcher
from tests.bot.scene import SUBSCRIBERS, Scene, Scenes
from tests.bot.scene import scenes as make_scenes
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
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    """Return what makes a database with the library and some subscribers, once for all tests."""
    return make_scenes(tmp_path_factory.mktemp("scenes"))


@pytest.fixture
def scene(request: pytest.FixtureRequest, scenes: Scenes) -> Scene:
    """Give the scene in which whoever the test asks for is a subscriber."""
    return scenes(tuple(name for name in SUBSCRIBERS if name in request.fixturenames))


@pytest.fixture
async def store(scene: Scene, tmp_path: Path, clock: TravelClock) -> AsyncIterator[Store]:
    opened = connect(f"sqlite:///{shutil.copy(scene.file, tmp_path / 'chat.db')}", clock)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def telegram(scene: Scene, clock: TravelClock) -> Iterator[Telegram]:
    """Give a Telegram; whatever the bot asks of it must be in the documentation."""
    asked = scene.telegram_at(clock)
    yield asked
    assert asked.undocumented == []


@pytest.fixture
async def chat(scene: Scene, store: Store, clock: TravelClock, telegram: Telegram) -> Chat:
    return await scene.begin(store, clock, telegram)


@pytest.fixture
def sketcher(chat: Chat) -> Sketcher:
    """Put someone in the house who draws."""
    made = Sketcher()
    object.__setattr__(chat.house, "renderer", made)
    return made


@pytest.fixture
def newcomer(chat: Chat) -> Person:
    """Somebody the bot has never seen."""
    return chat.person(7, "Newcomer")


@pytest.fixture
def alice(chat: Chat, scene: Scene) -> Person:
    """Alice in Auckland, through onboarding with Daily four; it is 22:07 for her."""
    return scene.person("alice", chat)


@pytest.fixture
def bob(chat: Chat, scene: Scene) -> Person:
    """Bob in Berlin, an American, through onboarding with Daily four; it is 10:07 AM for him."""
    return scene.person("bob", chat)


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
