"""Where a chat begins: who has been through onboarding already, done once and copied."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.bot.chat import LIBRARY, START, Chat, Person
from tests.bot.telegram import Telegram
from tipbot.clock import TravelClock
from tipbot.store.connect import connect


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody of the fixtures, and where they live."""

    id: int
    name: str
    language: str
    zone: str

    def of(self, chat: Chat) -> Person:
        """Return them in a chat."""
        return chat.person(self.id, self.name, self.language)


SUBSCRIBERS = {
    "alice": Role(1, "Alice", "en-NZ", "Pacific/Auckland"),
    "bob": Role(2, "Bob", "en-US", "Europe/Berlin"),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What onboarding left behind: the database, what Telegram shows, what was handed over."""

    file: Path
    telegram: Telegram
    updates: int
    nudges: tuple[datetime, ...]
    last_updates: dict[str, dict[str, Any]]

    def telegram_at(self, clock: TravelClock) -> Telegram:
        """Return a Telegram of one test's own that shows the same; it was asked for nothing yet."""
        kept = {each.name: deepcopy(getattr(self.telegram, each.name)) for each in _shown()}
        found = Telegram(clock)
        for name, value in kept.items():
            setattr(found, name, value)
        return found

    async def begin(self, store: Any, clock: TravelClock, telegram: Telegram) -> Chat:
        """Start the bot over a copy of the file, as a new process would."""
        chat = await Chat.begin(store, clock, telegram)
        chat.updates = self.updates
        chat.nudges.extend(self.nudges)
        return chat

    def person(self, name: str, chat: Chat) -> Person:
        """Return somebody who was through onboarding when the scene was made."""
        person = SUBSCRIBERS[name].of(chat)
        person.last_update = deepcopy(self.last_updates[name])
        chat.telegram.calls.clear()
        return person


Scenes = Callable[[tuple[str, ...]], Scene]


def scenes(folder: Path) -> Scenes:
    """Return what makes the scene in which these people are subscribers, once for each of them."""

    @cache
    def scene(names: tuple[str, ...]) -> Scene:
        file = folder / f"{'-'.join(names) or 'nobody'}.db"
        if names:
            shutil.copy(scene(()).file, file)
        return asyncio.run(_make(file, names))

    return scene


async def _make(file: Path, names: tuple[str, ...]) -> Scene:
    clock = TravelClock(lambda: START)
    store, telegram = connect(f"sqlite:///{file}", clock), Telegram(clock)
    await store.open()
    await store.sync_library(LIBRARY, START)
    chat = await Chat.begin(store, clock, telegram)
    people = {name: SUBSCRIBERS[name].of(chat) for name in names}
    for name, person in people.items():
        await person.finishes_onboarding(SUBSCRIBERS[name].zone)
    await store.close()
    last = {name: person.last_update for name, person in people.items()}
    return Scene(file, telegram, chat.updates, tuple(chat.nudges), last)


def _shown() -> list[Any]:
    return [each for each in fields(Telegram) if each.name not in {"clock", "calls"}]
