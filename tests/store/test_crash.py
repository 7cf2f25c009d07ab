"""Real processes, really killed."""

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path

import tipbot
from tests.store import tapper
from tests.store.house import ALICE, BOB, START, TODAY, House
from tipbot.core.model import SubscriberId
from tipbot.store.connect import connect

ENDLESS = 10**6


async def start(url: str, who: SubscriberId, name: str, count: int) -> Process:
    script = [sys.executable, tapper.__file__, url, str(who), name, str(count)]
    home = {**os.environ, "PYTHONPATH": str(Path(tipbot.__file__).parents[1])}
    return await asyncio.create_subprocess_exec(*script, stdout=PIPE, env=home)


async def acknowledged_before_kill(process: Process, after: int) -> list[str]:
    """Kill -9 once ``after`` taps were acknowledged; return all that ever were."""
    assert process.stdout is not None
    keys = [await process.stdout.readline() for _ in range(after)]
    process.kill()
    keys += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    return [key.decode().strip() for key in keys if key.endswith(b"\n")]


async def test_kill_9_loses_no_acknowledged_tap_and_replaying_doubles_none(
    house: House, url: str
) -> None:
    await house.store.enrol(ALICE)
    acknowledged: list[str] = []
    for run, after in enumerate((1, 150, 400)):
        process = await start(url, ALICE.id, f"run{run}", ENDLESS)
        acknowledged += await acknowledged_before_kill(process, after)
    assert len(acknowledged) >= 551

    kept = await house.store.check_ins(ALICE.id, TODAY, TODAY.replace(year=2027))
    assert len(kept) >= len(acknowledged)
    for key in acknowledged:
        name, _, number = key.partition("-")
        replayed = await house.store.log_twitch(ALICE.id, tapper.tap(name, int(number)))
        assert replayed is not None
        assert not replayed.fresh
    assert await house.store.check_ins(ALICE.id, TODAY, TODAY.replace(year=2027)) == kept


async def test_a_killed_writer_leaves_a_sound_file(sqlite_path: Path) -> None:
    url = f"sqlite:///{sqlite_path}"
    store = connect(url)
    await store.open()
    await store.enrol(ALICE)
    await acknowledged_before_kill(await start(url, ALICE.id, "run", ENDLESS), 100)
    await store.ping()
    await store.close()
    with closing(sqlite3.connect(sqlite_path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_two_processes_write_to_one_database_at_once(house: House, url: str) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)
    count = 200
    processes = [
        await start(url, who, name, count) for who, name in ((ALICE.id, "a"), (BOB.id, "b"))
    ]
    for _ in range(20):
        await house.store.ping()
    outputs = await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(out.splitlines()) for out, _ in outputs] == [count, count]
    for who in (ALICE.id, BOB.id):
        kept = await house.store.check_ins(who, START.date(), START.date())
        assert len(kept) == count
