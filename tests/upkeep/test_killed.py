"""Killed in the middle: what was there stays as it was, and the next run clears up."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.house import START
from tests.upkeep.conftest import Filled
from tests.upkeep.test_backup import contents, quiet
from tests.upkeep.test_move import older
from tipbot.upkeep.backup import back_up, remove_older
from tipbot.upkeep.files import LEFT_BEHIND
from tipbot.upkeep.held import UpkeepError
from tipbot.upkeep.move import migrate, move
from tipbot.upkeep.restore import restore

ROOT = Path(__file__).parents[2]
STAGES = ("copying", "comparing")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")


def kill(folder: Path, work: str, stage: str, *arguments: object) -> None:
    """Do a piece of work in a process that is killed at a stage of it."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "tests.upkeep.killed", work, stage, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder)},
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def age(folder: Path) -> None:
    """Let everything in a folder be old."""
    long_ago = (START - LEFT_BEHIND - timedelta(hours=1)).timestamp()
    for each in folder.iterdir():
        os.utime(each, (long_ago, long_ago))


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_backup_leaves_nothing_under_its_name_and_is_swept_later(
    sqlite_url: str, filled: Filled, tmp_path: Path, stage: str
) -> None:
    before = contents(filled(sqlite_url))
    folder = tmp_path / "backups"
    folder.mkdir()
    kill(tmp_path, "backup", stage, sqlite_url, folder)
    (left,) = folder.iterdir()
    assert left.name.endswith(".part")
    assert left.stat().st_mode & 0o777 == 0o600
    assert back_up(sqlite_url, folder / "at-once.db", START, quiet).swept == ()
    age(folder)
    made = back_up(sqlite_url, folder / "later.db", START, quiet)
    assert made.swept == (left,)
    assert names(folder) == {"at-once.db", "later.db"}
    assert contents(sqlite_url) == before


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_killed_backup_left_is_no_backup_and_the_next_of_its_name_takes_its_place(
    sqlite_url: str, filled: Filled, tmp_path: Path, stage: str
) -> None:
    filled(sqlite_url)
    folder = tmp_path / "backups"
    folder.mkdir()
    kill(tmp_path, "backup", stage, sqlite_url, folder / "kept.db")
    (left,) = folder.iterdir()
    assert left.name == ".kept.db.part"
    with pytest.raises(UpkeepError, match="is no backup"):
        restore(left, sqlite_url, force=True, now=START, tell=quiet)
    assert remove_older(folder, 1) == []
    back_up(sqlite_url, folder / "kept.db", START, quiet)
    assert names(folder) == {"kept.db"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_restore_leaves_what_was_there(
    sqlite_url: str, filled: Filled, tmp_path: Path, stage: str
) -> None:
    made = back_up(filled(sqlite_url), tmp_path / "made.db", START, quiet).file
    before = contents(sqlite_url)
    kill(tmp_path, "restore", stage, made, sqlite_url)
    assert contents(sqlite_url) == before
    restore(made, sqlite_url, force=True, now=START, tell=quiet)
    assert contents(sqlite_url) == before
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


def test_a_killed_restore_to_postgresql_leaves_what_was_there(
    sqlite_url: str,
    empty_postgres: str,
    filled: Filled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = contents(filled(empty_postgres))
    made = back_up(filled(sqlite_url), tmp_path / "made.db", START, quiet).file
    folder = tmp_path / "temporary"
    folder.mkdir()
    kill(folder, "restore", "comparing", made, empty_postgres)
    assert contents(empty_postgres) == before
    assert names(folder)
    age(folder)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    restore(made, empty_postgres, force=True, now=START, tell=quiet)
    assert names(folder) == set()


def test_a_killed_move_leaves_both_as_they_were_and_can_be_begun_anew(
    sqlite_url: str, empty_postgres: str, filled: Filled, tmp_path: Path
) -> None:
    before = contents(filled(sqlite_url))
    kill(tmp_path, "move", "comparing", sqlite_url, empty_postgres)
    assert contents(sqlite_url) == before
    move(sqlite_url, empty_postgres, quiet)
    assert contents(empty_postgres) == before
    back = f"sqlite:///{tmp_path / 'back.db'}"
    kill(tmp_path, "move", "comparing", empty_postgres, back)
    assert contents(empty_postgres) == before
    assert not (tmp_path / "back.db").exists()
    move(empty_postgres, back, quiet)
    assert contents(back) == before


def test_a_killed_migrate_leaves_the_old_schema(sqlite_url: str, tmp_path: Path) -> None:
    path = older(sqlite_url)
    before = path.read_bytes()
    kill(tmp_path, "migrate", "comparing", sqlite_url)
    assert path.read_bytes() == before
    assert migrate(sqlite_url, START, quiet).safety is not None
