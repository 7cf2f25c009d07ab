"""Backups under load: taken from a bot that is being tapped, and what they hold."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.process import Launcher, Running, run
from tests.e2e.stored import keep, stored
from tests.e2e.world import TOKEN, until
from tests.upkeep.test_move import older
from tipbot.program.alone import alone_on
from tipbot.sandbox import Person, Profile, Sandbox

pytestmark = pytest.mark.usefixtures("loaded")
TAPPERS = 6


async def succeeds(running: Running) -> str:
    assert await running.ends(within=60) == 0, running.stderr
    return running.stdout


def entries(path: Path) -> set[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as database:
        return set(database.execute("SELECT subscriber_id, tap_key FROM taps"))


async def tap_until(person: Person, over: asyncio.Event) -> None:
    person.says("/pad")
    await person.reads("Log pad")
    while not over.is_set():
        before = len(person.from_bot)
        person.says("/twitch")
        await person.waits_for(lambda _, n=before: len(person.from_bot) > n, 30)  # type: ignore[misc]  # the default binds this turn's value


async def test_a_backup_under_load_loses_no_tap_and_is_restored_as_it_was(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    people = [sandbox.new_person(Profile(id=3000 + n, first_name=f"P{n}")) for n in range(TAPPERS)]
    async with stored(tmp_path) as store:
        await keep(store, people)
    running = await run(launch, sandbox)
    over = asyncio.Event()
    (tmp_path / "backups").mkdir()
    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(tap_until(person, over))
        await until(lambda: len(entries(tmp_path / "tipbot.db")) > TAPPERS, "taps come in")
        before = entries(tmp_path / "tipbot.db")
        said = await succeeds(await launch("backup", "backups", "--keep", "3"))
        assert "all compared" in said
        after = entries(tmp_path / "tipbot.db")
        refused = await launch("restore", str(next((tmp_path / "backups").iterdir())), "--force")
        assert await refused.ends(within=60) == 2
        assert "stop it first" in refused.stderr
        over.set()
    (backup,) = (tmp_path / "backups").iterdir()
    assert before <= entries(backup) <= after
    for secret in (TOKEN, TOKEN.partition(":")[2]):
        assert secret.encode() not in backup.read_bytes()
    await running.gone()
    said = await succeeds(await launch("restore", str(backup), "--force"))
    assert "all compared" in said
    assert entries(tmp_path / "tipbot.db") == entries(backup)
    await run(launch, sandbox)
    people[0].says("/twitch")
    await until(lambda: len(entries(tmp_path / "tipbot.db")) > len(entries(backup)), "it goes on")


def copies(folder: Path) -> list[Path]:
    return list(folder.glob("tipbot-before-migrate-*.db"))


async def test_a_start_on_an_older_database_keeps_a_copy_and_says_where(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    older(f"sqlite:///{tmp_path / 'tipbot.db'}")
    running = await run(launch, sandbox)
    (copy,) = copies(tmp_path)
    assert f"{copy.name}." in running.stdout
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (1,)
    await running.gone()
    await run(launch, sandbox)
    assert copies(tmp_path) == [copy]


async def test_a_newer_version_beside_one_that_runs_changes_nothing(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "tipbot.db"
    older(f"sqlite:///{file}")
    before = file.read_bytes()
    with alone_on(f"sqlite:///{file}"):
        newer = await launch("run", TIPBOT_TOKEN=TOKEN, TIPBOT_API_URL=sandbox.url)
        assert await newer.ends() == 1
    assert "Another bot runs on" in newer.stderr
    assert file.read_bytes() == before
    assert copies(tmp_path) == []
