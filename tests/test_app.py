"""The composition root's own parts."""

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.e2e.stored import stored_at
from tests.store.conftest import empty_postgres, postgres
from tests.store.desk import Desk, by
from tests.store.house import ALICE, LIBRARY, START, House, new_delivery, plan
from tests.store.whole import connected
from tipbot.app import documents_tick
from tipbot.clock import TravelClock, system_clock
from tipbot.console import fail
from tipbot.core.changes import edit
from tipbot.core.model import Document
from tipbot.delivery.sender import Message
from tipbot.messages import message_for
from tipbot.parts import opened_store
from tipbot.program.starting import StartError
from tipbot.settings import Settings
from tipbot.store import postgres as driver
from tipbot.store.connect import connect
from tipbot.texts import load_texts

__all__ = ["empty_postgres", "postgres"]

_TAKEN_LATER = {
    "sqlite": "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
    " VALUES ('tipbot', '9999_future', '')",
    "postgresql": "INSERT INTO schema_steps (name) VALUES ('9999_future')",
}
"""How a step that only a newer version knows stands in a database."""


def _said(message: Message | None) -> str:
    assert message is not None
    return message.text


async def test_a_delivery_names_documents_that_came_while_the_bot_runs(tmp_path: Path) -> None:
    clock = TravelClock(lambda: START)
    store = connect(f"sqlite:///{tmp_path}/store.db", clock)
    await store.open()
    house, documents = House(store, clock), dict[str, Document]()
    render = message_for(load_texts(), documents)
    try:
        tick = documents_tick(store, documents)
        await house.stock()
        (mine,) = await house.enrol(ALICE, plan())
        await store.add_delivery(new_delivery(mine))
        (going,) = await house.begin()
        assert "An article" not in _said(render(going, None))
        await tick.work()
        assert "An article" in _said(render(going, None))
        await store.sync_library(replace(LIBRARY, tips=(), documents=()), START)
        await tick.work()
        assert "An article" in _said(render(going, None))
    finally:
        await store.close()


async def test_a_start_takes_what_files_changed_and_keeps_what_editors_changed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "tips"
    shutil.copytree(Path(__file__).parents[1] / "tips", folder)
    settings = Settings(database=SecretStr(f"sqlite:///{tmp_path}/store.db"), tips=folder)
    path = folder / "en" / "hydration" / "with-meals.md"
    async with stored_at(settings) as store:
        desk = Desk(House(store, TravelClock(lambda: START)))
        mine = await desk.seen("hydration-while-you-wait")
        theirs = await desk.seen("hydration-with-meals")
        await store.change_tip(edit(mine, body="By an editor."), by(ALICE), 0)
    path.write_text(path.read_text().partition("\n---\n")[0] + "\n---\nBy the file.\n")
    async with stored_at(settings) as store:
        kept, taken = await store.tip(mine.entry.id), await store.tip(theirs.entry.id)
        assert kept is not None
        assert taken is not None
        assert (kept.body, taken.body) == ("By an editor.", "By the file.")


@pytest.mark.parametrize(
    ("address", "code", "mend"),
    [
        ("postgresql://tipbot@127.0.0.1:1/tipbot", 1, "address, user and password are right"),
        ("sqlite:///{folder}/none/t.db", 2, "make it, or name another file"),
    ],
)
async def test_a_start_is_worth_another_one_where_a_server_does_not_answer_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, code: int, mend: str
) -> None:
    hasty = partial(driver.PostgresDatabase, patience=timedelta(seconds=0.2))
    monkeypatch.setattr(driver, "PostgresDatabase", hasty)
    settings = Settings(database=SecretStr(address.format(folder=tmp_path)))
    with pytest.raises(StartError, match="cannot be opened") as fault:
        async with opened_store(settings, system_clock):
            pass
    assert fail(str(fault.value), passing=fault.value.passing).exit_code == code
    assert mend in str(fault.value)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_start_on_a_newer_schema_is_worth_no_other_one(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    file = f"sqlite:///{tmp_path / 'tipbot.db'}"
    url = file if kind == "sqlite" else request.getfixturevalue("empty_postgres")
    settings = Settings(database=SecretStr(url))
    async with opened_store(settings, system_clock):
        pass
    with connected(url) as database:
        database.execute(_TAKEN_LATER[kind])
    with pytest.raises(StartError) as fault:
        async with opened_store(settings, system_clock):
            pass
    assert str(fault.value) == (
        "The database cannot be opened: it was made by a newer version of tipbot"
        " (step 9999_future): install that one"
    )
    assert fail(str(fault.value), passing=fault.value.passing).exit_code == 2
