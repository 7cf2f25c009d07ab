"""People who are kept in a program's database before it starts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from tests.e2e.world import TOKEN, who
from tipbot.clock import system_clock
from tipbot.core.enrolment import with_preset, with_zone
from tipbot.core.model import Subscriber
from tipbot.core.planning import first_tip
from tipbot.core.presets import Preset
from tipbot.parts import bring_in_step, chosen_library, opened_store
from tipbot.sandbox import Person
from tipbot.settings import Settings
from tipbot.store.base import Store


@asynccontextmanager
async def stored(folder: Path) -> AsyncIterator[Store]:
    """Open the database that a program in this folder has by default."""
    settings = Settings(
        token=SecretStr(TOKEN), database=SecretStr(f"sqlite:///{folder / 'tipbot.db'}")
    )
    async with stored_at(settings) as store:
        yield store


@asynccontextmanager
async def stored_at(settings: Settings) -> AsyncIterator[Store]:
    """Open the database of these settings, in step with their library."""
    library = chosen_library(settings)
    async with opened_store(settings, system_clock) as store:
        await bring_in_step(store, library, system_clock())
        yield store


async def keep(store: Store, people: Sequence[Person], *, tip_due: bool = False) -> None:
    """Take people through onboarding without a word; a tip may be due for each of them."""
    now = system_clock()
    for person in people:
        person.chat.started = True
        await store.enrol(Subscriber(id=who(person), chat_id=person.id, created_at=now))
        await store.revise(
            who(person),
            lambda kept: with_preset(with_zone(kept, "Europe/Berlin", now), Preset.GENTLE, now),
        )
        if tip_due:
            await store.send_next_tip(
                who(person), now, lambda due, shelves: first_tip(due, shelves, now)
            )
