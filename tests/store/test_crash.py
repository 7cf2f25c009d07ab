"""Real processes, really killed, and files as a loss of power may leave them."""

import asyncio
import io
import os
import random
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

import tipbot
from tests.store import tapper
from tests.store.flushes import refuse_flushes
from tests.store.house import ALICE, BOB, START, TODAY, House
from tipbot.core.model import SubscriberId
from tipbot.store.base import Store, StoreUnavailableError
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


async def with_alice(url: str) -> Store:
    store = connect(url)
    await store.open()
    await store.enrol(ALICE)
    return store


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
    store = await with_alice(url)
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


TAPS = 60


def kept_taps(file: Path) -> list[int]:
    """Return the numbers of the taps in a file that has to be sound, in the order of commits."""
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        found = db.execute("SELECT message_id FROM taps ORDER BY check_in_id").fetchall()
        entries = db.execute("SELECT count(*) FROM check_ins").fetchone()[0]
    assert entries == len(found), "no half of a tap is there"
    return [number for (number,) in found]


@dataclass(frozen=True, slots=True)
class Disk:
    """A database file and its log, as they stand on the disk."""

    file: bytes
    log: bytes

    @classmethod
    def of(cls, path: Path) -> "Disk":
        return cls(path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes())

    def lay_out(self, folder: Path) -> Path:
        """Put it where nothing is yet, without the memory that processes share."""
        path = folder / f"{len(list(folder.iterdir()))}.db"
        path.write_bytes(self.file)
        path.with_name(f"{path.name}-wal").write_bytes(self.log)
        return path


async def test_a_loss_of_power_at_any_byte_of_the_log_keeps_every_acknowledged_tap(
    sqlite_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What was flushed is there; of what came after it, any part may be, with anything behind."""
    store = await with_alice(f"sqlite:///{sqlite_path}")
    flushed = [len(Disk.of(sqlite_path).log)]
    for number in range(TAPS):
        assert await store.log_twitch(ALICE.id, tapper.tap("run", number))
        await store.flushed()
        flushed.append(len(Disk.of(sqlite_path).log))
    disk = Disk.of(sqlite_path)
    await store.close()

    folder, chance = tmp_path_factory.mktemp("power"), random.Random(7)  # noqa: S311 - when it fails
    anywhere = chance.sample(range(flushed[0], len(disk.log)), TAPS)
    for end in (*flushed, *(each - 1 for each in flushed[1:]), *anywhere):
        litter = chance.randbytes(chance.choice((0, 1, 5000)))
        after = Disk(disk.file, disk.log[:end] + litter).lay_out(folder)
        acknowledged = sum(each <= end for each in flushed[1:])
        assert kept_taps(after) == list(range(acknowledged))


async def test_what_is_said_to_be_on_disk_was_there_at_the_end_of_a_flush(
    sqlite_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that keeps what a flush found, and nothing that was written since."""
    flush, folder, disks = os.fdatasync, tmp_path_factory.mktemp("power"), list[Disk]()

    def keep(file: int) -> None:
        found = Disk.of(sqlite_path)
        flush(file)
        disks.append(found)

    monkeypatch.setattr(os, "fdatasync", keep)
    store = await with_alice(f"sqlite:///{sqlite_path}")
    assert kept_taps(disks[-1].lay_out(folder)) == []
    for number in range(TAPS):
        assert await store.log_twitch(ALICE.id, tapper.tap("run", number))
        await store.flushed()
        assert kept_taps(disks[-1].lay_out(folder)) == list(range(number + 1))
    await store.close()


class Rewritten(io.FileIO):
    """A file that remembers what was written to it, from its beginning on."""

    pieces: ClassVar[list[bytes]] = []

    def write(self, piece: Any) -> int:
        assert self.tell() == sum(map(len, self.pieces))
        self.pieces.append(bytes(piece))
        return super().write(piece)


async def test_after_a_disk_has_refused_a_flush_all_of_the_log_is_written_anew(
    sqlite_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked once more, it would say that nothing is left to flush; who reads is no hindrance."""
    store = await with_alice(f"sqlite:///{sqlite_path}")
    with monkeypatch.context() as patched:
        refuse_flushes(patched)
        assert await store.log_twitch(ALICE.id, tapper.tap("run", 0))
        with pytest.raises(StoreUnavailableError, match="no disk"):
            await store.flushed()
    before = Disk.of(sqlite_path)
    monkeypatch.setattr(os, "fdopen", Rewritten)
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM counters").fetchall()
        await store.flushed()
    assert b"".join(Rewritten.pieces) == before.log
    await store.ping()
    assert Disk.of(sqlite_path).log.startswith(before.log)
    await store.close()
    assert kept_taps(sqlite_path) == [0]


async def test_what_an_earlier_life_committed_is_flushed_at_the_start(
    sqlite_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before its flush, it had not told Telegram to forget the tap; the next one may."""
    url, flush = f"sqlite:///{sqlite_path}", os.fdatasync
    store = await with_alice(url)
    await acknowledged_before_kill(await start(url, ALICE.id, "run", ENDLESS), 5)
    flushed: list[bytes] = []

    def keep(file: int) -> None:
        flushed.append(Disk.of(sqlite_path).log)
        flush(file)

    monkeypatch.setattr(os, "fdatasync", keep)
    again = connect(url)
    await again.open()
    assert flushed == [Disk.of(sqlite_path).log]
    await again.close()
    await store.close()


async def test_a_loss_of_power_while_the_log_moves_into_the_file_loses_nothing(
    sqlite_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Until the file is flushed the log stays as it is; of the file's pages any may be old."""
    store = await with_alice(f"sqlite:///{sqlite_path}")
    for number in range(TAPS):
        assert await store.log_twitch(ALICE.id, tapper.tap("run", number))
    before = Disk.of(sqlite_path)
    with closing(sqlite3.connect(sqlite_path)) as other:
        assert other.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[0] == 0
        page = other.execute("PRAGMA page_size").fetchone()[0]
    moved = Disk.of(sqlite_path)
    await store.close()
    assert (moved.file != before.file, moved.log) == (True, before.log)

    folder, chance = tmp_path_factory.mktemp("power"), random.Random(8)  # noqa: S311 - what is written
    old, starts = before.file.ljust(len(moved.file), b"\0"), range(0, len(moved.file), page)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0) * 4:
        pages = [(moved.file if chance.random() < share else old)[at : at + page] for at in starts]
        assert kept_taps(Disk(b"".join(pages), before.log).lay_out(folder)) == list(range(TAPS))
