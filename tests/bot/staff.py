"""Owners and editors, made past the chat, and what the database holds of everything."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.bot.chat import OWNER_ID, Person
from tipbot.core.audit import Act, Deed
from tipbot.core.model import SubscriberId
from tipbot.core.roles import token_hash
from tipbot.store.base import Joining


def act(person: Person, deed: Deed) -> Act:
    """Return an act of a person, now."""
    return Act(by=person.who, name=person.name, deed=deed, at=person.chat.clock())


async def make_editor(person: Person) -> None:
    """Let somebody be an editor."""
    store, now = person.chat.store, person.chat.clock()
    invited = Act(by=SubscriberId(OWNER_ID), name="Olga", deed=Deed.INVITED, at=now)
    await store.invite(token_hash(person.name), f"t{person.id}", now + timedelta(hours=1), invited)
    joined = await store.join(token_hash(person.name), act(person, Deed.JOINED), {OWNER_ID})
    assert joined is Joining.DONE


async def remove(person: Person) -> None:
    """Let an editor be one no more."""
    member = await person.chat.store.member(person.who)
    assert member is not None
    olga = Act(
        by=SubscriberId(OWNER_ID), name="Olga", deed=Deed.REMOVED_EDITOR, at=person.chat.clock()
    )
    assert await person.chat.store.remove_editor(member.actor, olga) == person.who


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the chat's database."""
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: db.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}  # noqa: S608 - our own names
