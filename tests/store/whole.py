"""A person of whom every table holds something, and the tables as the database itself tells."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import psycopg

from tests.store.house import (
    ALICE,
    HOUR,
    LIBRARY,
    START,
    TODAY,
    House,
    act,
    new_delivery,
    plan,
    tap,
)
from tipbot.core.audit import Act, Deed
from tipbot.core.changes import edit
from tipbot.core.drafts import Draft
from tipbot.core.holdings import Holding, Record
from tipbot.core.model import DeliveryId, Dialog, Reaction, Subscriber, Tip, TipId, Trigger
from tipbot.core.notices import Notice, NoticeKind
from tipbot.core.relief import Pace, Technique
from tipbot.core.signs import Sign
from tipbot.core.treatments import TreatmentKind
from tipbot.store.base import KeptUpdate

NOTE = '=cmd|"x", two\nlines & <b>'

# Those of a full-text index are left out: it is made from the table that it is of.
_FILE_TABLES = """
SELECT name FROM pragma_table_list
WHERE type = 'table' AND schema = 'main' AND name <> 'sqlite_schema'"""
_PG_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"""


async def fill(house: House, person: Subscriber = ALICE) -> DeliveryId:
    """Let every table hold something of a person; return the delivery that they were sent."""
    await house.stock()
    (mine,) = await house.enrol(person, replace(plan(), bag=(1, 2)))
    sent = await house.sent(new_delivery(mine))
    await house.store.react(sent, person.id, Reaction.HELPFUL, START)
    logged = await house.store.log_twitch(person.id, tap(f"k{person.id}"))
    assert logged is not None
    await house.store.edit_check_in(
        logged.entry.id,
        person.id,
        lambda entry: replace(entry, note=NOTE, triggers=frozenset({Trigger.STRESS})),
    )
    await house.store.edit_day_context(person.id, TODAY, lambda day: replace(day, coffees=2))
    press = tap(f"r{person.id}", message_id=20)
    await house.store.begin_relief(person.id, Technique.JAW, Pace.GENTLE, press)
    marked = tap(f"t{person.id}", message_id=21)
    await house.store.mark_treatment(person.id, TreatmentKind.INJECTION, TODAY, marked)
    await house.store.claim_signs(person.id, (Sign.LASTS,), START)
    question = Dialog(subscriber=person.id, kind="note", payload="7", expires_at=START + HOUR)
    await house.store.open_dialog(question)
    await house.store.keep_tip_draft(person.id, Draft(title=NOTE), START)
    await house.store.mark_exported(person.id, START)
    await house.store.take_turn("thin", START, HOUR)
    await house.store.mark_answered([person.id], START)
    said = KeptUpdate(person.id, person.id, '{"message": {"text": "My eyelid"}}')
    await house.store.keep_updates([said], START)
    invited = act(person, Deed.INVITED)
    await _edit(house, "sip", replace(invited, deed=Deed.TIP_EDITED), others=1)
    glass = await _edit(house, "glass", replace(invited, deed=Deed.TIP_EDITED), others=0)
    await house.store.add_tip(replace(glass, id=TipId(f"mine-{person.id}")), invited)
    files = (LIBRARY.tips[0], replace(glass, body="Both changed it."), LIBRARY.tips[2])
    await house.store.sync_library(replace(LIBRARY, tips=files), START)
    await _notify(house, person)
    await house.store.invite(f"hash{person.id}", f"i{person.id}", START + 9 * HOUR, invited)
    await house.store.save_draft("News", None, f"a{person.id}", invited)
    return sent


async def _notify(house: House, person: Subscriber) -> None:
    """Let a notice about a change wait for somebody."""
    change = (await house.store.proposals()).items[-1]
    notice = Notice(to=person.id, kind=NoticeKind.WAITS, made_at=START, proposal=change)
    await house.store.put_notices_back([replace(notice, about=change.by)])


async def _edit(house: House, name: str, editing: Act, others: int) -> Tip:
    """Let somebody change a tip, or propose to; return it as it was."""
    which = await house.store.tip_number(TipId(name))
    assert which is not None
    page = await house.store.tip_page(which)
    assert page is not None
    assert isinstance(page.current.entry, Tip)
    await house.store.change_tip(edit(page.current, body=f"By {editing.by}."), editing, others)
    return page.current.entry


async def read_out(house: House, who: Subscriber = ALICE) -> dict[Holding, list[Record]]:
    """Return everything that an export of someone holds."""
    found: dict[Holding, list[Record]] = {}

    def take(kind: Holding, keys: tuple[str, ...], records: Iterator[Record]) -> None:
        found[kind] = list(records)
        assert all(tuple(record) == keys for record in found[kind])

    await house.store.read_out(who.id, take)
    return found


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """Open the database past the store."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            yield file
    else:
        with psycopg.connect(url) as server:
            yield server


def tables(url: str) -> dict[str, set[str]]:
    """Return the columns of every table."""
    found: dict[str, set[str]] = {}
    with connected(url) as db:
        for table, column in _columns(db, url):
            found.setdefault(table, set()).add(column)
    return found


def _columns(db: Any, url: str) -> list[tuple[str, str]]:
    if not url.startswith("sqlite:///"):
        return list(db.execute(_PG_COLUMNS).fetchall())
    names = db.execute(_FILE_TABLES).fetchall()
    return [(name, row[1]) for (name,) in names for row in db.execute(f"PRAGMA table_info({name})")]


def count(url: str, table: str, column: str, who: int) -> int:
    """Return how many rows of a table name a person in a column."""
    with connected(url) as db:
        query = f"SELECT count(*) FROM {table} WHERE {column} = {who}"  # noqa: S608 - our own names
        return int(db.execute(query).fetchone()[0])
